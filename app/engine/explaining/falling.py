"""Which single answers, one step worse, lose the outcome."""

from __future__ import annotations

from dataclasses import replace

from app.engine.answers import visible_items
from app.engine.items import Value
from app.engine.judging import Judgement
from app.engine.result import Fall
from app.engine.scoring import criterion_score
from app.engine.sorting import climb, limited_point, limits_of


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
