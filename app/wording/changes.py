"""What would change the outcome, and what to ask, in words."""

from __future__ import annotations

from app.engine.definition import Questionnaire
from app.engine.result import Blocker, Fall, QuestionToAsk, Result, Step
from app.wording.reading import ChangeWords, QuestionWords, StepWords
from app.wording.speech import Speech


def changes_up(
    questionnaire: Questionnaire, result: Result, blocked: list[str], speech: Speech
) -> list[ChangeWords]:
    """Return the fewest answers that would lead to the next outcome, then the alternatives.

    ``blocked``: what :func:`blocked_by` says.
    """
    if result.next_outcome is None:
        return []
    outcome = speech.text(questionnaire.outcome(result.next_outcome).title)
    return [_change_up(questionnaire, steps, outcome, blocked, speech) for steps in result.changes_up]


def _change_up(
    questionnaire: Questionnaire, changed: list[Step], outcome: str, blocked: list[str], speech: Speech
) -> ChangeWords:
    steps = [_step(questionnaire, step, speech) for step in changed]
    if len(steps) == 1:
        start = speech.tell(
            "One answer is enough: {question} from {now} to {then}.",
            question=speech.quoted(steps[0].text),
            now=speech.quoted(steps[0].now),
            then=speech.quoted(steps[0].then),
        )
    else:
        start = speech.tell("It takes these {number} answers together.", number=len(steps))
    if blocked:
        end = speech.tell(
            "When the rest is in place too, the recommendation becomes {outcome}.",
            outcome=speech.quoted(outcome),
        )
    else:
        end = speech.tell("Then the recommendation becomes {outcome}.", outcome=speech.quoted(outcome))
    return ChangeWords(steps, outcome, f"{start} {end}")


def blocked_by(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[str]:
    """Return what stands in the way of the next outcome and is no answer to improve."""
    return [_blocker(questionnaire, blocker, speech) for blocker in result.blocked_by]


def _blocker(questionnaire: Questionnaire, blocker: Blocker, speech: Speech) -> str:
    if blocker.kind == "gate":
        title = speech.text(questionnaire.gates_by_id[blocker.id].title)
        return speech.tell("Must be in place: {title}.", title=title)
    if blocker.kind == "cap":
        return speech.text(next(cap for cap in questionnaire.caps if cap.id == blocker.id).because)
    return speech.tell(
        "The answer to {question} is missing.",
        question=speech.quoted(speech.text(questionnaire.item_or_field(blocker.id).text)),
    )


def changes_down(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[ChangeWords]:
    """Return the single answers that hold the outcome up."""
    return [_fall(questionnaire, fall, speech) for fall in result.changes_down]


def _fall(questionnaire: Questionnaire, fall: Fall, speech: Speech) -> ChangeWords:
    step = _step(questionnaire, fall, speech)
    outcome = speech.text(questionnaire.outcome(fall.outcome).title)
    sentence = speech.tell(
        "One step lower on {question}, and the recommendation becomes {outcome}.",
        question=speech.quoted(step.text),
        outcome=speech.quoted(outcome),
    )
    return ChangeWords([step], outcome, sentence)


def _step(questionnaire: Questionnaire, step: Step | Fall, speech: Speech) -> StepWords:
    item = questionnaire.items[step.item]
    return StepWords(
        item=step.item,
        section=questionnaire.section_of[step.item],
        text=speech.text(item.text),
        now=item.words(step.from_, speech.language),
        then=item.words(step.to, speech.language),
    )


def close_call(result: Result, speech: Speech) -> str:
    """Say on which side the outcome is a close call, if on any."""
    if result.close_call is None:
        return ""
    return {
        "up": speech.tell("It is close: one better answer gives the next recommendation."),
        "down": speech.tell("It is close: one weaker answer gives a lower recommendation."),
        "both": speech.tell("It is close to both sides: one answer can move the recommendation up or down."),
    }[result.close_call]


def questions(questionnaire: Questionnaire, result: Result, speech: Speech) -> list[QuestionWords]:
    """Return the questions for the meeting, the most deciding first."""
    words = []
    for question in result.questions:
        thing = (
            questionnaire.gates_by_id[question.id]
            if question.kind == "gate"
            else questionnaire.item_or_field(question.id)
        )
        words.append(
            QuestionWords(
                kind=question.kind,
                id=question.id,
                section=questionnaire.section_of.get(question.id, ""),
                ask=speech.text(thing.ask) or speech.text(thing.text),
                text=speech.text(thing.text),
                why=_why_asked(questionnaire, question, speech),
                decides=question.because != "rest",
            )
        )
    return words


def _why_asked(questionnaire: Questionnaire, question: QuestionToAsk, speech: Speech) -> str:
    criterion = questionnaire.criterion_of.get(question.id)
    title = speech.text(questionnaire.criteria_by_id[criterion].title) if criterion else ""
    if question.because == "gate":
        return speech.tell("Must be in place, whatever the rest says.")
    if question.because == "cap":
        return speech.tell("Decides how far you can go for now.")
    if question.because == "veto":
        return speech.tell("Can decide whether {criterion} gets above the minimum.", criterion=title)
    if question.because == "profile":
        return speech.tell("Can decide whether {criterion} meets the requirement.", criterion=title)
    return ""
