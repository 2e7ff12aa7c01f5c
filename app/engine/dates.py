"""Days: as they are stored, as a hand writes them, and as a person reads them."""

from __future__ import annotations

import datetime
import re

EARLIEST, LATEST = 1900, 2200
"""The years that a day can be given in: whoever means 2026 and types 26 gets the year 26 from a browser."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BY_HAND = re.compile(r"([0-9]{1,2})[./ -]+([0-9]{1,2})[./ -]+([0-9]{4})")

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


def day_in(written: object) -> datetime.date | None:
    """Return the day that an ISO 8601 text such as "2026-11-22" is, ``None`` where it is none."""
    if not isinstance(written, str) or not _ISO.fullmatch(written):
        return None
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def can_be_given(day: datetime.date) -> bool:
    """Say whether a day is in a year that somebody may have meant."""
    return EARLIEST <= day.year <= LATEST


def iso_of(written: str) -> str:
    """Return a day that a hand wrote, such as "22.11.2026", as ISO 8601; any other text as it is."""
    found = _BY_HAND.fullmatch(written)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else written


def date_in_words(iso: str, language: str) -> str:
    """Return "22. november 2026" or "22 November 2026" for "2026-11-22"."""
    day = datetime.date.fromisoformat(iso)
    dot = "." if language == "da" else ""
    return f"{day.day}{dot}\N{NO-BREAK SPACE}{MONTHS[language][day.month - 1]} {day.year}"
