"""Reading a workshop: the row, its questionnaire, who takes part, what the room says. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import abort
from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, defer

from app.assessments.subject import AboutProposal
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.answers import FORMAT, Answers, from_json, read_answer, read_gate
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import Result
from app.platform.database import db, now
from app.platform.days import local_day
from app.workshops.asking import AskedSection, asked_sections
from app.workshops.models import Participant, RoomAnswer, Workshop, WorkshopAction
from app.workshops.room_map import RoomMap, Sheet, SheetAnswer, answers_together, from_plain, map_of

BY_PUBLIC_ID = (
    select(Workshop, Definition.digest)
    .join(Definition, Definition.id == Workshop.definition_id)
    .where(Workshop.public_id == bindparam("public_id"))
)

ANSWERED = (Participant.removed_at.is_(None), Participant.answered)
"""Whose answers count."""


@dataclass(frozen=True)
class SideCount:
    """Numbers of one side, which may be seen at any time: who joined, and who says that they are done."""

    side: str
    joined: int
    done: int
    smallest_group: int

    @property
    def is_enough(self) -> bool:
        """Whether so many are done that what they answered can be shown."""
        return self.done >= self.smallest_group

    @property
    def to_join(self) -> int:
        """How many more must join before anything can be shown."""
        return max(self.smallest_group - self.joined, 0)


@dataclass(frozen=True)
class LoadedWorkshop(AboutProposal):
    """A workshop as it was when it was opened, with the questionnaire that it pins."""

    workshop: Workshop
    questionnaire: Questionnaire

    @cached_property
    def subject(self) -> Mapping[str, Any]:
        """What was written in each field about partner and proposal, by its id."""
        return answers_in(self.questionnaire, {"subject": self.workshop.subject}).subject

    @property
    def is_shown(self) -> bool:
        """Whether the answers have been revealed."""
        return self.workshop.stage in ("revealed", "closed")

    @property
    def takes_answers(self) -> bool:
        """Whether somebody may answer now."""
        return may_answer(self.workshop)

    @cached_property
    def may_be_deleted(self) -> bool:
        """Whether it holds nothing that anybody said. Asked of the database once."""
        return nobody_joined(db.session, self.workshop)

    def asked(self, side: str) -> list[AskedSection]:
        """Return what one side is asked."""
        return asked_sections(self.questionnaire, self.workshop.variant, self.workshop.sections, side)

    @cached_property
    def all_asked(self) -> frozenset[str]:
        """The ids of all that some side is asked."""
        return frozenset(
            question
            for side in self.workshop.sides
            for section in self.asked(side)
            for question in section.questions
        )

    @cached_property
    def counts(self) -> list[SideCount]:
        """Who joined and who is done, on each side that takes part. Asked of the database once."""
        rows = db.session.execute(
            select(Participant.side, func.count(), func.count(Participant.done_at))
            .where(Participant.workshop_id == self.workshop.id, Participant.removed_at.is_(None))
            .group_by(Participant.side)
        )
        found = {side: (joined, done) for side, joined, done in rows}
        smallest = self.workshop.smallest_group
        return [SideCount(side, *found.get(side, (0, 0)), smallest) for side in self.workshop.sides]

    @cached_property
    def agreed(self) -> dict[str, RoomAnswer]:
        """What the room agreed on, by question."""
        rows = db.session.execute(select(RoomAnswer).where(RoomAnswer.workshop_id == self.workshop.id))
        return {row.question: row for row in rows.scalars()}

    @cached_property
    def actions(self) -> Sequence[WorkshopAction]:
        """What is done next, in the order it was written."""
        of_this = select(WorkshopAction).where(WorkshopAction.workshop_id == self.workshop.id)
        return db.session.execute(of_this.order_by(WorkshopAction.id)).scalars().all()

    @cached_property
    def room_map(self) -> RoomMap:
        """What the room may see. 404 before the reveal: nobody sees anything then."""
        if not self.is_shown:
            abort(404)
        if self.workshop.kept:
            return from_plain(self.workshop.kept["map"])
        return map_of(self.questionnaire, self._sheets, self.workshop.smallest_group)

    @cached_property
    def answers(self) -> Answers:
        """The room's answers. 404 before the reveal."""
        if not self.is_shown:
            abort(404)
        if self.workshop.kept:
            return from_json(self.workshop.kept["answers"], self.questionnaire, stored=True)
        return together(self.workshop, self.questionnaire, self._sheets, self.agreed)

    @cached_property
    def _sheets(self) -> list[Sheet]:
        """What everybody answered: read once, and shown only as the two above show it."""
        return sheets_of(db.session, self.workshop, self.questionnaire)

    @cached_property
    def result(self) -> Result:
        """What the room's answers come to. 404 before the reveal."""
        return assess(self.questionnaire, self.answers)


