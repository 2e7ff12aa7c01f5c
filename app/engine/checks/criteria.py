"""Criteria: each item belongs to one, every item has values, and the aggregate fits."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.definition import Criterion, WeightedItem
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items import KINDS, ScoredItem
from app.engine.json_positions import Path


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse criteria that cannot be scored, or whose score is ambiguous."""
    first: dict[str, tuple[Path, str]] = {}
    for i, criterion in enumerate(draft.questionnaire.criteria):
        path: Path = ("criteria", i)
        for j, part in enumerate(criterion.weighted_items):
            yield from _wrong_item(draft, part, (*path, "items", j))
            if part.item in first:
                other, owner = first[part.item]
                yield Finding(
                    (*path, "items", j), "item_in_two_criteria", {"id": part.item, "owner": owner}, other
                )
            first.setdefault(part.item, ((*path, "items", j), criterion.id))
        yield from _wrong_aggregate(criterion, path)
        yield from _never_sure(draft, criterion, path)


def _wrong_item(draft: Draft, part: WeightedItem, path: Path) -> Iterator[Finding]:
    item = draft.questionnaire.items.get(part.item)
    if item is None or item.has_values:
        return
    if not item.scored:
        known = [name for name, kind in KINDS.items() if kind.scored]
        yield Finding(path, "item_without_values", {"id": item.id, "kind": item.kind, "known": known})
    elif not item.gives_scores:
        yield Finding(path, "item_without_scores", {"id": item.id})


def _wrong_aggregate(criterion: Criterion, path: Path) -> Iterator[Finding]:
    by, k, count = criterion.aggregate.by, criterion.aggregate.k, len(criterion.items)
    if by == "top_mean" and k is None:
        yield Finding((*path, "aggregate"), "k_missing", {"id": criterion.id})
    elif by == "top_mean" and k is not None and k > count:
        yield Finding((*path, "aggregate", "k"), "k_too_great", {"k": k, "count": count})
    elif by != "top_mean" and k is not None:
        yield Finding((*path, "aggregate", "k"), "k_not_used", {"by": by})
    for j, part in enumerate(criterion.items):
        if by != "mean" and isinstance(part, WeightedItem) and "weight" in part.model_fields_set:
            yield Finding((*path, "items", j, "weight"), "weight_not_used", {"by": by})


def _never_sure(draft: Draft, criterion: Criterion, path: Path) -> Iterator[Finding]:
    items = [draft.questionnaire.items.get(part.item) for part in criterion.weighted_items]
    if all(isinstance(item, ScoredItem) and item.may_be_na for item in items):
        yield Finding((*path, "items"), "criterion_all_na", {"id": criterion.id})


def advise(draft: Draft) -> Iterator[Finding]:
    """Point at criteria that the short variant says nothing about."""
    short = draft.questionnaire.short
    for i, criterion in enumerate(draft.questionnaire.criteria):
        if short and not any(part.item in short for part in criterion.weighted_items):
            items = [part.item for part in criterion.weighted_items]
            yield Finding(("criteria", i), "short_without_criterion", {"id": criterion.id, "items": items})
