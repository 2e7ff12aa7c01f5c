"""An answer as a person reads it."""

from __future__ import annotations

from app.assessments.forms import Said
from app.engine.answers import GateAnswer
from app.engine.definition import Questionnaire
from app.engine.items.fact import WORDS
from app.platform.i18n import gettext as _


def said_in_words(questionnaire: Questionnaire, question: str, said: Said, language: str) -> str:
    """Return the answer to an item or a gate, with its note."""
    if said is None:
        return _("no answer")
    if isinstance(said, GateAnswer):
        words = WORDS[said.value][language] if said.value else _("We must ask")
    elif said.value is None:
        words = _("Don’t know yet") if said.state == "unknown" else _("Not relevant")
    else:
        words = questionnaire.items[question].words(said.value, language)
    return f"{words} ({said.note})" if said.note else words
