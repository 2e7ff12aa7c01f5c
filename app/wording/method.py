"""The method in words: how firm the outcome is, and the rules that gave it."""

from __future__ import annotations

import math

from app.engine.definition import Questionnaire
from app.engine.result import Flip, Result, Robustness
from app.wording.figures import thousands
from app.wording.reading import CountWords, RobustnessWords
from app.wording.speech import Speech, whole

MOSTLY = 0.8
"""From this share of the weightings on, an outcome that is not always the same is called mostly firm."""


def robustness(questionnaire: Questionnaire, result: Result, speech: Speech) -> RobustnessWords | None:
    """Return how firm the outcome is, ``None`` where there is nothing to weigh."""
    found = result.robustness
    if found is None:
        return None
    return RobustnessWords(
        sentence=speech.tell(
            "{verdict}: the same in {same} of {tested} calculations with other weights. "
            "That is about the weights, not about the chance of success.",
            verdict=_verdict(found, speech),
            same=thousands(found.same, speech.language),
            tested=thousands(found.tested, speech.language),
        ),
        flip=_flip(questionnaire, found, speech),
        same=found.same,
        tested=found.tested,
        counts=[
            CountWords(speech.text(questionnaire.outcome(each).title), count)
            for each, count in found.outcomes.items()
        ],
    )


def _verdict(found: Robustness, speech: Speech) -> str:
    if found.same == found.tested:
        return speech.tell("The recommendation stands firm")
    if found.same >= MOSTLY * found.tested:
        return speech.tell("The recommendation stands fairly firm")
    return speech.tell("The recommendation depends on the weights")


def _flip(questionnaire: Questionnaire, found: Robustness, speech: Speech) -> str:
    if found.flip is None:
        return speech.tell("No single weight can change the recommendation on its own.")
    return speech.tell(
        "The smallest change that gives another recommendation: {criterion} weighs {to} instead of {weight}. "
        "Then it becomes {outcome}.",
        criterion=speech.text(questionnaire.criteria_by_id[found.flip.criterion].title),
        to=_flipped(found.flip, speech),
        weight=speech.decimal(found.flip.weight, 0 if found.flip.weight == int(found.flip.weight) else 1),
        outcome=speech.quoted(speech.text(questionnaire.outcome(found.flip.outcome).title)),
    )


def _flipped(flip: Flip, speech: Speech) -> str:
    """Return the weight that flips the outcome, as a whole number a little further out where that is near."""
    if abs(flip.to - flip.weight) < 1:
        return speech.decimal(flip.to, 2)
    return str(math.ceil(flip.to) if flip.to > flip.weight else math.floor(flip.to))


def rules(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[str]:
    """Return the rules that sorted the answers, in the order in which they are applied."""
    return [*all_rules(questionnaire, speech), _decided(questionnaire, result, speech)]


def all_rules(questionnaire: Questionnaire, speech: Speech) -> list[str]:
    """Return the rules that a questionnaire sorts by, whatever the answers are."""
    return [
        *_gate_rules(questionnaire, speech),
        speech.tell(
            "Each criterion gets a score from 0 to 100 from its questions. What is not known counts neither "
            "up nor down; the range shows what it could do."
        ),
        speech.tell(
            "Too little is known for a recommendation when the criteria we know something about weigh less "
            "than {enough} of 100.",
            enough=whole(100 * questionnaire.enough),
        ),
        *_boundary_rules(questionnaire, speech),
        *(
            speech.tell(
                "The highest recommendation is {outcome} where this applies: {because}",
                because=speech.text(cap.because),
                outcome=speech.quoted(speech.text(questionnaire.outcome(cap.at_most).title)),
            )
            for cap in questionnaire.caps
        ),
    ]


def _gate_rules(questionnaire: Questionnaire, speech: Speech) -> list[str]:
    if not questionnaire.gates:
        return []
    lowest = speech.quoted(speech.text(questionnaire.outcomes[0].title))
    titles = speech.listed([speech.text(gate.title) for gate in questionnaire.gates])
    return [
        speech.tell(
            "Must be in place: {titles}. If one is not, the recommendation is {lowest}, whatever the rest "
            "says. If one is not known, the recommendation is held back until it is.",
            titles=titles,
            lowest=lowest,
        )
    ]


def _boundary_rules(questionnaire: Questionnaire, speech: Speech) -> list[str]:
    return [
        speech.tell(
            "For {outcome}, the criteria that reach their requirement must weigh at least {majority} of 100, "
            "and none may be at or under its minimum.",
            outcome=speech.quoted(speech.text(questionnaire.outcome(boundary.between[1]).title)),
            majority=speech.decimal(100 * boundary.majority),
        )
        for boundary in questionnaire.boundaries
    ]


def _decided(questionnaire: Questionnaire, result: Result, speech: Speech) -> str:
    if "breached" in result.gates.values():
        return speech.tell("Decided here by: something that must be in place is not.")
    if result.outcome is None:
        return speech.tell("Decided here by: too little is known.")
    if result.in_time:
        return speech.tell("Decided here by: a limit. The scores alone would have given more.")
    return speech.tell(
        "Decided here by: the line to {outcome}.",
        outcome=speech.quoted(speech.text(questionnaire.outcome(result.deciding).title)),
    )
