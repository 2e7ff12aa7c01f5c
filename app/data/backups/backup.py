"""Backing up: every table as it is at one moment, row by row into one file."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Table, select

from app.data.backups import refusals
from app.data.backups.manifest import FILE_NAME, Manifest, TableFile
from app.data.backups.rows import as_line
from app.data.backups.under_way import tells_who_answered
from app.platform.database import Base, db, now
from app.platform.revisions import revisions

LEFT_OUT = frozenset({"jobs"})
"""Background work and its products belong to the machine that did the work."""

AT_ONCE = 500
"""Rows read at a time: enough to be quick, few enough to need little memory."""


def tables() -> list[Table]:
    """Return every table that a backup holds, each after those that it points at."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def back_up_to(path: Path, by: str) -> Manifest:
    """Write a backup of everything to ``path`` while others go on writing. Raises ``OSError``.

    ``by``: who asked for it. The file is written whole or not at all.
    """
    with whole_file(path) as file, one_moment() as connection:
        return back_up(connection, file, by)


def back_up_into(file: IO[bytes], by: str) -> Manifest:
    """Write a backup of everything into an open file. Raises ``OSError``.

    Anybody with a browser may ask for it, so it raises ``BackupRefused`` while the file would tell who said
    what.
    """
    with one_moment() as connection:
        if tells_who_answered(connection):
            raise refusals.workshop_under_way()
        return back_up(connection, file, by)


@contextmanager
def one_moment() -> Iterator[Connection]:
    """A connection that goes on seeing the database as it is now, whatever is written meanwhile."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def back_up(connection: Connection, file: IO[bytes], by: str, like: Manifest | None = None) -> Manifest:
    """Write what ``connection`` sees into ``file``. ``like``: the backup these rows came from."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        parts = {table.name: _add(archive, connection, table) for table in tables()}
        manifest = Manifest(
            overvej=like.overvej if like else version("overvej"),
            revision=revisions()[-1],
            date=like.date if like else now(),
            by=like.by if like else by,
            tables=parts,
        )
        archive.writestr(FILE_NAME, manifest.model_dump_json(indent=2))
    return manifest


def part_name(table: str) -> str:
    """Return what a table's file in a backup is called."""
    return f"{table}.jsonl"


def _add(archive: ZipFile, connection: Connection, table: Table) -> TableFile:
    digest, count = hashlib.sha256(), 0
    rows = connection.execute(
        select(table).order_by(*table.primary_key.columns), execution_options={"yield_per": AT_ONCE}
    )
    with archive.open(part_name(table.name), "w", force_zip64=True) as file:
        for row in rows.mappings():
            line = as_line(row)
            digest.update(line)
            file.write(line)
            count += 1
    return TableFile(rows=count, sha256=digest.hexdigest())


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that replaces ``path`` once all of it is written; after an error ``path`` is what it was.

    Only its owner can read it: a backup holds people's names.
    """
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
