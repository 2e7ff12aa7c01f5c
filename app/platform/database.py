"""The database: SQLite in the data folder, or PostgreSQL when one machine is not enough.

Reads go through ``db.session``. Writes go through :func:`writing`, which every room's ``operations.py`` uses.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Engine, MetaData, event, inspect, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.platform.data_folder import private_file
from app.platform.revisions import revisions

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

CONNECTIONS = 24
"""As many as the server has threads."""

LONGEST_WAIT = 5
"""Seconds that a write waits for others on SQLite."""

_TURN = threading.RLock()

READ_IN_PLACE = 256 * 1024 * 1024
"""Bytes of an SQLite file that all connections read where the system keeps it, without a copy for each."""

PlainJson = JSON().with_variant(JSONB(), "postgresql")
"""Plain data. PostgreSQL forgets the order of keys, so nothing may rest on it."""


class Base(DeclarativeBase):
    """What every table is built on."""

    metadata = MetaData(naming_convention=NAMES)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment with its time zone, the same on both databases (SQLite itself knows no zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC. Raises ``ValueError`` for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, always with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(
    # A PostgreSQL that was started again leaves dead connections: each is tried before it is used.
    engine_options={"pool_size": CONNECTIONS, "max_overflow": 0, "pool_pre_ping": True},
    session_options={"expire_on_commit": False},
)


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def where(condition: str) -> dict[str, Any]:
    """Return what makes an index one of those rows alone for which a ``condition`` in SQL holds."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class NewerTables(ValueError):
    """The database was made by an Overvej that can do more than this one."""


def set_up_database(app: Flask, url: str) -> None:
    """Connect to the database at ``url`` and bring its tables up to date. Raises :class:`NewerTables`."""
    app.config["SQLALCHEMY_ENGINES"] = {"default": url}
    db.init_app(app)
    _without_event_loops(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
        try:
            _bring_up_to_date(db.engine)
        except BaseException:
            db.engine.dispose()
            raise


def close_database(app: Flask) -> None:
    """Close every connection, at the end of what used them: nothing else does before the process ends."""
    with app.app_context():
        db.engine.dispose()


def _bring_up_to_date(engine: Engine) -> None:
    newest = revisions()[-1]
    with engine.connect() as connection:
        stored = _stored_revision(connection)
    if stored == newest:
        return
    if stored > newest:
        raise NewerTables
    # Of two that start at the same time on SQLite, one waits for the other and then finds nothing left to do.
    with engine.connect().execution_options(writes=True) as connection:
        upgrade(connection, newest)


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the tables that ``connection`` sees up to a revision, in a transaction of its own."""
    from app.platform import migrating  # noqa: PLC0415 - it takes Alembic along, a fifth of a start

    with _tables_may_be_copied(connection), connection.begin():
        migrating.upgrade(connection, revision)


@contextmanager
def _tables_may_be_copied(connection: Connection) -> Iterator[None]:
    """SQLite adds a constraint to a table by copying it and dropping the old one.

    While foreign keys are enforced, the rows that point at the old table are in the way; and whether they are
    enforced can be changed only between two transactions.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _stored_revision(connection: Connection) -> str:
    """Return the revision of the tables, ``""`` where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _without_event_loops(app: Flask) -> None:
    """Close no asynchronous sessions: there are none, and each request would start a loop for it."""
    functions = app.teardown_appcontext_funcs
    functions[:] = [each for each in functions if not iscoroutinefunction(each)]


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction that writes: committed at the end, undone by any error.

    It holds SQLite's write lock from its beginning, because a reader that becomes a writer is not made to
    wait but refused. On PostgreSQL the rows that change are locked by ``with_for_update``.
    """
    session = db.session
    session.rollback()
    with _turn_to_write(session):
        session.connection(execution_options={"writes": True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def _turn_to_write(session: Session) -> Iterator[None]:
    """Let the threads of this process write to SQLite one after the other, as they came.

    SQLite itself has no queue: who finds it busy tries again after a while, and others overtake. Who has
    waited for as long as SQLite would let them goes on, and is told by SQLite that it is busy.
    """
    is_theirs = session.get_bind().dialect.name == "sqlite" and _TURN.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if is_theirs:
            _TURN.release()


def prepare_sqlite(engine: Engine) -> None:
    """Set SQLite up for a server with several threads, in a file that is its owner's alone."""
    if engine.url.database not in {None, "", ":memory:"}:
        private_file(Path(str(engine.url.database)))

    @event.listens_for(engine, "connect")
    def connect(connection: Any, entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # our own BEGIN below, not the driver's
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            f"busy_timeout={LONGEST_WAIT * 1000}",
            f"mmap_size={READ_IN_PLACE}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
