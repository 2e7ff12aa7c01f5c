"""A sheet as it lies on the table: which boxes it is keyed into, and what the codes typed there say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.assessments.fields import AnswerField
from app.assessments.fields.base import NOT_APPLICABLE as POSTED_NOT_APPLICABLE
from app.assessments.fields.base import UNKNOWN as POSTED_UNKNOWN
from app.assessments.fields.gate import GateField
from app.assessments.forms import QuestionForm, question_form
from app.engine.answers import GateAnswer, answer_to_json, gate_to_json
from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.text import writable
from app.wording.blank import NOT_APPLICABLE, UNKNOWN, Blank, BlankField, BlankSection, blank_of
from app.workshops.asking import AskedSection
from app.workshops.loaded import LoadedWorkshop
from app.workshops.models import HIGHEST_SHEET, Participant, Workshop

NUMBERS = {"library": range(1, 200), "partner": range(201, 400), "others": range(401, HIGHEST_SHEET + 1)}
"""The numbers of each side's sheets: whoever sees the number knows which questions are on it."""

STATES = {UNKNOWN: POSTED_UNKNOWN, NOT_APPLICABLE: POSTED_NOT_APPLICABLE}
"""The codes of an answer without a value, and what a form posts for it."""

SHEET = re.compile(r"0*([1-9][0-9]{0,2})(-[0-9]{1,2})?")
"""A sheet's number, or the code of one of its pages: 7, 7-2."""


@dataclass(frozen=True)
class Box:
    """One box to type in. ``characters``: what may be in it, ``""`` for anything; ``longest``: how many.

    ``label``: what the box is of, where a question has several.
    """

    name: str
    characters: str = ""
    longest: int = 3000
    label: str = ""

    @property
    def most_typed(self) -> int:
        """How many characters may be typed: beside several letters, what parts them."""
        return 100 if self.longest > 1 else 1


@dataclass(frozen=True)
class PaperQuestion:
    """One question of the paper. ``id``: the item's or gate's; ``field``: how it is printed."""

    id: str
    asked: Gate | BaseItem
    field: BlankField
    boxes: tuple[Box, ...]

    @property
    def note(self) -> str:
        """The name of the box for a remark."""
        return f"{self.field.code}.note"


@dataclass(frozen=True)
class PaperSection:
    """The questions of one section, as they are together on the paper."""

    section: BlankSection
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class Paper:
    """A side's sheet. ``notes``: it has room for remarks."""

    questionnaire: Questionnaire
    sections: tuple[PaperSection, ...]
    notes: bool

    @property
    def questions(self) -> list[PaperQuestion]:
        """All that is asked, in the order of the paper."""
        return [question for section in self.sections for question in section.questions]


@dataclass(frozen=True)
class Read:
    """What a keyed sheet says: parts of an answers file, and an error for each box that cannot be read."""

    answers: dict[str, Any]
    gates: dict[str, Any]
    errors: dict[str, str]


@dataclass(frozen=True)
class KeyedSheet:
    """One sheet that was keyed in, never what it says: when, and by whom."""

    sheet: int
    side: str
    at: datetime
    by: str


def side_of(sheet: int) -> str | None:
    """Return the side that a sheet's number belongs to, ``None`` for a number that no sheet has."""
    return next((side for side, numbers in NUMBERS.items() if sheet in numbers), None)


def sheet_in(written: str) -> int | None:
    """Return the number of the sheet that was written, ``None`` for none. A page's code will do."""
    found = SHEET.fullmatch(written.strip())
    return int(found[1]) if found else None


def keyed_sheets(workshop: Workshop) -> list[KeyedSheet]:
    """Return what is keyed in, in the order of the numbers. The answers themselves are not read."""
    rows = db.session.execute(
        select(Participant.sheet, Participant.side, Participant.done_at, Participant.actor)
        .where(
            Participant.workshop_id == workshop.id,
            Participant.sheet.is_not(None),
            Participant.removed_at.is_(None),
        )
        .order_by(Participant.sheet)
    )
    return [KeyedSheet(*cast(tuple[int, str, datetime, str], tuple(row))) for row in rows]


def next_sheets(workshop: Workshop, keyed: Sequence[KeyedSheet]) -> dict[str, int]:
    """Return the first number of each side that takes part after those keyed in."""
    following = {}
    for side in workshop.sides:
        used = [each.sheet for each in keyed if each.side == side]
        following[side] = min(max(used, default=NUMBERS[side].start - 1) + 1, NUMBERS[side].stop - 1)
    return following


def blank_sheet(opened: LoadedWorkshop, side: str, language: str) -> Blank:
    """Return what is printed for a side: only the library is asked for remarks."""
    asked = {each.section.id: _in_order(each) for each in opened.asked(side)}
    return blank_of(
        opened.questionnaire,
        language,
        asked,
        short=opened.workshop.variant == "short",
        notes=side == "library",
    )


