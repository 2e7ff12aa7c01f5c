"""A table of an export: its columns, and the things that make a row each.

A cell is text, a whole number, a decimal number, a day, a moment in the server's own time, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

Cell = str | int | float | date | datetime | None
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """A title, and the cell of each thing; ``wide`` where it holds sentences."""

    title: str
    cell: Callable[[Thing], Cell]
    wide: bool = False


@dataclass(frozen=True)
class Table(Generic[Thing]):
    """One table. ``groups`` yields its things, those of one assessment together.

    ``count``: how many groups there are.
    """

    title: str
    columns: list[Column[Thing]]
    count: int
    groups: Callable[[], Iterator[list[Thing]]]

    def rows(self) -> Iterator[list[list[Cell]]]:
        """Yield the rows of each group."""
        for things in self.groups():
            yield [[column.cell(thing) for column in self.columns] for thing in things]
