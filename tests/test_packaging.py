"""A wheel, installed elsewhere, must work from any folder: nothing may reach into the checkout.

Works without a network where uv still has the packages of the lock file: it installed them for these tests.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from app import paths

ROOT = Path(__file__).resolve().parent.parent
ON_WINDOWS = os.name == "nt"


class Installed(NamedTuple):
    """An installed Overvej, and the folder that its commands run in."""

    environment: Path
    folder: Path

    def program(self, name: str) -> str:
        return str(self.environment / ("Scripts" if ON_WINDOWS else "bin") / name)

    def environ(self) -> dict[str, str]:
        """Nothing of the checkout's environment, and a data folder of its own."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        return {**kept, "OVERVEJ_DATA": str(self.folder / "data"), "LC_ALL": "C.UTF-8"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program("overvej"), *arguments],
            cwd=self.folder,
            env=self.environ(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def succeeded(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the build tool of the lock file, so that nothing has to be fetched for it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel with what the lock file says an installed Overvej needs, and without the tools for tests."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    made = Installed(elsewhere / "environment", elsewhere / "a folder of søster")
    made.folder.mkdir()
    environ = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(made.environment)}
    needed = ["sync", "--frozen", "--no-default-groups", "--no-install-project", "--python", sys.executable]
    uv(needed, environ)
    uv(["pip", "install", "--no-deps", "--python", made.program("python"), str(wheel)], environ)
    return made


def uv(arguments: list[str], environ: dict[str, str]) -> None:
    own = ROOT / ".boot" / ("Scripts" if ON_WINDOWS else "bin") / "uv"
    program = shutil.which("uv") or str(own)
    # First with what is there: only where something is missing is it fetched.
    for network in (["--offline"], []):
        result = subprocess.run(
            [program, *arguments, *network],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode == 0:
            return
    pytest.fail(result.stderr)


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


# What is in it


def test_ships_every_file_of_the_content(wheel: Path) -> None:
    folders = (ROOT / "questionnaires", ROOT / "reports")
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    expected = {f"app/_shipped/{file.relative_to(ROOT).as_posix()}" for file in files if is_content(file)}
    assert expected - names_in(wheel) == set()


def is_content(file: Path) -> bool:
    return "__pycache__" not in file.parts and not file.name.startswith(".")


def test_ships_fonts_with_their_licence(wheel: Path) -> None:
    styles = ("Regular.ttf", "Italic.ttf", "SemiBold.ttf", "Bold.ttf", "Italic.woff2")
    files = {*(f"OvervejSans-{style}" for style in styles), "OvervejSans.woff2", "OFL.txt"}
    assert {f"app/static/fonts/{name}" for name in files} <= names_in(wheel)


def test_ships_every_translation_compiled(wheel: Path) -> None:
    sources = [file.relative_to(ROOT) for file in (ROOT / "app" / "translations").rglob("*.po")]
    assert {file.with_suffix(".mo").as_posix() for file in sources} <= names_in(wheel)


def test_ships_nothing_that_only_the_checkout_needs(wheel: Path) -> None:
    wrong = re.compile(r"^(tests|dev$|make_assets|hatch_build)|\.po$|__pycache__|/\.")
    assert [name for name in names_in(wheel) if wrong.search(name)] == []


def test_the_checkout_reads_its_own_content() -> None:
    """A shipped copy beside the code would hide what an author edits at the top."""
    assert not paths.SHIPPED.exists()
    assert paths.questionnaires_folder() == ROOT / "questionnaires"
    assert paths.reports_folder() == ROOT / "reports"


# What it can do


def test_says_its_commands(installed: Installed) -> None:
    assert "overvej" in succeeded(installed.run("--help"))


def test_checks_what_it_ships(installed: Installed) -> None:
    succeeded(installed.run("check"))


def test_uses_nothing_of_the_checkout(installed: Installed) -> None:
    folders = "paths.questionnaires_folder(), paths.reports_folder(), paths.fonts_folder()"
    code = f"import sys, app, app.paths as paths; print(app.__file__, {folders}, *sys.path)"
    result = subprocess.run(
        [installed.program("python"), "-c", code],
        cwd=installed.folder,
        env=installed.environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(ROOT) not in succeeded(result)
    assert "_shipped" in result.stdout


@pytest.fixture
def answers(installed: Installed) -> Path:
    """The answers of a worked case, in the folder where the commands run."""
    case = min((ROOT / "questionnaires" / "cases").rglob("*.json"))
    file = installed.folder / "svar.json"
    file.write_text(json.dumps(json.loads(case.read_text(encoding="utf-8"))["file"]), encoding="utf-8")
    return file


def test_scores(installed: Installed, answers: Path) -> None:
    assert succeeded(installed.run("score", answers.name, "--language", "da")).strip()
    assert json.loads(succeeded(installed.run("score", answers.name, "--json")))


@pytest.mark.parametrize("kind", ["decision", "meeting"])
def test_prints_a_report(installed: Installed, answers: Path, kind: str) -> None:
    succeeded(installed.run("report", answers.name, "--kind", kind, "-o", f"{kind}.pdf"))
    assert (installed.folder / f"{kind}.pdf").read_bytes().startswith(b"%PDF-")


def test_prints_a_form(installed: Installed) -> None:
    succeeded(installed.run("form", "new-partner", "-o", "form.pdf"))
    assert (installed.folder / "form.pdf").read_bytes().startswith(b"%PDF-")


def test_serves(installed: Installed) -> None:
    """Templates, styles and fonts came along: the front page and every style sheet it names are served."""
    command = [installed.program("overvej"), "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        command, cwd=installed.folder, env=installed.environ(), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://[\w.:]+", server.stdout.readline())
            assert address is not None
            page = fetch(address[0])
            for sheet in re.findall(r'href="(/[^"]+\.css[^"]*)"', page):
                assert fetch(address[0] + sheet)
        finally:
            server.terminate()
    assert "<html" in page


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        assert response.status == 200
        text: str = response.read().decode("utf-8")
    return text
