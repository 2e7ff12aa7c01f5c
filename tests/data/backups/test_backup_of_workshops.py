"""Workshops in backups: they come back whole, senseless ones are refused, and nobody learns who said what."""

import hashlib
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.assessments.models import Assessment
from app.config import Config
from app.data.backups import operations as backups
from app.data.backups.backup import back_up_to
from app.data.backups.kept import folder, kept
from app.data.backups.refusals import BackupRefused
from app.data.backups.trial import trial_restore
from app.platform.database import db
from app.platform.i18n import speak
from app.workshops.loaded import open_workshop
from tests.data.backups.test_round_trip import contents, restored
from tests.data.backups.ways import closed, in_each_stage
from tests.web import Client, everything_stored, running
from tests.workshops import ways


@pytest.fixture
def other(empty_database, tmp_path, printer):
    """An empty Overvej on PostgreSQL."""
    yield from running(Config(tmp_path / "other", empty_database), printer)


@pytest.mark.parametrize("way", ["sqlite to postgresql", "postgresql to sqlite"])
def test_a_workshop_in_each_stage_goes_from_one_database_to_the_other(app, other, tmp_path, way):
    source, target = (app, other) if way.startswith("sqlite") else (other, app)
    ids = in_each_stage(source)
    with source.app_context():
        manifest = back_up_to(tmp_path / "first.zip", "")
        maps = {stage: open_workshop(ids[stage]).room_map for stage in ("revealed", "closed")}
    assert all(manifest.tables[name].rows for name in (
        "workshops", "participants", "room_answers", "workshop_actions"
    ))  # fmt: skip
    with target.app_context():
        speak("en")
        restored(tmp_path / "first.zip", tmp_path)
        back_up_to(tmp_path / "second.zip", "")
        assert {stage: open_workshop(ids[stage]).room_map for stage in maps} == maps
    assert contents(tmp_path / "first.zip") == contents(tmp_path / "second.zip")


# Rows that make no sense


def rewritten(path: Path, table: str, change) -> Path:
    """The same backup with every row of a table changed, right in everything else."""
    told = path.with_name("changed.zip")
    with ZipFile(path) as source, ZipFile(told, "w", ZIP_DEFLATED) as target:
        manifest = json.loads(source.read("manifest.json"))
        for name in manifest["tables"]:
            lines = source.read(f"{name}.jsonl")
            if name == table:
                rows = [json.loads(line) for line in lines.splitlines()]
                for row in rows:
                    change(row)
                lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
                manifest["tables"][name]["sha256"] = hashlib.sha256(lines).hexdigest()
            target.writestr(f"{name}.jsonl", lines)
        target.writestr("manifest.json", json.dumps(manifest))
    return told


@pytest.fixture(scope="module")
def good(tmp_path_factory, printer):
    """A backup with a workshop in each stage, and the Overvej that took it."""
    folder = tmp_path_factory.mktemp("good")
    for app in running(Config(folder / "data"), printer):
        in_each_stage(app)
        with app.app_context():
            speak("en")
            back_up_to(folder / "good.zip", "")
            yield folder / "good.zip"


def put(**values):
    return lambda row: row.update(values)


def kept_map(**values):
    """Change the map that a closed workshop keeps."""

    def change(row):
        if row["kept"]:
            row["kept"]["map"].update(values)

    return change


def each_spread(**values):
    def change(row):
        for spreads in row["kept"]["map"]["questions"].values() if row["kept"] else ():
            for spread in spreads.values():
                spread.update(values)

    return change


def of_closed(**values):
    return lambda row: row.update(values) if row["kept"] else None


SENSELESS = {
    "workshops": {
        "stage": put(stage="begun"),
        "variant": put(variant="long"),
        "language": put(language="sv"),
        "code with an O": put(code="OOOOOOOO"),
        "short code": put(code="ABC"),
        "key": put(key="?"),
        "no side": put(sides=[]),
        "strange side": put(sides=["library", "them"]),
        "without the library": put(sides=["partner"]),
        "a side twice": put(sides=["library", "library"]),
        "sides in words": put(sides="library"),
        "sections": put(sections=["nowhere"]),
        "sections of lists": put(sections=[["why"]]),
        "section": put(section="nowhere"),
        "group of none": put(smallest_group=0),
        "counts": put(answer_count=-1),
        "plan": put(plan={"dance": 5}),
        "minutes": put(plan={"talk": "5"}),
        "more minutes than there are": put(plan={"talk": 10**9}),
        "day": put(on="i morgen"),
        "subject": put(subject={"nobody": "x"}),
        "subject in words": put(subject="x"),
        "nothing kept": of_closed(kept=None),
        "kept without answers": lambda row: row["kept"] and row["kept"].pop("answers"),
        "kept answers": lambda row: row["kept"] and row["kept"]["answers"]["answers"].update(goal=99),
        "closed never": of_closed(closed_at=None),
        "opened never": of_closed(opened_at=None),
        "kept while open": lambda row: row["stage"] == "open" and row.update(kept={"map": {}, "answers": {}}),
        "map": lambda row: row["kept"] and row["kept"].update(map={}),
        "more in the map": kept_map(more=1),
        "divided": kept_map(divided=["nothing"]),
        "divided by number": kept_map(divided=[3]),
        "flagged": kept_map(flagged=["goal"]),
        "notes": kept_map(notes={"nothing": ["x"]}),
        "notes in words": kept_map(notes={"goal": "x"}),
        "sides of the map": kept_map(sides={"them": 3}),
        "verdicts": kept_map(verdicts={"all": {"marriage": 3}}),
        "people": kept_map(people=[["Anna", "library"]]),
        "answers by name": kept_map(by_name={"goal": [["Anna", 99]]}),
        "a question that nobody knows": lambda row: (
            row["kept"] and row["kept"]["map"]["questions"].update(nothing={})
        ),
        "a group that nobody knows": lambda row: (
            row["kept"]
            and row["kept"]["map"]["questions"]["goal"].update(
                them=row["kept"]["map"]["questions"]["goal"]["all"]
            )
        ),
        "counts of options": each_spread(counts=[1]),
        "options": each_spread(options=["a"]),
        "median": each_spread(median=99),
        "cells": each_spread(cells={"give": {}}),
        "said": each_spread(said=[{"x": 1}]),
        "negative": each_spread(answered=-1),
    },
    "participants": {
        "side": put(side="them"),
        "kind": put(kind="fax"),
        "number": put(number=0),
        "token": put(token_hash="x"),
        "answers": put(answers={"goal": 99}),
        "answers in words": put(answers="3"),
        "gates": put(gates={"goal": "yes"}),
    },
    "room_answers": {
        "question": put(question="nothing"),
        "answer": put(answer=99),
        "nothing": put(answer=None),
        "reason": put(reason="x" * 3001),
        "of an open workshop": put(workshop_id=2),
    },
    "workshop_actions": {"day": put(due="snart"), "id": put(public_id="?"), "too early": put(workshop_id=1)},
}


