"""The lines that messages name are those on which things stand, for any JSON however it is laid out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.json_positions import Place, find_positions

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)
LAYOUTS = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 1, 4, "\t", "\r\n", "\n\n "]),
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (" ,\n", "\n:  ")]),
    }
)


def paths_in(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield path, data
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths_in(value, (*path, step))


@given(JSON, LAYOUTS)
def test_every_value_is_found_where_json_itself_reads_it(data: Any, layout: dict[str, Any]) -> None:
    text = json.dumps(data, **layout)
    positions = find_positions(text)
    expected = dict(paths_in(json.loads(text)))
    assert positions.values.keys() == expected.keys()
    for path, value in expected.items():
        read, _ = json.JSONDecoder().raw_decode(text, positions.values[path])
        assert json.dumps(read) == json.dumps(value)
        if path and isinstance(path[-1], str):
            key, _ = json.JSONDecoder().raw_decode(text, positions.keys[path])
            assert key == path[-1]


@given(JSON, LAYOUTS)
def test_lines_and_columns_lead_to_the_value(data: Any, layout: dict[str, Any]) -> None:
    text = json.dumps(data, **layout)
    positions = find_positions(text)
    lines = text.split("\n")
    for path in positions.values:
        line, column = positions.of(path)
        offset = positions.keys.get(path, positions.values[path])
        assert sum(len(each) + 1 for each in lines[: line - 1]) + column - 1 == offset


def test_a_key_stands_where_it_is_written_and_a_missing_one_where_its_object_begins() -> None:
    positions = find_positions('{\n "a": [\n  1,\n  {"b": 2}\n ]\n}')
    assert positions.of(("a",)) == Place(2, 2)
    assert positions.of(("a", 1)) == Place(4, 3)
    assert positions.of(("a", 1, "b")) == Place(4, 4)
    assert positions.of(("a", 1, "missing", "deeper")) == Place(4, 3)
    assert positions.of(("missing",)) == Place(1, 1)


def test_a_repeated_key_is_told_with_both_places_and_the_last_one_counts() -> None:
    text = '{"a": {"x": [1, 2]},\n "b": 0,\n "a": {"y": 3}}'
    positions = find_positions(text)
    (repetition,) = positions.repetitions
    assert (repetition.path, repetition.first, repetition.second) == (("a",), Place(1, 2), Place(3, 2))
    assert positions.values.keys() == dict(paths_in(json.loads(text))).keys()


def test_a_key_written_with_escapes_is_the_same_key() -> None:
    positions = find_positions('{"\\u00e6": 1, "æ": 2}')
    assert [repetition.path for repetition in positions.repetitions] == [("æ",)]


def lines_run(text: str) -> int:
    """How many lines of Python are run to find the positions of a text."""
    count = 0

    def trace(frame: Any, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_positions(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("others", ["[1, 2, 3]", '{"b": 1}'])
def test_twice_as_many_repeated_keys_take_twice_the_work(others: str) -> None:
    """With some thousands of them a server's thread was busy for half a minute."""
    once, twice = (
        "{" + ", ".join([f'"k{each}": {others}, "x": 1' for each in range(many)]) + "}" for many in (400, 800)
    )
    assert lines_run(twice) < 2.1 * lines_run(once)
