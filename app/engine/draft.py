"""As much of a questionnaire as has the right shape, so that all faults of a file are reported at once."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.engine.definition import FORMAT, Questionnaire
from app.engine.faults import MOST_FAULTS, Finding
from app.engine.json_positions import Path
from app.engine.json_text import canonical_json
from app.engine.shapes import shape_findings
from app.engine.texts import LANGUAGES, Text
from app.engine.walking import all_texts

PARTS = ("subject", "sections", "gates", "criteria", "outcomes", "boundaries", "caps", "advice", "short")
"""The lists at the top of a questionnaire; one faulty element is set aside while the others are checked."""

_REMOVED = object()


class TooDeep(ValueError):
    """Data nested more deeply than pydantic reads."""


@dataclass(frozen=True, slots=True)
class Names:
    """The ids that a file gives to its parts, including those of faulty parts, in the order of the file."""

    items: list[str]
    fields: list[str]
    gates: list[str]
    criteria: list[str]
    outcomes: list[str]
    scales: list[str]


@dataclass(frozen=True)
class Draft:
    """As much of a questionnaire as has the right shape. ``whole``: nothing had to be set aside.

    ``kept`` gives, for every list that lost elements, the places that its elements had in the file.
    """

    questionnaire: Questionnaire
    names: Names
    whole: bool
    kept: dict[Path, list[int]]

    @cached_property
    def texts(self) -> list[tuple[Path, Text]]:
        """Every text with its path; collected once for all checks."""
        return list(all_texts(self.questionnaire))

    def path_in_file(self, path: Path) -> Path:
        """Return the path in the file of something in ``questionnaire``."""
        found: list[str | int] = []
        for place, step in enumerate(path):
            places = self.kept.get(path[:place])
            found.append(places[step] if places is not None and isinstance(step, int) else step)
        return tuple(found)


def read_models(data: dict[str, Any], unusable: list[Path]) -> tuple[Draft | None, list[Finding]]:
    """Return the questionnaire in ``data``, or what is left of it, and what has the wrong shape.

    ``unusable``: items to set aside though their shape is right. The draft is ``None`` where too little has
    the right shape to be checked. Raises :class:`TooDeep`.
    """
    names = _names(data)
    found: list[tuple[Finding, str]] = []
    try:
        questionnaire = _validated(data)
        if not unusable:
            return Draft(questionnaire, names, True, {}), []
    except ValidationError as error:
        found = list(islice(shape_findings(_errors(error), data, Questionnaire), MOST_FAULTS))
        if len(found) == MOST_FAULTS:
            return None, [finding for finding, _ in found]
    extra = [finding.where for finding, kind in found if kind == "extra_forbidden"]
    misshapen = [finding.where for finding, kind in found if kind != "extra_forbidden"]
    rest, kept, whole = _set_aside(data, extra, [*unusable, *misshapen])
    try:
        draft = Draft(_validated(rest), names, whole, kept)
    except ValidationError:
        draft = None
    return draft, [finding for finding, _ in found]


def _errors(error: ValidationError) -> list[ErrorDetails]:
    errors = error.errors(include_url=False)
    if any(each["type"] == "json_invalid" for each in errors):
        raise TooDeep
    return errors


def _validated(data: dict[str, Any]) -> Questionnaire:
    """Validate as JSON, strictly: no ``"15"`` for 15, no ``true`` for 1, keys exactly as in the format."""
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


_TEXTS = ("title", "purpose")
_STAND_INS: dict[str, Any] = {
    "format": FORMAT,
    "id": "x",
    "version": "0.0.0",
    "languages": [],
    "minutes": 1,
    "enough": 1,
}


def _set_aside(
    data: dict[str, Any], extra: list[Path], faulty: list[Path]
) -> tuple[dict[str, Any], dict[Path, list[int]], bool]:
    """Return the data without its faulty parts, the former places of what is left, and whether it is whole.

    An unknown key (``extra``) is left out by itself. A fault anywhere else removes the part that
    contains it (an item, a criterion, ...); a faulty value at the top is replaced by a stand-in.
    """
    rest = deepcopy(data)
    whole = True
    for path in extra:
        _remove(rest, path)
    for path in faulty:
        if path[0] in _STAND_INS:
            rest[str(path[0])] = _STAND_INS[str(path[0])]
        elif path[0] not in _TEXTS:
            whole = False
            _remove(rest, path[: _part_length(path)])
    if any(path[0] == "languages" for path in faulty):
        title = data.get("title")
        rest["languages"] = [x for x in LANGUAGES if isinstance(title, dict) and x in title] or ["da"]
    for key in {path[0] for path in faulty} & set(_TEXTS):
        rest[str(key)] = dict.fromkeys(rest["languages"], "x")
    kept: dict[Path, list[int]] = {}
    return _compact(rest, (), kept), kept, whole


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
