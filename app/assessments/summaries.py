"""What a set of answers comes to, in a few figures for lists of many. Pure: nothing here reads or writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.engine.answers import Answers
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import Result
from app.wording.speech import whole

Axis = Literal["value", "readiness"]


@dataclass(frozen=True, slots=True)
class SummaryValues:
    """The columns of :class:`app.assessments.models.Summary` under their own names, without its key."""

    status: str
    outcome: str
    low: str
    high: str
    in_time: str
    rank: int
    highest: int
    value: int | None
    readiness: int | None
    known: int
    asked: int


def summarise(questionnaire: Questionnaire, answers: Answers) -> SummaryValues:
    """Return what ``answers`` come to, without what explains it."""
    result = assess(questionnaire, answers, explain=False)
    outcomes = questionnaire.outcome_ids
    return SummaryValues(
        status=result.status,
        outcome=result.outcome or "",
        low=result.range[0],
        high=result.range[1],
        in_time=result.in_time or "",
        rank=-1 if result.outcome is None else outcomes.index(result.outcome),
        highest=len(outcomes) - 1,
        value=_mean(questionnaire, result, "value"),
        readiness=_mean(questionnaire, result, "readiness"),
        known=result.coverage.known,
        asked=result.coverage.asked,
    )


def _mean(questionnaire: Questionnaire, result: Result, axis: Axis) -> int | None:
    """Return the weighted mean of the known criteria on an axis, 0–100, rounded down like every figure."""
    known = [
        (criterion.weight, point)
        for criterion in questionnaire.criteria
        if criterion.axis == axis and (point := result.criteria[criterion.id].point) is not None
    ]
    if not known:
        return None
    return whole(sum(weight * point for weight, point in known) / sum(weight for weight, _ in known))
