"""A result → a :class:`Reading`: the one door to everything that is said about an assessment."""

from __future__ import annotations

from app.engine.answers import Answers, visible_items
from app.engine.dates import date_in_words
from app.engine.definition import Outcome, Questionnaire
from app.engine.result import Result
from app.engine.texts import fill
from app.wording import answer_words, changes, judged, limits, method, points, subject
from app.wording.reading import OutcomeWords, Reading
from app.wording.speech import Speech

MOST_AT_A_MEETING = 6
"""With more open questions than this, one meeting is not said to settle them."""


def read(
    questionnaire: Questionnaire,
    answers: Answers,
    result: Result,
    language: str,
    *,
    from_workshop: bool = False,
) -> Reading:
    """Put a result into words in ``language`` (``"da"`` or ``"en"``).

    ``from_workshop``: a room agreed on the answers, and it is said.
    """
    speech = Speech(language)
    shown = visible_items(questionnaire, answers)
    names = subject.named(questionnaire, answers, speech)
    outcomes = [_outcome(questionnaire, each, names, speech) for each in questionnaire.outcomes]
    by_id = {outcome.id: outcome for outcome in outcomes}
    outcome = by_id[result.outcome] if result.outcome else None
    in_time = by_id[result.in_time] if result.in_time else None
    limited = limits.in_words(questionnaire, answers, result, speech)
    blocked = changes.blocked_by(questionnaire, result, speech)
    questions = changes.questions(questionnaire, result, speech)
    return Reading(
        language=language,
        questionnaire=questionnaire.id,
        title=speech.text(questionnaire.title),
        version=questionnaire.version,
        digest=questionnaire.digest,
        date=date_in_words(answers.date, language) if answers.date else "",
        partner=names["partner"],
        proposal=names["proposal"],
        subject=subject.facts(questionnaire, answers, speech, shown),
        status=result.status,
        headline=outcome.title if outcome else speech.tell("Ask first"),
        meaning=outcome.meaning if outcome else _ask_first(speech),
        motion=outcome.motion
        if outcome
        else speech.tell("It is proposed that the questions be asked before the proposal is considered."),
        next_steps=outcome.next_steps if outcome else _first_steps(speech),
        letter=outcome.letter if outcome else "",
        outcome=outcome,
        low=by_id[result.range[0]],
        high=by_id[result.range[1]],
        in_time=in_time,
        outcomes=outcomes,
        why=_why(questionnaire, result, in_time, limited, speech),
        range_sentence=_range(result, by_id, sum(q.decides for q in questions), speech),
        coverage=answer_words.coverage(result.coverage, speech),
        rests_on=answer_words.rests_on(
            answers.respondents, result.coverage, speech, from_workshop=from_workshop
        ),
        criteria=judged.criteria(questionnaire, result, speech),
        judged_by=judged.judged_by(questionnaire, result, speech),
        boundaries=judged.boundaries(questionnaire, result, speech),
        gates=limited.gates,
        caps=limited.caps,
        reasons=points.reasons(questionnaire, answers, result, speech),
        doubts=points.doubts(questionnaire, answers, result, limited, speech),
        conditions=_advice(questionnaire, result.conditions, speech),
        advice=_advice(questionnaire, result.advice, speech),
        questions=questions,
        changes_up=changes.changes_up(questionnaire, result, blocked, speech),
        blocked_by=blocked,
        changes_down=changes.changes_down(questionnaire, result, speech),
        close_call=changes.close_call(result, speech),
        exchanges=answer_words.exchanges(questionnaire, answers, speech, shown),
        robustness=method.robustness(questionnaire, result, speech),
        sections=answer_words.sections(questionnaire, answers, speech, shown),
        rules=method.rules(questionnaire, result, speech),
    )


def _outcome(
    questionnaire: Questionnaire, outcome: Outcome, names: dict[str, str], speech: Speech
) -> OutcomeWords:
    return OutcomeWords(
        id=outcome.id,
        title=speech.text(outcome.title),
        nickname=speech.text(outcome.nickname),
        meaning=speech.text(outcome.meaning),
        motion=fill(speech.text(outcome.motion), names),
        next_steps=[fill(speech.text(step), names) for step in outcome.next_steps],
        letter=fill(speech.text(outcome.letter), names),
        rank=questionnaire.outcome_ids.index(outcome.id),
        highest=len(questionnaire.outcomes) - 1,
    )


def _ask_first(speech: Speech) -> str:
    return speech.tell("There is too little to build on yet. That is normal; here are the questions.")


def _first_steps(speech: Speech) -> list[str]:
    return [
        speech.tell("Print the meeting sheet and ask the questions"),
        speech.tell("Fill in the answers after the meeting"),
        speech.tell("See the recommendation, and print it for those who decide"),
    ]


def _why(
    questionnaire: Questionnaire,
    result: Result,
    in_time: OutcomeWords | None,
    limited: limits.LimitWords,
    speech: Speech,
) -> list[str]:
    """Say why, the deciding thing first: a gate, too little known, a limit, or the boundaries."""
    breached = [gate.sentence for gate in limited.gates if gate.state == "breached"]
    if breached:
        return breached
    if result.outcome is None:
        return [_ask_first(speech)]
    held_back = _held_back(in_time, limited, speech)
    return [*held_back, *judged.why(questionnaire, result, speech)]


def _range(result: Result, by_id: dict[str, OutcomeWords], deciding: int, speech: Speech) -> str:
    low, high = result.range
    if low == high:
        return (
            ""
            if result.outcome is None
            else speech.tell("The answers are enough: what is missing does not change the recommendation.")
        )
    span = speech.tell(
        "The answers range from {low} to {high}.",
        low=speech.quoted(by_id[low].title),
        high=speech.quoted(by_id[high].title),
    )
    return f"{span} {_settled_by(deciding, speech)}" if deciding else span


def _settled_by(deciding: int, speech: Speech) -> str:
    """Say how many questions the outcome hangs on; of many, not that one meeting can ask them all."""
    if deciding > MOST_AT_A_MEETING:
        return speech.tell("{number} questions are still open that can move it.", number=deciding)
    return speech.count(
        "{number} question at the meeting decides it.",
        "{number} questions at the meeting decide it.",
        deciding,
    )


def _held_back(in_time: OutcomeWords | None, limited: limits.LimitWords, speech: Speech) -> list[str]:
    """Say what keeps the recommendation lower than the scores, and what the scores point at."""
    if in_time is None:
        return []
    holding = [cap.sentence for cap in limited.caps if cap.state == "holds"]
    open_gates = [gate.title for gate in limited.gates if gate.state == "open"]
    if open_gates:
        holding.append(speech.tell("Not known yet: {titles}.", titles=speech.listed(open_gates)))
    holding.append(
        speech.tell("If it goes well, the answers point to {outcome}.", outcome=speech.quoted(in_time.title))
    )
    return [" ".join(holding)]


def _advice(questionnaire: Questionnaire, ids: list[str], speech: Speech) -> list[str]:
    texts = {advice.id: speech.text(advice.text) for advice in questionnaire.advice}
    return [texts[each] for each in ids]
