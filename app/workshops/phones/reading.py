"""Reading what a phone may see: the workshop by its code, and what this phone itself answered. Never more."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, bindparam, select

from app.assessments.changes import stored
from app.assessments.forms import QuestionForm, form_of
from app.assessments.progress import HowFar, how_far
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.answers import Answers, visible_items
from app.engine.texts import Text
from app.platform.database import db
from app.workshops.asking import AskedSection
from app.workshops.loaded import LoadedWorkshop, answers_in
from app.workshops.models import CODE_LENGTH, LETTERS, Participant, Workshop

ROOM = select(Workshop, Definition.digest).join(Definition, Definition.id == Workshop.definition_id)
BY_CODE = ROOM.where(Workshop.code == bindparam("code"))
SCANNED = BY_CODE.where(Workshop.key == bindparam("key"))

OF_THIS_PHONE = (
    (Participant.workshop_id == Workshop.id)
    & (Participant.token_hash == bindparam("token"))
    & Participant.removed_at.is_(None)
)
BY_TOKEN = BY_CODE.join(Participant, OF_THIS_PHONE).add_columns(Participant)

STATE = (Workshop.stage, Workshop.section, Workshop.state_count)
STATE_BY_TOKEN = select(*STATE).join(Participant, OF_THIS_PHONE).where(Workshop.code == bindparam("code"))


@dataclass(frozen=True)
class Part:
    """One page of questions of one phone, and how far it has come. ``number`` counts from 1.

    ``title`` is there for the library alone: to others a heading would tell what the library asks itself.
    """

    asked: AskedSection
    number: int
    title: Text | None
    questions: list[str]
    answered: int

    @property
    def id(self) -> str:
        """The id of its section."""
        return self.asked.section.id

    @property
    def total(self) -> int:
        """How many questions are asked and shown."""
        return len(self.questions)

    @property
    def state(self) -> HowFar:
        """How far it has come."""
        return how_far(self.answered, self.total)

    def form(self) -> QuestionForm:
        """Return the form that asks it."""
        return form_of(self.asked.gates, self.asked.items)


@dataclass(frozen=True)
class Phone:
    """A phone that has joined: the workshop, and the row that is this phone's own."""

    opened: LoadedWorkshop
    participant: Participant

    @property
    def workshop(self) -> Workshop:
        """The workshop that it has joined."""
        return self.opened.workshop

    @property
    def is_of_library(self) -> bool:
        """Whether it is one of the library's: only those read help, write remarks and see gates."""
        return self.participant.side == "library"

    @cached_property
    def answers(self) -> Answers:
        """What this phone answered."""
        parts = {"answers": self.participant.answers, "gates": self.participant.gates}
        return answers_in(self.opened.questionnaire, {"subject": self.workshop.subject, **parts})

    @cached_property
    def visible(self) -> frozenset[str]:
        """The ids of the items that are shown, as this phone has answered."""
        return visible_items(self.opened.questionnaire, self.answers)

    @cached_property
    def parts(self) -> list[Part]:
        """Every part that this phone's side is asked, in order."""
        asked = self.opened.asked(self.participant.side)
        return [self._part(each, number) for number, each in enumerate(asked, start=1)]

    @property
    def open_parts(self) -> list[Part]:
        """The parts that may be answered now: none, the one that the facilitator shows, or all."""
        if not self.opened.takes_answers:
            return []
        if self.workshop.in_step:
            return [part for part in self.parts if part.id == self.workshop.section]
        return self.parts

    @property
    def unfinished(self) -> list[Part]:
        """The parts that are not answered to the end."""
        return [part for part in self.parts if part.state != "done"]

    @property
    def is_done(self) -> bool:
        """Whether they said that they are done."""
        return self.participant.done_at is not None

    def _part(self, asked: AskedSection, number: int) -> Part:
        gates = [gate.id for gate in asked.gates]
        questions = [*gates, *(item.id for item in asked.items if item.id in self.visible)]
        answered = sum(stored(self.answers, question) is not None for question in questions)
        title = asked.section.title if self.is_of_library else None
        return Part(asked, number, title, questions, answered)


@dataclass(frozen=True)
class State:
    """Where a workshop is now: what makes a phone show another page."""

    stage: str
    section: str
    count: int


def code_in(written: str) -> str:
    """Return the code that was written, however it was: "abcd 2345" is ABCD2345; ``""`` where it is none."""
    letters = "".join(each for each in written if each.isalnum()).upper()
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS) else ""


def room_with(code: str) -> LoadedWorkshop | None:
    """Return the workshop with this code, if any.

    A guess can meet it: see :mod:`app.workshops.phones.guessing`.
    """
    return _room(BY_CODE, code=code)


def scanned_room(code: str, key: str) -> LoadedWorkshop | None:
    """Return the workshop with this code and the key of its QR code, if any."""
    return _room(SCANNED, code=code, key=key)


def phone_with(code: str, token: str) -> Phone | None:
    """Return the phone that holds this token in the workshop with this code, if any."""
    found = db.session.execute(BY_TOKEN, {"code": code, "token": hash_of(token)}).one_or_none()
    return Phone(LoadedWorkshop(found[0], questionnaire_with(found[1])), found[2]) if found else None


def state_for(code: str, token: str) -> State | None:
    """Return where the workshop is, for a phone that is in it; ``None`` for any other. One query."""
    found = db.session.execute(STATE_BY_TOKEN, {"code": code, "token": hash_of(token)}).one_or_none()
    return State(*found) if found else None


def state_of(workshop: Workshop) -> State:
    """Return where a workshop is."""
    return State(workshop.stage, workshop.section, workshop.state_count)


def hash_of(token: str) -> str:
    """Return what is stored of a phone's token: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _room(which: Select[Workshop, str], **values: str) -> LoadedWorkshop | None:
    found = db.session.execute(which, values).one_or_none()
    return LoadedWorkshop(found[0], questionnaire_with(found[1])) if found else None
