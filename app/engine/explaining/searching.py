"""The cheapest way to bring a sum to a bar, exactly, where every term can be raised in steps.

A further term that is raised costs 1, and a step more than all terms together: so the cheapest way has the
fewest steps and, among those, the fewest terms. Of the ways to raise some of the terms only those are kept
that no cheaper one matches (dynamic programming), and of these only what can still lead to the bar within a
limit. It begins at a bound for the whole and grows until it holds a way (branch and bound). The bound is what
steps would cost if they could be taken in parts, the best ones first.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import NamedTuple

from app.engine.items.base import EPSILON

SLACK = 1e-6
"""How far rounding may put a bound off. It affects only what is looked at, never what is enough."""
NOISE = 1e-12
"""How far two ways to the same sum may differ, because they add in another order."""
DECIMALS = 9
LEAST_UNIT = 1e-4
TOLLS = 8
"""How many tolls are tried."""


class Choice(NamedTuple):
    """One option for a term: its level, the cost of that, whether it counts, and what it then adds."""

    level: int
    cost: int
    counts: int
    worth: float


class Rest(NamedTuple):
    """The best sums of the terms from one place on: ``sums`` grow with ``costs``."""

    costs: list[int]
    sums: list[float]

    def within(self, cost: int) -> float:
        """Return the greatest sum for at most this cost."""
        place = bisect_right(self.costs, cost)
        return self.sums[place - 1] if place else -math.inf


Rests = dict[int, Rest]
"""By the number of terms that count."""

Pair = tuple[int, float]
"""A cost and the sum that it brings, with its sign turned, so that the greatest of equal cost sorts first."""


class Search:
    """The levels of terms at which exactly ``counted`` of them together are enough.

    ``worth``: what each term adds at each of its levels, never falling. ``floors``: levels that are climbed
    anyway, at no cost. ``bar``: approximately where a sum becomes enough; ``is_enough`` decides it.
    """

    def __init__(
        self,
        worth: Sequence[Sequence[float]],
        floors: Sequence[int],
        counted: int,
        bar: float,
        is_enough: Callable[[float], bool],
    ) -> None:
        self.counted = counted
        self.is_enough = is_enough
        self.step = len(worth) + 1
        present = [each[floor] for each, floor in zip(worth, floors, strict=True)]
        strongest = sorted(range(len(worth)), key=lambda place: -present[place])[:counted]
        self.choices = [
            list(self._choices(each, floor, place in strongest, counted < len(worth)))
            for place, (each, floor) in enumerate(zip(worth, floors, strict=True))
        ]
        self.floors = floors
        self.bar = self._first_enough(bar) - SLACK

    def _choices(
        self, worth: Sequence[float], floor: int, is_strong: bool, may_not_count: bool
    ) -> Iterator[Choice]:
        if may_not_count:
            yield Choice(floor, 0, 0, 0.0)
        if is_strong and (worth[floor] or not may_not_count):  # a weaker one never counts unless it is raised
            yield Choice(floor, 0, 1, worth[floor])
        for level in range(floor + 1, len(worth)):
            yield Choice(level, (level - floor) * self.step + (not floor), 1, worth[level])

    def _first_enough(self, bar: float) -> float:
        """Return the first sum that is enough, where all terms are multiples of one number; else the bar."""
        unit = _common_unit([choice.worth for each in self.choices for choice in each])
        if unit is None:
            return bar
        first = math.ceil(bar / unit - SLACK)
        return unit * (first if self.is_enough(unit * first + 10 * NOISE) else first + 1)

    def levels(self) -> list[int] | None:
        """Return each term's level: the fewest steps, then terms, then the earliest; ``None`` for none."""
        best = sorted((each[-1].worth for each in self.choices), reverse=True)[: self.counted]
        if not self.is_enough(sum(best)):
            return None
        toll = self._best_toll()
        bounds = _bounds(self.choices, toll)
        limit, more = math.ceil(bounds[-1].cost_of(self.bar - toll * self.counted) - SLACK), 1
        while True:
            rests = self._rests(bounds, toll, limit)
            cheapest = self._cheapest(rests[0])
            if cheapest is not None:
                return self._earliest(rests, cheapest)
            limit, more = limit + more, 4 * more

    def _best_toll(self) -> float:
        """Return the toll on what counts that makes the bound highest.

        Only ``counted`` terms may count, which the bound does not see: instead, what counts pays a toll, and
        ``counted`` tolls are added to the sum.
        """
        if self.counted == len(self.choices):
            return 0.0
        tolls = [self.bar / self.counted * place / TOLLS for place in range(TOLLS)]
        return max(
            tolls, key=lambda toll: _bounds(self.choices, toll)[-1].cost_of(self.bar - toll * self.counted)
        )

    def _rests(self, bounds: Sequence[_Bound], toll: float, limit: int) -> list[Rests]:
        """Return the best of the terms from each place on, where it can lead to the bar within the limit."""
        rests: list[Rests] = [{0: Rest([0], [0.0])}]
        for place in reversed(range(len(self.choices))):
            best: Rests = {}
            fewer = Rest([], [])
            for counted, found in sorted(self._joined(place, rests[-1]).items()):
                fresh = _best_of(found, fewer)
                fewer = _rest_of(_best_of([*_listed(fewer), *fresh], Rest([], [])))
                missing = self.bar - toll * (self.counted - counted)
                within = [
                    (cost, less)
                    for cost, less in fresh
                    if cost + bounds[place].cost_of(missing + less) <= limit + SLACK
                ]
                if within:
                    best[counted] = _rest_of(within)
            rests.append(best)
        return rests[::-1]

    def _joined(self, place: int, rests: Rests) -> dict[int, list[Pair]]:
        """Combine every choice for one term with every rest, by the number that count."""
        joined: dict[int, list[Pair]] = {}
        for counted, rest in rests.items():
            pairs = _listed(rest)
            for _, more, counts, worth in self.choices[place]:
                if counted + counts <= self.counted:
                    joined.setdefault(counted + counts, []).extend(
                        [(cost + more, less - worth) for cost, less in pairs]
                    )
        return joined

    def _cheapest(self, whole: Rests) -> int | None:
        """Return the least cost at which the sum of all terms is enough."""
        return min(
            (
                cost
                for rest in whole.values()
                for cost, total in zip(rest.costs, rest.sums, strict=True)
                if self.is_enough(total)
            ),
            default=None,
        )

    def _earliest(self, rests: Sequence[Rests], cost: int) -> list[int]:
        """Walk the terms in order, raising each as soon as the rest can still be enough."""
        ways: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(cost, self.counted): (0.0, ())}
        for place, floor in enumerate(self.floors):
            further: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
            for (left, seats), (worth, levels) in ways.items():
                for choice in self.choices[place]:
                    state = (left - choice.cost, seats - choice.counts)
                    way = (worth + choice.worth, (*levels, choice.level))
                    if min(state) >= 0 and self.is_enough(way[0] + _greatest(rests[place + 1], *state)):
                        further[state] = max(way, further.get(state, way), key=_in_order)
            raised = {state: way for state, way in further.items() if way[1][-1] > floor}
            ways = further if floor or not raised else raised
        _, levels = max(ways.values(), key=lambda way: way[1])
        return list(levels)


