"""What the database itself promises of its rows, on SQLite and on PostgreSQL alike, whoever writes them."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import CheckConstraint, Connection, Engine, create_engine, inspect, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from app.data.backups import operations
from app.data.backups.archive import opened
from app.data.backups.backup import back_up_to, tables
from app.data.backups.rows import as_line
from app.platform.database import Base, db, prepare_sqlite, upgrade, writing
from app.platform.i18n import speak
from app.platform.revisions import revisions
from tests.benchmarks.seeding import seed
from tests.data.backups.ways import in_each_stage


@pytest.fixture
def stored(stored_app):
    """A library with rows in every table."""
    with stored_app.app_context():
        speak("en")
        seed(6, 30)
        in_each_stage(stored_app)
        yield stored_app


@contextmanager
def empty(engine: Engine):
    """Another database of the same kind, without any table."""
    if engine.dialect.name == "sqlite":
        other = create_engine(f"{engine.url}-older", poolclass=NullPool)
        prepare_sqlite(other)
        with other.connect() as connection:
            yield connection
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.execute(text("CREATE DATABASE older"))
        other = create_engine(engine.url.set(database="older"), poolclass=NullPool)
        with other.connect() as connection:
            yield connection
        admin.execute(text("DROP DATABASE older WITH (FORCE)"))


def promised() -> dict[str, set[str]]:
    return {
        table.name: {each.name for each in table.constraints if isinstance(each, CheckConstraint)}
        for table in Base.metadata.sorted_tables
    }


def checks(connection: Connection, schema: str | None = None) -> dict[str, dict[str, str]]:
    """The CHECK constraints of every table as the database tells them."""
    found = inspect(connection)
    return {
        table: {each["name"]: each["sqltext"] for each in found.get_check_constraints(table, schema=schema)}
        for table in Base.metadata.tables
    }


def shape(connection: Connection) -> dict[str, object]:
    """All else that a table is: columns, keys and indexes."""
    found = inspect(connection)
    return {
        table: repr(
            (
                [{**each, "type": str(each["type"])} for each in found.get_columns(table)],
                found.get_pk_constraint(table),
                sorted(map(repr, found.get_foreign_keys(table))),
                sorted(map(repr, found.get_unique_constraints(table))),
                sorted(map(index_words, found.get_indexes(table))),
            )
        )
        for table in Base.metadata.tables
    }


def index_words(index) -> str:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} {index['unique']} {options}"


def rows(connection: Connection) -> dict[str, list[bytes]]:
    """Every row as a backup writes it; the order of keys in plain data says nothing."""
    in_order = {table.name: select(table).order_by(*table.primary_key.columns) for table in tables()}
    return {name: [*map(as_line, connection.execute(each).mappings())] for name, each in in_order.items()}


@contextmanager
def made_from_models(engine: Engine):
    """Tables as the models say, without any migration."""
    if engine.dialect.name == "sqlite":
        fresh = create_engine("sqlite://")
        Base.metadata.create_all(fresh)
        with fresh.connect() as connection:
            yield connection, None
        fresh.dispose()
    else:
        with engine.connect() as connection:
            connection.execute(text("CREATE SCHEMA made"))
            Base.metadata.create_all(connection.execution_options(schema_translate_map={None: "made"}))
            yield connection, "made"
            connection.rollback()


def test_models_and_migrations_promise_the_same(stored_app):
    """Alembic compares no CHECK constraints."""
    with stored_app.app_context(), made_from_models(db.engine) as (connection, schema):
        meant = checks(connection, schema)
        with db.engine.connect() as migrated:
            assert checks(migrated) == meant
        assert {table: set(found) for table, found in meant.items()} == promised()


def test_every_table_promises_something():
    assert [table for table, found in promised().items() if not found] == []


def test_what_was_stored_by_the_version_before_is_all_there_afterwards(stored, tmp_path):
    back_up_to(tmp_path / "a.zip", "")
    with (
        empty(db.engine) as connection,
        opened(tmp_path / "a.zip") as (archive, manifest),
        db.engine.connect() as now,
    ):
        upgrade(connection, "0003")
        assert not any(checks(connection).values())
        connection.commit()
        operations.fill(connection, tables(), archive, manifest)
        connection.commit()
        upgrade(connection, revisions()[-1])
        assert rows(connection) == rows(now)
        assert min(map(len, rows(now).values())) > 0, "every table takes part"
        assert shape(connection) == shape(now)
        assert checks(connection) == checks(now)
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_old_rows_that_break_a_constraint_stop_no_upgrade(stored, tmp_path, caplog):
    back_up_to(tmp_path / "a.zip", "")
    with (
        empty(db.engine) as connection,
        opened(tmp_path / "a.zip") as (archive, manifest),
    ):
        upgrade(connection, "0003")
        operations.fill(connection, tables(), archive, manifest)
        connection.execute(text("UPDATE partners SET sector = 'x' WHERE id < 3"))
        connection.commit()
        before = rows(connection)
        connection.commit()
        upgrade(connection, revisions()[-1])
        assert rows(connection) == before
        missing = promised()["partners"] - checks(connection)["partners"].keys()
    assert missing == {"ck_partners_sector"}
    assert "2 rows break ck_partners_sector, which is left out" in caplog.text


NO_DAYS = ("", "i går", "2026-13-01", "2026-00-10", "2026-12-32", "20-6-01-01", "2026-1-001", "202a-01-01")

NONSENSE = {
    "organisation": [
        {"id": 2}, {"logo_type": "text/html"}, {"logo": None, "logo_type": "image/png"},
        {"row_version": 0},
    ],
    "goals": [{"public_id": "x"}, {"title": " "}, {"position": -1}, {"row_version": 0}],
    "definitions": [{"questionnaire": ""}, {"version": " "}, {"digest": "F" * 64}, {"source": ""}],
    "partners": [
        {"public_id": "../../../etc/passwd-xx"}, {"name": ""}, {"sector": "x"}, {"level": "flirt"},
        {"contact_by": "Karen", "contact_at": None}, {"erased_by": "Karen", "erased_at": None},
        {"merged_into_id": 1}, {"row_version": 0},
    ],
    "partner_contacts": [
        {"public_id": ""}, {"kind": "x"}, {"row_version": 0},
        *({"on": day} for day in NO_DAYS),
    ],
    "level_changes": [{"on": "x"}, {"before": "x"}, {"after": ""}],
    "assessments": [
        {"public_id": "short"}, {"language": "sv"}, {"variant": "long"}, {"origin": "x"}, {"date": ""},
        {"respondents": 0}, {"row_version": 0},
    ],
    "assessment_changes": [{"kind": "x"}],
    "assessment_summaries": [
        {"status": "x"}, {"rank": -2}, {"rank": 9}, {"outcome": ""},
        {"value": 101}, {"readiness": -1}, {"known": -1}, {"known": 10_000},
    ],
    "motions": [{"outcome": ""}, {"row_version": 0}],
    "decisions": [
        {"public_id": "x"}, {"verdict": "x"}, {"verdict": "postponed", "outcome": "date"},
        {"decided_by": " "}, {"decided_on": ""}, {"follow_up_on": "x"}, {"row_version": 0},
    ],
    "follow_ups": [{"public_id": "x"}, {"on": ""}, {"went": "x"}, {"next_on": "x"}],
    "workshops": [
        {"public_id": "x"}, {"code": "OOOOOOOO"}, {"code": "ABC"}, {"key": "?"}, {"language": "sv"},
        {"variant": "long"}, {"smallest_group": 0}, {"on": "i morgen"},
        {"stage": "begun", "closed_at": None}, {"state_count": -1}, {"answer_count": -1},
        {"opened_at": None}, {"revealed_at": None}, {"closed_at": None},
    ],
    "participants": [
        {"number": 0}, {"side": "them"}, {"kind": "fax", "sheet": 7, "token_hash": None}, {"sheet": 7},
        {"kind": "paper", "sheet": 0, "token_hash": None},
        {"kind": "paper", "sheet": 600, "token_hash": None}, {"token_hash": "x"},
        {"kind": "paper", "sheet": 7, "token_hash": "0" * 64},
    ],
    "room_answers": [{"question": ""}],
    "workshop_actions": [{"public_id": "?"}, {"what": " "}, {"due": "snart"}],
    "jobs": [
        {"public_id": "x"}, {"kind": ""}, {"language": "sv"}, {"state": "x"}, {"done": -1}, {"total": -1},
        {"attempts": -1},
    ],
}  # fmt: skip


ROWS = {
    "workshops": "stage = 'closed'",
    "assessment_summaries": "outcome <> ''",
    "participants": "kind = 'phone'",
}
"""Which row is made nonsense of, where it may not be the first."""


def told(error: IntegrityError) -> set[str]:
    """The names of constraints that the database says were broken."""
    return set(re.findall(r"ck_\w+", str(error.orig)))


def test_the_database_refuses_every_kind_of_nonsense(stored):
    """Each constraint refuses a row: none is there for show."""
    with writing() as session:
        session.execute(text(JOB))
    refused: dict[str, set[str]] = {table: set() for table in NONSENSE}
    for name, nonsense in NONSENSE.items():
        table = Base.metadata.tables[name]
        (key,) = table.primary_key.columns
        chosen = select(key).where(text(ROWS.get(name, "1 = 1"))).order_by(key).limit(1)
        row = db.session.execute(chosen).scalar_one()
        db.session.rollback()
        for values in nonsense:
            with pytest.raises(IntegrityError) as error, db.engine.begin() as connection:
                connection.execute(update(table).where(key == row).values(values))
            refused[name] |= told(error.value)
            assert told(error.value), f"{name} {values}: {error.value.orig}"
    assert refused == promised()


JOB = """
INSERT INTO jobs (public_id, kind, language, parameters, state, done, total, attempts, problem, summary,
                  file_name, mime, actor, created_at)
VALUES ('aaaaaaaaaaaaaaaaaaaaaa', 'x', 'da', '{}', 'waiting', 0, 0, 0, '', '', '', '', '',
        '2026-11-22 10:00:00')
"""
