"""--help speaks the reader's language, argparse's own words included."""

import ast
import re
from pathlib import Path

import pytest

import app
from app.cli.language import locale_language

APP = Path(app.__file__).parent
COMMAND = APP / "cli"
COMMANDS = ["check", "score", "report", "form", "schema", "serve", "import", "backup", "restore"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_english(overvej, command):
    ran = overvej(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: overvej {command} ")
    assert "show this help message and exit" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_danish_without_an_english_word(overvej, monkeypatch, command):
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    ran = overvej(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"brug: overvej {command} ")
    words = set(re.findall(r"\w+", ran.out.lower()))
    assert words & {"the", "and", "with", "usage", "options", "positional", "show", "exit", "file"} == set()


def test_without_a_command_it_says_what_can_be_typed(overvej):
    ran = overvej()
    assert ran.code == 0
    assert all(f"    {command} " in ran.out for command in COMMANDS)


def test_what_is_typed_wrong_is_said_in_danish_too(overvej, monkeypatch):
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert "fejl: disse argumenter mangler: " in overvej("score").err
    assert "ugyldigt valg: 'brev'" in overvej("report", "a.json", "-o", "b.pdf", "--kind", "brev").err
    assert "ukendte argumenter: --farve" in overvej("check", "--farve").err
    assert "er ikke en port" in overvej("serve", "--port", "otte").err


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da"}, "da"),
        ({"LANG": "dav_KE"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "da_DK", "LANG": "en_US.UTF-8"}, "da"),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "da_DK", "LANG": "da_DK"}, "en"),
        ({"LC_ALL": "", "LANG": "da_DK"}, "da"),
        ({"LANGUAGE": "da:en", "LANG": "en_US.UTF-8"}, "da"),
        ({"LANGUAGE": "en:da", "LANG": "da_DK.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environ, language):
    assert locale_language(environ) == language


def test_english_that_is_asked_for_is_english_where_danish_comes_second(overvej, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en:da")
    assert overvej("--help").out.startswith("usage: ")


def test_every_text_goes_through_the_catalogue():
    """No Problem is raised with bare words."""
    for file in COMMAND.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                assert not isinstance(node.args[0], ast.Constant), f"{file.name}:{node.lineno}"
