"""Every outcome can be reached by somebody: with every question answered, the gates in order and no cap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from app.engine.definition import Criterion, Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.scoring import counted_of
from app.engine.sorting import climb, is_vetoed, reaches

BEST = 100.0
CROWD = 1_000
MOST_SCORES = 2 * CROWD
"""From this many different scores on, one in each thousandth of their span is kept; each is exact."""
MOST_SUMS = 4 * CROWD
"""Where more sums than this would be made, a further item has only its worst and its best answer."""
CHOICES = 200
"""How many times an item is tried among the strongest; beyond that, only those with the most answers are."""


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse outcomes that no answers lead to."""
    questionnaire = draft.questionnaire
    scores = {c.id: possible_scores(questionnaire, c) for c in questionnaire.criteria}
    for place, outcome in enumerate(questionnaire.outcomes):
        if not can_be_reached(questionnaire, place, scores):
            yield Finding(("outcomes", place), "outcome_unreachable", {"id": outcome.id})


def can_be_reached(questionnaire: Questionnaire, outcome: int, scores: Mapping[str, Iterable[float]]) -> bool:
    """Say whether any full set of answers sorts into an outcome (its number, 0 for the worst).

    ``scores``: what each criterion can score. Exact, by a small search: scores that stop under a boundary
    fail it either by the veto of one criterion, all others being at their best, or by the criteria that miss
    its profile. Each of those is taken as high as it can be while it misses, since that helps most at the
    boundaries below. So two scores for each criterion decide.
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
    # The more criteria miss, the more surely the boundary fails: tried first, and nearly always enough.
    subsets = (subset for size in range(len(misses), -1, -1) for subset in combinations(misses, size))
    return any(climb(questionnaire, {**best, **dict(low)}) == outcome for low in chain(vetoes, subsets))


def possible_scores(questionnaire: Questionnaire, criterion: Criterion) -> set[float]:
    """Return scores, 0–100, that a criterion can have when all its items are answered.

    All of them, unless there are very many; then a selection without wide gaps.
    """
    parts = criterion.weighted_items
    values = [questionnaire.scored_items[part.item].possible_scores() for part in parts]
    if criterion.aggregate.by == "min":
        return {value for each in values for value in each}
    if criterion.aggregate.by == "top_mean":
        return _top_means(values, counted_of(criterion, len(parts)))
    worth = [[part.weight * value for value in each] for part, each in zip(parts, values, strict=True)]
    return _means(worth, sum(part.weight for part in parts))


def _means(worth: Sequence[Sequence[float]], divisor: float) -> set[float]:
    """Return the sums of one of each, divided."""
    sums = {0.0}
    for each in worth:
        sums = _sums(sums, each)
    return {total / divisor for total in sums}


def _top_means(values: list[list[float]], k: int) -> set[float]:
    """Return the means of the k strongest: any k items may be those, since every other may be worth 0."""
    different: list[list[float]] = []
    for each in sorted(values, key=len, reverse=True):
        if different.count(each) < k:
            different.append(each)
    if k * len(different) > CHOICES:
        return _means(different[:k], k)
    by_count: list[set[float]] = [{0.0}, *(set[float]() for _ in range(k))]
    for each in different:
        for count in range(k, 0, -1):
            by_count[count] |= _sums(by_count[count - 1], each)
    return {total / k for total in by_count[k]}


def _sums(sums: set[float], values: Sequence[float]) -> set[float]:
    """Return every sum of one of each, or, where there are very many, a selection without wide gaps."""
    if len(sums) * len(values) > MOST_SUMS:
        values = (values[0], values[-1])
    found = {round(total + value, 9) for total in sums for value in values}
    if len(found) <= MOST_SCORES:
        return found
    step = (max(found) - min(found)) / CROWD
    return set({round(total / step): total for total in found}.values())
