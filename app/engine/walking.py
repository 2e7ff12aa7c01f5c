"""Ways through a questionnaire that several checks share, each with the path in the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from app.engine.conditions import Condition
from app.engine.definition import Questionnaire, Scale
from app.engine.items import BaseItem
from app.engine.json_positions import Path
from app.engine.texts import Text


class PlacedItem(NamedTuple):
    """A question or a subject field's item, and its path."""

    path: Path
    item: BaseItem


class PlacedLeaf(NamedTuple):
    """A single test inside a condition, its path, and whether an odd number of ``not`` surrounds it."""

    path: Path
    test: Condition
    negated: bool


def fields(questionnaire: Questionnaire) -> Iterator[PlacedItem]:
    """Yield every subject field's item."""
    for i, field in enumerate(questionnaire.subject):
        yield PlacedItem(("subject", i, "item"), field.item)


def questions(questionnaire: Questionnaire) -> Iterator[PlacedItem]:
    """Yield every question of every section."""
    for i, section in enumerate(questionnaire.sections):
        for j, item in enumerate(section.items):
            yield PlacedItem(("sections", i, "items", j), item)


def leaves(condition: Condition, path: Path, negated: bool = False) -> Iterator[PlacedLeaf]:
    """Yield every single test in a condition at ``path``."""
    if condition.item is not None:
        yield PlacedLeaf(path, condition, negated)
    elif condition.not_ is not None:
        yield from leaves(condition.not_, (*path, "not"), not negated)
    else:
        word = "all" if condition.all_ is not None else "any"
        for place, part in enumerate(condition.parts):
            yield from leaves(part, (*path, word, place), negated)


def all_texts(model: BaseModel, path: Path = (), *, with_shared: bool = False) -> Iterator[tuple[Path, Text]]:
    """Yield every text in a part of a questionnaire.

    Points from a shared scale are in the file's ``scales``; an item yields them only ``with_shared``.
    """
    is_shared = isinstance(model, BaseItem) and model.shared_scale is not None and not with_shared
    for name, key, is_text in _fields_with_texts(type(model)):
        value = model.__dict__[name]
        if value is None or (is_shared and key in Scale.model_fields):
            continue
        if is_text:
            yield from _texts_in(value, (*path, key))
        else:
            yield from _texts_of_models(value, (*path, key))


def _texts_in(value: Any, path: Path) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, dict):
        yield path, value
    else:
        for place, text in enumerate(value):
            yield (*path, place), text


def _texts_of_models(value: Any, path: Path) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, BaseModel):
        yield from all_texts(value, path)
    else:
        for step, model in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(model, BaseModel):
                yield from all_texts(model, (*path, step))


@cache
def _fields_with_texts(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return name, key in the file and "is a text" for each field of a model that can hold texts."""
    telling = []
    for name, field in model.model_fields.items():
        types = list(_types_in(field.annotation))
        if Text in types:
            telling.append((name, field.alias or name, True))
        elif any(isinstance(x, type) and issubclass(x, BaseModel) and x is not Condition for x in types):
            telling.append((name, field.alias or name, False))
    return tuple(telling)


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    if annotation != Text:
        for inner in get_args(annotation):
            yield from _types_in(inner)
