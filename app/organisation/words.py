"""Who must decide on how much money, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.organisation.reading import passed_threshold
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.figures import thousands


def threshold_words(row: Mapping[str, Any]) -> str:
    """Return a stored threshold in words."""
    amount = thousands(row["amount"], language())
    return _("Above %(amount)s kroner: %(decides)s", amount=amount, decides=row["decides"])


def must_decide_words(amount: float | None) -> str:
    """Return one sentence on who must decide on an amount in kroner, ``""`` where it passes no threshold."""
    row = passed_threshold(amount)
    if row is None:
        return ""
    return _(
        "The amount is above %(amount)s kroner: it must be decided by %(decides)s.",
        amount=thousands(row["amount"], language()),
        decides=row["decides"].rstrip("."),
    )
