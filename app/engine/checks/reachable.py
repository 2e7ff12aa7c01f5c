"""Every outcome can be reached by somebody: with every question answered, the gates in order and no cap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from app.engine.definition import Criterion, Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.sorting import climb, is_vetoed, reaches

BEST = 100.0
MOST_SCORES = 5_000
"""From so many different scores on, one in each tenth of a score is kept; every one that is kept is exact."""


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse outcomes that no answers lead to."""
    questionnaire = draft.questionnaire
    scores = {c.id: possible_scores(questionnaire, c) for c in questionnaire.criteria}
    for place, outcome in enumerate(questionnaire.outcomes):
        if not can_be_reached(questionnaire, place, scores):
            yield Finding(("outcomes", place), "outcome_unreachable", {"id": outcome.id})


def can_be_reached(questionnaire: Questionnaire, outcome: int, scores: Mapping[str, Iterable[float]]) -> bool:
    """Say whether any full set of answers sorts into an outcome (its number, 0 for the worst).

    ``scores``: what each criterion can score. Exact, by a small search: whoever stops under a boundary fails
    it either by the veto of one criterion, all others being at their best, or by the criteria that miss its
    profile. Each of those is taken as high as it can be while it misses, since that helps most at the
    boundaries below. So two scores a criterion decide.
    """
    best = dict.fromkeys(scores, BEST)
    if outcome == len(questionnaire.boundaries):
        return climb(questionnaire, best) == outcome
    boundary = questionnaire.boundaries[outcome]
    missed, vetoed = {}, {}
    for criterion, possible in scores.items():
        missed[criterion] = [x for x in possible if not reaches(x, boundary.profiles[criterion])]
        vetoed[criterion] = [x for x in possible if is_vetoed(x, boundary.vetoes.get(criterion))]
    misses = [(criterion, max(low)) for criterion, low in missed.items() if low]
    vetoes = [((criterion, max(low)),) for criterion, low in vetoed.items() if low]
    # The more miss, the surer the boundary fails; that is tried first, and nearly always suffices.
    subsets = (subset for size in range(len(misses), -1, -1) for subset in combinations(misses, size))
    return any(climb(questionnaire, {**best, **dict(low)}) == outcome for low in chain(vetoes, subsets))


def possible_scores(questionnaire: Questionnaire, criterion: Criterion) -> set[float]:
    """Return every score, 0–100, that a criterion can have when all its items are answered."""
    items = [questionnaire.scored_items[part.item] for part in criterion.weighted_items]
    values = [item.possible_scores() for item in items]
    if criterion.aggregate.by == "min":
        return {value for each in values for value in each}
    if criterion.aggregate.by == "top_mean":
        return _top_means(values, criterion.aggregate.k or 1)
    total = sum(part.weight for part in criterion.weighted_items)
    sums = {0.0}
    for part, each in zip(criterion.weighted_items, values, strict=True):
        sums = _sums(sums, [part.weight / total * value for value in each])
    return sums


def _top_means(values: list[list[float]], k: int) -> set[float]:
    """Return every mean of the k strongest: any k items may be those, since every other may be worth 0."""
    by_count: list[set[float]] = [{0.0}, *(set[float]() for _ in range(k))]
    for each in values:
        for count in range(k, 0, -1):
            with_it = _sums(by_count[count - 1], [value / k for value in each])
            by_count[count] = _thinned(by_count[count] | with_it)
    return by_count[k]


def _sums(sums: set[float], values: list[float]) -> set[float]:
    return _thinned({round(total + value, 9) for total in sums for value in values})


def _thinned(sums: set[float]) -> set[float]:
    return sums if len(sums) <= MOST_SCORES else set({round(x, 1): x for x in sums}.values())
