"""How texts are set in print: cut at a word, parted into paragraphs, found by what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from app.wording.figures import thousands

ELLIPSIS = "…"
SHORT = 600
CHARACTERS_OF_A_LINE = 60
_BLANK_LINES = re.compile(r"\n\s*\n")


def shortened(text: str, longest: int) -> str:
    """Return ``text`` on one line, cut at a word to at most ``longest`` characters with an ellipsis."""
    line = _one_line(text)
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    whole = cut.rpartition(" ")[0] if " " in cut[longest // 2 :] else cut
    return whole.rstrip(" ,.;:–-") + ELLIPSIS


def as_heading(text: str) -> str:
    """Return what is proposed with a capital at its beginning: it is asked for as it reads in a sentence.

    A first word with a capital of its own, as in iPad, is left as it is.
    """
    first = text.split(maxsplit=1)[:1]
    return text[:1].upper() + text[1:] if first and first[0].islower() else text


def is_cut(text: str, longest: int) -> bool:
    """Say whether :func:`shortened` leaves anything out."""
    return len(_one_line(text)) > longest


def _one_line(text: str) -> str:
    """Return plain text on one line: markup is no text to cut, but what it stands for is."""
    return " ".join((text.unescape() if isinstance(text, Markup) else text).split())


def paragraphs(text: str) -> list[str]:
    """Return what a person wrote, parted at blank lines; single line breaks are kept inside."""
    return [part.strip("\n") for part in _BLANK_LINES.split(text.strip()) if part.strip()]


def is_short(text: str) -> bool:
    """Say whether ``text`` takes a few lines only, and can be kept off a page break."""
    return len(text) + CHARACTERS_OF_A_LINE * text.count("\n") < SHORT


def fact(doc: Any, role: str) -> str:
    """Return what was written in the subject field with ``role``, empty where there is none."""
    return next((each.value for _, facts in doc.case for each in facts if each.role == role), "")


def grouped(text: str, size: int = 8) -> str:
    """Return a long code in groups that can be read aloud, and broken between."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "shortened": shortened,
    "as_heading": as_heading,
    "is_short": is_short,
    "paragraphs": paragraphs,
    "fact": fact,
    "thousands": thousands,
    "grouped": grouped,
}
