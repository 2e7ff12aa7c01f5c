"""pydantic's errors → findings: paths in the file, and what the format expects there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.engine.faults import Finding, written_path
from app.engine.items import KINDS
from app.engine.items.base import ID_PATTERN
from app.engine.json_positions import Path
from app.engine.texts import Text


def shape_findings(
    errors: list[ErrorDetails], data: dict[str, Any], root: type[BaseModel]
) -> Iterator[tuple[Finding, str]]:
    """Yield a finding, and pydantic's name for it, for each fault in ``data``, which should be a ``root``.

    Where a union gives several errors for one value, only one is reported.
    """
    told: set[Path] = set()
    for error in errors:
        path = _path_of(error, data)
        is_other_form = error["loc"][-1:] == ("constrained-str",) and isinstance(error["input"], dict)
        if path in told or is_other_form or _is_long_enough(error) or _is_borrowed(path, data):
            continue
        told.add(path)
        yield _finding(error, path, root), error["type"]


def _path_of(error: ErrorDetails, data: dict[str, Any]) -> Path:
    """Return the path in the file of an error's place, without the names of models that pydantic puts in."""
    path: list[str | int] = []
    value: Any = data
    location = list(error["loc"])
    for place, step in enumerate(location):
        is_last = place == len(location) - 1
        if _is_item(path) and location[place - 1] == path[-1] and value.get("kind") == step:
            continue  # the kind of the item, which pydantic puts between the item and its key
        if isinstance(value, dict) and (step in value or (is_last and error["type"] == "missing")):
            path.append(step)
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            path.append(step)
            value = value[step]
    return tuple(path)


def _is_long_enough(error: ErrorDetails) -> bool:
    """Say whether a list is long enough but for its faulty elements, which are reported already."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _is_item(path: list[str | int]) -> bool:
    in_section = len(path) == 4 and path[0] == "sections" and path[2] == "items"
    return in_section or (len(path) == 3 and path[0] == "subject" and path[2] == "item")


def _is_borrowed(path: Path, data: dict[str, Any]) -> bool:
    """Say whether a path is in points taken from a shared scale, whose own fault is reported instead."""
    scales = data.get("scales")
    if len(path) < 5 or not _is_item(list(path[:4])) or not isinstance(scales, dict):
        return False
    key = path[4]
    part = data["sections"][path[1]]["items"][path[3]].get(key)
    return any(isinstance(scale, dict) and key in scale and scale[key] is part for scale in scales.values())


def _finding(error: ErrorDetails, path: Path, root: type[BaseModel]) -> Finding:
    code = error["type"]
    details: dict[str, object] = dict(error.get("ctx", {}))
    written = error["input"]
    if code == "value_error":
        return Finding(path, str(details["error"]))
    details["key"] = _name_of(path)
    details["example"] = _example_at(root, error["loc"])
    if code == "missing" and isinstance(error["loc"][-1], int):
        code = "too_short"
        wanted = get_args(_annotation_at(root, error["loc"][:-1]))
        details.update(actual_length=len(written), min_length=len(wanted))
    elif code == "extra_forbidden":
        details.update(given=str(path[-1]), known=_keys_at(root, error["loc"][:-1]))
    elif code == "string_pattern_mismatch":
        code = "id_pattern" if details["pattern"] == ID_PATTERN else "version_pattern"
        details = {"written": written, "suggestion": _as_id(str(written))}
    elif code == "string_too_long":
        details["length"] = len(written)
    elif code in ("union_tag_invalid", "union_tag_not_found"):
        details = {"given": str(details.get("tag", "")), "known": list(KINDS), "first": next(iter(KINDS))}
        path = (*path, "kind") if code == "union_tag_invalid" else path
    elif code == "literal_error":
        details.update(given=str(written), known=list(get_args(_annotation_at(root, error["loc"]))))
    elif _is_condition_value(path):
        code = "condition_value"
    elif len(path) == 4 and path[0] == "criteria" and path[2] == "items":
        code = "criterion_item_shape"
    else:
        details["written"] = written if isinstance(written, str | int | float | bool | None) else ""
    return Finding(path, code, details)


def _name_of(path: Path) -> str:
    """Return the last key of a path, with the index after it: ``points[2]``."""
    start = max((place for place, step in enumerate(path) if isinstance(step, str)), default=0)
    return written_path(path[start:])


def _is_condition_value(path: Path) -> bool:
    return bool(path) and ("when" in path or "show_if" in path) and path[-1] in ("is", "at_least", "at_most")


def _as_id(written: str) -> str:
    """Return an id close to what was written: "Nye brugere" → "nye-brugere"."""
    plain = written.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = "".join(x if x.isalnum() else " " for x in letters).split()
    joined = "-".join(words)
    return joined if joined[:1].isalpha() else f"x-{joined}".rstrip("-")


# What the format expects at a place


def _annotation_at(root: type[BaseModel], location: tuple[int | str, ...]) -> Any:
    """Return the type that the format expects at one of pydantic's locations."""
    annotation: Any = root
    for step in location:
        annotation = _without_none(annotation)
        if get_origin(annotation) in (tuple, dict):
            annotation = get_args(annotation)[0 if get_origin(annotation) is tuple else 1]
            continue
        models = _models_in(annotation)
        named = [model for model in models if len(models) > 1 and step in (model.__name__, _kind_of(model))]
        fields = [
            field.annotation
            for model in models
            for name, field in model.model_fields.items()
            if step == (field.alias or name)
        ]
        annotation = (named or fields or [annotation])[0]
    return _without_none(annotation)


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    inner = [x for x in get_args(annotation) if x is not type(None)]
    return inner[0] if len(inner) == 1 else Union[tuple(inner)]  # noqa: UP007


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, Annotated):
        return [model for inner in get_args(annotation) for model in _models_in(inner)]
    return []


def _kind_of(model: type[BaseModel]) -> str | None:
    return next((kind for kind, item in KINDS.items() if item is model), None)


def _keys_at(root: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    models = _models_in(_annotation_at(root, location))
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _example_at(root: type[BaseModel], location: tuple[int | str, ...]) -> str:
    """Return how a value at a location is written: ``{"da": "…", "en": "…"}`` for a text."""
    annotation = _annotation_at(root, location)
    if annotation == Text:
        return '{"da": "…", "en": "…"}'
    if get_origin(annotation) is Literal:
        return json.dumps(get_args(annotation)[0])
    if get_origin(annotation) is tuple:
        return "[…]"
    plain = {str: '"…"', int: "1", float: "0.5", bool: "true"}
    return plain.get(annotation, "{…}")
