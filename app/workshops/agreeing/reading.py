"""What the pages show of every question: how it was answered, and what counts now. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.assessments.changes import AnyAnswer
from app.assessments.words import answer_from, answer_without_note
from app.engine.answers import Answer, GateAnswer
from app.engine.definition import Section
from app.engine.items import Table
from app.engine.texts import say
from app.engine.yes_no import WORDS
from app.platform.conflicts import fingerprint
from app.platform.i18n import language
from app.wording.codes import question_codes
from app.workshops.loaded import LoadedWorkshop, agreed_answer
from app.workshops.models import RoomAnswer, WorkshopAction
from app.workshops.room_map import EVERYBODY, Spread
from app.workshops.words import question_words

FIRST_TO_TALK_ABOUT = 3
"""How many of the questions that divide the room are always talked about, even where none of them decides."""


@dataclass(frozen=True)
class RoomQuestion:
    """One question that was asked in the workshop, and what the room says of it.

    ``agreed``: what the room agreed on, ``None`` where it has not.
    """

    opened: LoadedWorkshop
    id: str
    code: str
    agreed: RoomAnswer | None

    @property
    def text(self) -> str:
        """The question in words."""
        return question_words(self.opened.questionnaire, self.id, language())

    @property
    def is_gate(self) -> bool:
        """Whether it is a fact that must be in place."""
        return self.id in self.opened.questionnaire.gates_by_id

    @property
    def spreads(self) -> dict[str, Spread]:
        """How everybody, and each side that is shown, answered."""
        return self.opened.room_map.questions.get(self.id, {})

    @property
    def spreads_apart(self) -> dict[str, Spread]:
        """How everybody answered, and each side where there is more than one of them."""
        return self.spreads if len(self.spreads) > 2 else {EVERYBODY: self.spreads[EVERYBODY]}

    @property
    def spread(self) -> Spread | None:
        """How everybody answered, ``None`` where nothing may be shown."""
        return self.spreads.get(EVERYBODY)

    @property
    def straddles(self) -> bool:
        """Whether answers lie on both sides of what is required."""
        return self.id in self.opened.room_map.straddling

    @property
    def is_apart(self) -> bool:
        """Whether library and partner are far apart."""
        return self.id in self.opened.room_map.apart

    @property
    def is_flagged(self) -> bool:
        """Whether somebody said of a gate that it is not in order."""
        return self.id in self.opened.room_map.flagged

    @property
    def is_divided(self) -> bool:
        """Whether not everybody who knows said the same."""
        return self.id in self.opened.room_map.divided

    @cached_property
    def median(self) -> AnyAnswer:
        """What the answers say together, ``None`` where nothing: nobody knows, or a gate is flagged."""
        return self._median(self.spread) if self.spread and not self.is_flagged else None

    def _median(self, spread: Spread) -> AnyAnswer:
        if self.is_gate:
            return GateAnswer(spread.median) if spread.median else None
        if spread.na > spread.answered - spread.unknown - spread.na:
            return Answer("na")
        if spread.median is None:
            return None
        return Answer("known", self.opened.questionnaire.items[self.id].parse(spread.median))

    def median_of(self, spread: Spread) -> str:
        """Return what a group says together, in words; ``""`` where it says nothing."""
        return self.in_words(self._median(spread))

    @cached_property
    def current_answer(self) -> AnyAnswer:
        """What counts for it now: what was agreed, else the median."""
        return agreed_answer(self.opened.questionnaire, self.agreed) if self.agreed else self.median

    def in_words(self, answer: AnyAnswer) -> str:
        """Return an answer to it as a person reads it, without its note."""
        if answer is None:
            return ""
        return answer_without_note(self.opened.questionnaire, self.id, answer, language())

    @property
    def median_in_words(self) -> str:
        """The median as a person reads it, ``""`` where the answers say nothing together."""
        return self.in_words(self.median)

    @property
    def current_answer_in_words(self) -> str:
        """What counts for it now, as a person reads it; ``""`` where nothing does."""
        return self.in_words(self.current_answer)

    @property
    def options(self) -> list[str]:
        """The words of each option of its spread, in order."""
        if self.spread is None:
            return []
        if self.is_gate:
            return [WORDS[option][language()] for option in self.spread.options]
        item = self.opened.questionnaire.items[self.id]
        return [item.option_words(option, language()) for option in self.spread.options]

    @property
    def table(self) -> Table | None:
        """What is filled in where its answer is a small table."""
        return None if self.is_gate else self.opened.questionnaire.items[self.id].table

    def cells_in_words(self, spread: Spread) -> list[tuple[str, list[str]]]:
        """Return each row of its table that somebody filled in, with how many said what in each column."""
        table = self.table
        if table is None:
            return []
        levels = [say(level, language()) for level in table.levels]

        def counted(column: str, row: str) -> str:
            counts = zip(levels, spread.cells[column][row], strict=True)
            return " · ".join(f"{level}: {count}" for level, count in counts if count)

        rows = [
            (say(text, language()), [counted(column, row) for column in table.columns])
            for row, text in table.rows.items()
        ]
        return [row for row in rows if any(row[1])]

    def values_in_words(self, spread: Spread) -> list[str]:
        """Return what was said to a question without options, each value once, in order."""
        if self.is_gate:
            return []
        item = self.opened.questionnaire.items[self.id]
        return sorted({item.words(item.parse(value), language()) for value in spread.said})

    @property
    def people(self) -> list[tuple[str, str]]:
        """Each name with what that person said, in a workshop with names."""
        return [
            (name, self.in_words(answer_from(self.opened.questionnaire, self.id, written)))
            for name, written in self.opened.room_map.by_name.get(self.id, [])
        ]

    @property
    def notes(self) -> list[str]:
        """What was remarked."""
        return self.opened.room_map.notes.get(self.id, [])


@dataclass(frozen=True)
class Talk:
    """All that was asked, in the order in which a room talks of it.

    Each question is there once: in ``divided`` (what divides most), else in ``apart`` (where library and
    partner are far apart), else in ``flagged`` (gates that wait for a fact), else in ``rest``, by section.
    """

    divided: list[RoomQuestion]
    apart: list[RoomQuestion]
    flagged: list[RoomQuestion]
    rest: list[tuple[Section, list[RoomQuestion]]]

    @property
    def first(self) -> list[RoomQuestion]:
        """What to talk about first."""
        return [*self.divided, *self.apart, *self.flagged]

    def number_of(self, question: str) -> int:
        """Return the place of a question among those, counted from 1, ``0`` where it is not one of them."""
        ids = [each.id for each in self.first]
        return ids.index(question) + 1 if question in ids else 0

    @property
    def agreed(self) -> int:
        """How many of those are agreed on."""
        return sum(each.agreed is not None for each in self.first)

    def after(self, question: str = "") -> RoomQuestion | None:
        """Return the next to talk about that is not agreed on, after ``question``; ``None`` for none.

        After the last come those that were passed over.
        """
        ids = [each.id for each in self.first]
        place = ids.index(question) + 1 if question in ids else 0
        in_turn = [*self.first[place:], *self.first[:place]]
        return next((each for each in in_turn if each.agreed is None and each.id != question), None)


def asked_questions(opened: LoadedWorkshop) -> list[str]:
    """Return the ids of all that some side was asked, in the order of the questionnaire."""
    sections, asked = opened.questionnaire.sections, opened.all_asked
    return [question for section in sections for question in section.questions if question in asked]


def questions_of(opened: LoadedWorkshop) -> dict[str, RoomQuestion]:
    """Return all that was asked, by id."""
    codes = question_codes(opened.questionnaire)
    return {
        each: RoomQuestion(opened, each, codes[each], opened.agreed.get(each))
        for each in asked_questions(opened)
    }


def talk_of(opened: LoadedWorkshop) -> Talk:
    """Return all that was asked, what divides most first."""
    questions = questions_of(opened)
    room_map = opened.room_map
    most = max(FIRST_TO_TALK_ABOUT, len(room_map.straddling))
    left = dict(questions)

    def taken(wanted: Sequence[str]) -> list[RoomQuestion]:
        return [left.pop(each) for each in wanted if each in left]

    return Talk(
        divided=taken(room_map.divided[:most]),
        apart=taken(room_map.apart),
        flagged=taken(room_map.flagged),
        rest=_by_section(opened, left.values()),
    )


def _by_section(
    opened: LoadedWorkshop, questions: Iterable[RoomQuestion]
) -> list[tuple[Section, list[RoomQuestion]]]:
    section_of = opened.questionnaire.section_of
    rows = [
        (section, [each for each in questions if section_of[each.id] == section.id])
        for section in opened.questionnaire.sections
    ]
    return [(section, each) for section, each in rows if each]


def fingerprint_of_agreed(agreed: RoomAnswer | None) -> str:
    """Return the fingerprint of what was agreed, with reason and minority; ``""`` where nothing was."""
    return fingerprint([agreed.answer, agreed.reason, agreed.minority] if agreed else None)


def fingerprint_of_action(action: WorkshopAction) -> str:
    """Return the fingerprint of what is done next, by whom and when."""
    return fingerprint([action.what, action.who, action.due])
