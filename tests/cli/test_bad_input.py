"""Whatever the command is given: exit code 2, one clear line on standard error, nothing written."""

import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app.cli
from app.cli import form, report
from app.cli.files import LARGEST_JSON, MEGABYTE
from app.cli.problem import one_line
from tests.cli.conftest import ROOT
from tests.cli.examples import answers, written

UNUSABLE = {
    "broken.json": (b'{"format": "overvej-answers/1",\n "answers": {,}}', ":2:"),
    "empty.json": (b"", "empty"),
    "list.json": (b"[]", ""),
    "number.json": (b"17", ""),
    "latin-1.json": (
        '{"format":\n "overvej-answers/1", "x": "æ"}'.encode("latin-1"),
        ":2: this is not UTF-8",
    ),
    "utf-16.json": ('{"format": "overvej-answers/1"}'.encode("utf-16"), "not UTF-8"),
    "foreign.json": (b'{"hello": "world"}', "is not an answers file"),
    "format-is-a-list.json": (b'{"format": [1]}', "is not an answers file"),
    "newer.json": (b'{"format": "overvej-answers/2"}', "overvej-answers/2, which this Overvej does not know"),
    "no-id.json": (b'{"format": "overvej-answers/1"}', "does not say which"),
    "id-is-a-list.json": (
        b'{"format": "overvej-answers/1", "questionnaire": ["new-partner"], "version": {}}',
        "does not say which",
    ),
    "unknown.json": (
        b'{"format": "overvej-answers/1", "questionnaire": "cake", "version": "1.0.0"}',
        "the questionnaire cake, which is not installed; installed: new-partner",
    ),
    "old.json": (
        b'{"format": "overvej-answers/1", "questionnaire": "new-partner", "version": "0.9.0"}',
        "version 0.9.0 of new-partner, which is not installed",
    ),
    "deep.json": (b"[" * 100_000, ""),
    "long-number.json": (b'{"format": ' + b"1" * 5000 + b"}", ""),
    "nan.json": (b'{"format": NaN}', ""),
    "half-character.json": (b'{"format": "\\ud800"}', ""),
    "nul.json": (b"\x00" * 10, ""),
    "broken.pdf": (b"%PDF-1.7\nnothing follows", "broken.pdf: This is not a PDF file, or it is damaged"),
    "large.json": (b" " * (LARGEST_JSON * MEGABYTE + 1), "larger than 5 MB"),
}


def assert_one_line(ran, *words):
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("overvej: ")
    assert ran.err.count("\n") == 1, ran.err
    for word in words:
        assert word in ran.err


@pytest.mark.parametrize("command", ["score", "report"])
@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_gets_one_clear_line(overvej, tmp_path, command, name):
    content, words = UNUSABLE[name]
    (tmp_path / name).write_bytes(content)
    output = ["-o", tmp_path / "out.pdf"] if command == "report" else []
    assert_one_line(overvej(command, tmp_path / name, *output), name, words)
    assert not (tmp_path / "out.pdf").exists()


def test_a_missing_file_is_called_missing(overvej, tmp_path):
    assert_one_line(overvej("score", tmp_path / "none.json"), "none.json does not exist")
    assert_one_line(overvej("score", tmp_path / "no-folder" / "none.json"), "does not exist")
    assert_one_line(overvej("check", tmp_path / "none.json"), "none.json does not exist")


def test_a_folder_is_called_a_folder(overvej, tmp_path):
    assert_one_line(overvej("score", tmp_path), "is a folder")
    assert_one_line(overvej("check", tmp_path), "is a folder")
    assert_one_line(overvej("form", tmp_path, "-o", tmp_path / "f.pdf"), "is a folder")


@pytest.mark.parametrize("command", ["score", "report", "form", "check"])
def test_a_file_that_may_not_be_read_is_told_so(overvej, tmp_path, monkeypatch, command):
    path, opened = written(tmp_path, answers()), Path.open

    def refuse(asked, *arguments, **more):
        if asked == path:
            raise PermissionError(13, "Permission denied")
        return opened(asked, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)
    output = ["-o", tmp_path / "f.pdf"] if command in ("report", "form") else []
    assert_one_line(overvej(command, path, *output), "you do not have permission")


def test_a_questionnaire_is_no_set_of_answers(overvej):
    assert_one_line(
        overvej("score", ROOT / "questionnaires/new-partner.json"), "is a questionnaire, not a set of answers"
    )


def test_answers_that_do_not_fit_are_told_by_line_and_counted(overvej, tmp_path):
    data = answers()
    data["answers"] |= {"goal": 17, "need": "much"}
    path = written(tmp_path, data)
    line = path.read_text(encoding="utf-8").split('"goal"')[0].count("\n") + 1
    assert_one_line(overvej("score", path), f"answers.json:{line}:", "(and 1 more fault)")


