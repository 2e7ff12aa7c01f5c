"""How the tests type a command: in this process, or as a person would, in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from app.cli import main
from app.cli.language import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "questionnaires" / "cases" / "new-partner"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests, the command begins in English, and in a terminal of 80 columns."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def overvej(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Type a command; ``ran.code`` is its exit code."""

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def run_alone(
    *arguments: str | Path, stdin: bytes | None = None, code: str = "", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """Type a command in a process of its own, or run ``code`` there."""
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "app.cli"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environ},
        timeout=120,
    )


@pytest.fixture
def alone() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """:func:`run_alone`."""
    return run_alone
