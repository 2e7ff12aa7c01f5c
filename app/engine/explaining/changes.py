"""What would change the outcome: the fewest steps up, what blocks them, and the single steps that lose it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Literal

from app.engine.answers import visible_items
from app.engine.definition import Boundary, Criterion
from app.engine.explaining.climbing import Ladder, Levels, fewest_steps, ladder_from
from app.engine.explaining.lifting import covers, merged, raised, ways_to_lift
from app.engine.explaining.questions import unknown_items
from app.engine.items import Value
from app.engine.judging import Judgement, judge
from app.engine.result import Blocker, Fall, Step
from app.engine.scoring import criterion_score
from app.engine.sorting import climb, has_majority, is_vetoed, limited_point, limits_of, reaches

MOST_LISTS = 3
"""The shortest list of changes, and at most two others that go by other criteria."""


@dataclass(frozen=True, slots=True)
class WayUp:
    """How to reach the next outcome. ``steps``: the length of each list, in steps rather than in answers."""

    next_outcome: int | None
    lists: list[list[Step]]
    steps: list[int]
    blocked_by: list[Blocker]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way up: the criteria brought to their profile, and how far each item is raised."""

    criteria: tuple[str, ...]
    levels: Levels


def way_up(judgement: Judgement) -> WayUp:
    """Return the fewest steps that reach the next outcome, exactly, and what stands in the way besides.

    The lists are the shortest and at most two others, each the shortest that goes by another set of criteria.
    Ties: the fewest items, then the order of the file. Where no steps are enough the lists are empty, and the
    unknown items of the criteria that fall short are among what blocks.
    """
    target = judgement.point + 1
    if not judgement.has_outcome or target > len(judgement.tests):
        return WayUp(None, [], [], [])
    ladders = _ladders(judgement)
    floors, stuck = ways_to_lift(judgement, ladders, _binding_caps(judgement, target))
    blocked = [
        *(Blocker("gate", gate) for gate in _binding_gates(judgement, target)),
        *(Blocker("cap", cap) for cap in stuck),
    ]
    ways = (
        [way for floor in floors for way in _ways(judgement, ladders, floor)]
        if judgement.enough_known
        else []
    )
    if not ways:
        return WayUp(target, [], [], [*blocked, *_blocking_unknowns(judgement)])
    chosen = _shortest(judgement, ladders, ways, stuck)
    return WayUp(
        next_outcome=target,
        lists=[_steps(ladders, way.levels) for way in chosen],
        steps=[sum(way.levels.values()) for way in chosen],
        blocked_by=blocked,
    )


def falls(judgement: Judgement) -> list[Fall]:
    """Return the known answers that lose the outcome when that one answer is a single step worse."""
    if not judgement.has_outcome or judgement.point == 0:
        return []
    questionnaire, found = judgement.questionnaire, []
    limiting = _limiting_items(judgement)
    for item in questionnaire.scored_items.values():
        answer = judgement.answers.items.get(item.id)
        if answer is None or answer.value is None:
            continue
        worse = item.worse(answer.value)
        if worse is not None:
            outcome = _point_with(judgement, item.id, worse, item.id in limiting)
            if outcome < judgement.point:
                found.append(Fall(item.id, answer.value, worse, questionnaire.outcome_ids[outcome]))  # type: ignore[arg-type]
    return found


def close_call(up: WayUp, down: Sequence[Fall]) -> Literal["up", "down", "both"] | None:
    """Say on which side another outcome is one single step away."""
    is_near = not up.blocked_by and bool(up.steps) and up.steps[0] == 1
    if is_near:
        return "both" if down else "up"
    return "down" if down else None


def _limiting_items(judgement: Judgement) -> set[str]:
    """Return the items on which a cap or the showing of another item depends."""
    questionnaire = judgement.questionnaire
    conditions = [cap.when for cap in questionnaire.caps]
    conditions += [item.show_if for item in questionnaire.conditional_items if item.show_if is not None]
    return {leaf.item or "" for condition in conditions for leaf in condition.leaves()}


def _point_with(judgement: Judgement, item_id: str, value: Value, limiting: bool) -> int:
    """Return the outcome with one known answer to a scored item changed."""
    questionnaire = judgement.questionnaire
    limits, points = judgement.limits, dict(judgement.points)
    criterion = questionnaire.criterion_of.get(item_id)
    if criterion is not None:
        score = questionnaire.scored_items[item_id].score(value)
        parts = judgement.parts[criterion]
        changed = [replace(part, value=score) if part.item == item_id else part for part in parts]
        points[criterion] = criterion_score(questionnaire.criteria_by_id[criterion], changed).point
    if limiting:
        answers = judgement.answers.with_value(item_id, value)
        limits = limits_of(questionnaire, answers, visible_items(questionnaire, answers))
    return limited_point(questionnaire, climb(questionnaire, points), limits)


def _ladders(judgement: Judgement) -> dict[str, Ladder]:
    """Return the ladder of every scored item with a known value, in the order of the file."""
    weights = {part.item: part.weight for parts in judgement.parts.values() for part in parts}
    ladders = {}
    for place, item in enumerate(judgement.questionnaire.scored_items.values()):
        answer = judgement.answers.items.get(item.id)
        if answer is not None and answer.value is not None and item.score(answer.value) is not None:
            ladders[item.id] = ladder_from(item, place, weights.get(item.id, 0), answer.value)
    return ladders


def _binding_gates(judgement: Judgement, target: int) -> list[str]:
    """Return the gates that keep the outcome under ``target``."""
    states, ids = judgement.limits.gates, judgement.questionnaire.outcome_ids
    return [
        gate.id
        for gate in judgement.questionnaire.gates
        if states[gate.id] == "breached"
        or (states[gate.id] == "open" and ids.index(gate.open_at_most) < target)
    ]


