"""All tables as CSV files in a zip, as a Danish Excel opens them: semicolons, decimal commas, and UTF-8 with
the mark that says so. A text that Excel would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from app.data.exports.table import Cell, Table
from app.platform.files import ZIP_TYPE
from app.platform.text import writable

MIME = ZIP_TYPE
BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r]")
"""Also after spaces, and as wide characters: some versions look through those."""


def write(path: Path, tables: Iterable[Table[Any]], tell: Callable[[], None]) -> None:
    """Write a zip with a file for each table to ``path``. ``tell`` is called after each thing."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for number, table in enumerate(tables):
            # A number in front keeps them in order, however a folder is sorted.
            with archive.open(f"{number:02}-{_file_name(table.title)}.csv", "w", force_zip64=True) as member:
                _write(io.TextIOWrapper(member, "utf-8", newline="", write_through=False), table, tell)


def _write(file: io.TextIOWrapper, table: Table[Any], tell: Callable[[], None]) -> None:
    with file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(column.title for column in table.columns)
        for group in table.rows():
            writer.writerows([written(cell) for cell in row] for row in group)
            tell()


def written(cell: Cell) -> str:
    """Return a cell as it is written in the file."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = writable(cell)
        return f"'{text}" if FORMULA.match(text) else text
    if isinstance(cell, float):
        return format(cell, "f").rstrip("0").rstrip(".").replace(".", ",")
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)


def _file_name(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower())
