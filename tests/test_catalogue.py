"""The installed questionnaires: the shipped ones and one's own, each version once, each file read once."""

import json
import os

import pytest

from app import catalogue
from app.paths import questionnaires_folder

SHIPPED = questionnaires_folder() / "new-partner.json"


def put(folder, name, **changes):
    folder.mkdir(exist_ok=True)
    path = folder / name
    data = json.loads(SHIPPED.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A folder of one's own, installed."""
    monkeypatch.setenv(catalogue.SETTING, str(tmp_path / "mine"))
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


def test_what_ships_is_installed():
    found = catalogue.installed()
    assert "new-partner" in found.ids()
    assert (found.faulty, found.clashes) == ([], [])
    assert catalogue.find("new-partner").questionnaire.id == "new-partner"
    assert catalogue.find("cake") is None
    assert catalogue.find("new-partner", "0.0.1") is None


def test_a_folder_of_one_s_own_is_installed_too(mine):
    put(mine, "rooms.json", id="rooms")
    assert set(catalogue.installed().ids()) >= {"new-partner", "rooms"}


def test_several_folders_are_separated_as_in_path(mine, tmp_path, monkeypatch):
    put(tmp_path / "a", "a.json", id="a")
    put(tmp_path / "b", "b.json", id="b")
    monkeypatch.setenv(catalogue.SETTING, os.pathsep.join([str(tmp_path / "a"), "", str(tmp_path / "b")]))
    assert set(catalogue.installed().ids()) >= {"a", "b", "new-partner"}


def test_the_newest_version_is_found_by_number_not_by_letter(mine):
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        put(mine, f"{version}.json", id="rooms", version=version)
    assert catalogue.find("rooms").questionnaire.version == "1.10.0"
    assert catalogue.find("rooms", "1.9.0").questionnaire.version == "1.9.0"
    assert catalogue.installed().versions("rooms") == ["1.10.0", "1.9.0", "1.2.0"]


@pytest.mark.parametrize("version", [1, 9])
def test_answers_may_lie_beside_the_questionnaire_that_they_are_to(mine, version):
    put(mine, "rooms.json", id="rooms")
    (mine / "answers.json").write_text(json.dumps({"format": f"overvej-answers/{version}"}), encoding="utf-8")
    assert catalogue.installed().faulty == []
    (mine / "other.json").write_text(json.dumps({"format": "overvej-something/1"}), encoding="utf-8")
    assert len(catalogue.installed().faulty) == 1


def test_a_faulty_file_is_not_read_again_until_it_changes(mine, monkeypatch):
    path = put(mine, "broken.json", minutes=0)
    assert len(catalogue.installed().faulty) == 1
    with monkeypatch.context() as unreadable:
        unreadable.setattr(catalogue, "load_file", None)
        assert len(catalogue.installed().faulty) == 1
    put(mine, "broken.json", id="mended", version="1.0.0")
    os.utime(path, (0, 0))
    assert catalogue.installed().faulty == []
    assert "mended" in catalogue.installed().ids()


def test_a_faulty_file_leaves_the_others_in_use(mine):
    (mine / "broken.json").write_text("{", encoding="utf-8")
    found = catalogue.installed()
    assert found.find("new-partner") is not None
    assert [failed.faults[0].file for failed in found.faulty] == [str(mine / "broken.json")]


def test_the_same_text_twice_is_no_clash(mine):
    (mine / "copy.json").write_bytes(SHIPPED.read_bytes())
    assert catalogue.installed().clashes == []


def test_another_text_of_a_version_is_left_out_and_told(mine):
    path = put(mine, "other.json", minutes=14)
    found = catalogue.installed()
    assert found.find("new-partner").questionnaire.minutes != 14
    (clash,) = found.clashes
    assert clash.file == str(path)
    assert str(SHIPPED) in clash.message("en")
    assert "new-partner" in clash.message("da")


def test_a_folder_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv(catalogue.SETTING, str(tmp_path / "none"))
    (clash,) = catalogue.installed().clashes
    assert clash.file == str(tmp_path / "none")
    assert catalogue.SETTING in clash.message("en")


def test_a_file_is_read_again_only_when_it_changed(mine, monkeypatch):
    path = put(mine, "rooms.json", id="rooms")
    read = []
    load_file = catalogue.load_file
    monkeypatch.setattr(catalogue, "load_file", lambda path: read.append(path) or load_file(path))
    catalogue.installed()
    before = len(read)
    catalogue.installed()
    assert len(read) == before
    put(mine, "rooms.json", id="rooms", version="1.0.1")
    assert catalogue.find("rooms").questionnaire.version == "1.0.1"
    assert read[before:] == [path]


def test_a_file_that_may_not_be_read_is_told(mine):
    (mine / "gone.json").symlink_to(mine / "nowhere.json")
    (failed,) = catalogue.installed().faulty
    assert failed.faults[0].file == str(mine / "gone.json")


def test_the_schema_and_folders_are_no_questionnaires(mine):
    (mine / "schema.json").write_text("{}", encoding="utf-8")
    (mine / "cases").mkdir()
    (mine / "cases" / "x.json").write_text("{}", encoding="utf-8")
    assert catalogue.installed().faulty == []