def _in_order(way: tuple[float, tuple[int, ...]]) -> tuple[float, tuple[int, ...]]:
    return round(way[0], DECIMALS), way[1]


def _greatest(rests: Rests, cost: int, seats: int) -> float:
    return max((rest.within(cost) for counted, rest in rests.items() if counted <= seats), default=-math.inf)


def _best_of(found: list[Pair], fewer: Rest) -> list[Pair]:
    """Return what nothing cheaper equals, nor anything in ``fewer``, of which fewer count."""
    best, least = [], math.inf
    for cost, less in sorted(found):
        if less < least - NOISE and -less > fewer.within(cost) + NOISE:
            least = less
            best.append((cost, less))
    return best


def _listed(rest: Rest) -> list[Pair]:
    return [(cost, -total) for cost, total in zip(rest.costs, rest.sums, strict=True)]


def _rest_of(pairs: list[Pair]) -> Rest:
    return Rest([cost for cost, _ in pairs], [-less for _, less in pairs])


@dataclass(frozen=True, slots=True)
class _Bound:
    """The least that terms can cost, if steps could be taken in parts.

    ``free``: their sum at no cost. ``sums`` and ``costs``: both added up over the steps, the cheapest first.
    """

    free: float
    sums: Sequence[float]
    costs: Sequence[float]

    def cost_of(self, total: float) -> float:
        """Return the least cost of a sum, infinite where it is beyond all."""
        missing = total - self.free
        if missing <= 0:
            return 0.0
        place = bisect_left(self.sums, missing)
        if place == len(self.sums):
            return 0.0 if missing <= SLACK else math.inf
        sum_before, cost_before = (self.sums[place - 1], self.costs[place - 1]) if place else (0.0, 0.0)
        share = (missing - sum_before) / (self.sums[place] - sum_before)
        return cost_before + share * (self.costs[place] - cost_before)


def _bounds(choices: Sequence[Sequence[Choice]], toll: float) -> list[_Bound]:
    """Return the bound for the first n terms, for each n from 0."""
    free, slopes, bounds = 0.0, [], [_Bound(0.0, [], [])]
    for each in choices:
        (_, lowest), *hull = _hull(each, toll)
        free += lowest
        before = (0, lowest)
        for cost, total in hull:
            slopes.append(((cost - before[0]) / (total - before[1]), total - before[1], cost - before[0]))
            before = (cost, total)
        slopes.sort()
        sums, costs = (list(accumulate(slope[part] for slope in slopes)) for part in (1, 2))
        bounds.append(_Bound(free, sums, costs))
    return bounds


def _hull(choices: Sequence[Choice], toll: float) -> list[tuple[int, float]]:
    """Return costs and sums of one term, toll paid, between which taking parts is never worse."""
    hull: list[tuple[int, float]] = []
    for choice in sorted(choices, key=lambda each: (each.cost, -each.worth)):
        point = (choice.cost, choice.worth - toll * choice.counts)
        if hull and point[1] <= hull[-1][1]:
            continue
        if hull and point[0] == hull[-1][0]:
            hull.pop()
        while len(hull) > 1 and _slope(hull[-2], hull[-1]) <= _slope(hull[-2], point):
            hull.pop()
        hull.append(point)
    return hull


def _slope(one: tuple[int, float], other: tuple[int, float]) -> float:
    return (other[1] - one[1]) / (other[0] - one[0])


def _common_unit(worth: Sequence[float]) -> float | None:
    """Return a number that all are multiples of, ``None`` where there is none of any size."""
    greatest = max(worth)
    rough = reduce(_common_measure, worth)
    if rough < LEAST_UNIT:
        return None
    unit = greatest / round(greatest / rough)
    return unit if all(abs(math.remainder(each, unit)) < EPSILON for each in worth) else None


def _common_measure(one: float, other: float) -> float:
    """Return about the greatest number that both are multiples of (Euclid)."""
    while other > SLACK:
        one, other = other, abs(math.remainder(one, other))
    return one
