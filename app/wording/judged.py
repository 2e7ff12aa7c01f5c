"""Criteria and boundaries in words: how each is judged, and why the outcome is what it is."""

from __future__ import annotations

from typing import Literal

from app.engine.definition import Boundary, Criterion, Questionnaire
from app.engine.result import BoundaryResult, Result
from app.engine.sorting import is_enough, is_vetoed, reaches
from app.wording.reading import BarWords, BoundaryWords, CriterionWords
from app.wording.speech import Speech, whole

Judged = Literal["met", "short", "vetoed", "unknown"]

MOST_NAMES = 5
"""How many criteria a sentence names before it counts them instead."""


def criteria(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[CriterionWords]:
    """Return every criterion, in the order of the questionnaire."""
    total = sum(criterion.weight for criterion in questionnaire.criteria)
    deciding = next(b for b in questionnaire.boundaries if b.between[1] == result.deciding)
    advice = {a.id: a for a in questionnaire.advice}
    words = []
    for criterion in questionnaire.criteria:
        score = result.criteria[criterion.id]
        kind = _judged(criterion, deciding, score.point)
        words.append(
            CriterionWords(
                id=criterion.id,
                title=speech.text(criterion.title),
                meaning=speech.text(criterion.meaning),
                pitfall=speech.text(criterion.pitfall),
                weight=speech.decimal(
                    criterion.weight, 0 if criterion.weight == int(criterion.weight) else 1
                ),
                share=whole(100 * criterion.weight / total),
                point=None if score.point is None else whole(score.point),
                low=whole(score.low),
                high=whole(score.high),
                bars=[
                    _bar(questionnaire, b, criterion, score.point, speech) for b in questionnaire.boundaries
                ],
                judged_kind=kind,
                judged=_judged_words(kind, deciding.profiles[criterion.id], speech),
                advice=[
                    speech.text(advice[each].text)
                    for each in result.advice
                    if advice[each].criterion == criterion.id
                ],
            )
        )
    return words


def judged_by(questionnaire: Questionnaire, result: Result, speech: Speech) -> str:
    """Say which requirement is meant where a criterion is said to meet it: that of the deciding boundary."""
    outcome = speech.quoted(speech.text(questionnaire.outcome(result.deciding).title))
    return speech.tell(
        "The words at each criterion tell whether it meets the requirement for {outcome}.", outcome=outcome
    )


def _judged(criterion: Criterion, boundary: Boundary, point: float | None) -> Judged:
    if is_vetoed(point, boundary.vetoes.get(criterion.id)):
        return "vetoed"
    if reaches(point, boundary.profiles[criterion.id]):
        return "met"
    return "unknown" if point is None else "short"


def _judged_words(kind: Judged, profile: float, speech: Speech) -> str:
    if kind == "met" and profile == 0:
        return speech.tell("Nothing is required here")
    return {
        "met": speech.tell("Meets the requirement"),
        "short": speech.tell("Short of the requirement"),
        "vetoed": speech.tell("Not above the minimum"),
        "unknown": speech.tell("Not known yet"),
    }[kind]


def _bar(
    questionnaire: Questionnaire,
    boundary: Boundary,
    criterion: Criterion,
    point: float | None,
    speech: Speech,
) -> BarWords:
    profile, veto = boundary.profiles[criterion.id], boundary.vetoes.get(criterion.id)
    return BarWords(
        to=boundary.between[1],
        title=speech.text(questionnaire.outcome(boundary.between[1]).title),
        profile=whole(profile),
        veto=None if veto is None else whole(veto),
        reached=reaches(point, profile),
        vetoed=is_vetoed(point, veto),
    )


def boundaries(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[BoundaryWords]:
    """Return every boundary, from the lowest, each with what came of it."""
    words = []
    for boundary, tested in zip(questionnaire.boundaries, result.boundaries, strict=True):
        words.append(
            BoundaryWords(
                to=tested.to,
                title=speech.text(questionnaire.outcome(tested.to).title),
                support=whole(100 * tested.support),
                majority=whole(100 * tested.majority),
                passed=tested.passed,
                sentence=boundary_sentence(questionnaire, boundary, tested, speech),
            )
        )
    return words


def boundary_sentence(
    questionnaire: Questionnaire, boundary: Boundary, tested: BoundaryResult, speech: Speech
) -> str:
    """Say which criteria reach the bar, what they weigh together, and what stops the rest."""
    return " ".join(
        part
        for part in (
            _reached(questionnaire, boundary, tested, speech),
            _weighed(questionnaire, boundary, tested, speech),
            _vetoed(questionnaire, tested, speech),
        )
        if part
    )


def _titles(questionnaire: Questionnaire, ids: list[str], speech: Speech) -> str:
    return speech.listed([speech.text(questionnaire.criteria_by_id[each].title) for each in ids])


def _reached(questionnaire: Questionnaire, boundary: Boundary, tested: BoundaryResult, speech: Speech) -> str:
    outcome = speech.quoted(speech.text(questionnaire.outcome(tested.to).title))
    asked = [c.id for c in questionnaire.criteria if boundary.profiles[c.id] > 0]
    reached = [each for each in asked if each in tested.reached]
    if not reached:
        return speech.tell("No criterion meets the requirement for {outcome}.", outcome=outcome)
    if reached == asked and len(asked) < len(questionnaire.criteria):
        return speech.tell(
            "Every criterion of which something is required meets the requirement for {outcome}.",
            outcome=outcome,
        )
    if reached == asked:
        return speech.tell("Every criterion meets the requirement for {outcome}.", outcome=outcome)
    if len(reached) <= MOST_NAMES:
        return speech.tell(
            "The requirement for {outcome} is met by {names}.",
            names=_titles(questionnaire, reached, speech),
            outcome=outcome,
        )
    return speech.tell(
        "{reached} of {asked} criteria meet the requirement for {outcome}. Not met: {short}.",
        reached=len(reached),
        asked=len(asked),
        outcome=outcome,
        short=_titles(questionnaire, [each for each in asked if each not in reached], speech),
    )


def _weighed(questionnaire: Questionnaire, boundary: Boundary, tested: BoundaryResult, speech: Speech) -> str:
    support, majority = _comparable(tested, speech)
    free = [c.id for c in questionnaire.criteria if boundary.profiles[c.id] == 0]
    if free:
        return speech.tell(
            "Together with {free}, of which nothing is required here, that weighs {support} of 100; "
            "{majority} is needed.",
            free=_titles(questionnaire, free, speech),
            support=support,
            majority=majority,
        )
    return speech.tell(
        "That weighs {support} of 100; {majority} is needed.", support=support, majority=majority
    )


def _comparable(tested: BoundaryResult, speech: Speech) -> tuple[str, str]:
    """Return both figures with the fewest decimals at which they compare as the exact ones do."""
    for decimals in (0, 1, 2):
        support = speech.decimal(100 * tested.support, decimals)
        majority = speech.decimal(100 * tested.majority, decimals)
        if is_enough(tested.support, tested.majority) or support != majority:
            break
    return support, majority


def _vetoed(questionnaire: Questionnaire, tested: BoundaryResult, speech: Speech) -> str:
    if not tested.vetoes:
        return ""
    return speech.tell(
        "But {names} did not get above the minimum, and the rest cannot make up for that.",
        names=_titles(questionnaire, tested.vetoes, speech),
    )


def why(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[str]:
    """Say why the scores lead where they lead: the last boundary passed, then the first that failed."""
    sentences: list[str] = []
    for boundary, tested in zip(questionnaire.boundaries, result.boundaries, strict=True):
        sentence = boundary_sentence(questionnaire, boundary, tested, speech)
        if not tested.passed:
            return [*sentences[-1:], sentence]
        sentences.append(sentence)
    return sentences[-1:]