def open_workshop(public_id: str) -> LoadedWorkshop:
    """Return the workshop with this id; 404 where there is none."""
    row = db.session.execute(BY_PUBLIC_ID, {"public_id": public_id}).one_or_none()
    if row is None:
        abort(404)
    return LoadedWorkshop(row[0], questionnaire_with(row[1]))


def may_answer(workshop: Workshop) -> bool:
    """Say whether phones and sheets may answer: until the reveal, and after it where changing was allowed."""
    return workshop.stage == "open" or (workshop.stage == "revealed" and workshop.may_change)


def nobody_joined(session: Session, workshop: Workshop) -> bool:
    """Say whether a workshop that is not shown yet has never had anybody in it, not even for a test."""
    anybody = select(exists().where(Participant.workshop_id == workshop.id))
    return workshop.stage in ("prepared", "open") and not session.execute(anybody).scalar_one()


def answers_in(questionnaire: Questionnaire, parts: Mapping[str, Any], date: str = "") -> Answers:
    """Return stored ``answers``, ``gates`` or ``subject`` as answers to the questionnaire."""
    file = {"format": FORMAT, "questionnaire": questionnaire.id, "version": questionnaire.version}
    dated = {"date": date} if date else {}
    empty: dict[str, Any] = {"subject": {}, "answers": {}, "gates": {}}
    said = {**file, **dated, "digest": questionnaire.digest, **empty, **parts}
    return from_json(said, questionnaire, stored=True)


def sheets_of(session: Session, workshop: Workshop, questionnaire: Questionnaire) -> list[Sheet]:
    """Return what everybody answered who answered anything and was not removed. For the room map alone."""
    rows = session.execute(
        select(Participant)
        .options(defer(Participant.token_hash))
        .where(Participant.workshop_id == workshop.id, *ANSWERED)
        .order_by(Participant.number)
    ).scalars()
    return [_sheet(questionnaire, workshop, row) for row in rows]


def maps_shown(partner_id: int) -> list[tuple[Workshop, RoomMap]]:
    """Return what everybody has seen in a partner's workshops that are not closed yet, with one query."""
    rows = db.session.execute(
        select(Workshop, Definition.digest, Participant)
        .options(defer(Participant.token_hash))
        .join(Definition, Definition.id == Workshop.definition_id)
        .join(Participant, Participant.workshop_id == Workshop.id)
        .where(Workshop.partner_id == partner_id, Workshop.stage == "revealed", *ANSWERED)
        .order_by(Workshop.id, Participant.number)
    )
    found = []
    for (workshop, digest), group in groupby(rows, key=lambda row: (row[0], row[1])):
        questionnaire = questionnaire_with(digest)
        sheets = [_sheet(questionnaire, workshop, person) for *_workshop, person in group]
        found.append((workshop, map_of(questionnaire, sheets, workshop.smallest_group)))
    return found


def _sheet(questionnaire: Questionnaire, workshop: Workshop, person: Participant) -> Sheet:
    said = {"answers": person.answers, "gates": person.gates}
    name = person.name if workshop.named else ""
    return Sheet(person.side, answers_in(questionnaire, said, day_of(workshop)), name)


def together(
    workshop: Workshop,
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
    agreed: Mapping[str, RoomAnswer],
) -> Answers:
    """Return the room's answers as they stand now."""
    return answers_together(
        questionnaire,
        sheets,
        workshop.smallest_group,
        agreed={question: agreed_answer(questionnaire, row) for question, row in agreed.items()},
        subject=workshop.subject,
        date=day_of(workshop),
    )


def agreed_answer(questionnaire: Questionnaire, row: RoomAnswer) -> SheetAnswer:
    """Return what the room agreed on, its reason as the remark."""
    if row.question in questionnaire.gates_by_id:
        return read_gate({"value": _value_of(row.answer), "note": row.reason})
    raw = row.answer if isinstance(row.answer, dict) else {"value": row.answer}
    said = {**raw, "note": row.reason} if row.reason else raw
    return read_answer(questionnaire.items[row.question], said, stored=True)


def _value_of(answer: Any) -> Any:
    return answer.get("value", "unknown") if isinstance(answer, dict) else answer


def day_of(workshop: Workshop) -> str:
    """Return the workshop's day, ISO 8601: as planned, else the one it was opened on, else today."""
    return workshop.on or local_day(workshop.opened_at or now())
