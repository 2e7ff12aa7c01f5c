"""Scores → outcome by MR-Sort (Bouyssou & Marchant 2007), with gates and caps around it.

Outcomes are numbers here, 0 for the worst. All comparisons have a tolerance of 1e-9.
Every rule is one function: what explains an outcome or tries other weights asks the function that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile

from app.engine.answers import Answers, gate_state, holds, unsettled_items
from app.engine.definition import Boundary, Questionnaire
from app.engine.items.base import EPSILON
from app.engine.result import CapState, GateState

Scores = Mapping[str, float | None]
"""A score for each criterion, 0–100; ``None`` where nothing is known."""


@dataclass(frozen=True, slots=True)
class BoundaryTest:
    """How scores did at one boundary: the criteria at their profile, those at or under their veto."""

    reached: tuple[str, ...]
    vetoes: tuple[str, ...]
    support: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What limits the outcome whatever the scores are, by id, in the order of the file."""

    gates: dict[str, GateState]
    caps: dict[str, CapState]

    @property
    def breached(self) -> bool:
        """Whether a gate is breached."""
        return "breached" in self.gates.values()


def is_enough(figure: float, bar: float) -> bool:
    """Say whether a figure is at its bar or above: a score, a support, a share of the weight."""
    return figure >= bar - EPSILON


def reaches(score: float | None, profile: float) -> bool:
    """Say whether a score is at its profile; what has no score reaches only a profile of 0."""
    return is_enough(0.0 if score is None else score, profile)


def is_vetoed(score: float | None, veto: float | None) -> bool:
    """Say whether a score is at or under its veto; what has no score fires none."""
    return score is not None and veto is not None and score <= veto + EPSILON


def boundary_test(questionnaire: Questionnaire, boundary: Boundary, scores: Scores) -> BoundaryTest:
    """Compare scores with one boundary."""
    criteria = questionnaire.criteria
    reached = [c for c in criteria if reaches(scores[c.id], boundary.profiles[c.id])]
    vetoes = [c.id for c in criteria if is_vetoed(scores[c.id], boundary.vetoes.get(c.id))]
    support = sum(c.weight for c in reached) / questionnaire.total_weight
    return BoundaryTest(
        reached=tuple(c.id for c in reached),
        vetoes=tuple(vetoes),
        support=support,
        passed=is_passed(vetoes, support, boundary.majority),
    )


def is_passed(vetoes: Sequence[str], support: float, majority: float) -> bool:
    """Say whether a boundary is passed: nothing is vetoed, and the support, 0–1, is at the majority."""
    return not vetoes and is_enough(support, majority)


def climb(questionnaire: Questionnaire, scores: Scores) -> int:
    """Return the outcome that scores alone reach."""
    tests = (boundary_test(questionnaire, boundary, scores) for boundary in questionnaire.boundaries)
    return climbed(test.passed for test in tests)


def climbed(passed: Iterable[bool]) -> int:
    """Return the outcome, from which boundaries are passed, lowest first: one that is not ends the climb."""
    return sum(1 for _ in takewhile(bool, passed))


def limits_of(questionnaire: Questionnaire, answers: Answers, shown: Set[str]) -> Limits:
    """Return the state of every gate and cap."""
    return Limits(
        gates={gate.id: gate_state(gate, answers) for gate in questionnaire.gates},
        caps=cap_states(questionnaire, answers, shown),
    )


def cap_states(questionnaire: Questionnaire, answers: Answers, shown: Set[str]) -> dict[str, CapState]:
    """Return the state of every cap."""
    unsettled = unsettled_items(questionnaire, answers, shown)
    return {
        cap.id: _cap_state(holds(cap.when, questionnaire, answers, shown, unsettled))
        for cap in questionnaire.caps
    }


def _cap_state(held: bool | None) -> CapState:
    if held is None:
        return "undetermined"
    return "holds" if held else "clear"


def ceiling(questionnaire: Questionnaire, limits: Limits) -> int:
    """Return the highest outcome that open gates and caps that hold allow."""
    ids = questionnaire.outcome_ids
    gates = [gate for gate in questionnaire.gates if limits.gates[gate.id] == "open"]
    allowed = [ids.index(gate.open_at_most) for gate in gates]
    return min([len(ids) - 1, *allowed, cap_ceiling(questionnaire, limits, ("holds",))])


def cap_ceiling(questionnaire: Questionnaire, limits: Limits, states: tuple[CapState, ...]) -> int:
    """Return the highest outcome that the caps in one of ``states`` allow."""
    ids = questionnaire.outcome_ids
    allowed = [ids.index(cap.at_most) for cap in questionnaire.caps if limits.caps[cap.id] in states]
    return min([len(ids) - 1, *allowed])


def limited_point(questionnaire: Questionnaire, reached: int, limits: Limits) -> int:
    """Return the outcome from what is known: what the scores reach, within gates and caps."""
    if limits.breached:
        return 0
    return min(reached, ceiling(questionnaire, limits))


def limited_low(questionnaire: Questionnaire, reached: int, limits: Limits) -> int:
    """Return the pessimistic outcome: open gates are breached, undetermined caps hold."""
    if any(state != "clear" for state in limits.gates.values()):
        return 0
    return min(reached, cap_ceiling(questionnaire, limits, ("holds", "undetermined")))


def limited_high(questionnaire: Questionnaire, reached: int, limits: Limits) -> int:
    """Return the optimistic outcome: open gates are clear, undetermined caps do not hold."""
    if limits.breached:
        return 0
    return min(reached, cap_ceiling(questionnaire, limits, ("holds",)))
