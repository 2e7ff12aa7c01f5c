"""What speaks for the outcome and against it, and the advice that applies."""

from __future__ import annotations

from typing import Literal

from app.engine.answers import holds
from app.engine.definition import Advice
from app.engine.judging import Judgement
from app.engine.result import Doubt, Reason
from app.engine.sorting import is_enough, reaches


def reasons_for(judgement: Judgement) -> list[Reason]:
    """Return the criteria at their profile at the deciding boundary, by weight × margin, greatest first.

    A profile of 0 asks for nothing, so reaching it is no reason.
    """
    profiles = judgement.deciding_boundary.profiles
    reasons = []
    for criterion in judgement.questionnaire.criteria:
        point, profile = judgement.points[criterion.id], profiles[criterion.id]
        if point is not None and profile > 0 and reaches(point, profile):
            reasons.append(Reason(criterion.id, point, profile, criterion.weight * (point - profile)))
    return sorted(reasons, key=lambda reason: -round(reason.strength, 9))


def doubts_about(judgement: Judgement) -> list[Doubt]:
    """Return what speaks against: gates, vetoes, caps, criteria short of their profile, unknown ones.

    Breached gates come before open ones and caps that hold before undetermined ones; criteria by
    weight × shortfall from their profile at the deciding boundary, greatest first.
    """
    vetoes, short, unknown = _criteria_in_doubt(judgement)
    gates, caps = judgement.limits.gates, judgement.limits.caps
    return [
        *(Doubt("gate", gate) for state in ("breached", "open") for gate in gates if gates[gate] == state),
        *vetoes,
        *(Doubt("cap", cap) for state in ("holds", "undetermined") for cap in caps if caps[cap] == state),
        *short,
        *unknown,
    ]


def _criteria_in_doubt(judgement: Judgement) -> tuple[list[Doubt], list[Doubt], list[Doubt]]:
    """Return the vetoed criteria, those short of their profile and those of which nothing is known."""
    boundary, test = judgement.deciding_boundary, judgement.tests[judgement.deciding]
    vetoes: list[Doubt] = []
    short: list[Doubt] = []
    unknown: list[Doubt] = []
    for criterion in judgement.questionnaire.criteria:
        name, point, profile = criterion.id, judgement.points[criterion.id], boundary.profiles[criterion.id]
        strength = criterion.weight * (profile - (point or 0))
        if name in test.vetoes:
            vetoes.append(Doubt("veto", name, point, boundary.vetoes[name], strength))
        elif not reaches(point, profile):
            kind: Literal["unknown", "criterion"] = "unknown" if point is None else "criterion"
            (unknown if point is None else short).append(Doubt(kind, name, point, profile, strength))
    for doubts in (vetoes, short, unknown):
        doubts.sort(key=lambda doubt: -round(doubt.strength, 9))
    return vetoes, short, unknown


def advice_that_applies(judgement: Judgement, kind: Literal["advice", "condition"]) -> list[str]:
    """Return the ids of the advice of one kind that applies, in the order of the file."""
    advice = judgement.questionnaire.advice
    return [each.id for each in advice if each.kind == kind and _applies(judgement, each)]


def _applies(judgement: Judgement, advice: Advice) -> bool:
    questionnaire = judgement.questionnaire
    if advice.criterion is not None and advice.below is not None:
        point = judgement.points[advice.criterion]
        if point is None or is_enough(point, advice.below):
            return False
    if advice.outcomes and questionnaire.outcome_ids[judgement.point] not in advice.outcomes:
        return False
    if advice.when is None:
        return True
    return holds(advice.when, questionnaire, judgement.answers, judgement.shown) is True
