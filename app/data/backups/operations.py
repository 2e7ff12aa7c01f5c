"""The one write of this room: everything that is stored is replaced by what a backup holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from flask import current_app
from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, text, update

from app.data.backups import refusals
from app.data.backups.archive import lines_of, opened
from app.data.backups.backup import AT_ONCE, back_up, part_name, tables, whole_file
from app.data.backups.kept import new_place, remove_all_but_newest
from app.data.backups.manifest import Manifest
from app.data.backups.rows import Misfit, Row, reader
from app.data.backups.under_way import tells_who_answered
from app.platform.database import writing


def restore(path: Path, actor: str, *, during_workshops: bool = False) -> Path:
    """Replace everything with what the backup at ``path`` holds, and return where the old is kept.

    The backup is one that :func:`app.data.backups.trial.trial_restore` made ready. All of it is one
    transaction: if anything fails on the way, what was there stays. What was there is kept as a backup of its
    own, taken while nobody else can write, so that no answer is lost between the two. Raises
    ``BackupRefused`` and ``OSError``.

    ``during_workshops``: allow it even while what is kept would tell who said what.
    """
    kept = new_place()
    try:
        with opened(path) as (archive, manifest), writing() as session:
            connection = session.connection()
            _keep_others_from_writing(connection)
            if tells_who_answered(connection) and not during_workshops:
                raise refusals.workshop_under_way()
            with whole_file(kept) as file:
                back_up(connection, file, actor)
            for table in reversed(tables()):
                connection.execute(table.delete())
            fill(connection, tables(), archive, manifest)
            if connection.dialect.name == "postgresql":
                _count_on(connection)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    remove_all_but_newest()
    current_app.logger.warning("%s restored the backup of %s", actor or "somebody", manifest.date)
    return kept


def fill(connection: Connection, into: Sequence[Table], archive: ZipFile, manifest: Manifest) -> None:
    """Write every row of a backup into empty tables. Raises ``BackupRefused`` for a row that does not fit."""
    for table in into:
        own = _columns_that_point_at_their_own(table)
        later: list[Row] = []
        for rows in _batches(_rows(table, archive, manifest)):
            later += _held_back(table, own, rows)
            connection.execute(insert(table), rows)
        _point(connection, table, own, later)


def _rows(table: Table, archive: ZipFile, manifest: Manifest) -> Iterator[Row]:
    read = reader(table)
    lines = lines_of(archive, table.name, manifest.tables[table.name])
    for number, line in enumerate(lines, start=1):
        try:
            yield read(line)
        except Misfit:
            raise refusals.misfit(part_name(table.name), number) from None


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _columns_that_point_at_their_own(table: Table) -> list[Column[Any]]:
    """Return the columns by which a row points at another row of its table, which may come later."""
    return [key.parent for key in table.foreign_keys if key.column.table is table]


def _held_back(table: Table, own: Iterable[Column[Any]], rows: list[Row]) -> list[Row]:
    """Empty those columns, and return what belongs there once every row is in."""
    (key,) = table.primary_key.columns
    later = []
    for column in own:
        for row in rows:
            if row[column.name] is not None:
                later.append({"key_of_row": row[key.name], f"new_{column.name}": row[column.name]})
                row[column.name] = None
    return later


def _point(connection: Connection, table: Table, own: Iterable[Column[Any]], later: list[Row]) -> None:
    (key,) = table.primary_key.columns
    for column in own:
        name = f"new_{column.name}"
        statement = update(table).where(key == bindparam("key_of_row")).values({column: bindparam(name)})
        meant = [row for row in later if name in row]
        if meant:
            connection.execute(statement, meant)


def _keep_others_from_writing(connection: Connection) -> None:
    """Let others read on but hold back their writes. SQLite does so for every transaction that writes."""
    if connection.dialect.name == "postgresql":
        quoted = connection.dialect.identifier_preparer.quote
        named = ", ".join(quoted(table.name) for table in tables())
        connection.execute(text(f"LOCK TABLE {named} IN EXCLUSIVE MODE"))


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those just written. Undone with the rest, should it fail."""
    quoted = connection.dialect.identifier_preparer.quote
    for table in tables():
        (key,) = table.primary_key.columns
        names = {"table": quoted(table.name), "column": key.name}
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), names).scalar()
        if sequence:
            last = connection.execute(select(func.max(key))).scalar() or 0
            connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART WITH {last + 1}"))
