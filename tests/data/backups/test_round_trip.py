"""What was backed up comes back: all of it, in either database, while others work."""

import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Table, func, insert, select, update

from app.assessments.models import Assessment
from app.config import Config
from app.data.backups import backup, operations
from app.data.backups.backup import back_up_to
from app.data.backups.kept import folder, kept
from app.data.backups.manifest import FORMAT, read_manifest
from app.data.backups.rows import as_line, kind_of, reader
from app.data.backups.trial import trial_restore
from app.definitions.models import Definition
from app.engine.loading import load_file
from app.organisation.models import Goal, Organisation
from app.partners.models import Partner
from app.paths import questionnaires_folder
from app.platform.database import Base, db, writing
from app.platform.i18n import speak
from app.platform.revisions import revisions
from tests.benchmarks.seeding import seed
from tests.data.backups.ways import closed
from tests.web import Client, begin, running

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def inside(stored_app):
    with stored_app.app_context():
        speak("en")
        yield stored_app


@pytest.fixture
def other(empty_database, tmp_path, printer):
    """An empty Overvej on the other database."""
    yield from running(Config(tmp_path / "other", empty_database), printer)


def contents(path: Path) -> dict[str, bytes]:
    """Every table's file; the manifest, which has a date, is left out."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".jsonl")}


def restored(path: Path, tmp_path: Path) -> Path:
    """Check a backup and restore it, as page and command do; return where the old is kept."""
    ready = tmp_path / "ready.zip"
    trial_restore(path, ready)
    return operations.restore(ready, "Karen")


# The round trip


def test_what_is_restored_is_what_was_backed_up(inside, tmp_path):
    seed(20, 30)
    closed(inside)
    before = back_up_to(tmp_path / "before.zip", "Karen")
    assert min(part.rows for part in before.tables.values()) > 0, "every table takes part"
    with writing() as session:
        session.execute(update(Partner.__table__).values(about="Overskrevet"))
        session.execute(Goal.__table__.delete().where(Goal.active.is_(False)))
    restored(tmp_path / "before.zip", tmp_path)
    back_up_to(tmp_path / "after.zip", "Karen")
    assert contents(tmp_path / "before.zip") == contents(tmp_path / "after.zip")


@pytest.mark.parametrize("way", ["sqlite to postgresql", "postgresql to sqlite"])
def test_it_goes_from_one_database_to_the_other(app, other, tmp_path, way):
    source, target = (app, other) if way.startswith("sqlite") else (other, app)
    with source.app_context():
        seed(20, 30)
        back_up_to(tmp_path / "first.zip", "")
    with target.app_context():
        speak("en")
        restored(tmp_path / "first.zip", tmp_path)
        back_up_to(tmp_path / "second.zip", "")
    assert contents(tmp_path / "first.zip") == contents(tmp_path / "second.zip")


def test_an_empty_overvej_can_be_backed_up_and_restored_too(inside, tmp_path):
    back_up_to(tmp_path / "empty.zip", "")
    seed(5, 5)
    restored(tmp_path / "empty.zip", tmp_path)
    assert db.session.execute(select(func.count()).select_from(Assessment)).scalar_one() == 0


def test_new_rows_get_new_numbers_after_a_restore(stored_app, tmp_path):
    """PostgreSQL counts by itself, and must be told where the restored rows ended."""
    client = Client(stored_app)
    with stored_app.app_context():
        speak("en")
        seed(5, 5)
        back_up_to(tmp_path / "a.zip", "")
        restored(tmp_path / "a.zip", tmp_path)
    begin(client)
    with stored_app.app_context():
        assert db.session.execute(select(func.max(Assessment.id))).scalar_one() == 6


def test_a_partner_may_point_at_one_that_comes_later(inside, tmp_path):
    seed(12, 1)
    with writing() as session:
        session.execute(update(Partner.__table__).where(Partner.id < 6).values(merged_into_id=Partner.id + 6))
    back_up_to(tmp_path / "a.zip", "")
    restored(tmp_path / "a.zip", tmp_path)
    found = db.session.execute(select(Partner.id, Partner.merged_into_id).where(Partner.id < 6)).all()
    assert sorted(map(tuple, found)) == [(number, number + 6) for number in range(1, 6)]


def test_work_in_the_background_stays_where_it_was_done(inside, tmp_path):
    manifest = back_up_to(tmp_path / "a.zip", "")
    assert "jobs" not in manifest.tables
    assert set(manifest.tables) == set(Base.metadata.tables) - {"jobs"}


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
VALUES = {
    "moment": st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    "bytes": st.binary(max_size=40),
    "data": DATA,
    "flag": st.booleans(),
    "number": st.integers(-(2**31) + 1, 2**31 - 1),
    "words": TEXT,
}


def value_of(column: Column) -> st.SearchStrategy:
    value = VALUES[kind_of(column)]
    if getattr(column.type, "length", None):
        value = value.map(lambda text: text[: column.type.length])
    return st.none() | value if column.nullable else value


@pytest.mark.parametrize("table", backup.tables(), ids=lambda table: table.name)
@given(data=st.data())
def test_every_row_is_one_line_and_comes_back_from_it(table: Table, data):
    row = {column.name: data.draw(value_of(column)) for column in table.columns}
    line = as_line(row)
    assert line.count(b"\n") == 1
    assert reader(table)(line) == row


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(decides=TEXT, logo=st.binary(max_size=20), name=TEXT)
def test_whatever_was_typed_comes_back(inside, tmp_path, decides, logo, name):
    organisation = {
        "id": 1, "name": name, "language": "da", "logo": logo, "logo_type": "",
        "thresholds": [{"amount": 5, "decides": decides}], "default_owner": "", "contact": "",
        "updated_by": "", "row_version": 7,
        "updated_at": datetime(2026, 11, 22, 14, 32, 1, 5, tzinfo=UTC),
    }  # fmt: skip
    with writing() as session:
        session.execute(Organisation.__table__.delete())
        session.execute(insert(Organisation.__table__), [organisation])
    back_up_to(tmp_path / "a.zip", "")
    restored(tmp_path / "a.zip", tmp_path)
    row = db.session.execute(select(Organisation.__table__)).mappings().one()
    assert {key: row[key] for key in organisation} == organisation


# Older tables

FIRST = load_file(questionnaires_folder() / "new-partner.json")
FIRST_DEFINITION = {
    "id": 3, "questionnaire": "new-partner", "version": FIRST.questionnaire.version,
    "digest": FIRST.questionnaire.digest, "source": FIRST.source,
    "installed": True, "first_seen": "2026-01-02T03:04:05+00:00",
}  # fmt: skip
FIRST_ASSESSMENT = {
    "id": 9, "public_id": "x" * 22, "definition_id": 3, "language": "da", "variant": "full", "origin": "new",
    "date": "2026-01-02", "respondents": 1, "subject": {"partner": "Æblerne"}, "answers": {}, "gates": {},
    "confirmed_gates": [], "reviewed_at": None, "created_by": "", "updated_by": "",
    "created_at": "2026-01-02T03:04:05+00:00", "updated_at": "2026-01-02T03:04:05.000006+00:00",
    "row_version": 4,
}  # fmt: skip


def zipped(path: Path, tables: dict[str, list], **changes) -> Path:
    """A backup made by hand, right in everything but what the test wants otherwise."""
    lines = {
        name: b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)
        for name, rows in tables.items()
    }
    manifest = {
        "format": FORMAT,
        "overvej": "1.0.0",
        "revision": revisions()[-1],
        "date": "2026-11-22T14:32:00+00:00",
        "by": "",
        "tables": {
            name: {"rows": text.count(b"\n"), "sha256": hashlib.sha256(text).hexdigest()}
            for name, text in lines.items()
        },
        **changes,
    }
    with ZipFile(path, "w") as archive:
        for name, text in lines.items():
            archive.writestr(f"{name}.jsonl", text)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


def test_a_backup_of_the_first_tables_is_brought_up_to_date(inside, tmp_path):
    old = zipped(
        tmp_path / "old.zip",
        {"definitions": [FIRST_DEFINITION], "assessments": [FIRST_ASSESSMENT]},
        revision="0001",
        overvej="0.9.0",
    )
    restored(old, tmp_path)
    row = db.session.execute(select(Assessment)).scalar_one()
    assert (row.id, row.row_version, row.subject, row.partner_id) == (9, 4, {"partner": "Æblerne"}, None)
    assert row.updated_at == datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert db.session.execute(select(Definition.installed)).scalar_one() is True


def test_what_was_brought_up_to_date_still_says_when_it_was_taken(inside, tmp_path):
    old = zipped(tmp_path / "old.zip", {"definitions": [], "assessments": []}, revision="0001", by="Bent")
    manifest = trial_restore(old, tmp_path / "ready.zip")
    assert (manifest.by, manifest.revision) == ("Bent", revisions()[-1])
    assert manifest.date == datetime(2026, 11, 22, 14, 32, tzinfo=UTC)


# Meanwhile


def test_a_backup_is_of_one_moment(inside, tmp_path, monkeypatch):
    """Somebody writes between two tables: either both are from before, or both from after."""
    seed(3, 3)
    add = backup._add

    def add_and_let_somebody_write(archive, connection, table):
        part = add(archive, connection, table)
        if table.name == "definitions":
            thread = threading.Thread(target=write_goal)
            thread.start()
            thread.join()
        return part

    def write_goal() -> None:
        with inside.app_context(), writing() as session:
            session.add(Goal(title="Nyt mål", created_by="", updated_by=""))

    monkeypatch.setattr(backup, "_add", add_and_let_somebody_write)
    manifest = back_up_to(tmp_path / "a.zip", "")
    assert manifest.tables["goals"].rows == 5
    assert db.session.execute(select(func.count()).select_from(Goal)).scalar_one() == 6


def test_what_was_there_is_kept_and_can_itself_be_restored(inside, tmp_path):
    back_up_to(tmp_path / "empty.zip", "")
    seed(5, 5)
    back_up_to(tmp_path / "full.zip", "")
    old = restored(tmp_path / "empty.zip", tmp_path)
    assert old.parent == folder()
    assert contents(old) == contents(tmp_path / "full.zip")
    with ZipFile(old) as archive:
        assert read_manifest(archive.read("manifest.json")).by == "Karen"
    restored(old, tmp_path)
    assert db.session.execute(select(func.count()).select_from(Assessment)).scalar_one() == 5


def test_the_five_newest_are_kept(inside, tmp_path):
    back_up_to(tmp_path / "a.zip", "")
    made = [restored(tmp_path / "a.zip", tmp_path) for _ in range(7)]
    assert kept() == made[:1:-1]


def test_a_backup_is_for_its_owner_s_eyes(inside, tmp_path):
    back_up_to(tmp_path / "a.zip", "")
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0
    assert folder().stat().st_mode & 0o077 == 0


def test_a_disk_that_gets_full_leaves_no_half_file(inside, tmp_path, monkeypatch):
    seed(3, 3)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.zip").write_bytes(b"PK old")
    full = OSError(28, "No space left on device")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="No space"):
        back_up_to(tmp_path / "there" / "a.zip", "")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["a.zip"]
    assert (tmp_path / "there" / "a.zip").read_bytes() == b"PK old"


def test_a_restore_with_no_room_for_what_was_there_changes_nothing(inside, tmp_path, monkeypatch):
    back_up_to(tmp_path / "empty.zip", "")
    trial_restore(tmp_path / "empty.zip", tmp_path / "ready.zip")
    seed(3, 3)
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space")))
    with pytest.raises(OSError, match="No space"):
        operations.restore(tmp_path / "ready.zip", "")
    assert db.session.execute(select(func.count()).select_from(Assessment)).scalar_one() == 3
    assert kept() == []


KILLED = """
import os, signal, sys
from pathlib import Path
from app import create_app
from app.data.backups import operations
from app.config import Config

