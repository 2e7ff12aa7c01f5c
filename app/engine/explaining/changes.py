"""What would change the outcome: the fewest steps up, and what blocks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.engine.explaining.climbing import Ladder, Levels
from app.engine.explaining.lifting import covers, raised, ways_to_lift
from app.engine.explaining.questions import unknown_items
from app.engine.explaining.ways import Way, ladders_of, ways_up
from app.engine.judging import Judgement, judge
from app.engine.result import Blocker, Fall, Step
from app.engine.sorting import climb

MOST_LISTS = 3
"""The shortest list of changes, and at most two others that use other criteria."""


@dataclass(frozen=True, slots=True)
class WayUp:
    """How to reach the next outcome. ``steps``: the length of each list, in steps rather than in answers."""

    next_outcome: int | None
    lists: list[list[Step]]
    steps: list[int]
    blocked_by: list[Blocker]


def way_up(judgement: Judgement) -> WayUp:
    """Return the fewest steps that reach the next outcome, exactly, and what else is in the way.

    The lists are the shortest and at most two others, each the shortest for another set of criteria.
    Ties: the fewest items, then the order of the file. Where no steps are enough the lists are empty, and the
    unknown items that could change that are among the blockers.
    """
    target = judgement.point + 1
    if not judgement.has_outcome or target > len(judgement.tests):
        return WayUp(None, [], [], [])
    ladders = ladders_of(judgement)
    floors, stuck = ways_to_lift(judgement, ladders, _binding_caps(judgement, target))
    blocked = [
        *(Blocker("gate", gate) for gate in _binding_gates(judgement, target)),
        *(Blocker("cap", cap) for cap in stuck),
    ]
    ways = ways_up(judgement, ladders, floors) if judgement.enough_known else []
    if not ways:
        return WayUp(target, [], [], [*blocked, *_blocking_unknowns(judgement, ladders)])
    chosen = _shortest(judgement, ladders, ways, stuck)
    return WayUp(
        next_outcome=target,
        lists=[_steps(ladders, way.levels) for way in chosen],
        steps=[sum(way.levels.values()) for way in chosen],
        blocked_by=blocked,
    )


def close_call(up: WayUp, down: Sequence[Fall]) -> Literal["up", "down", "both"] | None:
    """Say on which side another outcome is one single step away."""
    is_near = not up.blocked_by and bool(up.steps) and up.steps[0] == 1
    if is_near:
        return "both" if down else "up"
    return "down" if down else None


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


def _blocking_unknowns(judgement: Judgement, ladders: Mapping[str, Ladder]) -> list[Blocker]:
    """Return the unknown items that are in the way.

    They belong to the criteria that fall short at the boundary to the next outcome and, while too little is
    known, to those of which nothing is. None where not even their best answers and every step are enough.
    """
    if not _could_arrive(judgement, ladders):
        return []
    questionnaire, test = judgement.questionnaire, judgement.tests[judgement.point]
    missing = {c.id for c in questionnaire.criteria if judgement.points[c.id] is None}
    short = {c.id for c in questionnaire.criteria if c.id not in test.reached or c.id in test.vetoes}
    blocking = (set() if judgement.enough_known else missing) | (set() if test.passed else short)
    unknown = unknown_items(judgement)
    return [Blocker("unknown", item) for item in unknown if questionnaire.criterion_of[item] in blocking]


def _could_arrive(judgement: Judgement, ladders: Mapping[str, Ladder]) -> bool:
    """Say whether the scores reach the next outcome with every step taken and the best of what is unknown."""
    questionnaire = judgement.questionnaire
    every_step = {item: ladder.top for item, ladder in ladders.items()}
    best = judge(questionnaire, raised(judgement.answers, ladders, every_step))
    return climb(questionnaire, {c: score.high for c, score in best.scores.items()}) > judgement.point


def _shortest(
    judgement: Judgement, ladders: Mapping[str, Ladder], ways: Sequence[Way], stuck: Sequence[str]
) -> list[Way]:
    """Return the shortest way and its alternatives, leaving out those that only add to a shorter one."""
    chosen: list[Way] = []
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
    """Return the sort key of ways: steps, then items, then the items' places in the file."""
    return sum(levels.values()), len(levels), sorted(ladders[item].place for item in levels)


def _arrives(
    judgement: Judgement, ladders: Mapping[str, Ladder], levels: Levels, stuck: Sequence[str]
) -> bool:
    """Say whether a way reaches the next outcome once the blockers are gone.

    It may fail to where questions are conditional: a better answer can hide one whose answer kept another cap
    from holding.
    """
    if not judgement.questionnaire.conditional_items:
        return True
    after = judge(judgement.questionnaire, raised(judgement.answers, ladders, levels))
    target = judgement.point + 1
    return after.reached >= target and set(_binding_caps(after, target)) <= set(stuck)


def _steps(ladders: Mapping[str, Ladder], levels: Levels) -> list[Step]:
    """Return the changed answers in the order of the file, each from what it is to what it has to become."""
    return [
        Step(item, ladder.answers[0], ladder.answers[levels[item]])
        for item, ladder in ladders.items()
        if item in levels
    ]
