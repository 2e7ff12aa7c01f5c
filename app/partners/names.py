"""A partner's name as it is compared: two ways of writing one name are one name."""

from __future__ import annotations

import unicodedata

LONGEST = 300


def key(name: str) -> str:
    """Return ``name`` without what does not tell two partners apart: case, accents' forms, spaces around."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[:LONGEST]
