"""The columns that many tables have, and cells of days, moments and numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.data.exports.table import Cell, Column
from app.engine.dates import can_be_given, day_in
from app.platform.i18n import gettext as _

RowOf = Callable[[Any], Any]
"""Finds the row of the database in a thing that was read with others."""


def itself(thing: Any) -> Any:
    """Return a thing that is the row."""
    return thing


def written_columns(row: RowOf = itself) -> list[Column[Any]]:
    """Return who wrote a row, and when."""
    return [
        Column(_("Written by"), lambda each: row(each).created_by),
        Column(_("Written"), lambda each: moment_cell(row(each).created_at)),
    ]


def changed_columns(row: RowOf = itself) -> list[Column[Any]]:
    """Return who wrote a row and who changed it last, and when."""
    return [
        *written_columns(row),
        Column(_("Last changed by"), lambda each: row(each).updated_by),
        Column(_("Last changed"), lambda each: moment_cell(row(each).updated_at)),
    ]


def day_cell(written: str) -> Cell:
    """Return an ISO day as a day; what is none stays text, and so does one that no spreadsheet has."""
    day = day_in(written)
    return day if day and can_be_given(day) else written or None


def moment_cell(moment: datetime | None) -> Cell:
    """Return a moment in the server's own time, to the second."""
    return moment.astimezone().replace(tzinfo=None, microsecond=0) if moment else None


def number_cell(value: object) -> Cell:
    """Return an answer that is a number as one, for sums."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
