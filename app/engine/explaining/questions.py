"""What nobody knows yet, as questions for the meeting, the most decisive first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from app.engine.answers import answer_to, holds, unsettled_items
from app.engine.conditions import Condition
from app.engine.definition import Boundary, Criterion
from app.engine.judging import Judgement
from app.engine.result import QuestionToAsk
from app.engine.scoring import shares_of
from app.engine.sorting import is_vetoed, reaches

Straddles = Callable[[Judgement, Criterion, Boundary], bool]


def questions_to_ask(judgement: Judgement) -> list[QuestionToAsk]:
    """Return everything unknown, each thing once: what can settle the outcome soonest comes first.

    Open gates; items behind undetermined caps; items whose criterion may fall on either side of a veto, then
    of a profile, at a boundary inside the range; the rest. Within a group the weightiest item comes first.
    """
    unknown = _by_share(judgement, unknown_items(judgement))
    asked: dict[str, QuestionToAsk] = {}
    for question in chain(
        _cap_questions(judgement),
        (QuestionToAsk("item", item, "veto") for item in _straddling(judgement, unknown, _straddles_veto)),
        (
            QuestionToAsk("item", item, "profile")
            for item in _straddling(judgement, unknown, _straddles_profile)
        ),
        (QuestionToAsk("item", item, "rest") for item in unknown),
        (QuestionToAsk("item", item, "rest") for item in _unknown_in_caps(judgement)),
    ):
        asked.setdefault(question.id, question)
    return [*_gate_questions(judgement), *asked.values()]


def unknown_items(judgement: Judgement) -> list[str]:
    """Return the items that count but have no value yet, in the order of the file."""
    unknown = {part.item for parts in judgement.parts.values() for part in parts if part.value is None}
    return [item for item in judgement.questionnaire.items if item in unknown]


def _gate_questions(judgement: Judgement) -> list[QuestionToAsk]:
    return [
        QuestionToAsk("gate", gate, "gate")
        for gate, state in judgement.limits.gates.items()
        if state == "open"
    ]


def _cap_questions(judgement: Judgement) -> Iterator[QuestionToAsk]:
    """Yield the unknown answers that keep a cap undetermined."""
    unsettled = unsettled_items(judgement.questionnaire, judgement.answers, judgement.shown)
    for cap in judgement.questionnaire.caps:
        if judgement.limits.caps[cap.id] == "undetermined":
            for item in _deciding_items(judgement, cap.when, unsettled):
                yield QuestionToAsk("item", item, "cap", cap.id)


def _deciding_items(judgement: Judgement, condition: Condition, unsettled: frozenset[str]) -> Iterator[str]:
    """Yield the items that an undetermined condition depends on, including those that may yet be shown."""
    questionnaire = judgement.questionnaire
    if holds(condition, questionnaire, judgement.answers, judgement.shown, unsettled) is not None:
        return
    for part in condition.parts:
        yield from _deciding_items(judgement, part, unsettled)
    if condition.item is not None:
        item = questionnaire.item_or_field(condition.item)
        if item.id in unsettled and item.show_if is not None:
            yield from _deciding_items(judgement, item.show_if, unsettled)
        else:
            yield item.id


def _unknown_in_caps(judgement: Judgement) -> list[str]:
    """Return the shown items that caps ask about and nobody has answered, in the order of the file."""
    questionnaire = judgement.questionnaire
    named = {leaf.item for cap in questionnaire.caps for leaf in cap.when.leaves()}
    return [
        item
        for item in questionnaire.items
        if item in named
        and item in judgement.shown
        and answer_to(questionnaire, judgement.answers, item).state == "unknown"
    ]


def _straddling(judgement: Judgement, items: Iterable[str], straddles: Straddles) -> list[str]:
    """Return the items whose criterion straddles a bar of a boundary inside the range.

    The range is the reported one. An open gate holds its lower end at the lowest outcome, so that no boundary
    is left out there; a boundary above its upper end could not be passed whatever the answers.
    """
    questionnaire = judgement.questionnaire
    within = questionnaire.boundaries[judgement.low : judgement.high]
    criteria = {c.id for c in questionnaire.criteria if any(straddles(judgement, c, each) for each in within)}
    return [item for item in items if questionnaire.criterion_of[item] in criteria]


def _straddles_veto(judgement: Judgement, criterion: Criterion, boundary: Boundary) -> bool:
    score, veto = judgement.scores[criterion.id], boundary.vetoes.get(criterion.id)
    return is_vetoed(score.low, veto) and not is_vetoed(score.high, veto)


def _straddles_profile(judgement: Judgement, criterion: Criterion, boundary: Boundary) -> bool:
    score, profile = judgement.scores[criterion.id], boundary.profiles[criterion.id]
    return reaches(score.high, profile) and not reaches(score.low, profile)


def _by_share(judgement: Judgement, items: list[str]) -> list[str]:
    """Sort items by their share of the total weight, the greatest first; ties in the order of the file."""
    shares = {}
    for criterion in judgement.questionnaire.criteria:
        parts = judgement.parts[criterion.id]
        for part, share in zip(parts, shares_of(criterion, [each.weight for each in parts]), strict=True):
            shares[part.item] = criterion.weight * share
    return sorted(items, key=lambda item: -round(shares[item], 9))