fill = operations.fill

def fill_half(connection, into, archive, manifest):
    fill(connection, into[: len(into) // 2], archive, manifest)
    os.kill(os.getpid(), signal.SIGKILL)

operations.fill = fill_half
with create_app(Config(Path(sys.argv[1]), sys.argv[2])).app_context():
    operations.restore(Path(sys.argv[3]), "")
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_restore_that_is_killed_in_the_middle_leaves_what_was_there(request, tmp_path, printer, database):
    url = request.getfixturevalue("empty_database") if database == "postgresql" else ""
    config = Config(tmp_path / "data", url)
    for app in running(config, printer):
        with app.app_context():
            back_up_to(tmp_path / "empty.zip", "")
            seed(5, 5)
            back_up_to(tmp_path / "before.zip", "")
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, config.data_folder, url, tmp_path / "empty.zip"],
        check=False, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    for app in running(config, printer):
        with app.app_context():
            back_up_to(tmp_path / "after.zip", "")
    assert contents(tmp_path / "before.zip") == contents(tmp_path / "after.zip")


def test_readers_go_on_while_everything_is_replaced(stored_app, tmp_path, monkeypatch):
    """Another thread reads in the middle of a restore, and sees what was there, not a half."""
    client, seen = Client(stored_app), []
    with stored_app.app_context():
        speak("en")
        seed(3, 3)
        back_up_to(tmp_path / "a.zip", "")
        seeded = select(func.count()).select_from(Assessment)

        def read() -> None:
            with stored_app.app_context():
                seen.append(db.session.execute(seeded).scalar_one())
            client.get("/backups")

        fill = operations.fill

        def fill_and_read(connection, into, archive, manifest):
            fill(connection, into, archive, manifest)
            if connection.engine.url == db.engine.url:
                thread = threading.Thread(target=read)
                thread.start()
                thread.join(timeout=30)

        monkeypatch.setattr(operations, "fill", fill_and_read)
        restored(tmp_path / "a.zip", tmp_path)
    assert seen == [3]


def test_the_file_can_be_read_without_overvej(inside, tmp_path):
    seed(3, 3)
    back_up_to(tmp_path / "a.zip", "Karen")
    lines = contents(tmp_path / "a.zip")["partners.jsonl"].decode().splitlines()
    assert len(lines) == 3
    assert json.loads(lines[0])["public_id"].startswith("partner-1-")


def test_a_restored_sqlite_is_in_order(app, tmp_path):
    with app.app_context():
        speak("en")
        seed(5, 5)
        back_up_to(tmp_path / "a.zip", "")
        restored(tmp_path / "a.zip", tmp_path)
        file = db.engine.url.database
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
