"""How far apart answers on an ordered scale lie: a published index over the counts of its points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations


def agreement(counts: Sequence[int]) -> float:
    """Return van der Eijk's A (2001): −1 for two camps at the ends, 0 for an even spread, 1 for all the same.

    ``counts``: of all the points in order; at least two points, at least one answer. They are taken apart
    into layers, each a pattern of points that are chosen or not, and A is the mean
    of the layers' agreement by how many answers each holds.
    """
    left = list(counts)
    total, weighted = sum(counts), 0.0
    while any(left):
        chosen = [count > 0 for count in left]
        height = min(count for count in left if count)
        held = height * sum(chosen)
        weighted += held * _layer_agreement(chosen)
        left = [count - height if count else 0 for count in left]
    return weighted / total


def _layer_agreement(chosen: Sequence[bool]) -> float:
    """Return unimodality × (1 − the share of the points, beyond the first, that are chosen)."""
    points = len(chosen)
    triples = list(combinations(chosen, 3))
    unimodal = triples.count((True, True, False)) + triples.count((False, True, True))
    bimodal = triples.count((True, False, True))
    unimodality = 1.0
    if unimodal + bimodal:
        unimodality = ((points - 2) * unimodal - (points - 1) * bimodal) / (
            (points - 2) * (unimodal + bimodal)
        )
    return unimodality * (1 - (sum(chosen) - 1) / (points - 1))
