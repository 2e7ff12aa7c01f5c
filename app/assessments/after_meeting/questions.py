"""Which questions the page asks: those that nobody can answer yet, the most deciding first."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.loaded import LoadedAssessment
from app.engine.assess import assess


@dataclass(frozen=True)
class OpenQuestions:
    """Ids of what is open: ``deciding`` can move the recommendation, ``others`` are good to know.

    Behind a question that brings others to light when it is answered, those follow, hidden until then.
    """

    deciding: list[str]
    others: list[str]

    @property
    def all(self) -> list[str]:
        """Every question, in the order of the page."""
        return [*self.deciding, *self.others]


def open_questions(opened: LoadedAssessment) -> OpenQuestions:
    """Return what is not known or not answered: in the result's order, then in that of the questionnaire."""
    asked_for = assess(opened.questionnaire, opened.answers).questions
    deciding = [question.id for question in asked_for if question.because != "rest"]
    rest = [question.id for question in asked_for if question.because == "rest"]
    waiting = [
        each.id
        for section in opened.progress.sections
        for each in section.questions
        if each.state in ("unknown", "unanswered")
    ]
    others = [each for each in dict.fromkeys([*rest, *waiting]) if each not in deciding]
    first = _with_hidden(opened, deciding, set())
    return OpenQuestions(first, _with_hidden(opened, others, set(first)))


def may_be_asked(opened: LoadedAssessment, question: str) -> bool:
    """Say whether a page may ask this: an item, a gate, or a field about the partner that may be empty."""
    questionnaire = opened.questionnaire
    optional = {field.item.id for field in questionnaire.subject if not field.required}
    return question in questionnaire.items or question in questionnaire.gates_by_id or question in optional


def _with_hidden(opened: LoadedAssessment, questions: list[str], elsewhere: set[str]) -> list[str]:
    """Return ``questions``, each followed by the hidden ones that an answer to it may bring to light."""
    found = list(questions)
    for item in opened.questionnaire.conditional_items:
        names = {str(leaf.item) for leaf in item.show_if.leaves()} if item.show_if else set()
        behind = [found.index(name) for name in names if name in found]
        may_come = item.id in opened.asked and item.id not in opened.visible
        if behind and may_come and item.id not in (*found, *elsewhere):
            found.insert(max(behind) + 1, item.id)
    return found
