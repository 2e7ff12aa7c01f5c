"""How far the outcome hangs on the weights: a grid of weightings, and the smallest change that flips it.

The idea is that of SMAA-TRI (Tervonen et al. 2007), on a grid instead of random numbers: a statement about
the weights, never a probability.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from app.engine.items.base import EPSILON
from app.engine.judging import Judgement
from app.engine.result import Flip, Robustness
from app.engine.sorting import ceiling

FACTORS = (0.5, 1.0, 1.5)
SHIFTS = (-0.05, 0.0, 0.05)
LOWEST_MAJORITY, HIGHEST_MAJORITY = 0.5, 1.0
DECIMALS = 2
"""A weight that flips the outcome is told with so many decimals."""


def robustness_of(judgement: Judgement) -> Robustness | None:
    """Try every weighting; ``None`` for a breach or too little known, where no weights decide."""
    if judgement.limits.breached or not judgement.enough_known:
        return None
    ids = judgement.questionnaire.outcome_ids
    counts = np.bincount(outcome_in_weightings(judgement), minlength=len(ids))
    return Robustness(
        same=int(counts[judgement.point]),
        tested=int(counts.sum()),
        outcomes={outcome: int(count) for outcome, count in zip(ids, counts, strict=True)},
        flip=smallest_flip(judgement),
    )


def outcome_in_weightings(judgement: Judgement) -> NDArray[np.intp]:
    """Return the outcome's number in each of the 3ⁿ·3 weightings of n criteria, majority by majority.

    Each weight is taken × ½, 1 and 1½; all majorities − 0.05, as they are and + 0.05, kept within ½ and 1.
    """
    questionnaire = judgement.questionnaire
    shares = weight_shares(tuple(criterion.weight for criterion in questionnaire.criteria))
    outcome = np.zeros((len(SHIFTS), len(shares)), dtype=np.intp)
    climbing = np.ones(outcome.shape, dtype=np.bool_)
    for boundary, test in zip(questionnaire.boundaries, judgement.tests, strict=True):
        support = shares @ np.array([float(c.id in test.reached) for c in questionnaire.criteria])
        majorities = np.clip(boundary.majority + np.array(SHIFTS), LOWEST_MAJORITY, HIGHEST_MAJORITY)
        climbing &= (support >= majorities[:, None] - EPSILON) & (not test.vetoes)
        outcome += climbing
    return np.minimum(outcome.ravel(), ceiling(questionnaire, judgement.limits))


@lru_cache(maxsize=16)
def weight_shares(weights: tuple[float, ...]) -> NDArray[np.float64]:
    """Return each criterion's share of all weight (0–1) in every weighting: 3ⁿ rows, n columns."""
    factors = np.array(list(product(FACTORS, repeat=len(weights))))
    weighted = factors * np.array(weights)
    shares: NDArray[np.float64] = weighted / weighted.sum(axis=1, keepdims=True)
    shares.setflags(write=False)
    return shares


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
        if turning >= -EPSILON:
            yield max(0.0, turning)


def _outcome_with(judgement: Judgement, weights: Mapping[str, float]) -> int:
    """Return the outcome with other weights; where they come to nothing, the present one."""
    total = sum(weights.values())
    if total <= 0:
        return judgement.point
    outcome = 0
    for boundary, test in zip(judgement.questionnaire.boundaries, judgement.tests, strict=True):
        support = sum(weights[criterion] for criterion in test.reached) / total
        if test.vetoes or support < boundary.majority - EPSILON:
            break
        outcome += 1
    return min(outcome, ceiling(judgement.questionnaire, judgement.limits))
