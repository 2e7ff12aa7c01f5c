"""The data folder is its owner's alone, also one that an older Overvej made."""

import os
import stat
import sys

import pytest

from app import create_app
from app.config import Config
from app.platform.data_folder import private_folder
from app.platform.database import close_database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


def modes(folder):
    """What each file and folder is open to, the folder's own under ``.``."""
    paths = [folder, *sorted(folder.rglob("*"))]
    return {str(each.relative_to(folder)): stat.S_IMODE(each.stat().st_mode) for each in paths}


@pytest.fixture
def open_to_all():
    """Whoever runs the tests: new files can be read by others, unless somebody sees to it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_what_overvej_makes_is_its_owner_s_alone(tmp_path, open_to_all):
    app = create_app(Config(tmp_path / "data"))
    app.extensions["queue"].put("x" * 22)
    app.test_client().get("/")
    found = modes(tmp_path / "data")
    assert {"overvej.sqlite3", "overvej.sqlite3-wal", "jobs.sqlite3", "secret-key"} <= set(found)
    assert found.pop(".") == 0o700
    assert set(found.values()) == {0o600}
    close_database(app)


def test_an_old_folder_is_closed_to_others_and_what_is_not_ours_is_left(tmp_path, open_to_all):
    ours = [
        "overvej.sqlite3",
        "overvej.sqlite3-wal",
        "jobs.sqlite3",
        "secret-key",
        "backups/before-restore-1.zip",
    ]
    (tmp_path / "backups").mkdir()
    for name in [*ours, "minutes.txt"]:
        (tmp_path / name).touch()
    private_folder(tmp_path)
    found = modes(tmp_path)
    assert (found["."], found["backups"], found["minutes.txt"]) == (0o700, 0o700, 0o644)
    assert {found[name] for name in ours} == {0o600}


def test_a_folder_that_everybody_uses_stays_everybody_s(tmp_path):
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert modes(tmp_path)["."] == 0o1777
