"""The ways to pass a boundary: which criteria carry it, and the fewest steps for each choice of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from app.engine.definition import Boundary, Criterion
from app.engine.explaining.climbing import Bar, Ladder, Levels, fewest_steps, ladder_from
from app.engine.explaining.lifting import covers, merged
from app.engine.judging import Judgement
from app.engine.sorting import is_enough


@dataclass(frozen=True, slots=True)
class Way:
    """One way up: the criteria brought to their profile, and how far each item is raised."""

    criteria: tuple[str, ...]
    levels: Levels


def ladders_of(judgement: Judgement) -> dict[str, Ladder]:
    """Return the ladder of every scored item with a known value, in the order of the file."""
    weights = {part.item: part.weight for parts in judgement.parts.values() for part in parts}
    ladders = {}
    for place, item in enumerate(judgement.questionnaire.scored_items.values()):
        answer = judgement.answers.items.get(item.id)
        if answer is not None and answer.value is not None and item.score(answer.value) is not None:
            ladders[item.id] = ladder_from(item, place, weights.get(item.id, 0), answer.value)
    return ladders


def ways_up(judgement: Judgement, ladders: Mapping[str, Ladder], floors: Sequence[Levels]) -> list[Way]:
    """Return the shortest way for each set of criteria that could just carry the boundary.

    ``floors``: levels that have to be climbed in any case. Every criterion must end above its veto. A better
    answer can hide a question that kept a cap away, so that its way does not arrive: where answers show other
    questions, the ways that leave those answers alone are returned too.
    """
    ways = [way for floor in floors for way in _ways(judgement, ladders, floor)]
    conditions = [
        item.show_if for item in judgement.questionnaire.conditional_items if item.show_if is not None
    ]
    showing = {leaf.item for condition in conditions for leaf in condition.leaves()}
    if showing & ladders.keys():
        still = {key: ladder.fixed if key in showing else ladder for key, ladder in ladders.items()}
        ways += [
            way for floor in floors if not showing & floor.keys() for way in _ways(judgement, still, floor)
        ]
    return ways


def _ways(judgement: Judgement, ladders: Mapping[str, Ladder], floors: Levels) -> Iterator[Way]:
    if judgement.reached > judgement.point:
        yield Way((), floors)
        return
    questionnaire, boundary = judgement.questionnaire, judgement.questionnaire.boundaries[judgement.point]
    above: dict[str, Levels] = {}
    at_profile: dict[str, Levels] = {}
    for criterion in questionnaire.criteria:
        safe = _levels(judgement, ladders, criterion, Bar(boundary, criterion, to_profile=False), floors)
        if safe is None:
            return
        above[criterion.id] = safe
        carrying = _levels(judgement, ladders, criterion, Bar(boundary, criterion, to_profile=True), floors)
        if carrying is not None:
            at_profile[criterion.id] = carrying
    for chosen in _carrying_sets(judgement, boundary, at_profile, floors):
        levels = [at_profile[c] if c in chosen else above[c] for c in above]
        yield Way(chosen, merged([floors, *levels]))


def _levels(
    judgement: Judgement, ladders: Mapping[str, Ladder], criterion: Criterion, bar: Bar, floors: Levels
) -> Levels | None:
    """Return the fewest steps in one criterion that meet its bar, ``None`` where none do."""
    if bar.is_met(judgement.points[criterion.id]):
        return {}
    own = [ladders[part.item] for part in judgement.parts[criterion.id] if part.item in ladders]
    if not own:
        return None
    return fewest_steps(criterion, sorted(own, key=lambda each: each.place), floors, bar)


def _carrying_sets(
    judgement: Judgement, boundary: Boundary, at_profile: Mapping[str, Levels], floors: Levels
) -> Iterator[tuple[str, ...]]:
    """Yield the smallest sets of criteria that, with those there anyway, make the majority."""
    questionnaire = judgement.questionnaire
    there = [c for c in questionnaire.criteria if c.id in at_profile and covers(floors, at_profile[c.id])]
    others = [c for c in questionnaire.criteria if c.id in at_profile and c not in there]
    carried = sum(c.weight for c in there)

    def carries(weight: float) -> bool:
        return is_enough((carried + weight) / questionnaire.total_weight, boundary.majority)

    for chosen in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
        weight = sum(c.weight for c in chosen)
        lightest = min((c.weight for c in chosen), default=0)
        if carries(weight) and not (chosen and carries(weight - lightest)):
            yield tuple(c.id for c in chosen)
