"""Ids and references: every id is unique, and everything referred to exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.engine.definition import Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items import BaseItem
from app.engine.json_positions import Path
from app.engine.walking import fields, questions

Placed = tuple[Path, str]
"""An id, or the naming of one, and its path."""


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse ids that are given twice and references to what does not exist."""
    for namespace in _namespaces(draft.questionnaire):
        yield from _twice(namespace)
    yield from _dangling(draft)


def _namespaces(questionnaire: Questionnaire) -> Iterator[list[Placed]]:
    """Yield the ids that must differ from each other, one list for each namespace."""
    items = [*fields(questionnaire), *questions(questionnaire)]
    gates = [(("gates", i, "id"), gate.id) for i, gate in enumerate(questionnaire.gates)]
    yield [*(((*path, "id"), item.id) for path, item in items), *gates]
    for name in ("sections", "criteria", "outcomes", "caps", "advice"):
        yield [((name, i, "id"), part.id) for i, part in enumerate(getattr(questionnaire, name))]
    for path, item in items:
        yield from _inner_namespaces(path, item)


def _inner_namespaces(path: Path, item: BaseItem) -> Iterator[list[Placed]]:
    """Yield the ids of an item's own parts, such as its options."""
    for name, field in type(item).model_fields.items():
        parts = item.__dict__[name]
        if isinstance(parts, tuple) and parts and hasattr(parts[0], "id"):
            yield [((*path, field.alias or name, i, "id"), part.id) for i, part in enumerate(parts)]


def _twice(namespace: Iterable[Placed]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, name in namespace:
        if name in first:
            yield Finding(path, "id_twice", {"id": name}, other=first[name])
        first.setdefault(name, path)


def _dangling(draft: Draft) -> Iterator[Finding]:
    questionnaire, names = draft.questionnaire, draft.names
    yield from _unknown(_named_items(questionnaire), names.items, "no_such_item")
    yield from _unknown(_named_gates(questionnaire), names.gates, "no_such_gate")
    yield from _unknown(_named_criteria(questionnaire), names.criteria, "no_such_criterion")
    yield from _unknown(_named_outcomes(questionnaire), names.outcomes, "no_such_outcome")


def _unknown(named: Iterable[Placed], known: list[str], code: str) -> Iterator[Finding]:
    existing = set(known)
    for path, name in named:
        if name not in existing:
            yield Finding(path, code, {"given": name, "known": known})


def _named_items(questionnaire: Questionnaire) -> Iterator[Placed]:
    for i, criterion in enumerate(questionnaire.criteria):
        for j, part in enumerate(criterion.items):
            path: Path = ("criteria", i, "items", j)
            yield (path, part) if isinstance(part, str) else ((*path, "item"), part.item)
    for i, name in enumerate(questionnaire.short):
        yield ("short", i), name


def _named_gates(questionnaire: Questionnaire) -> Iterator[Placed]:
    for i, section in enumerate(questionnaire.sections):
        for j, name in enumerate(section.gates):
            yield ("sections", i, "gates", j), name


def _named_criteria(questionnaire: Questionnaire) -> Iterator[Placed]:
    for i, boundary in enumerate(questionnaire.boundaries):
        for key in ("profiles", "vetoes"):
            for name in getattr(boundary, key):
                yield ("boundaries", i, key, name), name
    for i, advice in enumerate(questionnaire.advice):
        if advice.criterion is not None:
            yield ("advice", i, "criterion"), advice.criterion


def _named_outcomes(questionnaire: Questionnaire) -> Iterator[Placed]:
    for i, boundary in enumerate(questionnaire.boundaries):
        for j, name in enumerate(boundary.between):
            yield ("boundaries", i, "between", j), name
    for i, gate in enumerate(questionnaire.gates):
        yield ("gates", i, "open_at_most"), gate.open_at_most
    for i, cap in enumerate(questionnaire.caps):
        yield ("caps", i, "at_most"), cap.at_most
    for i, advice in enumerate(questionnaire.advice):
        for j, name in enumerate(advice.outcomes):
            yield ("advice", i, "outcomes", j), name
