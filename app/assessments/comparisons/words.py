"""Why answers cannot be compared, and why one cannot come along, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from app.assessments.comparisons.definitions import Difference
from app.assessments.comparisons.moving import Loss
from app.platform.i18n import gettext as _


def differing(found: Iterable[Difference]) -> list[str]:
    """Return a sentence for each thing in which a question differs between two versions."""
    words: dict[Difference, str] = {
        "kind": _("It is another kind of question."),
        "wording": _("The question is put in other words."),
        "answers": _("Other answers can be given."),
        "scores": _("The answers are worth something else."),
        "criterion": _("It counts for another criterion."),
        "rule": _("It is in order, or holds a proposal back, by another rule."),
    }
    return [words[each] for each in found]


def lost_because(why: Loss) -> str:
    """Return why an answer stays behind."""
    words: dict[Loss, str] = {
        "gone": _("The question is no longer asked."),
        "kind": _("It is another kind of question now."),
        "options": _("The scale has other points now, so that the answer would mean something else."),
        "option": _("This answer can no longer be given."),
    }
    return words[why]
