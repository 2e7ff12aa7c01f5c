"""How far the outcome depends on the weights: a grid of weightings, and the smallest change that flips it.

The idea is that of SMAA-TRI (Tervonen et al. 2007), on a grid instead of random numbers: a statement about
the weights, never a probability.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.engine.judging import Judgement
from app.engine.result import Flip, Robustness
from app.engine.sorting import climbed, is_enough, is_passed, limited_point

FACTORS = (0.5, 1.0, 1.5)
SHIFTS = (-0.05, 0.0, 0.05)
LOWEST_MAJORITY, HIGHEST_MAJORITY = 0.5, 1.0
DECIMALS = 2
"""The decimals with which a weight that flips the outcome is given."""
LARGEST_GROUP = 5
"""The most criteria that are weighed as one: they have 3⁵ weightings, still few."""


def robustness_of(judgement: Judgement) -> Robustness | None:
    """Try every weighting; ``None`` for a breach or too little known, where no weights decide."""
    if judgement.limits.breached or not judgement.enough_known:
        return None
    counts = outcomes_in_weightings(judgement)
    return Robustness(
        same=counts[judgement.point],
        tested=counts.total(),
        outcomes={id_: counts[place] for place, id_ in enumerate(judgement.questionnaire.outcome_ids)},
        flip=smallest_flip(judgement),
    )


def outcomes_in_weightings(judgement: Judgement) -> Counter[int]:
    """Return in how many of the 3ⁿ·3 weightings of n criteria each outcome comes about.

    Each weight is taken × ½, 1 and 1½; all majorities − 0.05, as they are and + 0.05, kept within ½ and 1.
    """
    questionnaire = judgement.questionnaire
    # What a veto, a gate or a cap closes stays closed whatever the weights.
    unvetoed = climbed(not test.vetoes for test in judgement.tests)
    boundaries = questionnaire.boundaries[: limited_point(questionnaire, unvetoed, judgement.limits)]
    *groups, largest = sorted(_groups(judgement, len(boundaries)), key=lambda group: len(group.weights))
    counts: Counter[int] = Counter()
    for chosen in product(*(zip(group.weights, group.ways, strict=True) for group in groups)):
        ways = math.prod(count for _, count in chosen)
        total = sum(weight for weight, _ in chosen)
        carried = [
            sum(weight for group, (weight, _) in zip(groups, chosen, strict=True) if group.reached[place])
            for place in range(len(boundaries))
        ]
        for shift in SHIFTS:
            majorities = [_shifted(each.majority, shift) for each in boundaries]
            for outcome, count in _outcomes_with(largest, carried, total, majorities):
                counts[outcome] += ways * count
    return counts


def _shifted(majority: float, shift: float) -> float:
    return min(max(majority + shift, LOWEST_MAJORITY), HIGHEST_MAJORITY)


@dataclass(frozen=True, slots=True)
class _Group:
    """Criteria that reach the same profiles, so that only the weight of all of them together matters.

    ``reached``: at which boundaries, lowest first. ``weights``: what they can weigh together, ascending, and
    ``ways``: in how many of their weightings they do.
    """

    reached: tuple[bool, ...]
    weights: Sequence[float]
    ways: Sequence[int]


def _groups(judgement: Judgement, boundaries: int) -> Iterator[_Group]:
    """Yield the criteria by what they reach at so many boundaries."""
    members: dict[tuple[bool, ...], list[float]] = {}
    for criterion in judgement.questionnaire.criteria:
        reached = tuple(criterion.id in test.reached for test in judgement.tests[:boundaries])
        members.setdefault(reached, []).append(criterion.weight)
    for reached, weights in members.items():
        for start in range(0, len(weights), LARGEST_GROUP):
            yield _group_of(reached, weights[start : start + LARGEST_GROUP])


def _group_of(reached: tuple[bool, ...], members: Sequence[float]) -> _Group:
    ways = Counter({0.0: 1})
    for weight in members:
        further: Counter[float] = Counter()
        for (total, count), factor in product(ways.items(), FACTORS):
            further[total + weight * factor] += count
        ways = further
    weights = sorted(ways)
    return _Group(reached, weights, [ways[weight] for weight in weights])


def _outcomes_with(
    group: _Group, carried: Sequence[float], total: float, majorities: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Yield each outcome, and in how many weightings of one group it comes about.

    The other groups weigh ``total``, and of that ``carried`` is at each boundary's profile. The heavier the
    group, the greater the support where it reaches the profile, and the smaller elsewhere.
    """
    start, end = 0, len(group.weights)
    for outcome, (held, majority) in enumerate(zip(carried, majorities, strict=True)):
        own = group.reached[outcome]
        turn = start + _turn(group.weights[start:end], own, held, total, majority)
        if own:
            yield outcome, sum(group.ways[start:turn])
            start = turn
        else:
            yield outcome, sum(group.ways[turn:end])
            end = turn
    yield len(majorities), sum(group.ways[start:end])


