"""What the settings ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from app.engine.texts import LANGUAGES
from app.platform.actor import LONGEST
from app.platform.forms import PlainForm, number_in, one_of, paragraph, whole_number, words
from app.platform.i18n import gettext as _

LARGEST_AMOUNT = 1_000_000_000
ROWS = 4
"""As many thresholds as a library can have."""


class NameForm(PlainForm):
    """Who is at work."""

    name = words(LONGEST, required=True)


class LibraryForm(PlainForm):
    """The library itself."""

    name = words()
    language = one_of(LANGUAGES, required=True)
    default_owner = words()
    contact = words()


class GoalForm(PlainForm):
    """One goal."""

    title = words(300, required=True)
    text = paragraph()
    active = one_of(("yes",))


class ThresholdsForm(PlainForm):
    """Rows of an amount and who decides above it; a row with nothing in it is none."""

    def show_thresholds(self, thresholds: Sequence[Mapping[str, Any]]) -> ThresholdsForm:
        """Fill the form with what is stored."""
        rows = enumerate(thresholds[:ROWS], start=1)
        filled = {f"{name}_{n}": _written(row[name]) for n, row in rows for name in ("amount", "decides")}
        return self.show(filled)

    def take(self, posted: MultiDict[str, str]) -> bool:
        """Fill the form with what was posted: both fields of a row or none, and no amount twice."""
        usable = super().take(posted)
        for n in range(1, ROWS + 1):
            usable = self._whole_row(n) and usable
        return usable and self._distinct()

    @property
    def thresholds(self) -> list[dict[str, Any]]:
        """What was written, as it is stored: the smallest amount first."""
        rows = [
            {"amount": number_in(self.values[f"amount_{n}"]), "decides": self.values[f"decides_{n}"]}
            for n in range(1, ROWS + 1)
        ]
        return sorted((row for row in rows if row["amount"] is not None), key=lambda row: row["amount"] or 0)

    def _whole_row(self, n: int) -> bool:
        values = self.values
        empty = [name for name in (f"amount_{n}", f"decides_{n}") if not values[name]]
        if len(empty) == 1 and not self[empty[0]].errors:
            self[empty[0]].errors = [_("This must be filled in.")]
        return len(empty) != 1

    def _distinct(self) -> bool:
        seen: set[int | None] = set()
        for n in range(1, ROWS + 1):
            amount = number_in(self.values[f"amount_{n}"])
            if amount is not None and amount in seen:
                self[f"amount_{n}"].errors = [_("This amount stands there already.")]
                return False
            seen.add(amount)
        return True


for _n in range(1, ROWS + 1):
    setattr(ThresholdsForm, f"amount_{_n}", whole_number(1, LARGEST_AMOUNT))
    setattr(ThresholdsForm, f"decides_{_n}", words())


def _written(value: object) -> str:
    """Return an amount as one writes it, readable and readable again: 200 000."""
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else str(value)
