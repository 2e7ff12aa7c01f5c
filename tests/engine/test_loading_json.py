"""A file that is no JSON, or JSON that cannot be trusted, is one fault with its line, never a traceback."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.faults import Fault
from app.engine.loading import LoadingFailed, load, load_file
from tests.definitions import minimal_definition, written

GOOD = written(minimal_definition())


def fault_of(text: str) -> Fault:
    with pytest.raises(LoadingFailed) as failed:
        load(text, "file.json")
    (fault,) = failed.value.faults
    return fault


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "json_empty", 1),
        (" \n\n", "json_empty", 1),
        ("[]", "json_not_an_object", 1),
        ('"text"', "json_not_an_object", 1),
        ("null", "json_not_an_object", 1),
        ('{\n "a": 1', "json_ends_early", 2),
        ('{\n "a":', "json_ends_early", 2),
        ("{\n", "json_ends_early", 2),
        ("{\n a: 1}", "json_no_key", 2),
        ('{"a" 1}', "json_no_colon", 1),
        ('{"a": 1\n "b": 2}', "json_no_comma", 2),
        ('{"a":\n True}', "json_no_value", 2),
        ('{"a": "text\n}', "json_control_character", 1),
        ('{\n"a": "text}', "json_open_string", 2),
        ('{"a": "one\ttwo"}', "json_control_character", 1),
        ('{"a": "C:\\data"}', "json_escape", 1),
        ('{"a": "\\u12"}', "json_escape", 1),
        ('{"a": 1}\n}', "json_extra", 2),
        ('{"a": 1,\n}', "json_trailing_comma", 1),
        ('{"a": [1,\n2,\n]}', "json_trailing_comma", 2),
        ("{'a': 1}", "json_single_quotes", 1),
        ("{\n“a”: 1}", "json_curly_quotes", 2),
        ('{\n// note\n"a": 1}', "json_comment", 2),
        ('{\n"a": /* note */ 1}', "json_comment", 2),
        ('{\n"a": NaN}', "json_number", 2),
        ('{"b": "NaN",\n"a": -Infinity}', "json_number", 2),
        ('{"a":\n1e999}', "json_number", 2),
        ('{"a":\n' + "9" * 5000 + "}", "json_number", 2),
        ('{"a": "fine",\n "b": "\\ud800"}', "json_half_character", 2),
        ('{"a":\n' + "[" * 200_000, "json_too_deep", 2),
        ('{"a":\n' + "[" * 5000 + "]" * 5000 + "}", "json_too_deep", 2),
        ('{"a":\n' + "[" * 300 + "]" * 300 + "}", "json_too_deep", 2),
    ],
)
def test_what_is_no_json_is_one_fault_on_its_line(text: str, code: str, line: int) -> None:
    fault = fault_of(text)
    assert (fault.code, fault.line) == (code, line)
    assert fault.line_for("da") != fault.line_for("en")


def test_a_byte_order_mark_is_let_pass(tmp_path: Path) -> None:
    assert load("\ufeff" + GOOD).source == GOOD
    file = tmp_path / "file.json"
    file.write_text(GOOD, encoding="utf-8-sig")
    assert load_file(file).questionnaire.digest == load(GOOD).questionnaire.digest


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_told_with_its_line(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "file.json"
    file.write_bytes('{"a": 1,\n "b": "æ"}'.encode(encoding))
    with pytest.raises(LoadingFailed) as failed:
        load_file(file)
    (fault,) = failed.value.faults
    assert fault.code == "not_utf8"
    assert fault.line == {"latin-1": 2, "utf-16": 1}[encoding]


def test_a_file_that_is_missing_or_a_folder_is_told_plainly(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(LoadingFailed) as failed:
            load_file(path)
        assert failed.value.lines("en")[0].startswith(f"{path}:1:1: The file cannot be read (")


def test_a_key_written_twice_is_refused_beside_everything_else() -> None:
    text = GOOD.replace('"minutes": 2,', '"minutes": 2,\n  "minutes": 3,\n  "hours": 1,', 1)
    first = GOOD.splitlines().index('  "minutes": 2,') + 1
    with pytest.raises(LoadingFailed) as failed:
        load(text)
    told = [(fault.code, fault.line) for fault in failed.value.faults]
    assert told == [("key_twice", first + 1), ("extra_forbidden", first + 2)]
    assert f"line {first}" in failed.value.faults[0].message("en")


def test_a_key_written_twice_with_the_same_value_is_refused_too() -> None:
    assert fault_of(GOOD.replace('"kind": "fact"', '"kind": "fact", "kind": "fact"', 1)).code == "key_twice"


def loads_or_is_refused(text: str) -> None:
    faults = faults_of(text)
    assert faults is None or faults
    for fault in faults or []:
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.line_for("da") != fault.line_for("en")


def faults_of(text: str) -> list[Fault] | None:
    """Return the faults that ``text`` is refused for, ``None`` where it is accepted."""
    try:
        load(text)
    except LoadingFailed as failed:
        return failed.faults
    return None


@given(st.text())
def test_no_text_brings_anything_but_a_refusal(text: str) -> None:
    loads_or_is_refused(text)


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(alphabet='{}[]:,"\\0eæ\n-\ud800', max_size=6))
def test_no_cut_or_typing_error_brings_anything_but_a_refusal(start: int, length: int, typed: str) -> None:
    loads_or_is_refused(GOOD[:start] + typed + GOOD[start + length :])


@given(st.randoms(use_true_random=False))
def test_parts_that_change_places_bring_nothing_but_a_refusal(chance: random.Random) -> None:
    """Any value is put where any other was, twice over: right JSON, wrong in every way."""
    data = minimal_definition()
    for _ in range(2):
        places = [*_places(data)]
        parent, key = chance.choice(places)
        other, other_key = chance.choice(places)
        parent[key] = json.loads(json.dumps(other[other_key]))
    loads_or_is_refused(json.dumps(data))


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield data, key
        if isinstance(value, dict | list):
            yield from _places(value)
