"""The exports as jobs: they may take minutes, and say how far they have come."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from app.data.exports import csv_zip, workbook
from app.data.exports.about import about
from app.data.exports.assessments import answers, assessments, gates
from app.data.exports.decisions import decisions, follow_ups, motions
from app.data.exports.register import contacts, goals, levels, partners
from app.data.exports.table import Table
from app.data.exports.workshops import workshop_tables
from app.platform.database import db, now
from app.platform.i18n import gettext as _
from app.platform.jobs import JobFailed, Product, Progress, register
from app.platform.running import LARGEST_PRODUCT

XLSX, CSV = "export-xlsx", "export-csv"

Write = Callable[[Path, Iterable[Table[Any]], Callable[[], None]], None]


def register_jobs() -> None:
    """Make the jobs known."""
    register(XLSX, as_workbook, lambda: _("All data as an Excel workbook"), "exports.all_data")
    register(CSV, as_archive, lambda: _("All data as CSV files"), "exports.all_data")


def as_workbook(parameters: Mapping[str, Any], _language: str, progress: Progress) -> Product:
    """Make the XLSX file."""
    return _made(parameters, progress, workbook.write, ("xlsx", workbook.MIME))


def as_archive(parameters: Mapping[str, Any], _language: str, progress: Progress) -> Product:
    """Make the zip with the CSV files."""
    return _made(parameters, progress, csv_zip.write, ("zip", csv_zip.MIME))


def _made(parameters: Mapping[str, Any], progress: Progress, write: Write, kind: tuple[str, str]) -> Product:
    """Write everything to a file and return it. Nothing of it is held in memory but the finished file."""
    _see_one_moment()
    content = tables(persons=bool(parameters.get("persons", True)))
    total, done = sum(each.count for each in content), 0

    def tell() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    ending, mime = kind
    with tempfile.TemporaryDirectory(prefix="overvej-") as folder:
        path = Path(folder) / f"export.{ending}"
        write(path, content, tell)
        if path.stat().st_size > LARGEST_PRODUCT:
            raise JobFailed(
                _("The file would be larger than Overvej can keep. Choose CSV, which is smaller.")
            )
        return Product(f"overvej-{now().astimezone():%Y-%m-%d}.{ending}", mime, path.read_bytes())


def tables(*, persons: bool) -> list[Table[Any]]:
    """Return every table, in the reader's language. ``persons``: also the contact persons at the partners."""
    return [
        about(persons=persons),
        partners(persons=persons),
        contacts(),
        levels(),
        assessments(),
        answers(persons=persons),
        gates(),
        motions(),
        decisions(),
        follow_ups(),
        goals(),
        *workshop_tables(),
    ]


def _see_one_moment() -> None:
    """Let all tables show the same moment, whatever is written meanwhile; SQLite always does."""
    if db.engine.dialect.name == "postgresql":
        db.session.rollback()
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
