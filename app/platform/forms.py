"""Plain forms: a few kinds of fields whose errors are said in the reader's language.

A field has no label here; the template gives it one, so that all that is read is in templates. What is
posted twice counts once, and what cannot be written (NUL and its like) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.engine.dates import EARLIEST, LATEST, can_be_given, day_in, iso_of
from app.platform.i18n import gettext as _
from app.platform.text import writable

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_PARAGRAPH = 3000


class PlainForm(Form):
    """A form of the fields below. ``values`` are what was written, with no spaces around."""

    def show(self, data: Mapping[str, Any] | None = None) -> Self:
        """Fill the form with what is stored."""
        self.process(None, data=dict(data or {}))
        return self

    def take(self, posted: MultiDict[str, str]) -> bool:
        """Fill the form with what was posted, and say whether all of it can be used."""
        self.process(MultiDict((name, writable(value)) for name, value in posted.items(multi=True)))
        return bool(self.validate())

    @property
    def values(self) -> dict[str, str]:
        """What was written in each field, ``""`` for nothing."""
        return {name: (field.data or "").strip() for name, field in self._fields.items()}

    @property
    def first_errors(self) -> dict[str, str]:
        """One error for each field that has any."""
        return {name: str(field.errors[0]) for name, field in self._fields.items() if field.errors}


Check = Callable[[Form, Field], None]


def words(longest: int = 200, *, required: bool = False, check: Check | None = None) -> Any:
    """Return a field for one line."""
    return StringField(validators=_checks(longest, required, check))


def paragraph(longest: int = LONGEST_PARAGRAPH, *, required: bool = False, check: Check | None = None) -> Any:
    """Return a field for several lines."""
    return TextAreaField(validators=_checks(longest, required, check))


def one_of(values: Sequence[str], *, required: bool = False) -> Any:
    """Return a field for one of ``values``; without ``required`` also for none of them."""

    def known(form: Form, field: Field) -> None:
        if field.data and field.data not in values:
            raise StopValidation(_("Choose one of the possibilities."))

    return StringField(validators=_checks(200, required, known))


def day(*, required: bool = False) -> Any:
    """Return a field for a day: the browser posts it in ISO 8601; one written 22.11.2026 becomes so."""
    return StringField(validators=_checks(20, required, _is_day))


def email() -> Any:
    """Return a field for an e-mail address."""

    def looks_right(form: Form, field: Field) -> None:
        if field.data.strip() and not EMAIL.fullmatch(field.data.strip()):
            raise StopValidation(_("Write an e-mail address, such as name@library.dk."))

    return StringField(validators=_checks(200, False, looks_right))


def whole_number(lowest: int, highest: int, *, required: bool = False) -> Any:
    """Return a field for a whole number; points or spaces between thousands are allowed."""

    def in_range(form: Form, field: Field) -> None:
        number = number_in(field.data)
        if field.data.strip() and (number is None or not lowest <= number <= highest):
            raise StopValidation(
                _("Write a whole number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
            )

    return StringField(validators=_checks(20, required, in_range))


def number_in(written: str) -> int | None:
    """Return the whole number that was written, ``None`` where it is none: "200.000" and "200 000" are."""
    digits = re.sub(r"[.\s\u00a0]", "", written.strip())
    return int(digits) if re.fullmatch(r"[0-9]{1,15}", digits) else None


def _is_day(form: Form, field: Field) -> None:
    field.data = iso_of(field.data.strip())
    found = day_in(field.data)
    if field.data and found is None:
        raise StopValidation(_("Write a date, such as 22/11/2026."))
    if found and not can_be_given(found):
        years = {"first": EARLIEST, "last": LATEST}
        raise StopValidation(_("The year must be between %(first)s and %(last)s.", **years))


def _checks(longest: int, required: bool, check: Check | None) -> list[Check]:
    def is_written(form: Form, field: Field) -> None:
        field.data = field.data or ""
        if required and not field.data.strip():
            raise StopValidation(_("This must be filled in."))

    def is_short_enough(form: Form, field: Field) -> None:
        if len(field.data) > longest:
            raise StopValidation(_("At most %(longest)s characters.", longest=longest))

    return [is_written, is_short_enough, *([check] if check else [])]
