"""The forms around the paper: which sheets to print, and which one is keyed in."""

from __future__ import annotations

from wtforms import Field, Form
from wtforms.validators import StopValidation

from app.engine.texts import LANGUAGES
from app.platform.forms import PlainForm, number_in, one_of, whole_number, words
from app.platform.i18n import gettext as _
from app.workshops.sheets.reading import NUMBERS, sheet_in, side_of

MOST_SHEETS = 60
"""The most sheets in one PDF: enough for a room, and made in five seconds."""


class PrintForm(PlainForm):
    """Which sheets to print. ``side`` is checked where the sides of the workshop are known."""

    side = one_of(tuple(NUMBERS), required=True)
    count = whole_number(1, MOST_SHEETS, required=True)
    first = whole_number(1, NUMBERS["others"].stop - 1, required=True)
    language = one_of(LANGUAGES, required=True)

    def validate_first(self, field: Field) -> None:
        """Keep all the numbers among those of the side."""
        count, first = number_in(self.count.data), number_in(field.data)
        if not count or not first or self.side.data not in NUMBERS:
            return
        numbers = NUMBERS[self.side.data]
        if first not in numbers or first + count - 1 not in numbers:
            raise StopValidation(
                _(
                    "The sheets of this side have the numbers %(first)s to %(last)s.",
                    first=numbers.start,
                    last=numbers.stop - 1,
                )
            )


def _is_sheet(form: Form, field: Field) -> None:
    number = sheet_in(field.data)
    if field.data.strip() and (number is None or side_of(number) is None):
        raise StopValidation(_("Write the number at the top of the sheet, such as 7."))


class SheetForm(PlainForm):
    """Which sheet is keyed in."""

    sheet = words(10, required=True, check=_is_sheet)


class NameForm(PlainForm):
    """Who answered, in a workshop with names."""

    name = words(200)
