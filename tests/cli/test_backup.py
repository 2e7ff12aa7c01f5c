"""``overvej backup`` and ``overvej restore`` while a workshop is under way."""

import sys
from pathlib import Path

import pytest

from tests.workshops import ways


def test_the_command_goes_on_and_says_it(app, overvej, monkeypatch, tmp_path):
    monkeypatch.setenv("OVERVEJ_DATA", str(app.config["DATA_FOLDER"]))
    ways.answered(app)
    ran = overvej("backup", tmp_path / "a.zip")
    assert ran.code == 0
    assert ran.err.startswith(
        "The workshop with Teaterforeningen is not closed: the backup tells who said what"
    )
    assert ran.err.count("\n") == 1
    ran = overvej("restore", tmp_path / "a.zip")
    assert ran.code == 0
    assert "Teaterforeningen is not closed" in ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells which files are open")
def test_the_command_closes_the_database_behind_it(overvej, monkeypatch, tmp_path):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path / "data"))
    assert overvej("backup", tmp_path / "a.zip").code == 0
    open_files = [str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    assert [each for each in open_files if each.startswith(str(tmp_path))] == []
