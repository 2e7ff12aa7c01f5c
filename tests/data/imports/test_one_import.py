"""One import with three ways in: the front page, a zip and the command read, pass over and refuse alike."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.assessments.models import Assessment
from app.cli import main
from app.data import limits
from app.engine.answers import to_json
from app.platform.database import db
from app.platform.running import run_now
from tests.printing import samples
from tests.web import Client

Files = dict[str, bytes]
APPLE_DOUBLE = b"\0\5\26\7\0\2\0\0Mac OS X        "


def answers_file(date: str = "2026-11-22", decide_by: str = "2026-12-01") -> bytes:
    data = to_json(samples.case_answers("ekko-af-byen-after"))
    return json.dumps({**data, "date": date, "subject": {**data["subject"], "decide-by": decide_by}}).encode()


class Ways:
    """Each way in takes files by name, and gives what was said of those that were refused."""

    def __init__(self, app, client: Client, folder: Path, capsys) -> None:
        self.app, self.client, self.folder, self.capsys = app, client, folder, capsys

    def front_page(self, files: Files) -> str:
        chosen = [(io.BytesIO(content), name) for name, content in files.items()]
        self.client.get("/")
        answer = self.client.http.post("/import", data={"file": chosen, "csrf_token": self.client.token})
        self.client.check(answer)
        return answer.text

    def zip(self, files: Files) -> str:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        packed.seek(0)
        job = self.client.post("/exports/import", {"file": (packed, "mange.zip")}).headers["Location"]
        with self.app.app_context():
            run_now(job.rsplit("/", 1)[1])
        return self.client.get(f"{job}/file").data.decode("utf-8-sig")

    def command(self, files: Files) -> str:
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        main(["import", str(self.folder)])
        return self.capsys.readouterr().err.replace(f"{self.folder}/", "")


@pytest.fixture(params=["front_page", "zip", "command"])
def way_in(request, app, client, tmp_path, capsys) -> Callable[[Files], str]:
    return getattr(Ways(app, client, tmp_path / "svar", capsys), request.param)


@pytest.fixture(autouse=True)
def _in_danish(app, monkeypatch) -> None:
    """The command runs beside this app, in its database, and speaks as its pages do."""
    monkeypatch.setattr("app.cli.importing.application_in_use", app.app_context)
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)


def count(app) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(Assessment)).scalar_one()


def test_what_a_mac_keeps_beside_a_file_is_passed_over(app, way_in):
    way_in({"answers.json": answers_file(), "._answers.json": APPLE_DOUBLE})
    assert count(app) == 1


REFUSED = {
    "empty": (b"", "Den er tom, ødelagt eller større end nogen svarfil."),
    "a picture": (b"\x89PNG\r\n\x1a\n", "hverken en svarfil eller en PDF"),
    "no PDF": (b"%PDF-1.7 nonsense", "ikke en PDF-fil, eller også er den beskadiget"),
    "another format": (b'{"format": "overvej-answers/9"}', "ikke en svarfil"),
    "a questionnaire that nobody has": (
        b'{"format": "overvej-answers/1", "questionnaire": "tax", "version": "1.0.0"}',
        "svarer på tax 1.0.0, som ikke er installeret her",
    ),
    "a digest that is a list": (
        b'{\n"format": "overvej-answers/1", "questionnaire": "new-partner",\n"digest": []}',
        "svar.json:3:1: »digest« skal være tekst i anførselstegn",
    ),
    "a year in another time": (answers_file(date="0026-12-01"), "Året skal ligge mellem 1900 og 2200."),
    "a day to decide in another time": (
        answers_file(decide_by="9999-12-31"),
        "Året skal ligge mellem 1900 og 2200.",
    ),
    "half a file": (b'{\n"format": ,\n}', "svar.json:2"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_with_the_same_words(app, way_in, name):
    content, said = REFUSED[name]
    assert said in way_in({"svar.json": content})
    assert count(app) == 0


def test_a_file_that_is_too_large_is_refused_with_the_same_words(app, way_in, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", len(answers_file()) - 1)
    monkeypatch.setattr("app.cli.importing.LARGEST_FILE", limits.LARGEST_FILE)
    assert "større end nogen svarfil" in way_in({"svar.json": answers_file()})
    assert count(app) == 0


@pytest.mark.parametrize("hidden", [".git/svar.json", "__MACOSX/svar.json", ".trashed-svar.pdf", "notes.txt"])
@pytest.mark.parametrize("way_in", ["zip", "command"], indirect=True)
def test_in_a_folder_as_in_a_zip_only_what_may_be_answers_is_read(app, way_in, hidden):
    assert "svar" not in way_in({"2025/SVAR.JSON": answers_file(), hidden: b"no answers"})
    assert count(app) == 1


def test_more_files_than_an_import_takes_are_refused_before_one_is_read(app, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("app.cli.importing.MOST_FILES", 1)
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for each in files:
        each.write_bytes(answers_file())
    assert main(["import", *map(str, files)]) == 2
    assert "på én gang" in capsys.readouterr().err
    assert count(app) == 0