def paper_of(opened: LoadedWorkshop, side: str, language: str) -> Paper:
    """Return a side's sheet with the boxes to key it into."""
    blank = blank_sheet(opened, side, language)
    sections = tuple(
        PaperSection(
            printed,
            tuple(
                PaperQuestion(one.id, one, field, tuple(_boxes(one, field)))
                for one, field in zip(_in_order(asked), printed.fields, strict=True)
            ),
        )
        for asked, printed in zip(opened.asked(side), blank.sections, strict=True)
    )
    return Paper(opened.questionnaire, sections, side == "library")


def read(paper: Paper, typed: Mapping[str, Sequence[str]]) -> Read:
    """Return what the boxes say. ``typed``: what was posted in each, by the box's name."""
    form = question_form(paper.questionnaire, [question.id for question in paper.questions])
    reader = _Reader(paper, form, typed)
    form.fill(reader.posted)
    answers: dict[str, Any] = {}
    gates: dict[str, Any] = {}
    for field in form.questions:
        if isinstance(field.data, GateAnswer):
            gates[field.name] = gate_to_json(field.data)
        elif field.data is not None:
            answers[field.name] = answer_to_json(field.data)
    places = {question.id: question for question in paper.questions}
    refused = {
        places[name].boxes[0].name: f"{places[name].field.code}: {error}"
        for name, error in form.first_errors.items()
    }
    return Read(answers, gates, {**refused, **reader.errors})


def _in_order(asked: AskedSection) -> list[Gate | BaseItem]:
    return [*asked.gates, *asked.items]


def _boxes(asked: Gate | BaseItem, field: BlankField) -> Sequence[Box]:
    states = "".join(each.code for each in (field.unknown, field.na) if each)
    if field.table:
        figures = "".join(str(level) for level in range(len(field.table.levels)))
        cells = [
            Box(f"{field.code}.{column.id}.{row.code}", figures, 1, f"{row.code} {row.text}, {column.text}")
            for row in field.table.rows
            for column in field.table.columns
        ]
        words = " · ".join(f"{each.code} {each.text}" for each in (field.unknown, field.na) if each)
        return [*cells, Box(f"{field.code}.state", states, 1, words)]
    letters = "".join(option.code for option in field.options)
    longest = len(letters) if field.several else 1
    return [Box(field.code, letters + states, longest) if letters else Box(field.code)]


class _Reader:
    """Turns the codes of a sheet into what the page of the same question would post."""

    def __init__(self, paper: Paper, form: QuestionForm, typed: Mapping[str, Sequence[str]]) -> None:
        self.posted: MultiDict[str, str] = MultiDict()
        self.errors: dict[str, str] = {}
        self._fields = {field.name: field for field in form.questions}
        self._typed = typed
        for question in paper.questions:
            for box in question.boxes:
                self._take(question, box)
            if paper.notes:
                self._take_note(question)

    def _take(self, question: PaperQuestion, box: Box) -> None:
        typed = self._one(box.name, question.field.code)
        field = self._fields[question.id]
        if not typed:
            return
        if question.field.several:
            self._take_several(question, field, box, typed.lower())
        elif box.characters:
            if self._fits(question, box, typed.lower()):
                self.posted.add(*_posted(question, field, box, typed.lower()))
        elif question.field.unknown and typed.lower() == UNKNOWN:
            self.posted.add(field.state_name, POSTED_UNKNOWN)
        else:
            self.posted.add(field.controls[0].name, typed)

    def _take_several(
        self, question: PaperQuestion, field: AnswerField | GateField, box: Box, typed: str
    ) -> None:
        letters = re.sub(r"[\s,;.+]", "", typed)
        if letters in STATES and letters in box.characters:
            self.posted.add(field.state_name, STATES[letters])
        elif set(letters) & set(STATES) or not set(letters) <= set(box.characters):
            self._refuse(question, box)
        else:
            for letter in dict.fromkeys(letters):
                self.posted.add(*_posted(question, field, box, letter))

    def _take_note(self, question: PaperQuestion) -> None:
        written = self._one(question.note, question.field.code)
        if written:
            self.posted.add(f"{question.id}.note", written)

    def _one(self, name: str, code: str) -> str:
        posted = self._typed.get(name, ())
        if len(posted) > 1:
            fault = _("Give one answer only.")
            self.errors[name] = f"{code}: {fault}"
        return writable(posted[0]).strip() if len(posted) == 1 else ""

    def _fits(self, question: PaperQuestion, box: Box, typed: str) -> bool:
        fits = len(typed) == 1 and typed in box.characters
        if not fits:
            self._refuse(question, box)
        return fits

    def _refuse(self, question: PaperQuestion, box: Box) -> None:
        self.errors[box.name] = _(
            "%(code)s: write %(characters)s, or nothing.",
            code=question.field.code,
            characters=", ".join(box.characters),
        )


def _posted(
    question: PaperQuestion, field: AnswerField | GateField, box: Box, letter: str
) -> tuple[str, str]:
    """Return what the page of the same question posts for a code: the name of its control, and the value."""
    place = question.boxes.index(box)
    codes = [option.code for option in question.field.options]
    if letter in codes:
        return field.controls[place].name, field.controls[place].options[codes.index(letter)][0]
    if letter in STATES:
        return field.state_name, STATES[letter]
    return field.controls[place].name, letter
