"""A trial restore: every row of a backup is tried in an empty database, and brought up to date there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, MetaData, Table, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.data.backups import operations, refusals
from app.data.backups.archive import opened
from app.data.backups.backup import LEFT_OUT, back_up, whole_file
from app.data.backups.consistency import check_consistency
from app.data.backups.kept import folder
from app.data.backups.manifest import FILE_NAME, Manifest
from app.platform.database import UTCDateTime, prepare_sqlite, upgrade
from app.platform.revisions import revisions


def trial_restore(path: Path, into: Path) -> Manifest:
    """Check the whole backup at ``path`` and write it anew, as this Overvej would have, to ``into``.

    Nothing that is stored is touched. Raises ``BackupRefused``, and ``OSError`` for a full disk.
    """
    with opened(path) as (archive, manifest), _trial_database() as engine:
        if manifest.revision not in revisions():
            raise refusals.newer()
        _bring_up(engine, manifest.revision)
        try:
            with engine.begin() as connection:
                there = _tables(connection)
                if {table.name for table in there} != set(manifest.tables):
                    raise refusals.damaged(FILE_NAME)
                operations.fill(connection, there, archive, manifest)
            _bring_up(engine, revisions()[-1])
        except SQLAlchemyError:
            raise refusals.contradictory() from None
        with engine.connect() as connection, whole_file(into) as file:
            check_consistency(connection)
            return back_up(connection, file, manifest.by, manifest)


def _bring_up(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        upgrade(connection, revision)


@contextmanager
def _trial_database() -> Iterator[Engine]:
    """An empty SQLite database beside the backups: a disk with room for them has room for it too."""
    with tempfile.TemporaryDirectory(dir=folder(), prefix="trial-") as place:
        engine = create_engine(f"sqlite:///{place}/trial.sqlite3", poolclass=NullPool)
        prepare_sqlite(engine)
        # Rows that break a constraint are found afterwards, and named with their part of the backup.
        event.listen(engine, "connect", _enforce_no_constraints)
        try:
            yield engine
        finally:
            engine.dispose()


def _enforce_no_constraints(connection: Any, _entry: object) -> None:
    connection.execute("PRAGMA ignore_check_constraints=ON")


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as they are at this revision, each after those that it points at."""
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def moments_have_zones(inspector: Any, table: Table, column: Any) -> None:
        if isinstance(column["type"], DateTime):
            column["type"] = UTCDateTime()

    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in {*LEFT_OUT, "alembic_version"}]
