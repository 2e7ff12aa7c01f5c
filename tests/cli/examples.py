"""Answers files for the tests: the shipped worked cases, and broken ones."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import CASES


def answers(case: str = "stated/ekko-af-byen-after") -> dict[str, Any]:
    """The answers of a worked case."""
    whole = json.loads((CASES / f"{case}.json").read_text(encoding="utf-8"))
    return whole["file"]


def written(folder: Path, data: object, name: str = "answers.json") -> Path:
    """``data`` as a JSON file in ``folder``."""
    path = folder / name
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
