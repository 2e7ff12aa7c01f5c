"""The page: take a backup, look at one, restore it; and the command that does the same."""

import io
import os
import re
from zipfile import ZipFile

import pytest

from app.data.backups import operations
from app.data.backups.backup import back_up_to
from app.data.backups.kept import LONGEST_WAIT, folder, kept
from app.partners import operations as register
from tests.benchmarks.seeding import seed
from tests.cli.conftest import Ran, alone, overvej
from tests.partners.ways import put_in
from tests.web import Client, meanwhile

__all__ = ["Ran", "alone", "overvej"]


@pytest.fixture
def backup(stored_app, tmp_path) -> bytes:
    """A backup of twelve partners; the database then loses them."""
    with stored_app.app_context():
        seed(12, 20)
        back_up_to(tmp_path / "full.zip", "Bent")
    return (tmp_path / "full.zip").read_bytes()


def upload(client: Client, content: bytes, status: int = 303):
    return client.post("/backups", {"file": (io.BytesIO(content), "backup.zip")}, status=status)


def test_a_backup_is_downloaded(stored_client, backup):
    response = stored_client.get("/backups/overvej-backup.zip")
    assert response.mimetype == "application/zip"
    assert re.search(r"overvej-\d{4}-\d\d-\d\d-\d{4}\.zip", response.headers["Content-Disposition"])
    with ZipFile(io.BytesIO(response.data)) as archive, ZipFile(io.BytesIO(backup)) as expected:
        assert archive.read("partners.jsonl") == expected.read("partners.jsonl")


@pytest.mark.parametrize(("language", "words"), [("da", "I filen"), ("en", "In the file")])
def test_one_sees_what_is_in_it_before_anything_is_replaced(client, app, tmp_path, language, words):
    with app.app_context():
        seed(12, 20)
        back_up_to(tmp_path / "full.zip", "Bent")
    client.speak(language)
    page = client.follow(upload(client, (tmp_path / "full.zip").read_bytes())).text
    assert words in page
    assert "Bent" in page
    assert '<td class="amount">12</td>' in page
    assert "2026" in page
    with app.app_context():
        assert kept() == []


def test_it_is_restored_after_a_yes(stored_client, backup):
    address = upload(stored_client, backup).headers["Location"]
    page = stored_client.follow(stored_client.post(address, {"go": "restore"})).text
    assert "Sikkerhedskopien er gendannet" in page
    found = re.search(r'href="(/backups/kept/[^"]+)"', page)
    old = stored_client.get(found[1])
    with ZipFile(io.BytesIO(old.data)) as archive:
        assert archive.read("partners.jsonl").count(b"\n") == 12


def test_a_no_leaves_everything_and_forgets_the_file(stored_client, stored_app, backup):
    address = upload(stored_client, backup).headers["Location"]
    stored_client.follow(stored_client.post(address, {"go": "no"}))
    stored_client.get(address, 404)
    page = stored_client.follow(stored_client.post(address, {"go": "restore"})).text
    assert "venter ikke længere" in page
    with stored_app.app_context():
        assert list(folder().iterdir()) == []


def test_who_presses_twice_restores_once(stored_client, stored_app, backup, monkeypatch):
    address = upload(stored_client, backup).headers["Location"]
    pages = []

    def press() -> None:
        other = Client(stored_app)
        other.speak("en")
        pages.append(other.follow(other.post(address, {"go": "restore"})).text)

    meanwhile(monkeypatch, operations, press)
    stored_client.follow(stored_client.post(address, {"go": "restore"}))
    assert "is being restored just now" in pages[0]
    with stored_app.app_context():
        assert len(kept()) == 1, "what was here before, and not the restored once more"


@pytest.mark.parametrize("form", ["edit", "contacts", "level", "erase"])
def test_a_form_on_its_way_while_everything_is_replaced_is_answered_in_words(
    stored_client, stored_app, backup, monkeypatch, form
):
    confirm = upload(stored_client, backup).headers["Location"]
    newest = put_in(stored_client, "Den nyeste")
    other = Client(stored_app)
    meanwhile(monkeypatch, register, lambda: other.post(confirm, {"go": "restore"}))
    said = {"name": "Den nyeste", "row_version": "1", "level": "date", "shown": "glance", "reason": "Fordi"}
    contact = {"on": "2026-11-20", "kind": "call", "text": "Talte med dem"}
    page = stored_client.post(f"{newest}/{form}", {**said, **contact}, 404).text
    assert "Den side findes ikke" in page


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("content", [b"", b"Hej", b"PK\x03\x04"])
def test_a_file_that_is_no_backup_is_said_plainly(client, language, content):
    client.speak(language)
    page = upload(client, content, 400).text
    assert ("Intet blev gendannet" if language == "da" else "Nothing was restored") in page


