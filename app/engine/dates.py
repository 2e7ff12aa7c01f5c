"""Days as a person reads them."""

from __future__ import annotations

import datetime

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
