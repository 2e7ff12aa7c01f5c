"""Days that are agreed on: some months after a day, or one that is chosen."""

from __future__ import annotations

import calendar
import datetime

from app.engine.dates import LATEST

LAST = f"{LATEST}-12-31"
CHOICES = ("6", "12", "own", "none")
"""In half a year, in a year, on a day that is written, never."""


def months_later(day: str, months: int) -> str:
    """Return the day ``months`` after ``day``, both ISO 8601; the month's last where it is too short."""
    start = datetime.date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, last)).isoformat()


def chosen_day(choice: str, own: str, start: str) -> str:
    """Return the day that one of ``CHOICES`` stands for, counted from ``start``; ``""`` for never.

    It is stored, so it is no later than any day that can be given.
    """
    if choice == "own":
        return own
    return min(months_later(start, int(choice)), LAST) if choice.isdecimal() else ""


def choice_of(day: str, start: str) -> str:
    """Return which of ``CHOICES`` a stored day was."""
    if not day:
        return "none"
    return next((months for months in ("6", "12") if months_later(start, int(months)) == day), "own")
