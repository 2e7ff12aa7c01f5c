"""What is typed: text, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from app.assessments.fields.base import AnswerField, Unreadable, lines, only, register
from app.engine.dates import day_in, iso_of
from app.engine.items import Value
from app.engine.items.text import TextItem
from app.platform.i18n import gettext as _
from app.platform.i18n import language

LONGEST_ON_A_LINE = 300
"""Characters that a field of one line may hold; longer ones get a box."""

NUMBER = re.compile(r"[-+]?[0-9][0-9.,]{0,30}")
SPACES = re.compile(r"\s")


@register
class TextField(AnswerField):
    """Free text, on one line or several."""

    kind = "text"
    single = True

    @property
    def is_long(self) -> bool:
        """Whether it is written in a box of several lines: where it may be long, or already is."""
        item = cast(TextItem, self.item)
        return "\n" in self.written or (
            not self.suggestions and (item.lines > 1 or item.longest > LONGEST_ON_A_LINE)
        )

    @property
    def rows(self) -> int:
        """How many lines the box shows."""
        return max(cast(TextItem, self.item).lines, 2)

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return the text without blank ends; blank is nothing."""
        return lines(only(posted)) or None


@register
class NumberField(AnswerField):
    """A number as the reader's language writes it: 12.500,50 in Danish, 12,500.50 in English."""

    kind = "number"
    single = True

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return the number. Raises ``Unreadable``."""
        typed = SPACES.sub("", only(posted))
        if not typed:
            return None
        if not NUMBER.fullmatch(typed):
            raise Unreadable(self._not_a_number())
        try:
            number = parse_decimal(typed, locale=language(), strict=True)
        except NumberFormatError:
            raise Unreadable(self._not_a_number()) from None
        return int(number) if number == int(number) else float(number)

    def show_value(self, value: Value) -> Any:
        """Return the number with the language's own marks."""
        return format_decimal(cast(float, value), locale=language(), decimal_quantization=False)

    def _not_a_number(self) -> str:
        example = format_decimal(12500, locale=language())
        return _("Write a number in figures, such as %(example)s.", example=example)


@register
class DateField(AnswerField):
    """A date, as the browser's own date field posts it, or as a hand writes it: day, month, year."""

    kind = "date"
    single = True

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return the date as ISO 8601 text. Raises ``Unreadable``."""
        iso = iso_of(only(posted).strip())
        if iso and day_in(iso) is None:
            raise Unreadable(_("Write a date, such as 22/11/2026."))
        return iso or None
