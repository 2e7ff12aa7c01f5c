"""A date, kept as ISO 8601 text."""

from __future__ import annotations

from typing import Literal, cast

from app.engine.dates import EARLIEST, LATEST, can_be_given, date_in_words, day_in
from app.engine.items.base import BaseItem, Choose, InvalidAnswer, Value, register

HINT = {"da": "dag, måned, år", "en": "day, month, year"}


@register
class DateItem(BaseItem):
    """Its answer is a date such as ``"2026-11-22"``."""

    kind: Literal["date"] = "date"

    def parse(self, raw: object) -> Value:
        day = day_in(raw)
        if day is None:
            raise InvalidAnswer("answer_not_a_date")
        return day.isoformat()

    def accept(self, raw: object) -> Value:
        day = day_in(raw)
        if day is not None and not can_be_given(day):
            raise InvalidAnswer("answer_in_no_such_year", first=EARLIEST, last=LATEST)
        return self.parse(raw)

    def hint(self, language: str) -> str:
        return HINT[language]

    def words(self, value: Value, language: str) -> str:
        return date_in_words(cast(str, value), language)

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        return choose(("2026-02-28", "2026-11-22", "2027-01-01"))
