"""``questionnaires/schema.json`` is what editors check with, and is the format as the models have it."""

from __future__ import annotations

import json
from pathlib import Path

from app.engine.items import KINDS
from app.engine.schema import questionnaire_schema

FILE = Path(__file__).parents[2] / "questionnaires" / "schema.json"


def test_the_file_is_current() -> None:
    """Make it anew with ``python3 dev overvej schema > questionnaires/schema.json``."""
    assert json.loads(FILE.read_text(encoding="utf-8")) == questionnaire_schema()


def test_every_object_of_the_format_refuses_unknown_keys() -> None:
    schema = questionnaire_schema()
    objects = [schema, *(each for each in schema["$defs"].values() if "properties" in each)]
    assert len(objects) > len(KINDS)
    assert all(each["additionalProperties"] is False for each in objects)


def test_every_kind_of_item_is_offered_by_its_name() -> None:
    items = questionnaire_schema()["$defs"]["Section"]["properties"]["items"]["items"]
    assert set(items["discriminator"]["mapping"]) == set(KINDS)


def test_keys_are_called_what_the_file_calls_them() -> None:
    definitions = questionnaire_schema()["$defs"]
    assert {"is", "in", "all", "any", "not"} <= set(definitions["Condition"]["properties"])
    assert "options" in definitions["ChoiceItem"]["properties"]
