"""Reasons for and doubts about, in words, with what can be done about a doubt."""

from __future__ import annotations

from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.engine.result import Doubt, Result
from app.engine.scoring import item_scores
from app.wording.answer_words import answer_words
from app.wording.limits import LimitWords
from app.wording.reading import PointWords
from app.wording.speech import Speech, whole


def reasons(
    questionnaire: Questionnaire, answers: Answers, result: Result, speech: Speech
) -> list[PointWords]:
    """Return what speaks for, the strongest first, each with the best that was answered about it."""
    return [
        PointWords(
            kind="criterion",
            id=reason.criterion,
            title=speech.text(questionnaire.criteria_by_id[reason.criterion].title),
            sentence=_best_answer(questionnaire, answers, reason.criterion, speech),
            remedy=speech.tell(
                "{point} of 100; the requirement is {bar}.",
                point=whole(reason.point),
                bar=whole(reason.profile),
            ),
        )
        for reason in result.reasons
    ]


def _best_answer(questionnaire: Questionnaire, answers: Answers, criterion_id: str, speech: Speech) -> str:
    """Return the question that speaks most for a criterion with what was answered, ``""`` for none.

    Never what the criterion means: that would state as a fact what nobody said. A table has no words that fit
    a sentence.
    """
    parts = [
        part
        for part in item_scores(questionnaire, questionnaire.criteria_by_id[criterion_id], answers)
        if part.value is not None and questionnaire.items[part.item].table is None
    ]
    if not parts:
        return ""
    item = questionnaire.items[max(parts, key=lambda part: part.value or 0.0).item]
    return f"{speech.text(item.text)} {answer_words(item, answers.items[item.id], speech)}."


def doubts(
    questionnaire: Questionnaire, answers: Answers, result: Result, limits: LimitWords, speech: Speech
) -> list[PointWords]:
    """Return what speaks against, the gravest first."""
    gate_words = {gate.id: gate for gate in limits.gates}
    cap_words = {cap.id: cap for cap in limits.caps}
    words = []
    for doubt in result.doubts:
        if doubt.kind == "gate":
            gate = gate_words[doubt.id]
            words.append(PointWords("gate", doubt.id, gate.title, gate.sentence, gate.ask))
        elif doubt.kind == "cap":
            title = speech.tell("A limit for now")
            words.append(PointWords("cap", doubt.id, title, cap_words[doubt.id].sentence))
        else:
            words.append(_criterion(questionnaire, answers, result, doubt, speech))
    return words


def _criterion(
    questionnaire: Questionnaire, answers: Answers, result: Result, doubt: Doubt, speech: Speech
) -> PointWords:
    criterion = questionnaire.criteria_by_id[doubt.id]
    return PointWords(
        kind=doubt.kind,
        id=doubt.id,
        title=speech.text(criterion.title),
        sentence=_shortfall(doubt, speech),
        remedy=_remedy(questionnaire, answers, result, doubt.id, speech),
    )


def _shortfall(doubt: Doubt, speech: Speech) -> str:
    if doubt.kind == "unknown" or doubt.point is None or doubt.bar is None:
        return speech.tell("Nothing is known about this yet.")
    if doubt.kind == "veto":
        return speech.tell(
            "{point} of 100; it must be above {bar}.", point=whole(doubt.point), bar=whole(doubt.bar)
        )
    return speech.tell(
        "{point} of 100; the requirement is {bar}.", point=whole(doubt.point), bar=whole(doubt.bar)
    )


def _remedy(
    questionnaire: Questionnaire, answers: Answers, result: Result, criterion_id: str, speech: Speech
) -> str:
    """Return the advice on a criterion that applies, else the question about what is weakest in it."""
    advice = next(
        (
            each
            for each in questionnaire.advice
            if each.id in result.advice and each.criterion == criterion_id
        ),
        None,
    )
    if advice:
        return speech.text(advice.text)
    parts = item_scores(questionnaire, questionnaire.criteria_by_id[criterion_id], answers)
    if not parts:
        return ""
    weakest = min(parts, key=lambda part: -1.0 if part.value is None else part.value)
    return speech.text(questionnaire.items[weakest.item].ask)
