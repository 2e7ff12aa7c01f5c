"""How far an assessment has come: always counted from definition and answers, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.engine.answers import Answers, visible_items
from app.engine.definition import Questionnaire, Section
from app.engine.texts import Text

State = Literal["known", "unknown", "na", "unanswered"]
SHORT = "short"
HowFar = Literal["untouched", "begun", "done"]


@dataclass(frozen=True, slots=True)
class QuestionProgress:
    """One question that is asked and shown, and how it was answered."""

    id: str
    text: Text
    state: State
    is_gate: bool


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """One section of questions. ``number`` counts the sections from 1."""

    id: str
    title: Text
    number: int
    questions: list[QuestionProgress]

    @property
    def answered(self) -> int:
        """How many questions have an answer; "not known yet" is one."""
        return sum(each.state != "unanswered" for each in self.questions)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.questions)

    @property
    def state(self) -> HowFar:
        """How far the section has come."""
        return how_far(self.answered, self.total)


@dataclass(frozen=True, slots=True)
class Progress:
    """Every section, in order."""

    sections: list[SectionProgress]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(section.answered for section in self.sections)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(section.total for section in self.sections)

    def questions(self, state: State) -> list[tuple[SectionProgress, QuestionProgress]]:
        """Return every question in ``state`` with its section."""
        return [
            (section, each) for section in self.sections for each in section.questions if each.state == state
        ]

    def first_unfinished(self) -> SectionProgress | None:
        """Return the first section that is not done, if any."""
        return next((section for section in self.sections if section.state != "done"), None)


def asked_items(questionnaire: Questionnaire, variant: str) -> frozenset[str]:
    """Return the ids of the items that a variant asks."""
    return frozenset(questionnaire.short if variant == SHORT else questionnaire.items)


def asked_sections(questionnaire: Questionnaire, variant: str) -> list[Section]:
    """Return the sections that have something to ask in a variant."""
    asked = asked_items(questionnaire, variant)
    return [s for s in questionnaire.sections if s.gates or any(item.id in asked for item in s.items)]


def how_far(answered: int, total: int) -> HowFar:
    """Return how far some questions have come; none at all are done."""
    if answered == total:
        return "done"
    return "begun" if answered else "untouched"


def progress_of(questionnaire: Questionnaire, answers: Answers, variant: str) -> Progress:
    """Count what is answered, of the questions that are asked and shown."""
    shown = visible_items(questionnaire, answers) & asked_items(questionnaire, variant)
    return Progress(
        [
            SectionProgress(
                section.id, section.title, number, _questions(questionnaire, section, answers, shown)
            )
            for number, section in enumerate(asked_sections(questionnaire, variant), start=1)
        ]
    )


def _questions(
    questionnaire: Questionnaire, section: Section, answers: Answers, shown: frozenset[str]
) -> list[QuestionProgress]:
    gates = [questionnaire.gates_by_id[gate_id] for gate_id in section.gates]
    return [
        *(QuestionProgress(gate.id, gate.text, _gate_state(answers, gate.id), True) for gate in gates),
        *(
            QuestionProgress(item.id, item.text, _item_state(answers, item.id), False)
            for item in section.items
            if item.id in shown
        ),
    ]


def _gate_state(answers: Answers, gate_id: str) -> State:
    answer = answers.gates.get(gate_id)
    if answer is None:
        return "unanswered"
    return "unknown" if answer.value is None else "known"


def _item_state(answers: Answers, item_id: str) -> State:
    answer = answers.items.get(item_id)
    return "unanswered" if answer is None else answer.state
