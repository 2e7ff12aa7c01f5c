"""Which single answers, one step worse, lose the outcome."""

from __future__ import annotations

from app.engine.answers import UNANSWERED, visible_items
from app.engine.items import ScoredItem, Value
from app.engine.judging import Judgement
from app.engine.result import Fall
from app.engine.scoring import ItemScore, point_score
from app.engine.sorting import ceiling, climb, limits_of


def falls(judgement: Judgement) -> list[Fall]:
    """Return the known answers that lose the outcome when that one answer is a single step worse."""
    if not judgement.has_outcome or judgement.point == 0:
        return []
    questionnaire, answers = judgement.questionnaire, judgement.answers
    limiting, highest = _limiting_items(judgement), ceiling(questionnaire, judgement.limits)
    found = []
    for item in questionnaire.scored_items.values():
        value = answers.items.get(item.id, UNANSWERED).value
        worse = None if value is None else item.worse(value)
        if value is None or worse is None:
            continue
        allowed = _ceiling_with(judgement, item.id, worse) if item.id in limiting else highest
        outcome = min(_reached_with(judgement, item, worse), allowed)
        if outcome < judgement.point:
            found.append(Fall(item.id, value, worse, questionnaire.outcome_ids[outcome]))
    return found


def _limiting_items(judgement: Judgement) -> set[str]:
    """Return the items on which a cap, or the visibility of another item, depends."""
    questionnaire = judgement.questionnaire
    conditions = [cap.when for cap in questionnaire.caps]
    conditions += [item.show_if for item in questionnaire.conditional_items if item.show_if is not None]
    return {leaf.item or "" for condition in conditions for leaf in condition.leaves()}


def _ceiling_with(judgement: Judgement, item_id: str, value: Value) -> int:
    """Return the highest outcome that gates and caps allow with one answer changed."""
    questionnaire, answers = judgement.questionnaire, judgement.answers.with_value(item_id, value)
    return ceiling(questionnaire, limits_of(questionnaire, answers, visible_items(questionnaire, answers)))


def _reached_with(judgement: Judgement, item: ScoredItem, value: Value) -> int:
    """Return the outcome that the scores alone reach with one known answer changed."""
    questionnaire = judgement.questionnaire
    criterion = questionnaire.criterion_of.get(item.id)
    if criterion is None:
        return judgement.reached
    score = item.score(value)
    parts = [
        ItemScore(part.item, part.weight, score) if part.item == item.id else part
        for part in judgement.parts[criterion]
    ]
    point = point_score(questionnaire.criteria_by_id[criterion], parts)
    return climb(questionnaire, {**judgement.points, criterion: point})
