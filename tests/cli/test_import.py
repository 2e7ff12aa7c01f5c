"""``overvej import``: many answers files at once, each refused one named, and none brought in twice."""

import json

import pytest
from sqlalchemy import func, select

from app import create_app
from app.assessments.models import Assessment
from app.engine.answers import to_json
from app.platform.database import db
from tests.printing import samples


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path):
    """Three answers files, one of them in a folder of its own, and a file that is none."""
    answers = to_json(samples.case_answers("ekko-af-byen-after"))
    files = tmp_path / "svar"
    (files / "2025").mkdir(parents=True)
    for number, name in enumerate(["a.json", "b.json", "2025/c.JSON"]):
        data = {**answers, "subject": {**answers["subject"], "partner": f"Partner {number}"}}
        (files / name).write_text(json.dumps(data), encoding="utf-8")
    (files / "notes.txt").write_text("not looked at", encoding="utf-8")
    return files


def stored() -> int:
    application = create_app()
    with application.app_context():
        found = db.session.execute(select(func.count()).select_from(Assessment)).scalar_one()
        db.session.close()
        db.engine.dispose()
    return found


def test_every_file_of_a_folder_comes_in(overvej, folder):
    ran = overvej("import", folder)
    assert (ran.code, ran.out, ran.err) == (0, "3 assessments were brought in.\n", "")
    assert stored() == 3


def test_a_second_time_changes_nothing(overvej, folder):
    overvej("import", folder)
    ran = overvej("import", folder / "a.json", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "0 assessments were brought in. 4 were here already.\n"
    assert stored() == 3


def test_a_refused_file_is_named_with_its_line_and_stops_none(overvej, folder, tmp_path):
    half = tmp_path / "half.json"
    half.write_text('{\n"format": ,\n}', encoding="utf-8")
    ran = overvej("import", half, tmp_path / "nowhere.json", folder)
    assert ran.code == 1
    assert ran.out == "3 assessments were brought in. 2 files were refused.\n"
    assert f"overvej: {half}:2:" in ran.err
    assert f"overvej: {tmp_path / 'nowhere.json'} does not exist\n" in ran.err
    assert ran.err.count("\n") == 2


def test_it_speaks_danish_where_the_locale_does(overvej, folder, monkeypatch):
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    (folder / "tom.json").write_text("", encoding="utf-8")
    ran = overvej("import", folder)
    assert ran.out == "3 vurderinger er lagt ind. 1 fil blev afvist.\n"
    assert "tom.json: Den er tom, ødelagt eller større end nogen svarfil." in ran.err


def test_a_folder_with_nothing_in_it_is_said(overvej, tmp_path):
    (tmp_path / "empty").mkdir()
    ran = overvej("import", tmp_path / "empty")
    assert ran.code == 2
    assert "holds no answers file and no PDF" in ran.err
