"""The one door: a questionnaire and its answers in, the whole result out."""

from __future__ import annotations

from dataclasses import replace

from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.engine.explaining.changes import close_call, way_up
from app.engine.explaining.falling import falls
from app.engine.explaining.questions import questions_to_ask
from app.engine.explaining.reasons import advice_that_applies, doubts_about, reasons_for
from app.engine.judging import Judgement, judge
from app.engine.result import BoundaryResult, Coverage, Result, Status
from app.engine.robustness import robustness_of
from app.engine.scoring import item_value


def assess(questionnaire: Questionnaire, answers: Answers, *, explain: bool = True) -> Result:
    """Return what ``answers`` to ``questionnaire`` come to.

    The answers must fit the questionnaire (:func:`app.engine.answers.from_json` makes sure). Without
    ``explain`` everything that explains the outcome is left empty: questions, changes, reasons, doubts,
    advice and robustness.
    """
    judgement = judge(questionnaire, answers)
    bare = _bare(judgement)
    return _explained(judgement, bare) if explain else bare


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


def _explained(judgement: Judgement, bare: Result) -> Result:
    """Return the result with questions and, where there is an outcome, all that explains it."""
    if not judgement.has_outcome:
        return replace(bare, questions=questions_to_ask(judgement))
    up, down = way_up(judgement), falls(judgement)
    ids = judgement.questionnaire.outcome_ids
    return replace(
        bare,
        questions=questions_to_ask(judgement),
        next_outcome=None if up.next_outcome is None else ids[up.next_outcome],
        changes_up=up.lists,
        blocked_by=up.blocked_by,
        changes_down=down,
        close_call=close_call(up, down),
        reasons=reasons_for(judgement),
        doubts=doubts_about(judgement),
        advice=advice_that_applies(judgement, "advice"),
        conditions=advice_that_applies(judgement, "condition"),
        robustness=robustness_of(judgement),
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
    items, answers = judgement.questionnaire.scored_items, judgement.answers.items
    values = {part.item: part.value for parts in judgement.parts.values() for part in parts}
    loose = [item for key, item in items.items() if key not in judgement.questionnaire.criterion_of]
    values |= {item.id: item_value(item, answers.get(item.id)) for item in loose}
    known = sum(value is not None for value in values.values())
    absent = sum(key in answers and answers[key].state == "na" for key in items)
    return Coverage(asked=len(items), known=known, unknown=len(items) - known - absent, na=absent)
