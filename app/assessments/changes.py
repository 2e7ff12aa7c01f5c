"""What a page changes of an assessment's answers, and how that is put into what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.engine.answers import Answer, Answers, GateAnswer, answer_to_json, gate_to_json
from app.engine.definition import Questionnaire
from app.platform.conflicts import ChangedMeanwhile, fingerprint

AnyAnswer = Answer | GateAnswer | None
"""What is answered at an item, a gate or a field about the partner; ``None`` for nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a posted page says of one question. ``shown``: the fingerprint of the answer that it had shown."""

    question: str
    answer: AnyAnswer
    shown: str


def saved_over(
    questionnaire: Questionnaire,
    answers: Answers,
    changes: Iterable[Change],
    may_replace: Callable[[Change, AnyAnswer], bool] = lambda change, there: False,
) -> Answers:
    """Return ``answers`` with what a page changes; the very same ``answers`` where nothing is new.

    Raises :class:`ChangedMeanwhile`, with what is stored by question, where somebody else has changed one of
    them since the page was shown, unless it ``may_replace`` what is there.
    """
    new = [each for each in changes if not is_same(stored(answers, each.question), each.answer)]
    conflicts = {
        each.question: there
        for each in new
        if fingerprint_of(there := stored(answers, each.question)) != each.shown
        and not may_replace(each, there)
    }
    if conflicts:
        raise ChangedMeanwhile(conflicts)
    return with_changes(questionnaire, answers, new) if new else answers


def with_changes(questionnaire: Questionnaire, answers: Answers, changes: Iterable[Change]) -> Answers:
    """Return ``answers`` with what ``changes`` say in their place; ``None`` takes an answer away."""
    items, gates, subject = dict(answers.items), dict(answers.gates), dict(answers.subject)
    for change in changes:
        for part in (items, gates, subject):
            part.pop(change.question, None)
        if isinstance(change.answer, GateAnswer):
            gates[change.question] = change.answer
        elif change.answer is None:
            continue
        elif change.question not in questionnaire.subject_items:
            items[change.question] = change.answer
        elif change.answer.value is not None:
            subject[change.question] = change.answer.value
    return replace(answers, items=items, gates=gates, subject=subject)


def stored(answers: Answers, name: str) -> AnyAnswer:
    """Return what is stored of an item, a gate or a field about the partner."""
    if name in answers.subject:
        return Answer("known", answers.subject[name])
    return answers.items.get(name) or answers.gates.get(name)


def fingerprint_of(answer: AnyAnswer) -> str:
    """Return the fingerprint of an answer, the same for equal answers; ``""`` for none."""
    if answer is None:
        return ""
    return fingerprint(gate_to_json(answer) if isinstance(answer, GateAnswer) else answer_to_json(answer))


def is_same(one: AnyAnswer, other: AnyAnswer) -> bool:
    """Say whether two answers are equal, notes and all."""
    return fingerprint_of(one) == fingerprint_of(other)
