"""How large a questionnaire may be. Checked before anything whose time grows with the size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.engine.definition import MOST_QUESTIONS, MOST_SCORED_ITEMS
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.walking import questions


def oversized(data: dict[str, Any]) -> Finding | None:
    """Return the refusal of decoded JSON that asks more than ``MOST_QUESTIONS``, fields and gates included.

    It looks at the raw data: reading so much would take seconds.
    """
    sections = [each for each in _listed(data, "sections") if isinstance(each, dict)]
    asked = [_listed(data, "subject"), _listed(data, "gates"), *(_listed(each, "items") for each in sections)]
    count = sum(map(len, asked))
    if count > MOST_QUESTIONS:
        return Finding((), "too_many_questions", {"count": count, "most": MOST_QUESTIONS})
    return None


def _listed(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse more questions with a value than ``MOST_SCORED_ITEMS``, at the first that is too many."""
    scored = [placed for placed in questions(draft.questionnaire) if placed.item.has_values]
    if len(scored) > MOST_SCORED_ITEMS:
        details = {"count": len(scored), "most": MOST_SCORED_ITEMS}
        yield Finding(scored[MOST_SCORED_ITEMS].path, "too_many_scored_items", details)