@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table in SENSELESS for name in SENSELESS[table]]
)
def test_a_backup_whose_workshops_make_no_sense_is_refused(good, table, name):
    with pytest.raises(BackupRefused, match=rf"{table}\.jsonl|do not fit together"):
        trial_restore(rewritten(good, table, SENSELESS[table][name]), good.with_name("ready.zip"))
    assert not good.with_name("ready.zip").exists()


def test_the_same_backup_unchanged_is_taken(good):
    trial_restore(rewritten(good, "workshops", lambda row: None), good.with_name("taken.zip"))


@pytest.mark.parametrize("left", [{"answers": {"goal": 3}}, {"name": "Anna"}, {"token_hash": "0" * 64}])
def test_nothing_of_a_person_is_left_after_closing(good, left):
    def change(row):
        if row["workshop_id"] == 4 and row["number"] == 1:
            row.update(left)

    with pytest.raises(BackupRefused, match=r"participants\.jsonl"):
        trial_restore(rewritten(good, "participants", change), good.with_name("ready.zip"))


# Who said what


@pytest.mark.parametrize("way", [ways.answered, ways.revealed])
def test_no_backup_can_be_fetched_while_a_workshop_holds_each_person_s_answers(
    stored_client, stored_app, way
):
    public_id = way(stored_app)
    refused = stored_client.get("/backups/overvej-backup.zip", 409)
    assert refused.mimetype == "text/html"
    assert "Teaterforeningen: En sommerfestival" in refused.text
    assert f"/workshops/{public_id}" in refused.text
    assert 'href="/backups/overvej-backup.zip"' not in stored_client.get("/backups").text
    stored_client.speak("en")
    assert "Close the workshop first" in stored_client.get("/backups").text


@pytest.mark.parametrize("way", [ways.prepared, ways.opened, closed])
def test_a_workshop_without_answers_or_that_is_closed_is_in_no_backup_s_way(stored_client, stored_app, way):
    way(stored_app)
    assert stored_client.get("/backups/overvej-backup.zip").mimetype == "application/zip"


def test_a_restore_that_would_keep_who_said_what_is_refused_and_changes_nothing(client, app, tmp_path):
    client.get("/backups")
    with app.app_context():
        back_up_to(tmp_path / "empty.zip", "")
    ways.answered(app)
    before = everything_stored(app)
    upload = {"file": (tmp_path / "empty.zip").open("rb")}
    confirm = client.post("/backups", upload).headers["Location"]
    refused = client.post(confirm, {"go": "restore"}, 400)
    assert "Afslut workshoppen først" in refused.text
    assert everything_stored(app) == before
    with app.app_context():
        assert kept() == []
    client.get(confirm)
    client.post(confirm, {"go": "restore"}, 400)


def test_what_the_command_kept_meanwhile_cannot_be_fetched(client, app, tmp_path):
    with app.app_context():
        speak("da")
        back_up_to(tmp_path / "empty.zip", "")
    ways.answered(app)
    with app.app_context():
        trial_restore(tmp_path / "empty.zip", tmp_path / "ready.zip")
        name = backups.restore(tmp_path / "ready.zip", "", during_workshops=True).name
        assert db.session.query(Assessment).count() == 0
    assert "hvem der har sagt hvad" in client.get(f"/backups/kept/{name}", 409).text


def test_what_was_kept_without_a_workshop_can_be_fetched(client, app, tmp_path):
    closed(app)
    with app.app_context():
        speak("da")
        back_up_to(tmp_path / "a.zip", "")
        name = restored(tmp_path / "a.zip", tmp_path).name
    assert client.get(f"/backups/kept/{name}").mimetype == "application/zip"


def test_what_was_kept_and_cannot_be_read_is_no_error(client, app):
    with app.app_context():
        (folder() / "before-restore-x.zip").write_bytes(b"PK")
    assert "ikke en sikkerhedskopi" in client.get("/backups/kept/before-restore-x.zip", 400).text


def test_the_page_counts_workshops(client, app):
    closed(app)
    assert "Workshops" in client.get("/backups").text
    other = Client(app)
    other.speak("en")
    assert "Workshops" in other.get("/backups").text
