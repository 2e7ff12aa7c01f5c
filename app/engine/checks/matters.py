"""What the author wrote and nothing depends on."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.conditions import Condition
from app.engine.definition import Boundary, Criterion, Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.sorting import is_enough, reaches
from app.engine.walking import questions


def advise(draft: Draft) -> Iterator[Finding]:
    """Point at items, criteria and scales that can never matter, and at scored items without an ``ask``."""
    questionnaire = draft.questionnaire
    tested = _tested_items(questionnaire)
    for path, item in questions(questionnaire):
        is_idle = item.id not in questionnaire.criterion_of and item.id not in tested
        if item.asked_to_decide and is_idle:
            yield Finding(path, "item_never_matters", {"id": item.id})
        if item.has_values and item.ask is None:
            yield Finding(path, "ask_missing", {"id": item.id})
    for i, criterion in enumerate(questionnaire.criteria):
        if not any(_can_decide(questionnaire, criterion, boundary) for boundary in questionnaire.boundaries):
            yield Finding(("criteria", i), "criterion_never_matters", {"id": criterion.id})
    used = {item.shared_scale for _, item in questions(questionnaire)}
    for name in questionnaire.scales:
        if name not in used:
            yield Finding(("scales", name), "scale_not_used", {"id": name})


def _tested_items(questionnaire: Questionnaire) -> set[str]:
    """Return the items that a condition asks about."""
    conditions: list[Condition | None] = [cap.when for cap in questionnaire.caps]
    conditions += [advice.when for advice in questionnaire.advice]
    conditions += [item.show_if for item in questionnaire.conditional_items]
    return {str(leaf.item) for condition in conditions if condition for leaf in condition.leaves()}


def _can_decide(questionnaire: Questionnaire, criterion: Criterion, boundary: Boundary) -> bool:
    """Say whether a criterion can ever decide a boundary: by its veto, or by tipping the support."""
    if criterion.id in boundary.vetoes:
        return True
    if reaches(None, boundary.profiles[criterion.id]):
        return False
    supports = {0.0}
    for other in questionnaire.criteria:
        if other.id != criterion.id:
            reached = {support + other.weight for support in supports}
            supports = reached if reaches(None, boundary.profiles[other.id]) else supports | reached

    def carries(weight: float) -> bool:
        return is_enough(weight / questionnaire.total_weight, boundary.majority)

    return any(carries(support + criterion.weight) and not carries(support) for support in supports)
