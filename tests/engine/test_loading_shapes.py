"""Whatever is put in place of a value, or taken away, there are plain words for what to write instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.engine.loading import Fault, LoadingFailed, load
from app.engine.messages import MESSAGES
from tests.definitions import minimal_definition, written

WRONG_VALUES = [None, True, 7, "x", [], {"x": 1}, 10**400]


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place but the English half of a text, which is checked as the Danish half is."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key == "en":
            continue
        yield data, key
        if isinstance(value, dict | list):
            yield from places(value)


def faults_of(data: Any) -> list[Fault]:
    try:
        load(json.dumps(data))
    except LoadingFailed as failed:
        return failed.faults
    return []


@pytest.mark.parametrize("wrong", WRONG_VALUES, ids=lambda value: json.dumps(value)[:10])
def test_every_wrong_value_anywhere_has_a_message_of_its_own(wrong: Any) -> None:
    data = minimal_definition()
    refusals = 0
    for parent, key in places(data):
        right = parent[key]
        parent[key] = wrong
        faults = faults_of(data)
        parent[key] = right
        refusals += bool(faults)
        assert {fault.code for fault in faults} <= MESSAGES.keys() - {"wrong_shape"}
        for fault in faults:
            assert fault.message("da") != fault.message("en")
    assert refusals > 100


def test_every_missing_key_and_element_has_a_message_of_its_own() -> None:
    data = minimal_definition()
    for parent, key in list(places(data)):
        kept = dict(parent) if isinstance(parent, dict) else list(parent)
        del parent[key]
        assert {fault.code for fault in faults_of(data)} <= MESSAGES.keys() - {"wrong_shape"}
        parent.clear()
        (parent.update if isinstance(parent, dict) else parent.extend)(kept)
    assert written(data) == written(minimal_definition())


def test_what_is_left_of_a_file_is_checked_with_its_own_lines() -> None:
    """Items are set aside before and between faulty ones; each line is still that of the file."""
    data = minimal_definition()
    items = data["sections"][0]["items"]
    del items[0]["text"], items[4]["text"]
    for place in (1, 3, 5, 7):
        items[place]["text"]["da"] = f"<b>{place}</b>"
    text = written(data)
    with pytest.raises(LoadingFailed) as failed:
        load(text)
    lines = text.splitlines()
    html = [fault for fault in failed.value.faults if fault.code == "text_html"]
    assert [lines[fault.line - 1].strip() for fault in html] == [
        f'"da": "<b>{place}</b>",' for place in (1, 3, 5, 7)
    ]
