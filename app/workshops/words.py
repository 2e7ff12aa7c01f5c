"""The words for what a workshop stores as a code, the same in every room that shows one."""

from __future__ import annotations

from typing import Literal

from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.wording.speech import Speech

Meaning = Literal["camps", "apart", "together", "same"]

HALFWAY = 0.5
"""The A halfway from an even spread to all the same."""


def side_words(side: str) -> str:
    """Return what a side of the room is called, in the reader's language."""
    return {"library": _("The library"), "partner": _("The partner"), "others": _("Others")}[side]


def stage_words(stage: str) -> str:
    """Return how far a workshop has come, in the reader's language."""
    return {
        "prepared": _("Prepared"),
        "open": _("Open for answers"),
        "revealed": _("Answers shown"),
        "closed": _("Closed"),
    }[stage]


def step_words(step: str) -> str:
    """Return what is done in one part of the time plan, in the reader's language."""
    return {
        "welcome": _("Welcome, and how it is done"),
        "answer": _("Everybody answers alone"),
        "see": _("See the answers"),
        "talk": _("Talk about what divides"),
        "agree": _("Agree"),
        "end": _("Who does what, and thanks"),
    }[step]


def question_words(questionnaire: Questionnaire, question: str, language: str) -> str:
    """Return the text of an item or a gate in a language, as the library is asked it."""
    gate = questionnaire.gates_by_id.get(question)
    return say(gate.text if gate else questionnaire.items[question].text, language)


def agreement_meaning(agreement: float) -> Meaning:
    """Return how the answers lie, by their A. Of a few people it is no proof that they agree."""
    if agreement < 0:
        return "camps"
    if agreement <= HALFWAY:
        return "apart"
    return "together" if agreement < 1 else "same"


def agreement_figure(agreement: float, language: str) -> str:
    """Return A with two decimals, rounded down as every figure is, and with a minus sign that is one."""
    return Speech(language).decimal(agreement, 2).replace("-", "\N{MINUS SIGN}")
