"""Scores → outcome by MR-Sort (Bouyssou & Marchant 2007), with gates and caps around it.

Outcomes are numbers here, 0 for the worst. All comparisons have a tolerance of 1e-9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.answers import Answers, gate_state, holds
from app.engine.definition import Boundary, Questionnaire
from app.engine.items.base import EPSILON
from app.engine.result import CapState, GateState

Scores = Mapping[str, float | None]
"""One score a criterion, 0–100; ``None`` where nothing is known."""


@dataclass(frozen=True, slots=True)
class BoundaryTest:
    """How scores did at one boundary: the criteria at their profile, those at or under their veto."""

    reached: tuple[str, ...]
    vetoes: tuple[str, ...]
    support: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What keeps the outcome down whatever the scores, by id, in the order of the file."""

    gates: dict[str, GateState]
    caps: dict[str, CapState]

    @property
    def breached(self) -> bool:
        """Whether a gate is breached."""
        return "breached" in self.gates.values()


def reaches(score: float | None, profile: float) -> bool:
    """Say whether a score is at its profile; what has no score reaches only a profile of 0."""
    return (0.0 if score is None else score) >= profile - EPSILON


def is_vetoed(score: float | None, veto: float | None) -> bool:
    """Say whether a score is at or under its veto; what has no score fires none."""
    return score is not None and veto is not None and score <= veto + EPSILON


def boundary_test(questionnaire: Questionnaire, boundary: Boundary, scores: Scores) -> BoundaryTest:
    """Hold scores against one boundary."""
    reached = tuple(c.id for c in questionnaire.criteria if reaches(scores[c.id], boundary.profiles[c.id]))
    vetoes = tuple(c for c, veto in boundary.vetoes.items() if is_vetoed(scores[c], veto))
    support = support_of(questionnaire, reached)
    return BoundaryTest(reached, vetoes, support, not vetoes and support >= boundary.majority - EPSILON)


def support_of(questionnaire: Questionnaire, reached: tuple[str, ...]) -> float:
    """Return the share of all weight, 0–1, that the criteria in ``reached`` carry."""
    total = sum(c.weight for c in questionnaire.criteria)
    return sum(c.weight for c in questionnaire.criteria if c.id in reached) / total


def climb(questionnaire: Questionnaire, scores: Scores) -> int:
    """Return the outcome that scores alone reach: the first boundary that fails ends the climb."""
    outcome = 0
    for boundary in questionnaire.boundaries:
        if not boundary_test(questionnaire, boundary, scores).passed:
            break
        outcome += 1
    return outcome


def limits_of(questionnaire: Questionnaire, answers: Answers, shown: frozenset[str]) -> Limits:
    """Return the state of every gate and cap."""
    return Limits(
        gates={gate.id: gate_state(gate, answers) for gate in questionnaire.gates},
        caps={
            cap.id: _cap_state(holds(cap.when, questionnaire, answers, shown)) for cap in questionnaire.caps
        },
    )


def _cap_state(held: bool | None) -> CapState:
    if held is None:
        return "undetermined"
    return "holds" if held else "clear"


def ceiling(questionnaire: Questionnaire, limits: Limits) -> int:
    """Return the highest outcome that open gates and caps that hold allow."""
    ids = questionnaire.outcome_ids
    allowed = [ids.index(gate.open_at_most) for gate in questionnaire.gates if limits.gates[gate.id] == "open"]
    return min([len(ids) - 1, *allowed, cap_ceiling(questionnaire, limits, ("holds",))])


def cap_ceiling(questionnaire: Questionnaire, limits: Limits, states: tuple[CapState, ...]) -> int:
    """Return the highest outcome that the caps in one of ``states`` allow."""
    ids = questionnaire.outcome_ids
    allowed = [ids.index(cap.at_most) for cap in questionnaire.caps if limits.caps[cap.id] in states]
    return min([len(ids) - 1, *allowed])


def sorted_point(questionnaire: Questionnaire, scores: Scores, limits: Limits) -> int:
    """Return the outcome from what is known."""
    if limits.breached:
        return 0
    return min(climb(questionnaire, scores), ceiling(questionnaire, limits))


def sorted_low(questionnaire: Questionnaire, scores: Scores, limits: Limits) -> int:
    """Return the pessimistic outcome: open gates are breached, undetermined caps hold."""
    if any(state != "clear" for state in limits.gates.values()):
        return 0
    caps = cap_ceiling(questionnaire, limits, ("holds", "undetermined"))
    return min(climb(questionnaire, scores), caps)


def sorted_high(questionnaire: Questionnaire, scores: Scores, limits: Limits) -> int:
    """Return the optimistic outcome: open gates are clear, undetermined caps do not hold."""
    if limits.breached:
        return 0
    return min(climb(questionnaire, scores), cap_ceiling(questionnaire, limits, ("holds",)))
