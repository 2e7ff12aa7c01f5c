"""What a document is called when it is saved: a librarian keeps many beside each other."""

from __future__ import annotations

from werkzeug.utils import secure_filename

LONGEST_PARTNER = 40
SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
"""Letters that would be lost in the plain letters that every machine can keep in a name."""


def file_name(kind: str, partner: str, day: str) -> str:
    """Return ``<kind>-<partner>-<day>`` in plain letters. ``day``: ISO 8601.

    Where nothing is left of the partner's name it is ``kind`` alone.
    """
    plain = secure_filename(partner.lower().translate(SPELLED)).replace("_", "-").replace(".", "-")
    words = "-".join(each for each in plain.split("-") if each)[:LONGEST_PARTNER].strip("-")
    return "-".join(each for each in (kind, words, day) if each) if words else kind
