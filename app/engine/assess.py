"""The one door: a questionnaire and its answers in, the whole result out."""

from __future__ import annotations

from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.engine.judging import Judgement, judge
from app.engine.result import BoundaryResult, Coverage, Result, Status
from app.engine.scoring import item_value


def assess(questionnaire: Questionnaire, answers: Answers, *, explain: bool = True) -> Result:
    """Return what ``answers`` to ``questionnaire`` come to.

    The answers must fit the questionnaire (:func:`app.engine.answers.from_json` sees to that). Without
    ``explain`` everything that explains the outcome is left empty: questions, changes, reasons, doubts,
    advice and robustness.
    """
    judgement = judge(questionnaire, answers)
    return _bare(judgement)


def _bare(judgement: Judgement) -> Result:
    ids = judgement.questionnaire.outcome_ids
    return Result(
        outcome=ids[judgement.point] if judgement.has_outcome else None,
        status=_status(judgement),
        range=(ids[judgement.low], ids[judgement.high]),
        before_limits=ids[judgement.reached] if judgement.enough_known else None,
        gates=judgement.limits.gates,
        caps=judgement.limits.caps,
        criteria=dict(judgement.scores),
        boundaries=_boundaries(judgement),
        deciding=judgement.deciding_boundary.between[1],
        coverage=_coverage(judgement),
        questions=[],
        next_outcome=None,
        changes_up=[],
        blocked_by=[],
        changes_down=[],
        close_call=None,
        reasons=[],
        doubts=[],
        advice=[],
        conditions=[],
        robustness=None,
    )


def _status(judgement: Judgement) -> Status:
    if not judgement.has_outcome:
        return "too-little-known"
    return "settled" if judgement.low == judgement.high else "open"


def _boundaries(judgement: Judgement) -> list[BoundaryResult]:
    return [
        BoundaryResult(
            to=boundary.between[1],
            support=test.support,
            majority=boundary.majority,
            passed=test.passed,
            vetoes=list(test.vetoes),
            reached=list(test.reached),
        )
        for boundary, test in zip(judgement.questionnaire.boundaries, judgement.tests, strict=True)
    ]


def _coverage(judgement: Judgement) -> Coverage:
    items = judgement.questionnaire.scored_items
    said = judgement.answers.items
    known = sum(item_value(item, said.get(item.id)) is not None for item in items.values())
    absent = sum(item_id in said and said[item_id].state == "na" for item_id in items)
    return Coverage(asked=len(items), known=known, unknown=len(items) - known - absent, na=absent)
