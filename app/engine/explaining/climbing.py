"""The fewest steps that bring one criterion to a bar: dynamic programming over its items, exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from app.engine.definition import Criterion
from app.engine.items import ScoredItem, Value

Levels = Mapping[str, int]
"""How many steps above its present answer each item stands; what is left out stays where it is."""

Met = Callable[[float], bool]
"""Whether a criterion's score, 0–100, is enough; what is enough stays so when the score grows."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The answers one known item can climb, from the present one, one step at a time.

    ``values``: what each is worth, 0–100, never falling. An item that cannot be changed has only the present
    one. ``place``: the item's place in the file.
    """

    item: str
    place: int
    weight: float
    answers: Sequence[Value]
    values: Sequence[float]

    @property
    def fixed(self) -> Ladder:
        """The same ladder for one who is to stay at its foot."""
        return replace(self, answers=self.answers[:1], values=self.values[:1])

    @property
    def top(self) -> int:
        """The number of steps to the best answer."""
        return len(self.values) - 1


def ladder_from(item: ScoredItem, place: int, weight: float, value: Value) -> Ladder:
    """Return the ladder that starts at ``value``, a known answer to ``item``."""
    answers: list[Value] = [value]
    while item.changeable and (better := item.better(answers[-1])) is not None:
        answers.append(better)
    return Ladder(item.id, place, weight, answers, [item.score(answer) or 0.0 for answer in answers])


def fewest_steps(criterion: Criterion, ladders: Sequence[Ladder], floors: Levels, met: Met) -> Levels | None:
    """Return the levels that make a criterion's score enough with the fewest steps, ``None`` where none do.

    ``ladders``: the criterion's known items, at least one, in the order of the file. ``floors``: levels that
    are to be climbed anyway; they are part of what is returned. Ties: the fewest items, then the earliest.
    """
    if criterion.aggregate.by == "min":
        return _all_enough(ladders, floors, met)
    if criterion.aggregate.by == "top_mean":
        counted = min(criterion.aggregate.k or 1, len(ladders))
        return _Search(ladders, [1.0] * len(ladders), floors, counted, met).levels()
    return _Search(ladders, [ladder.weight for ladder in ladders], floors, len(ladders), met).levels()


def _all_enough(ladders: Sequence[Ladder], floors: Levels, met: Met) -> Levels | None:
    """Return the lowest levels at which every single item is enough."""
    levels = {}
    for ladder in ladders:
        enough = (n for n in range(floors.get(ladder.item, 0), ladder.top + 1) if met(ladder.values[n]))
        level = next(enough, None)
        if level is None:
            return None
        if level:
            levels[ladder.item] = level
    return levels


State = tuple[int, int, int]
"""Steps left, items left that may be raised, and items that have yet to count."""

Move = tuple[int, float, State]
"""The level one ladder is put at, what that adds to the weighted sum, and the state it leaves."""


class _Search:
    """The best weighted mean of exactly ``counted`` items for so many steps, and the levels that give it.

    For a mean every item counts. For the mean of the k strongest any k may be chosen: the greatest sum over
    all choices is the sum of the strongest.
    """

    def __init__(
        self, ladders: Sequence[Ladder], weights: Sequence[float], floors: Levels, counted: int, met: Met
    ) -> None:
        self.ladders = ladders
        self.worth = [
            [weight * value for value in ladder.values]
            for ladder, weight in zip(ladders, weights, strict=True)
        ]
        self.floors = [floors.get(ladder.item, 0) for ladder in ladders]
        self.counted = counted
        self.divisor = sum(weights) if counted == len(weights) else float(counted)
        self.met = met
        self.greatest = cache(self._greatest)

    def levels(self) -> Levels | None:
        """Return the levels with the fewest steps, then the fewest further items, then the earliest ones."""
        best = sorted((worth[-1] for worth in self.worth), reverse=True)[: self.counted]
        if not self.met(sum(best) / self.divisor):
            return None
        most = sum(ladder.top for ladder in self.ladders)
        steps = next((n for n in range(most + 1) if self._enough(n, n)), None)
        if steps is None:
            return None
        items = next(n for n in range(steps + 1) if self._enough(steps, n))
        return self._earliest(steps, items)

    def _enough(self, steps: int, items: int) -> bool:
        return self.met(self.greatest(0, steps, min(items, steps), self.counted) / self.divisor)

    def _greatest(self, place: int, steps: int, items: int, counted: int) -> float:
        """Return the greatest weighted sum from the ladders at ``place`` and after.

        At most ``steps`` steps on at most ``items`` items without a floor; exactly ``counted`` of them count.
        """
        if counted == 0:
            return 0.0
        moves = self._moves(place, steps, items, counted)
        return max(worth + self.greatest(place + 1, *rest) for _, worth, rest in moves)

    def _moves(self, place: int, steps: int, items: int, counted: int) -> Iterator[Move]:
        """Yield what one ladder may do: not count, count as it stands, or be raised and count."""
        worth, floor = self.worth[place], self.floors[place]
        if counted < len(self.worth) - place:
            yield floor, 0.0, (steps, items, counted)
        if not counted:
            return
        yield floor, worth[floor], (steps, items, counted - 1)
        if floor or items:
            others = items if floor else items - 1
            for level in range(floor + 1, min(len(worth), floor + steps + 1)):
                left = steps - (level - floor)
                yield level, worth[level], (left, min(others, left), counted - 1)

    def _earliest(self, steps: int, items: int) -> Levels:
        """Walk the ladders in the order of the file, raising each as soon as the rest can still be enough."""
        ways: dict[State, tuple[float, tuple[int, ...]]] = {
            (steps, min(items, steps), self.counted): (0.0, ())
        }
        for place, floor in enumerate(self.floors):
            further: dict[State, tuple[float, tuple[int, ...]]] = {}
            for state, (worth, levels) in ways.items():
                for level, more, rest in self._moves(place, *state):
                    way = (worth + more, (*levels, level))
                    if self.met((way[0] + self.greatest(place + 1, *rest)) / self.divisor):
                        further[rest] = max(way, further.get(rest, way))
            raised = {rest: way for rest, way in further.items() if way[1][-1] > floor}
            ways = further if floor or not raised else raised
        _, levels = max(ways.values(), key=lambda way: way[1])
        return {ladder.item: level for ladder, level in zip(self.ladders, levels, strict=True) if level}
