"""Shared scales, put into the items that name them before the models are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.engine.faults import Finding


def expand_scales(data: dict[str, Any]) -> list[Finding]:
    """Give every item that names a shared scale its ``points`` and ``scores``, in ``data`` itself.

    Returns what is wrong with the naming: no such scale, a scale beside own points, neither.
    """
    scales = data.get("scales", {})
    known = scales if isinstance(scales, dict) else {}
    return [finding for path, item in _scale_items(data) for finding in _expand(path, item, known)]


def _expand(path: tuple[str | int, ...], item: dict[str, Any], scales: dict[str, Any]) -> Iterator[Finding]:
    name = item.get("scale")
    if name is None:
        if "points" not in item:
            yield Finding(path, "scale_or_points", {"id": item.get("id", ""), "known": list(scales)})
        return
    if "points" in item or "scores" in item:
        yield Finding((*path, "scale"), "scale_and_points", {"id": item.get("id", ""), "scale": name})
    elif not isinstance(name, str):
        return  # the models say that it must be a name
    elif name not in scales:
        yield Finding((*path, "scale"), "no_such_scale", {"given": name, "known": list(scales)})
    elif isinstance(scales[name], dict):
        item.update({key: scales[name][key] for key in ("points", "scores") if key in scales[name]})


def _scale_items(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    for i, section in _elements(data.get("sections")):
        for j, item in _elements(section.get("items")):
            if item.get("kind") == "scale":
                yield ("sections", i, "items", j), item


def _elements(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    for place, element in enumerate(value if isinstance(value, list) else []):
        if isinstance(element, dict):
            yield place, element