@pytest.mark.parametrize("data", [{}, {"file": "text"}, {"file": ["a", "b"]}, {"go": "restore"}])
def test_no_file_is_said_plainly(client, data):
    assert "Vælg en fil først" in client.post("/backups", data, status=400).text


@pytest.mark.parametrize(
    "name", ["x" * 22, "..%2f..%2fsecret-key", "kept/secret-key", "kept/..%2fsecret-key"]
)
def test_only_backups_can_be_fetched(client, name):
    client.get(f"/backups/{name}", 404)


def test_a_form_without_its_token_restores_nothing(client, app, tmp_path):
    with app.app_context():
        back_up_to(tmp_path / "a.zip", "")
    address = upload(client, (tmp_path / "a.zip").read_bytes()).headers["Location"]
    assert client.http.post(address, data={"go": "restore"}).status_code == 400
    with app.app_context():
        assert kept() == []


def test_a_backup_may_be_larger_than_other_uploads(client, app):
    """It is read, and refused for what it is, not for its size."""
    large = b"\x00" * (app.config["MAX_CONTENT_LENGTH"] + 1)
    read = upload(client, large, 400)
    assert "ikke en sikkerhedskopi" in read.text
    refused = client.post("/import", {"file": (io.BytesIO(large), "x.json")}, status=413)
    for response in (read, refused):  # the test's own browser leaves what it sent open
        response.request.environ["wsgi.input"].close()


def test_what_was_uploaded_and_never_restored_is_forgotten_after_a_day(client, app, tmp_path):
    with app.app_context():
        back_up_to(tmp_path / "a.zip", "")
    content = (tmp_path / "a.zip").read_bytes()
    address = upload(client, content).headers["Location"]
    with app.app_context():
        [file] = folder().iterdir()
    old = file.stat().st_mtime - LONGEST_WAIT - 60
    os.utime(file, (old, old))
    upload(client, content)
    client.get(address, 404)


@pytest.mark.parametrize(
    ("code", "words"),
    [(28, "Disken er fuld"), (30, "Der kan ikke skrives i mappen"), (13, "kan ikke skrives")],
)
def test_a_disk_that_cannot_be_written_is_said_plainly(client, monkeypatch, code, words):
    def full(*_):
        raise OSError(code, "no")

    monkeypatch.setattr("app.data.backups.views.back_up_into", full)
    assert words in client.get("/backups/overvej-backup.zip", 503).text


# The command


def test_the_command_takes_and_restores_a_backup(overvej, tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))
    file = tmp_path / "a.zip"
    ran = overvej("backup", file)
    assert (ran.code, ran.err) == (0, "")
    assert "rows" in ran.out
    assert overvej("backup", file).code == 0, "an old backup is replaced"
    ran = overvej("restore", file)
    assert (ran.code, ran.err) == (0, "")
    assert "is restored" in ran.out
    assert len(list((tmp_path / "data" / "backups").glob("before-restore-*.zip"))) == 1


def test_the_command_replaces_nothing_but_backups(overvej, tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))
    (tmp_path / "notes.txt").write_text("Vigtigt", encoding="utf-8")
    ran = overvej("backup", tmp_path / "notes.txt")
    assert ran.code == 2
    assert "is no backup and is not replaced" in ran.err
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "Vigtigt"


@pytest.mark.parametrize(
    ("language", "words"), [("da_DK", "blev ikke gendannet"), ("en", "was not restored")]
)
def test_the_command_refuses_what_is_no_backup(overvej, tmp_path, monkeypatch, language, words):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", language)
    (tmp_path / "x.zip").write_bytes(b"Hej")
    ran = overvej("restore", tmp_path / "x.zip")
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(("name", "told"), [("none.zip", "does not exist"), ("folder", "is a folder")])
def test_the_command_says_that_there_is_no_such_file(overvej, tmp_path, monkeypatch, name, told):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))
    (tmp_path / "folder").mkdir()
    ran = overvej("restore", tmp_path / name)
    assert ran.code == 2
    assert told in ran.err


def test_the_command_says_where_nothing_can_be_written(overvej, tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))
    assert "does not exist" in overvej("backup", tmp_path / "no" / "a.zip").err
