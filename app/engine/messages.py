"""What the loader and the reader of answers have to say, in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping


def message(code: str, details: Mapping[str, object], language: str) -> str:
    """Return the message of a code."""
    return f"{code} {dict(details)}"
