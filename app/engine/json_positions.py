"""The line and column of every value in a JSON text: looked up only when there is a fault to report."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value, from the top: ``("sections", 1, "items", 3, "ask")``."""

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
"""Of a text it never takes anything back: remembering where it could takes a hundred bytes a character."""


class Place(NamedTuple):
    """A line and a column, both counted from 1; columns are characters."""

    line: int
    column: int


class Token(NamedTuple):
    """One string, number, word or punctuation mark of a JSON text, and its offset in it."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Repetition:
    """A key written a second time in one object, and where it stood before."""

    path: Path
    first: Place
    second: Place


@dataclass(slots=True)
class Positions:
    """The place of every value and key in one JSON text.

    ``values``: the offset at which each value begins. ``keys``: the offset of the key that leads to it.
    ``inside``: the paths of what each list and object holds.
    """

    line_starts: list[int]
    values: dict[Path, int] = field(default_factory=dict)
    keys: dict[Path, int] = field(default_factory=dict)
    inside: dict[Path, list[Path]] = field(default_factory=dict)
    repetitions: list[Repetition] = field(default_factory=list)

    def place(self, offset: int) -> Place:
        """Return the line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def of(self, path: Path) -> Place:
        """Return where a value is written: its key, or the value itself in a list.

        What is not in the text (a missing key) is placed where the object that lacks it begins.
        """
        while path and path not in self.values:
            path = path[:-1]
        return self.place(self.keys.get(path, self.values[path]))


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a JSON text in order."""
    for match in _TOKEN.finditer(text):
        yield Token(match[0], match.start())


def place_in(text: str, offset: int) -> Place:
    """Return the line and column of an offset in a text."""
    return Positions(_line_starts(text)).place(offset)


def find_positions(text: str) -> Positions:
    """Return the positions of a text that :func:`json.loads` accepts.

    If a key is written twice the last one counts, as in :mod:`json`; ``repetitions`` names it.
    """
    positions = Positions(_line_starts(text))
    opened: list[_Opened] = []
    for word, offset in tokens(text):
        inmost = opened[-1] if opened else None
        if word in ("]", "}"):
            opened.pop()
        elif inmost is not None and word == ",":
            inmost.step = inmost.step + 1 if isinstance(inmost.step, int) else None
        elif inmost is not None and inmost.step is None:
            inmost.step = _string(word)
            _note_key(positions, (*inmost.path, inmost.step), offset)
        elif word != ":":
            path = inmost.inside if inmost is not None else ()
            positions.values[path] = offset
            if inmost is not None:
                positions.inside.setdefault(inmost.path, []).append(path)
            if word in ("[", "{"):
                opened.append(_Opened(path, 0 if word == "[" else None))
    return positions


@dataclass(slots=True)
class _Opened:
    """A list or object being read: its path, and the index or key that is next (``None`` before a key)."""

    path: Path
    step: int | str | None

    @property
    def inside(self) -> Path:
        return self.path if self.step is None else (*self.path, self.step)


def _note_key(positions: Positions, path: Path, offset: int) -> None:
    before = positions.keys.get(path)
    if before is not None:
        positions.repetitions.append(Repetition(path, positions.place(before), positions.place(offset)))
        _forget_inside(positions, path)
    positions.keys[path] = offset


def _forget_inside(positions: Positions, path: Path) -> None:
    """Forget what was in an object or list that a later one of the same key replaces.

    Each value is forgotten once at most, so a text of repeated keys takes no longer than another.
    """
    forgotten = positions.inside.pop(path, [])
    while forgotten:
        known = forgotten.pop()
        positions.values.pop(known, None)
        positions.keys.pop(known, None)
        forgotten += positions.inside.pop(known, [])


def _string(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    text: str = json.loads(token)
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]
