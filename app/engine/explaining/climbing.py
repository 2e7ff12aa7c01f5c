"""The fewest steps that bring one criterion to a bar, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.engine.definition import Boundary, Criterion
from app.engine.explaining.searching import Search
from app.engine.items import ScoredItem, Value
from app.engine.scoring import counted_of, shares_of
from app.engine.sorting import is_vetoed, reaches

Levels = Mapping[str, int]
"""How many steps above its present answer each item is; items left out stay where they are."""


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
        """The same ladder without its steps."""
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


@dataclass(frozen=True, slots=True)
class Bar:
    """What one criterion has to reach at a boundary: to be above its veto, and perhaps at its profile."""

    boundary: Boundary
    criterion: Criterion
    to_profile: bool

    def is_met(self, score: float | None) -> bool:
        """Say whether a score is enough; if it is, so is every higher one."""
        if is_vetoed(score, self.boundary.vetoes.get(self.criterion.id)):
            return False
        return not self.to_profile or reaches(score, self.boundary.profiles[self.criterion.id])

    @property
    def height(self) -> float:
        """The score, 0–100, at which it is decided."""
        return (self.boundary.profiles if self.to_profile else self.boundary.vetoes)[self.criterion.id]


def fewest_steps(criterion: Criterion, ladders: Sequence[Ladder], floors: Levels, bar: Bar) -> Levels | None:
    """Return the levels that make a criterion's score enough with the fewest steps, ``None`` where none do.

    ``ladders``: the criterion's known items, at least one, in the order of the file. ``floors``: levels that
    are climbed anyway; they are part of what is returned. Ties: the fewest items, then the earliest.
    """
    if criterion.aggregate.by == "min":
        return _all_enough(ladders, floors, bar)
    shares = shares_of(criterion, [ladder.weight for ladder in ladders])
    search = Search(
        [[share * value for value in ladder.values] for ladder, share in zip(ladders, shares, strict=True)],
        [floors.get(ladder.item, 0) for ladder in ladders],
        counted_of(criterion, len(ladders)),
        bar.height,
        bar.is_met,
    )
    levels = search.levels()
    if levels is None:
        return None
    return {ladder.item: level for ladder, level in zip(ladders, levels, strict=True) if level}


def _all_enough(ladders: Sequence[Ladder], floors: Levels, bar: Bar) -> Levels | None:
    """Return the lowest levels at which every single item is enough."""
    levels = {}
    for ladder in ladders:
        enough = (
            n for n in range(floors.get(ladder.item, 0), ladder.top + 1) if bar.is_met(ladder.values[n])
        )
        level = next(enough, None)
        if level is None:
            return None
        if level:
            levels[ladder.item] = level
    return levels
