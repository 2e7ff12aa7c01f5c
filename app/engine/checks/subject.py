"""Subject fields: facts about partner and proposal, never scored; the partner's name is required."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.checks.scores import own_faults
from app.engine.definition import Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items import KINDS
from app.engine.json_positions import Path
from app.engine.walking import PlacedItem, fields, questions


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse scored fields, roles given twice, a missing partner, and items that contradict themselves."""
    yield from _wrong_roles(draft)
    for i, field in enumerate(draft.questionnaire.subject):
        if field.required and field.item.show_if is not None:
            yield Finding(("subject", i, "required"), "required_and_show_if", {"id": field.item.id})
    for path, item in fields(draft.questionnaire):
        if item.gives_scores:
            code = "subject_with_scores" if item.scores_optional else "subject_with_values"
            yield Finding(path, code, {"id": item.id, "known": _kinds_without_values()})
    for placed in everything_asked(draft.questionnaire):
        yield from _contradictions(placed)


def everything_asked(questionnaire: Questionnaire) -> list[PlacedItem]:
    """Return the subject fields' items and the questions, in the order in which they are asked."""
    return [*fields(questionnaire), *questions(questionnaire)]


def _wrong_roles(draft: Draft) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for i, field in enumerate(draft.questionnaire.subject):
        if field.role in first:
            yield Finding(("subject", i, "role"), "role_twice", {"role": field.role}, other=first[field.role])
        elif field.role is not None:
            first[field.role] = ("subject", i, "role")
    if draft.whole and not any(x.required and x.role == "partner" for x in draft.questionnaire.subject):
        yield Finding(("subject",), "no_required_partner")


def _contradictions(placed: PlacedItem) -> Iterator[Finding]:
    path, item = placed
    if item.side == "both" and item.text_partner is None:
        yield Finding(path, "text_partner_missing", {"id": item.id})
    if item.side != "both" and item.text_partner is not None:
        yield Finding((*path, "text_partner"), "text_partner_not_used", {"id": item.id, "side": item.side})
    if not item.scored:
        yield from own_faults(placed)


def _kinds_without_values() -> list[str]:
    return [name for name, kind in KINDS.items() if not kind.scored or kind.scores_optional]