def _turn(weights: Sequence[float], own: bool, held: float, total: float, majority: float) -> int:
    """Return the place of the first weight, ascending, with which a boundary is passed or no longer is."""

    def has_turned(weight: float) -> bool:
        return is_enough((held + weight * own) / (total + weight), majority) is own

    return bisect_left(weights, True, key=has_turned)


def smallest_flip(judgement: Judgement) -> Flip | None:
    """Return the relatively smallest change of one weight that gives another outcome, ``None`` if none does.

    Solved exactly for support meeting the majority, then rounded to two decimals on the side that flips.
    """
    weights = {criterion.id: criterion.weight for criterion in judgement.questionnaire.criteria}
    flips = [
        Flip(criterion, weight, to, judgement.questionnaire.outcome_ids[outcome])
        for criterion, weight in weights.items()
        for to in _weights_to_try(judgement, criterion, weight)
        if (outcome := _outcome_with(judgement, {**weights, criterion: to})) != judgement.point
    ]
    return min(flips, key=lambda flip: round(abs(flip.to - flip.weight) / flip.weight, 9), default=None)


def _weights_to_try(judgement: Judgement, criterion: str, weight: float) -> Iterator[float]:
    """Yield two-decimal weights just before and just after every weight at which a boundary turns."""
    for turning in _turning_weights(judgement, criterion, weight):
        below = math.floor(turning * 10**DECIMALS)
        for hundredths in range(below - 1, below + 3):
            to = hundredths / 10**DECIMALS
            if to >= 0 and to != weight:
                yield to


def _turning_weights(judgement: Judgement, criterion: str, weight: float) -> Iterator[float]:
    """Yield the weights of one criterion at which support is exactly the majority of some boundary."""
    questionnaire = judgement.questionnaire
    others = questionnaire.total_weight - weight
    for boundary, test in zip(questionnaire.boundaries, judgement.tests, strict=True):
        reached = sum(c.weight for c in questionnaire.criteria if c.id in test.reached and c.id != criterion)
        if criterion not in test.reached:
            turning = reached / boundary.majority - others
        elif boundary.majority < 1:
            turning = (boundary.majority * others - reached) / (1 - boundary.majority)
        else:
            continue
        if is_enough(turning, 0):
            yield max(0.0, turning)


def _outcome_with(judgement: Judgement, weights: Mapping[str, float]) -> int:
    """Return the outcome with other weights; where they come to nothing, the present one."""
    total = sum(weights.values())
    if total <= 0:
        return judgement.point
    questionnaire = judgement.questionnaire
    reached = climbed(
        is_passed(test.vetoes, sum(weights[each] for each in test.reached) / total, boundary.majority)
        for boundary, test in zip(questionnaire.boundaries, judgement.tests, strict=True)
    )
    return limited_point(questionnaire, reached, judgement.limits)
