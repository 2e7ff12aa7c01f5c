"""The words of the exports for what is stored as a code."""

from __future__ import annotations

from app.platform.i18n import gettext as _


def variant_words(variant: str) -> str:
    """Return how much was asked."""
    return {"full": _("the whole questionnaire"), "short": _("the short version")}[variant]


def origin_words(origin: str) -> str:
    """Return how an assessment came to be."""
    return {
        "new": _("begun here"),
        "import": _("brought in"),
        "example": _("example"),
        "copy": _("begun from an older one"),
        "move": _("moved to a newer version"),
        "workshop": _("from a workshop"),
    }[origin]


def state_words(state: str) -> str:
    """Return how a question was answered."""
    return {
        "known": _("answered"),
        "unknown": _("not known yet"),
        "na": _("not relevant"),
        "unanswered": _("not answered"),
    }[state]


def gate_words(state: str) -> str:
    """Return whether a condition is met."""
    return {"clear": _("in order"), "open": _("not settled"), "breached": _("stops the proposal")}[state]


def yes_or_no(is_so: bool) -> str:
    """Return whether something is so."""
    return _("yes") if is_so else _("no")
