"""A small questionnaire, made by hand, with one of everything; and ways to spoil it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from tests.strategies import boundary, cap, choice, criterion, definition, exchange, fact, gate, scale, text

GONE = object()
"""In :func:`changed`: leave this key or element out."""


def minimal_definition() -> dict[str, Any]:
    """Return a valid definition of two criteria and three outcomes, as JSON data, that earns no warning."""
    ask = text("ask")
    items = [
        {"id": "need", "kind": "scale", "text": text("need"), "scale": "much", "ask": ask},
        scale("owner", 3, ask=ask, may_be_na=True),
        {**choice("prior", [0, 40, 100]), "ask": ask},
        exchange("both", ask=ask),
        fact("once"),
        {"id": "why", "kind": "text", "text": text("why"), "show_if": {"item": "once", "is": "yes"}},
        {"id": "people", "kind": "number", "text": text("people"), "maximum": 1000},
        {"id": "day", "kind": "date", "text": text("day")},
    ]
    data = definition(
        items,
        [
            criterion("goals", ["need", {"item": "owner", "weight": 2}], weight=3),
            criterion("give", ["prior", "both"], weight=2, by="top_mean", k=1),
        ],
        [
            boundary(("none", "date"), {"goals": 40, "give": 25}, 0.5, {"goals": 10}),
            boundary(("date", "engagement"), {"goals": 60, "give": 50}, 0.75, {"goals": 20}),
        ],
        gates=[gate("law", "date")],
        caps=[cap("new", "date", {"any": [{"item": "prior", "is": "o0"}, {"item": "once", "is": "yes"}]})],
        advice=[
            {
                "id": "ask-more",
                "kind": "condition",
                "criterion": "goals",
                "below": 50,
                "when": {"not": {"item": "need", "at_least": 3}},
                "outcomes": ["date"],
                "text": text("more"),
            }
        ],
        scales={"much": {"points": [text(str(point)) for point in range(5)], "scores": [0, 10, 50, 90, 100]}},
        short=["need", "prior"],
        minutes=2,
    )
    copy: dict[str, Any] = json.loads(
        json.dumps(data)
    )  # no text is shared: changing one leaves the others alone
    return copy


def changed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the small definition with other values (or none: ``GONE``) at the given paths."""
    data = minimal_definition()
    for path, value in changes.items():
        *way, last = _steps(path)
        parent = data
        for step in way:
            parent = parent[step]
        if value is GONE:
            del parent[last]
        elif isinstance(parent, list) and last == len(parent):
            parent.append(deepcopy(value))
        else:
            parent[last] = deepcopy(value)
    return data


def written(data: Any) -> str:
    """Return data as a file would have it: one key or element a line."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def line_of(data: Any, path: str) -> int:
    """Return the line of :func:`written` that a path stands on, found without the product's help."""
    *way, last = _steps(path)
    copy = deepcopy(data)
    parent = copy
    for step in way:
        parent = parent[step]
    parent[last] = "HERE IT IS"
    return next(n for n, line in enumerate(written(copy).splitlines(), start=1) if "HERE IT IS" in line)


def _steps(path: str) -> list[Any]:
    return [int(step) if step.isdigit() else step for step in path.split(".")]
