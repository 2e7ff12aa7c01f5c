"""Many respondents → one set of answers, and how far apart the respondents are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine import spread
from app.engine.answers import (
    MOST_RESPONDENTS,
    UNANSWERED,
    Answer,
    Answers,
    GateAnswer,
    gate_state,
    visible_items,
    without_hidden,
)
from app.engine.assess import assess
from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem, Value
from app.engine.result import Result
from app.engine.scoring import item_value
from app.engine.sorting import reaches
from app.engine.yes_no import YES_NO

FEWEST_ANSWERS = 3
"""With fewer answers than this there is no index: it would describe their number more than their views."""


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How the respondents answered one item.

    ``counts``: how many chose each of ``options``, in their order; both are empty where there are no options.
    ``median``: the group's answer, ``None`` where there is none. ``agreement``: van der Eijk's A, −1 to 1,
    for scored items with options and at least three answers. ``straddles``: some answers are at the
    criterion's profile at the deciding boundary, others below. ``divided``: not everybody who knows gave the
    same answer.
    """

    item: str
    options: list[Value]
    counts: list[int]
    median: Value | None
    agreement: float | None
    straddles: bool
    divided: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """A group's answers as one, and how far apart its members are.

    ``items``: every question by id, in the order of the file. ``divided``: the questions answered
    differently, in the order to talk about them: answers on both sides of the profile first, then by the
    least agreement.
    """

    answers: Answers
    items: dict[str, ItemAgreement]
    divided: list[str]


def agree(questionnaire: Questionnaire, respondents: Sequence[Answers]) -> Agreement:
    """Return what a group says together, and how far apart it is.

    ``respondents``: at least one, all answering ``questionnaire``. Raises ``ValueError`` where nobody
    answered.
    """
    counted = _counted(questionnaire, respondents)
    answers = _together(questionnaire, counted, {}, {})
    result = assess(questionnaire, answers, explain=False)
    items = {
        item.id: _item_agreement(questionnaire, item, _answers_to(item, counted), result)
        for item in questionnaire.items.values()
    }
    return Agreement(answers, items, _divided(items))


def merged(
    questionnaire: Questionnaire,
    respondents: Sequence[Answers],
    agreed: Mapping[str, Answer],
    settled: Mapping[str, GateAnswer],
) -> Answers:
    """Return a group's answers, at a fraction of the work that :func:`agree` takes.

    ``agreed``: what the room has agreed on, by item; it overrides whatever was answered before. ``settled``:
    gates that a fact has settled, by id.
    """
    return _together(questionnaire, _counted(questionnaire, respondents), agreed, settled)


def _counted(questionnaire: Questionnaire, respondents: Sequence[Answers]) -> list[Answers]:
    """Return everybody's answers to the questions that they were shown."""
    if not respondents:
        raise ValueError("a group has at least one respondent")
    return [
        without_hidden(questionnaire, answers, visible_items(questionnaire, answers))
        for answers in respondents
    ]


def _together(
    questionnaire: Questionnaire,
    respondents: Sequence[Answers],
    agreed: Mapping[str, Answer],
    settled: Mapping[str, GateAnswer],
) -> Answers:
    """Return the group's answers."""
    items = {item.id: _merged(item, _answers_to(item, respondents)) for item in questionnaire.items.values()}
    subject = {
        key: _merged_value(item, [answers.subject[key] for answers in respondents if key in answers.subject])
        for key, item in questionnaire.subject_items.items()
    }
    return Answers(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        digest=questionnaire.digest,
        date=max(answers.date for answers in respondents),
        respondents=min(sum(answers.respondents for answers in respondents), MOST_RESPONDENTS),
        subject={key: value for key, value in subject.items() if value is not None},
        items={**items, **agreed},
        gates={**{gate.id: _merged_gate(gate, respondents) for gate in questionnaire.gates}, **settled},
    )


def _answers_to(item: BaseItem, respondents: Sequence[Answers]) -> list[Answer]:
    """Return everybody's answer to one item."""
    return [answers.items.get(item.id, UNANSWERED) for answers in respondents]


def _known(answers: Sequence[Answer]) -> list[Value]:
    return [answer.value for answer in answers if answer.value is not None]


def _merged(item: BaseItem, answers: Sequence[Answer]) -> Answer:
    """Return the group's answer: the lower median of those who know, "not applicable" where most say so."""
    known = _known(answers)
    absent = sum(answer.state == "na" for answer in answers)
    if absent > len(known):
        return Answer("na")
    value = _merged_value(item, known)
    return UNANSWERED if value is None else Answer("known", value)


def _merged_value(item: BaseItem, known: Sequence[Value]) -> Value | None:
    return item.merge(known) if known else None


def _merged_gate(gate: Gate, respondents: Sequence[Answers]) -> GateAnswer:
    """Return the group's answer to a gate: breached or clear only where all who know say the same."""
    states = {gate_state(gate, answers) for answers in respondents} - {"open"}
    if states == {"breached"}:
        return GateAnswer(gate.breach_when)
    if states == {"clear"}:
        return GateAnswer(next(answer for answer in YES_NO if answer != gate.breach_when))
    return GateAnswer(None)


def _item_agreement(
    questionnaire: Questionnaire, item: BaseItem, answers: Sequence[Answer], result: Result
) -> ItemAgreement:
    known, options = _known(answers), item.options()
    counts = [sum(item.has_chosen(value, option) for value in known) for option in options]
    has_index = item.has_values and bool(options) and len(known) >= FEWEST_ANSWERS
    return ItemAgreement(
        item=item.id,
        options=options,
        counts=counts,
        median=_merged_value(item, known),
        agreement=spread.agreement(counts) if has_index else None,
        straddles=_straddles(questionnaire, item, answers, result),
        divided=any(value != known[0] for value in known),
    )


def _straddles(
    questionnaire: Questionnaire, item: BaseItem, answers: Sequence[Answer], result: Result
) -> bool:
    """Say whether the answers lie on both sides of their criterion's profile at the deciding boundary."""
    criterion = questionnaire.criterion_of.get(item.id)
    if criterion is None:
        return False
    deciding = next(each for each in questionnaire.boundaries if each.between[1] == result.deciding)
    values = [item_value(questionnaire.scored_items[item.id], answer) for answer in answers]
    sides = {reaches(value, deciding.profiles[criterion]) for value in values if value is not None}
    return len(sides) > 1


def _divided(items: Mapping[str, ItemAgreement]) -> list[str]:
    """Return the items answered differently: straddling ones first, then by agreement, the least first."""

    def order(each: ItemAgreement) -> tuple[Any, ...]:
        return not each.straddles, each.agreement is None, each.agreement or 0.0

    return [each.item for each in sorted(items.values(), key=order) if each.divided]
