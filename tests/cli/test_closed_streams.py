"""Whoever closes the standard streams is told what cannot be done, and nothing is said to have gone well."""

import os
import shlex
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT
from tests.cli.examples import answers, written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="closed with a POSIX shell")


def closed(what: str, *arguments: object, data: object = "") -> subprocess.CompletedProcess[str]:
    """Type a command with ``<&-``, ``>&-`` or ``2>&-`` behind it."""
    command = shlex.join([sys.executable, "-m", "app.cli", *map(str, arguments)])
    environ = {**os.environ, "LC_ALL": "C", **({"OVERVEJ_DATA": str(data)} if data else {})}
    return subprocess.run(
        ["/bin/sh", "-c", f"{command} {what}"],
        check=False, capture_output=True, text=True, cwd=ROOT, env=environ, timeout=120,
    )  # fmt: skip


def test_nothing_can_be_read_from_a_closed_input(tmp_path):
    ran = closed("<&-", "score", "-")
    assert (ran.returncode, ran.stderr) == (2, "overvej: standard input is closed; give the name of a file\n")
    assert closed("<&-", "score", written(tmp_path, answers())).returncode == 0


@pytest.mark.parametrize(
    "command", [["check"], ["schema"], ["score", "{answers}"], ["backup", "{folder}/a.zip"]]
)
def test_what_nobody_can_hear_is_not_said_to_have_gone_well(tmp_path, command):
    names = {"answers": written(tmp_path, answers()), "folder": tmp_path}
    ran = closed(">&-", *[each.format(**names) for each in command], data=tmp_path / "data")
    assert ran.returncode == 2
    assert ran.stderr == "overvej: standard output is closed, so the result cannot be shown\n"


def test_a_closed_error_output_hides_no_failure_and_spoils_no_output(tmp_path):
    ran = closed("2>&-", "score", tmp_path / "nowhere.json")
    assert (ran.returncode, ran.stdout) == (2, "")
    ran = closed("2>&-", "backup", tmp_path / "a.zip", data=tmp_path / "data")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_no_database_becomes_the_standard_output(tmp_path):
    """The system gives the lowest number that is free to the next file: what is printed would go there."""
    ran = closed(">&- 2>&- <&-", "backup", tmp_path / "a.zip", data=tmp_path / "data")
    assert ran.returncode == 2
    assert closed("<&-", "backup", tmp_path / "a.zip", data=tmp_path / "data").returncode == 0
