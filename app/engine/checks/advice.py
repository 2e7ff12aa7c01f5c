"""Advice: shown for a reason that it states."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.draft import Draft
from app.engine.faults import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse advice without an occasion, and a criterion without ``below`` or the reverse."""
    for i, advice in enumerate(draft.questionnaire.advice):
        if advice.criterion is None and advice.below is not None:
            yield Finding(("advice", i, "below"), "below_without_criterion", {"id": advice.id})
        elif advice.criterion is not None and advice.below is None:
            yield Finding(("advice", i, "criterion"), "criterion_without_below", {"id": advice.id})
        elif advice.criterion is None and advice.when is None and not advice.outcomes:
            yield Finding(("advice", i), "advice_without_occasion", {"id": advice.id})
