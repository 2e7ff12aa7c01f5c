"""Shared scales, put into the items that name them before the models are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.engine.faults import Finding
from app.engine.items import KINDS
from app.engine.json_positions import Path


def expand_scales(data: dict[str, Any]) -> list[Finding]:
    """Copy into every item that names a shared scale what it takes from it, in ``data`` itself.

    Returns what is wrong with the naming.
    """
    scales = data.get("scales", {})
    known = scales if isinstance(scales, dict) else {}
    return [
        replace(finding, where=(*path, *finding.where))
        for path, item in _written_items(data)
        for finding in KINDS[item["kind"]].complete(item, known)
    ]


def _written_items(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every question of a known kind, as the file has it."""
    for i, section in _elements(data.get("sections")):
        for j, item in _elements(section.get("items")):
            if isinstance(item.get("kind"), str) and item["kind"] in KINDS:
                yield ("sections", i, "items", j), item


def _elements(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    for place, element in enumerate(value if isinstance(value, list) else []):
        if isinstance(element, dict):
            yield place, element
