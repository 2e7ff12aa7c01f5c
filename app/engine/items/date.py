"""A date, kept as ISO 8601 text."""

from __future__ import annotations

import datetime
from typing import Literal, cast

from app.engine.items.base import BaseItem, InvalidAnswer, Value, register

MONTHS = {
    "da": (
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def date_in_words(iso: str, language: str) -> str:
    """Return "22. november 2026" or "22 November 2026" for "2026-11-22"."""
    day = datetime.date.fromisoformat(iso)
    dot = "." if language == "da" else ""
    return f"{day.day}{dot}\N{NO-BREAK SPACE}{MONTHS[language][day.month - 1]} {day.year}"


@register
class DateItem(BaseItem):
    """Its answer is a date such as ``"2026-11-22"``."""

    kind: Literal["date"] = "date"

    def parse(self, raw: object) -> Value:
        try:
            day = datetime.date.fromisoformat(cast(str, raw))
        except (TypeError, ValueError):
            raise InvalidAnswer("answer_not_a_date") from None
        return day.isoformat()

    def words(self, value: Value, language: str) -> str:
        return date_in_words(cast(str, value), language)