def test_answers_to_another_text_of_the_same_version_are_refused(overvej, tmp_path):
    assert_one_line(overvej("score", written(tmp_path, answers() | {"digest": "0" * 64})), ":")


def test_an_unknown_questionnaire_for_a_form_is_told_with_those_there_are(overvej, tmp_path):
    ran = overvej("form", "cake", "-o", tmp_path / "f.pdf")
    assert_one_line(ran, "no questionnaire cake is installed", "installed: new-partner")


# Where it is written


def test_the_output_is_looked_at_before_the_work(overvej, tmp_path, monkeypatch):
    path = written(tmp_path, answers())
    assert_one_line(overvej("report", path, "-o", tmp_path), "is a folder")
    assert_one_line(overvej("report", path, "-o", tmp_path / "no" / "x.pdf"), "the folder", "does not exist")
    assert_one_line(overvej("report", path, "-o", path / "x.pdf"), "answers.json")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert_one_line(overvej("report", path, "-o", tmp_path / "x.pdf"), "cannot be written")


@pytest.mark.skipif(sys.platform == "win32", reason="devices are files on POSIX alone")
def test_a_device_is_not_replaced_by_a_file(overvej, tmp_path):
    assert_one_line(overvej("report", written(tmp_path, answers()), "-o", os.devnull), "not an ordinary file")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


# Quiet ends


def test_a_reader_that_leaves_early_is_no_fault(alone):
    code = (
        "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1);"
        "from app.cli import main; sys.exit(main(['schema']))"
    )
    ran = alone(code=code)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_said(alone):
    code = (
        "import os, sys; os.dup2(os.open('/dev/full', os.O_WRONLY), 1);"
        "from app.cli import main; sys.exit(main(['schema']))"
    )
    ran = alone(code=code)
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"overvej: ")
    assert ran.stderr.count(b"\n") == 1


def test_ctrl_c_is_quiet(overvej, monkeypatch):
    def interrupt(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(app.cli, "_run", interrupt)
    assert overvej("score", "x") == (130, "", "")


def test_a_fault_of_our_own_is_one_line_too(overvej, monkeypatch):
    def stumble(_arguments):
        raise KeyError("x")

    monkeypatch.setattr(app.cli, "_run", stumble)
    ran = overvej("score", "x")
    assert ran.code == 70
    assert ran.err.startswith(
        "overvej: a fault in Overvej itself, please report it: KeyError: 'x' (test_bad_input.py"
    )
    assert ran.err.count("\n") == 1


def test_a_name_cannot_forge_a_second_line_or_colour_the_terminal(overvej):
    ran = overvej("score", "no\nsuch\x1b[31m")
    assert_one_line(ran, "no such\N{REPLACEMENT CHARACTER}[31m does not exist")
    assert one_line("a\N{NO-BREAK SPACE}b") == "a\N{NO-BREAK SPACE}b"


def test_a_terminal_that_cannot_write_a_letter_shows_a_mark_in_its_place(alone, tmp_path):
    ran = alone("score", tmp_path / "»æ«.json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 2
    assert b"???.json does not exist" in ran.stderr or b"\\xe6" in ran.stderr


# Anything at all

WORDS = """
check score report form schema --json --kind decision meeting --language da en -o --short - --version
--no-attachment new-partner questionnaires/new-partner.json /dev/null .
"""
ARGUMENTS = st.one_of(
    st.sampled_from(WORDS.split()),
    st.text(st.characters(codec="utf-8"), max_size=8).filter(lambda text: not text.startswith("serve")),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments=st.lists(ARGUMENTS, max_size=6))
def test_no_arguments_bring_a_traceback(overvej, monkeypatch, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)
    for command in (report, form):
        monkeypatch.setattr(command, "print_to", lambda *_: None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    ran = overvej(*arguments)
    assert ran.code in (0, 1, 2)
    assert "Traceback" not in ran.err


STARTS = [b"", b"%PDF-1.7\n", b'{"format": "overvej-answers/1", ']
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answers_file_brings_a_traceback(overvej, tmp_path, data):
    """A good file with one thing in it replaced by anything."""
    whole = answers()
    where, last = data.draw(st.sampled_from(places(whole)))
    where[last] = data.draw(JSON)
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    ran = overvej("score", path, "--json")
    assert ran.code in (0, 2)
    if ran.code:
        assert_one_line(ran)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=60),
    start=st.sampled_from([b"", b"%PDF-1.7\n", b'{"format": "overvej-answers/1", ']),
)
def test_no_bytes_bring_a_traceback(overvej, tmp_path, content, start):
    path = tmp_path / "anything"
    path.write_bytes(start + content)
    assert_one_line(overvej("score", path))
    assert overvej("check", path).code in (1, 2)


def places(data: object) -> list[tuple[dict, str]]:
    """Every place in ``data``: the object, and the key in it."""
    if not isinstance(data, dict):
        return []
    return [(data, key) for key in data] + [place for value in data.values() for place in places(value)]
