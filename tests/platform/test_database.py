"""Storage, on SQLite and on PostgreSQL alike."""

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.assessments import operations
from app.assessments.changes import Change
from app.assessments.loaded import open_assessment
from app.assessments.models import Assessment
from app.catalogue import find
from app.config import Config, InvalidConfig
from app.definitions.models import Definition
from app.definitions.operations import VersionTaken
from app.engine.answers import Answer, Answers
from app.engine.loading import load
from app.paths import APP
from app.platform.database import NewerTables, db, upgrade, writing
from app.platform.revisions import MIGRATIONS, revisions
from tests.web import Client, answer, begin, begin_example, export, running


@pytest.fixture
def context(stored_app):
    with stored_app.app_context():
        yield stored_app


def make(questionnaire: str = "kinds", **changes) -> str:
    loaded = find(questionnaire)
    answers = Answers(
        questionnaire, loaded.questionnaire.version, subject={"partner": "Æblerne", "proposal": "Saft"}
    )
    settings = {"language": "da", "variant": "full", "origin": "new", "actor": "Karen", **changes}
    return operations.create(loaded, answers, **settings)


def test_models_and_migrations_do_not_drift(context):
    exactly = {"compare_type": True, "compare_server_default": True}
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts=exactly)
        assert compare_metadata(found, Assessment.metadata) == []


def test_the_tables_can_be_made_and_unmade(context):
    with db.engine.begin() as connection:
        unmake(connection)
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        connection.execute(text("DELETE FROM alembic_version"))
        connection.commit()
        upgrade(connection, revisions()[-1])
    assert make()


def unmake(connection: Connection) -> None:
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    with Operations.context(MigrationContext.configure(connection)):
        for script in scripts.walk_revisions():
            script.module.downgrade()


def test_the_newest_revision_is_alembics_own():
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    assert [script.revision for script in scripts.walk_revisions()] == revisions()[::-1]


