"""Characters that can be printed: what no font has is replaced, counted and reported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

STAND_IN = "□"
FACES = ("Regular", "Italic", "SemiBold", "Bold")

# Characters that only steer how their neighbours look. Without a glyph they are left out and not missed.
_STEERING = (
    "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\ufe00-\ufe0f\u200e\u200f\u2060\ufeff\U0001f3fb-\U0001f3ff"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\v\f\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


class Characters:
    """The characters that every face of the print font has."""

    def __init__(self, codes: frozenset[int]) -> None:
        printable = {chr(code) for code in codes if chr(code) not in "\r\v\f"} | {"\n", "\t"}
        inside = "".join(re.escape(character) for character in sorted(printable))
        missing = f"[^{inside}{_STEERING}]"
        self._missing = re.compile(f"{missing}(?:[{_STEERING}]|(?<=\u200d){missing})*")
        self._steering = re.compile(f"[{_STEERING}]")

    def printable(self, text: str) -> tuple[str, set[str]]:
        """Return ``text`` as it can be printed, and the characters that it lost.

        A control character goes without a trace, since nobody wrote it; any other leaves an empty box.
        A family of emoji joined into one picture counts as one character.
        """
        text = _BREAKS.sub("\n", unicodedata.normalize("NFC", text))
        lost = {*_CONTROLS.findall(text)}
        text = _CONTROLS.sub("", text)
        lost.update(self._missing.findall(text))
        return self._steering.sub("", self._missing.sub(STAND_IN, text)).replace("\t", " "), lost

    def printable_content(self, content: Any) -> tuple[Any, set[str]]:
        """Do the same for every text in JSON data."""
        if isinstance(content, str):
            return self.printable(content)
        if isinstance(content, list | tuple):
            pairs = [self.printable_content(part) for part in content]
            return [part for part, _ in pairs], set().union(*(lost for _, lost in pairs))
        if isinstance(content, Mapping):
            kept = {key: self.printable_content(part) for key, part in content.items()}
            return {key: part for key, (part, _) in kept.items()}, set().union(
                *(lost for _, lost in kept.values())
            )
        return content, set()


def characters_of(files: list[Path]) -> Characters:
    """Return the characters that all of the font ``files`` have."""
    return Characters(frozenset.intersection(*map(_codes, files)))


def _codes(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
