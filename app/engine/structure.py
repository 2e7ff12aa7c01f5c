"""Decoded JSON → the format's models: what has the wrong shape is told, the rest is still checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.engine.definition import FORMAT, Questionnaire
from app.engine.faults import Finding, written_path
from app.engine.items import KINDS
from app.engine.items.base import ID_PATTERN
from app.engine.json_positions import Path
from app.engine.json_text import canonical_json
from app.engine.texts import LANGUAGES, Text

PARTS = ("subject", "sections", "gates", "criteria", "outcomes", "boundaries", "caps", "advice", "short")
"""The lists at the top of a questionnaire; one faulty element is set aside while the others are checked."""

_REMOVED = object()


class TooDeep(ValueError):
    """Data with more lists and objects inside each other than pydantic reads."""


@dataclass(frozen=True, slots=True)
class Names:
    """The ids that a file gives to its parts, those of faulty parts included, in the order of the file."""

    items: list[str]
    fields: list[str]
    gates: list[str]
    criteria: list[str]
    outcomes: list[str]
    scales: list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """As much of a questionnaire as has the right shape. ``whole``: nothing had to be set aside.

    ``kept`` gives, for every list that lost elements, the places that its elements had in the file.
    """

    questionnaire: Questionnaire
    names: Names
    whole: bool
    kept: dict[Path, list[int]]

    def path_in_file(self, path: Path) -> Path:
        """Return the path in the file of something in ``questionnaire``."""
        found: list[str | int] = []
        for place, step in enumerate(path):
            places = self.kept.get(path[:place])
            found.append(places[step] if places is not None and isinstance(step, int) else step)
        return tuple(found)


def read_models(data: dict[str, Any]) -> tuple[Draft | None, list[Finding]]:
    """Return the questionnaire in ``data``, or what is left of it, and what has the wrong shape.

    The draft is ``None`` where too little has the right shape to be checked. Raises :class:`TooDeep`.
    """
    names = _names(data)
    try:
        return Draft(_validated(data), names, True, {}), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    if any(error["type"] == "json_invalid" for error in errors):
        raise TooDeep
    found = list(shape_findings(errors, data, Questionnaire))
    rest, kept, whole = _set_aside(data, found)
    try:
        draft = Draft(_validated(rest), names, whole, kept)
    except ValidationError:
        draft = None
    return draft, [finding for finding, _ in found]


def _validated(data: dict[str, Any]) -> Questionnaire:
    """Validate as JSON, strictly: no ``"15"`` for 15, no ``true`` for 1, keys only as the format has them."""
    return Questionnaire.model_validate_json(canonical_json(data), strict=True, by_alias=True, by_name=False)


def _names(data: dict[str, Any]) -> Names:
    sections = _objects(data.get("sections"))
    scales = data.get("scales")
    return Names(
        items=[name for section in sections for name in _ids(section.get("items"))],
        fields=_ids([field.get("item") for field in _objects(data.get("subject"))]),
        gates=_ids(data.get("gates")),
        criteria=_ids(data.get("criteria")),
        outcomes=_ids(data.get("outcomes")),
        scales=list(scales) if isinstance(scales, dict) else [],
    )


def _objects(value: object) -> list[dict[str, Any]]:
    return [x for x in value if isinstance(x, dict)] if isinstance(value, list) else []


def _ids(value: object) -> list[str]:
    return [x["id"] for x in _objects(value) if isinstance(x.get("id"), str)]


# pydantic's errors → findings


def shape_findings(
    errors: list[ErrorDetails], data: dict[str, Any], root: type[BaseModel]
) -> Iterator[tuple[Finding, str]]:
    """Yield a finding, and pydantic's name for it, for each fault in ``data``, which should be a ``root``.

    Where a union gives several errors for one value, one is told.
    """
    told: set[Path] = set()
    for error in errors:
        path = _path_of(error, data)
        is_other_form = error["loc"][-1:] == ("str",) and isinstance(error["input"], dict)
        if path in told or is_other_form or _is_borrowed(path, data):
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
        if _is_tag(step, value, path):
            continue
        if isinstance(value, dict) and (step in value or (is_last and error["type"] == "missing")):
            path.append(step)
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            path.append(step)
            value = value[step]
    return tuple(path)


def _is_tag(step: str | int, value: object, path: list[str | int]) -> bool:
    """Say whether a step names the kind of the item that ``path`` leads to, as pydantic writes it."""
    return _is_item(path) and isinstance(value, dict) and value.get("kind") == step and path[-1] != "kind"


def _is_item(path: list[str | int]) -> bool:
    in_section = len(path) == 4 and path[0] == "sections" and path[2] == "items"
    return in_section or (len(path) == 3 and path[0] == "subject" and path[2] == "item")


def _is_borrowed(path: Path, data: dict[str, Any]) -> bool:
    """Say whether a path is in points that an item has from a shared scale, whose own fault is told."""
    if len(path) < 5 or path[4] not in ("points", "scores") or not _is_item(list(path[:4])):
        return False
    item = data["sections"][path[1]]["items"][path[3]]
    scale = data.get("scales", {}).get(item.get("scale")) if "scale" in item else None
    return isinstance(scale, dict) and item.get(path[4]) is scale.get(path[4])


def _finding(error: ErrorDetails, path: Path, root: type[BaseModel]) -> Finding:
    code = error["type"]
    details: dict[str, object] = dict(error.get("ctx", {}))
    written = error["input"]
    if code == "value_error":
        return Finding(path, str(details["error"]))
    details["key"] = _name_of(path)
    details["example"] = _example_at(root, error["loc"])
    if code == "extra_forbidden":
        details.update(given=str(path[-1]), known=_keys_at(root, error["loc"][:-1]))
    elif code == "string_pattern_mismatch":
        code = "id_pattern" if details["pattern"] == ID_PATTERN else "version_pattern"
        details = {"written": written, "suggestion": _as_id(str(written))}
    elif code in ("union_tag_invalid", "union_tag_not_found"):
        details = {"given": str(details.get("tag", "")), "known": list(KINDS)}
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
    words = "".join(x if x.isascii() and x.isalnum() else " " for x in plain).split()
    joined = "-".join(words)
    return joined if joined[:1].isalpha() else f"x-{joined}".rstrip("-")


# What the format wants at a place


def _annotation_at(root: type[BaseModel], location: tuple[int | str, ...]) -> Any:
    """Return the type that the format wants at one of pydantic's locations."""
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


