"""A partner's name as it is compared, looked for and put in order: two ways of writing it are one name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 300
ALIKE = 0.85
SHORTEST_BEGINNING = 6

ACCENTS = re.compile("[\u0300\u0301\u0302]")
"""Grave, acute and circumflex: a Dane writes "cafe" too. Rings and dots make other letters."""

AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})
"""The Danish letters after z, in their order, as signs that come after z for every machine."""


def key(name: str) -> str:
    """Return ``name`` without what does not tell two partners apart: case, accents, spaces around."""
    return " ".join(_plain(name).split())[:LONGEST].rstrip()


def sort_key(name: str) -> str:
    """Return what puts ``name`` in its place in the Danish alphabet, where "aa" goes with "å"."""
    letters = re.sub(r"[^\w\s{|}]", "", key(name)).replace("aa", "å")
    return " ".join(letters.translate(AFTER_Z).split())[:LONGEST]


def alike(one: str, others: Iterable[str]) -> set[str]:
    """Return those of ``others`` that may mean the same partner. All are keys."""
    bare = _bare(one)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(bare)
    return {other for other in others if other == one or _is_close(_bare(other), bare, matcher)}


def _is_close(other: str, bare: str, matcher: difflib.SequenceMatcher[str]) -> bool:
    if min(len(other), len(bare)) >= SHORTEST_BEGINNING and (
        other.startswith(bare) or bare.startswith(other)
    ):
        return True
    matcher.set_seq1(other)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _bare(key_of_name: str) -> str:
    """Return a key without spaces and signs; "Foreningen X" and "X, Foreningen" stay different."""
    return re.sub(r"[\W_]", "", key_of_name).replace("aa", "å")


def _plain(name: str) -> str:
    """Return the letters alone. Twice, for a letter made small may come apart anew."""
    for _ in range(2):
        apart = unicodedata.normalize("NFKD", name).casefold()
        name = unicodedata.normalize("NFKC", ACCENTS.sub("", apart))
    return name