def test_a_database_of_a_newer_overvej_is_refused_and_left_alone(stored_app, tmp_path, printer):
    with stored_app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
        with writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerTables):
        next(running(Config(tmp_path / "other", url), printer))
    with stored_app.app_context():
        assert db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_a_start_with_tables_that_are_up_to_date_needs_no_alembic(app):
    start = "import sys; from app import create_app; create_app(); print('alembic' in sys.modules)"
    folder = app.config["DATA_FOLDER"]
    ran = subprocess.run(
        [sys.executable, "-c", start], env={**os.environ, "OVERVEJ_DATA": str(folder)},
        cwd=APP.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout == "False\n", ran.stderr


def test_starting_again_keeps_what_was_stored(stored_app, tmp_path, printer):
    address = begin_example(Client(stored_app))
    with stored_app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    for again in running(Config(tmp_path / "other", url), printer):
        Client(again).get(f"{address}/subject")


def test_the_first_page_after_postgresql_was_away_is_answered(empty_database, tmp_path, printer):
    for app in running(Config(tmp_path / "data", empty_database), printer):
        client = Client(app)
        client.get("/assessments")
        with psycopg.connect(empty_database, autocommit=True) as admin:
            ended = admin.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
        assert ended[0] > 0, "no connection was open, so none was lost"
        client.get("/assessments")


def test_every_write_names_its_actor(context):
    public_id = make(actor="Karen")
    change = Change("idea", Answer("known", 2), "")
    operations.save_answers(public_id, find("kinds").questionnaire, [change], "Bent")
    row = db.session.execute(select(Assessment)).scalar_one()
    assert (row.created_by, row.updated_by) == ("Karen", "Bent")


def test_moments_come_back_with_their_zone(context):
    make()
    with writing() as session:
        row = session.execute(select(Assessment)).scalar_one()
        row.reviewed_at = datetime(2026, 11, 22, 15, 30, tzinfo=timezone(timedelta(hours=1)))
    db.session.expire_all()
    assert db.session.execute(select(Assessment.reviewed_at)).scalar_one() == datetime(
        2026, 11, 22, 14, 30, tzinfo=UTC
    )


def test_a_moment_without_a_zone_is_refused(context):
    make()
    with pytest.raises(StatementError, match="time zone"), writing() as session:
        session.execute(select(Assessment)).scalar_one().reviewed_at = datetime(2026, 11, 22)  # noqa: DTZ001


def test_public_ids_cannot_be_guessed(context):
    ids = {make() for _ in range(20)}
    assert len(ids) == 20
    assert {len(each) for each in ids} == {22}


def test_one_definition_is_stored_once(context):
    make()
    make()
    assert len(db.session.execute(select(Definition)).scalars().all()) == 1


def test_an_assessment_needs_its_definition(context):
    make()
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(text("DELETE FROM definitions"))


def test_a_questionnaire_changed_without_a_new_version_is_refused(context, monkeypatch):
    make()
    changed = load(find("kinds").source.replace("Er det en god idé?", "Er idéen god?"))
    monkeypatch.setattr("app.catalogue.find", lambda *_: changed)
    with pytest.raises(VersionTaken):
        operations.create(
            changed,
            Answers("kinds", "1.0.0"),
            language="da",
            variant="full",
            origin="new",
            actor="Karen",
        )


def test_an_old_assessment_shows_the_questions_it_was_begun_with(stored_app, monkeypatch):
    client = Client(stored_app)
    address = begin(client, "kinds")
    newer = (
        find("kinds").source.replace("Er det en god idé?", "Er idéen god?").replace('"1.0.0"', '"1.1.0"', 1)
    )
    monkeypatch.setattr("app.catalogue.find", lambda *_: load(newer))
    assert "Er det en god idé?" in client.get(f"{address}/sections/all").text
    assert "Er idéen god?" in client.get(f"{begin(client, 'kinds')}/sections/all").text


def test_a_failed_write_leaves_nothing_behind(context):
    def fail() -> None:
        with writing() as session:
            session.add(
                Definition(questionnaire="x", version="1.0.0", digest="d" * 64, source="{}", installed=True)
            )
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert db.session.execute(select(Definition)).all() == []


def test_many_writers_at_once_lose_nothing(stored_app):
    with stored_app.app_context():
        public_id = make("new-partner")
        questionnaire = find("new-partner").questionnaire
    scales = [item.id for item in questionnaire.items.values() if item.kind == "scale"][:16]
    failures = []

    def write(question: str) -> None:
        try:
            with stored_app.app_context():
                change = Change(question, Answer("known", 3), "")
                operations.save_answers(public_id, questionnaire, [change], question)
        except Exception as error:  # a thread must not swallow it
            failures.append(error)

    threads = [threading.Thread(target=write, args=[question]) for question in scales]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with stored_app.app_context():
        assert set(open_assessment(public_id).answers.items) == set(scales)


def test_those_who_write_wait_in_a_queue_and_not_for_sqlite_to_be_free_when_they_happen_to_look(app):
    """SQLite alone has none, and lets whoever has just come overtake those who have waited for long."""
    told: list[str] = []

    def write() -> None:
        with app.app_context(), writing():
            pass

    threads = [threading.Thread(target=write) for _ in range(6)]
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *executed: told.append(executed[2]))
        with writing():
            for thread in threads:
                thread.start()
            time.sleep(0.3)
            assert told.count("BEGIN IMMEDIATE") == 1
    for thread in threads:
        thread.join()
    assert told.count("BEGIN IMMEDIATE") == 7


def test_the_way_through_is_the_same_on_both_databases(stored_client):
    address = begin_example(stored_client)
    answer(stored_client, f"{address}/sections/why", goal__note="😀 æøå \u2028 »«")
    stored_client.post(f"{address}/review")
    stored_client.get(f"{address}/result")
    assert export(stored_client, address)["answers"]["goal"]["note"] == "😀 æøå \u2028 »«"
    stored_client.post(f"{address}/delete")
    stored_client.get(f"{address}/result", 404)


def test_sqlite_waits_its_turn_and_survives_a_kill(app):
    with app.app_context():
        asked = {each: db.session.execute(text(f"PRAGMA {each}")).scalar_one() for each in (
            "journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert asked == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 5000}


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "oracle://a"])
def test_another_database_is_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(InvalidConfig, match="OVERVEJ_DATABASE_URL"):
        _ = Config(tmp_path, url).engine_url


@pytest.mark.parametrize(
    "url", ["postgresql://u:p@h/d", "postgres://u:p@h/d", "postgresql+psycopg2://u:p@h/d"]
)
def test_postgresql_is_always_spoken_to_by_the_same_driver(tmp_path, url):
    assert Config(tmp_path, url).engine_url == "postgresql+psycopg://u:p@h/d"
