"""All tables as one XLSX file: nothing that was typed becomes a formula or a link, and memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.data.exports.table import Cell, Table
from app.platform.text import writable

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
LONGEST_NAME = 31
"""What Excel takes: rows in a sheet, characters in a cell, characters in a sheet's name."""

NARROW, WIDE = 16, 44
"""Of a column with a word or two, and of one with sentences, in characters."""

PLAIN: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd-mm-yyyy",
}


def write(path: Path, tables: Iterable[Table[Any]], tell: Callable[[], None]) -> None:
    """Write the tables to ``path``, a sheet for each; one that is full goes on in another. ``tell`` after
    each thing.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - needed in the process that does jobs alone

    with Workbook(str(path), PLAIN) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats: dict[type, Any] = {
            datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm", "align": "left"}),
            date: book.add_format({"num_format": "dd-mm-yyyy", "align": "left"}),
        }
        for table in tables:
            _Sheets(book, table, head, formats).fill(tell)


class _Sheets:
    """The sheets of one table."""

    def __init__(self, book: Workbook, table: Table[Any], head: Any, formats: dict[type, Any]) -> None:
        self._book = book
        self._table = table
        self._head = head
        self._formats = formats
        self._number = 0
        self._next()

    def fill(self, tell: Callable[[], None]) -> None:
        for group in self._table.rows():
            for row in group:
                if self._row == MOST_ROWS:
                    self._finish()
                    self._next()
                for column, cell in enumerate(row):
                    self._write(column, cell)
                self._row += 1
            tell()
        self._finish()

    def _next(self) -> None:
        self._number += 1
        addition = f" {self._number}" if self._number > 1 else ""
        self._sheet = self._book.add_worksheet(self._table.title[: LONGEST_NAME - len(addition)] + addition)
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(self._table.columns):
            self._sheet.set_column(number, number, WIDE if column.wide else NARROW)
            self._sheet.write_string(0, number, column.title, self._head)
        self._row = 1

    def _finish(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self._table.columns) - 1)

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if cell:
                self._sheet.write_string(self._row, column, writable(cell)[:LONGEST_CELL])
        elif isinstance(cell, date):  # a moment is one too
            self._sheet.write_datetime(self._row, column, cell, self._formats[type(cell)])
        elif cell is not None:
            self._sheet.write_number(self._row, column, cell)