def _binding_caps(judgement: Judgement, target: int) -> list[str]:
    """Return the caps that hold and keep the outcome under ``target``."""
    states, ids = judgement.limits.caps, judgement.questionnaire.outcome_ids
    caps = judgement.questionnaire.caps
    return [cap.id for cap in caps if states[cap.id] == "holds" and ids.index(cap.at_most) < target]


def _blocking_unknowns(judgement: Judgement) -> list[Blocker]:
    """Return the unknown items of the criteria that fall short at the boundary to the next outcome."""
    questionnaire, test = judgement.questionnaire, judgement.tests[judgement.point]
    short = {c.id for c in questionnaire.criteria if c.id not in test.reached or c.id in test.vetoes}
    unknown = unknown_items(judgement)
    return [Blocker("unknown", item) for item in unknown if questionnaire.criterion_of[item] in short]


def _ways(judgement: Judgement, ladders: Mapping[str, Ladder], floors: Levels) -> Iterator[_Way]:
    """Yield the shortest way for each set of criteria that could carry the boundary, none of them idle.

    ``floors``: levels to be climbed in any case. Every criterion must end above its veto.
    """
    if judgement.reached > judgement.point:
        yield _Way((), floors)
        return
    questionnaire, boundary = judgement.questionnaire, judgement.questionnaire.boundaries[judgement.point]
    above: dict[str, Levels] = {}
    at_profile: dict[str, Levels] = {}
    for criterion in questionnaire.criteria:
        safe = _levels(judgement, ladders, criterion, _Bar(boundary, criterion, to_profile=False), floors)
        if safe is None:
            return
        above[criterion.id] = safe
        carrying = _levels(judgement, ladders, criterion, _Bar(boundary, criterion, to_profile=True), floors)
        if carrying is not None:
            at_profile[criterion.id] = carrying
    for chosen in _carrying_sets(judgement, boundary, at_profile, floors):
        levels = [at_profile[c] if c in chosen else above[c] for c in above]
        yield _Way(chosen, merged([floors, *levels]))


@dataclass(frozen=True, slots=True)
class _Bar:
    """What one criterion has to reach at a boundary: to be above its veto, and perhaps at its profile."""

    boundary: Boundary
    criterion: Criterion
    to_profile: bool

    def is_met(self, score: float | None) -> bool:
        """Say whether a score is enough."""
        if is_vetoed(score, self.boundary.vetoes.get(self.criterion.id)):
            return False
        return not self.to_profile or reaches(score, self.boundary.profiles[self.criterion.id])


def _levels(
    judgement: Judgement, ladders: Mapping[str, Ladder], criterion: Criterion, bar: _Bar, floors: Levels
) -> Levels | None:
    """Return the fewest steps in one criterion that meet its bar, ``None`` where none do."""
    if bar.is_met(judgement.points[criterion.id]):
        return {}
    own = [ladders[part.item] for part in judgement.parts[criterion.id] if part.item in ladders]
    if not own:
        return None
    return fewest_steps(criterion, sorted(own, key=lambda each: each.place), floors, bar.is_met)


def _carrying_sets(
    judgement: Judgement, boundary: Boundary, at_profile: Mapping[str, Levels], floors: Levels
) -> Iterator[tuple[str, ...]]:
    """Yield the sets of criteria that make the majority with those there anyway, and none to spare."""
    questionnaire = judgement.questionnaire
    there = [c for c in questionnaire.criteria if c.id in at_profile and covers(floors, at_profile[c.id])]
    others = [c for c in questionnaire.criteria if c.id in at_profile and c not in there]
    carried = sum(c.weight for c in there)

    def is_enough(weight: float) -> bool:
        return has_majority((carried + weight) / questionnaire.total_weight, boundary)

    for chosen in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
        weight = sum(c.weight for c in chosen)
        lightest = min((c.weight for c in chosen), default=0)
        if is_enough(weight) and not (chosen and is_enough(weight - lightest)):
            yield tuple(c.id for c in chosen)


def _shortest(
    judgement: Judgement, ladders: Mapping[str, Ladder], ways: Sequence[_Way], stuck: Sequence[str]
) -> list[_Way]:
    """Return the shortest way and its alternatives, leaving out those that only add to a shorter one."""
    chosen: list[_Way] = []
    for way in sorted(ways, key=lambda each: _length(ladders, each.levels)):
        is_new = all(
            way.criteria != other.criteria and not covers(way.levels, other.levels) for other in chosen
        )
        if is_new and _arrives(judgement, ladders, way.levels, stuck):
            chosen.append(way)
        if len(chosen) == MOST_LISTS:
            break
    return [way for way in chosen if way.levels]


def _length(ladders: Mapping[str, Ladder], levels: Levels) -> tuple[int, int, list[int]]:
    """Return what ways are ordered by: steps, then items, then the items' places in the file."""
    return sum(levels.values()), len(levels), sorted(ladders[item].place for item in levels)


def _arrives(
    judgement: Judgement, ladders: Mapping[str, Ladder], levels: Levels, stuck: Sequence[str]
) -> bool:
    """Say whether a way leads up once what blocks is gone.

    It need not: a better answer can hide a question whose answer kept another cap from holding.
    """
    after = judge(judgement.questionnaire, raised(judgement.answers, ladders, levels))
    target = judgement.point + 1
    return after.reached >= target and set(_binding_caps(after, target)) <= set(stuck)


def _steps(ladders: Mapping[str, Ladder], levels: Levels) -> list[Step]:
    """Return the changed answers in the order of the file, each from what it is to what it has to become."""
    return [
        Step(item, ladder.answers[0], ladder.answers[levels[item]])  # type: ignore[arg-type]
        for item, ladder in ladders.items()
        if item in levels
    ]
