"""What a document is called when it is saved: a librarian keeps many beside each other."""

from __future__ import annotations

import re

from werkzeug.utils import secure_filename

LONGEST_PARTNER = 40
SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
"""Letters that would be lost in the plain letters that every machine can keep in a name."""


def file_name(kind: str, partner: str, day: str) -> str:
    """Return ``<kind>-<partner>-<day>`` in plain letters. ``day``: ISO 8601.

    Where nothing is left of the partner's name it is ``kind`` alone.
    """
    kept = secure_filename(partner.lower().translate(SPELLED)).lower()
    whole = "-".join(re.findall(r"[a-z0-9]+", kept))
    words = whole if len(whole) <= LONGEST_PARTNER else _cut(whole)
    return "-".join(each for each in (kind, words, day) if each) if words else kind


def _cut(words: str) -> str:
    """Return as many whole words as there is room for; of one long word its beginning."""
    return words[: LONGEST_PARTNER + 1].rpartition("-")[0] or words[:LONGEST_PARTNER]
