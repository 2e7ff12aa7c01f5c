"""The JSON Schema of the questionnaire format, from its models: editors use it to complete and to check."""

from __future__ import annotations

from typing import Any

from app.engine.definition import Questionnaire


def questionnaire_schema() -> dict[str, Any]:
    """Return the format's JSON Schema (draft 2020-12)."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
