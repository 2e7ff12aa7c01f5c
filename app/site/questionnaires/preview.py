"""A questionnaire as it is read before anybody answers it: every question, and how answers are weighed."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.definition import Boundary, Criterion, Questionnaire
from app.engine.items import ScoredItem, Value
from app.wording.blank import Blank, blank
from app.wording.codes import question_codes
from app.wording.limits import gate_answer
from app.wording.method import all_rules
from app.wording.speech import Speech, whole


@dataclass(frozen=True)
class Bar:
    """What a criterion should reach for an outcome, and what it must be above, ``None`` for nothing."""

    profile: int
    veto: int | None


@dataclass(frozen=True)
class CriterionPreview:
    """One criterion: its share of the weight in percent, its questions' codes, a bar for each boundary."""

    title: str
    meaning: str
    share: int
    questions: list[str]
    bars: list[Bar]


@dataclass(frozen=True)
class GatePreview:
    """Something that must be in place: what stops, why, and how far one may go while it is open."""

    title: str
    text: str
    because: str
    stops: str
    open_at_most: str


@dataclass(frozen=True)
class OutcomePreview:
    """One outcome, the worst first."""

    title: str
    nickname: str
    meaning: str


@dataclass(frozen=True)
class Preview:
    """The whole questionnaire in one language. ``goals``: the outcomes that a boundary leads to."""

    language: str
    form: Blank
    outcomes: list[OutcomePreview]
    goals: list[str]
    criteria: list[CriterionPreview]
    gates: list[GatePreview]
    rules: list[str]
    scores: dict[str, list[int]]


def preview(questionnaire: Questionnaire, language: str) -> Preview:
    """Return what a reader should know before the first answer."""
    speech = Speech(language)
    return Preview(
        language=language,
        form=blank(questionnaire, language),
        outcomes=[
            OutcomePreview(speech.text(each.title), speech.text(each.nickname), speech.text(each.meaning))
            for each in questionnaire.outcomes
        ],
        goals=[
            speech.text(questionnaire.outcome(each.between[1]).title) for each in questionnaire.boundaries
        ],
        criteria=[_criterion(questionnaire, each, speech) for each in questionnaire.criteria],
        gates=[
            GatePreview(
                title=speech.text(gate.title),
                text=speech.text(gate.text),
                because=speech.text(gate.because),
                stops=gate_answer(gate, gate.breach_when, speech),
                open_at_most=speech.text(questionnaire.outcome(gate.open_at_most).title),
            )
            for gate in questionnaire.gates
        ],
        rules=all_rules(questionnaire, speech),
        scores=_scores(questionnaire),
    )


def _criterion(questionnaire: Questionnaire, criterion: Criterion, speech: Speech) -> CriterionPreview:
    codes = question_codes(questionnaire)
    return CriterionPreview(
        title=speech.text(criterion.title),
        meaning=speech.text(criterion.meaning),
        share=whole(100 * criterion.weight / questionnaire.total_weight),
        questions=[codes[part.item] for part in criterion.weighted_items],
        bars=[_bar(boundary, criterion) for boundary in questionnaire.boundaries],
    )


def _bar(boundary: Boundary, criterion: Criterion) -> Bar:
    veto = boundary.vetoes.get(criterion.id)
    return Bar(whole(boundary.profiles[criterion.id]), None if veto is None else whole(veto))


def _scores(questionnaire: Questionnaire) -> dict[str, list[int]]:
    """Return, by the name that the form gives a question, what each of its options counts, 0–100."""
    scored = questionnaire.scored_items.values()
    return {f"item-{item.id}": [_score(item, option) for option in item.options()] for item in scored}


def _score(item: ScoredItem, option: Value) -> int:
    return whole(item.score(option) or 0)