# Setting faulty parts aside


def _set_aside(
    data: dict[str, Any], found: list[tuple[Finding, str]]
) -> tuple[dict[str, Any], dict[Path, list[int]], bool]:
    """Return the data without its faulty parts, the former places of what is left, and whether it is whole.

    An unknown key is left out by itself. A fault anywhere else takes with it the part that it stands in (an
    item, a criterion, ...); a faulty line at the top is replaced by a stand-in.
    """
    rest = deepcopy(data)
    whole = True
    for finding, kind in found:
        path = finding.where
        if kind == "extra_forbidden":
            _remove(rest, path)
        elif path[0] in _STAND_INS:
            rest[str(path[0])] = _STAND_INS[str(path[0])]
        else:
            whole = False
            _remove(rest, path[: _part_length(path)])
    if any(finding.where[0] == "languages" for finding, _ in found):
        title = data.get("title")
        rest["languages"] = [x for x in LANGUAGES if isinstance(title, dict) and x in title] or ["da"]
    kept: dict[Path, list[int]] = {}
    return _compact(rest, (), kept), kept, whole


_STAND_INS: dict[str, Any] = {
    "format": FORMAT,
    "id": "x",
    "version": "0.0.0",
    "languages": [],
    "title": {},
    "purpose": {},
    "minutes": 1,
    "enough": 1,
}


def _part_length(path: Path) -> int:
    """Return how many steps of a path lead to the part that can be set aside."""
    if len(path) >= 4 and path[0] == "sections" and path[2] == "items":
        return 4
    return 2 if path[0] in (*PARTS, "scales") else 1


def _remove(data: Any, path: Path) -> None:
    for step in path[:-1]:
        data = data[step]
        if data is _REMOVED:
            return
    data[path[-1]] = _REMOVED


def _compact(value: Any, path: Path, kept: dict[Path, list[int]]) -> Any:
    """Return a copy without what was removed; ``kept`` learns the former places of what is left."""
    if isinstance(value, dict):
        return {k: _compact(x, (*path, k), kept) for k, x in value.items() if x is not _REMOVED}
    if not isinstance(value, list):
        return value
    places = [place for place, x in enumerate(value) if x is not _REMOVED]
    if len(places) < len(value):
        kept[path] = places
    return [_compact(value[old], (*path, new), kept) for new, old in enumerate(places)]
