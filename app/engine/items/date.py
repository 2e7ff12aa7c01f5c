"""A date, kept as ISO 8601 text."""

from __future__ import annotations

import datetime
from typing import Literal, cast

from app.engine.dates import date_in_words
from app.engine.items.base import BaseItem, Choose, InvalidAnswer, Value, register

HINT = {"da": "dag, måned, år", "en": "day, month, year"}


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

    def hint(self, language: str) -> str:
        return HINT[language]

    def words(self, value: Value, language: str) -> str:
        return date_in_words(cast(str, value), language)

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        return choose(("2026-02-28", "2026-11-22", "2027-01-01"))
