"""What is decided and how it went, in the reader's language."""

from __future__ import annotations

from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language


def verdict_words(verdict: str) -> str:
    """Return what a verdict is called."""
    return {
        "approved": _("Approved"),
        "amended": _("Approved with changes"),
        "postponed": _("Postponed"),
        "declined": _("Not approved"),
    }[verdict]


def went_words(went: str) -> str:
    """Return how it went."""
    return {
        "better": _("Better than hoped"),
        "as-hoped": _("As hoped"),
        "worse": _("Worse than hoped"),
        "not-done": _("It never happened"),
    }[went]


def outcome_words(questionnaire: Questionnaire, outcome: str) -> str:
    """Return an outcome's title. ``""`` is no outcome: too little was known."""
    found = next((each for each in questionnaire.outcomes if each.id == outcome), None)
    if found is None:
        return outcome or _("Ask first")
    return say(found.title, language())


def changed_words(questionnaire: Questionnaire, then: str, now: str) -> str:
    """Return what is said where the recommendation is another by now than at the decision, else ``""``."""
    if then == now:
        return ""
    return _(
        "The answers were changed after the decision. The recommendation then was: “%(outcome)s”.",
        outcome=outcome_words(questionnaire, then),
    )


def decided_words(questionnaire: Questionnaire, verdict: str, outcome: str) -> str:
    """Return a decision in one line: the verdict, and what was decided unless it was postponed."""
    said = verdict_words(verdict)
    return f"{said}: {outcome_words(questionnaire, outcome)}" if outcome else said
