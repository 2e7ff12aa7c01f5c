"""Answers → criterion scores: what is known (point), at worst (low) and at best (high)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.answers import Answer, Answers
from app.engine.definition import Criterion, Questionnaire
from app.engine.items import ScoredItem
from app.engine.result import CriterionScore


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's part in its criterion. ``value``: 0–100, ``None`` while unknown."""

    item: str
    weight: float
    value: float | None


def item_value(item: ScoredItem, answer: Answer | None) -> float | None:
    """Return what one answer is worth, 0–100; ``None`` where it is not known (na included)."""
    if answer is None or answer.value is None:
        return None
    return item.score(answer.value)


def item_scores(questionnaire: Questionnaire, criterion: Criterion, answers: Answers) -> list[ItemScore]:
    """Return the parts of a criterion that apply; what was answered "not applicable" is left out."""
    parts = []
    for part in criterion.weighted_items:
        answer = answers.items.get(part.item)
        if answer is None or answer.state != "na":
            value = item_value(questionnaire.scored_items[part.item], answer)
            parts.append(ItemScore(part.item, part.weight, value))
    return parts


def criterion_score(criterion: Criterion, parts: Sequence[ItemScore]) -> CriterionScore:
    """Return a criterion's three scores, 0–100."""
    known = _known(parts)
    if len(known) == len(parts):
        score = aggregated(criterion, known)
        return CriterionScore(score, score, score)
    unknown = [part.weight for part in parts if part.value is None]
    return CriterionScore(
        point=aggregated(criterion, known) if known else None,
        low=aggregated(criterion, [*known, *((weight, 0.0) for weight in unknown)]),
        high=aggregated(criterion, [*known, *((weight, 100.0) for weight in unknown)]),
    )


def point_score(criterion: Criterion, parts: Sequence[ItemScore]) -> float | None:
    """Return a criterion's score over what is known, 0–100; ``None`` while nothing is."""
    known = _known(parts)
    return aggregated(criterion, known) if known else None


def _known(parts: Sequence[ItemScore]) -> list[tuple[float, float]]:
    return [(part.weight, part.value) for part in parts if part.value is not None]


def aggregated(criterion: Criterion, values: Sequence[tuple[float, float]]) -> float:
    """Return one score from (weight, value) pairs, at least one, by the criterion's aggregate."""
    by = criterion.aggregate.by
    if by == "min":
        return min(value for _, value in values)
    if by == "top_mean":
        strongest = sorted((value for _, value in values), reverse=True)[: criterion.aggregate.k]
        return sum(strongest) / len(strongest)
    return sum(weight * value for weight, value in values) / sum(weight for weight, _ in values)


def counted_of(criterion: Criterion, count: int) -> int:
    """Return how many of ``count`` known items go into a mean: under ``top_mean`` only the strongest."""
    return min(criterion.aggregate.k or 1, count) if criterion.aggregate.by == "top_mean" else count


def shares_of(criterion: Criterion, weights: Sequence[float]) -> list[float]:
    """Return each item's share of the score, 0–1, where it counts; under ``min`` any one may be all of it."""
    if criterion.aggregate.by == "min":
        return [1.0] * len(weights)
    if criterion.aggregate.by == "top_mean":
        return [1 / counted_of(criterion, len(weights))] * len(weights)
    total = sum(weights)
    return [weight / total for weight in weights]


def criterion_scores(
    questionnaire: Questionnaire, parts: Mapping[str, Sequence[ItemScore]]
) -> dict[str, CriterionScore]:
    """Return every criterion's scores from its parts, by id."""
    return {c.id: criterion_score(c, parts[c.id]) for c in questionnaire.criteria}
