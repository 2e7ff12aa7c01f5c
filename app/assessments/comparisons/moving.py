"""What becomes of an assessment's answers in a newer version of its questionnaire. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.assessments.changes import AnyAnswer, Change, stored, with_changes
from app.assessments.comparisons.definitions import (
    Difference,
    differences,
    part_of,
    questions_of,
)
from app.assessments.loaded import LoadedAssessment
from app.engine.answers import Answer, Answers, GateAnswer, answer_to_json, read_answer
from app.engine.definition import Questionnaire
from app.engine.items import BaseItem, InvalidAnswer, Value
from app.engine.loading import Loaded

Loss = Literal["gone", "kind", "options", "option"]
"""Why an answer cannot come along: its question is gone, or is of another kind; its options, which are known
by their place alone, are others; or the answer itself can no longer be given."""


@dataclass(frozen=True)
class Reworded:
    """An answer that comes along to a question that is not put as it was."""

    question: str
    answer: AnyAnswer
    differs: list[Difference]


@dataclass(frozen=True)
class Lost:
    """An answer that stays behind, in the old assessment."""

    question: str
    answer: AnyAnswer
    why: Loss


@dataclass(frozen=True)
class Move:
    """Everything about a move: the answers as they will be, and what becomes of each question, by id."""

    loaded: Loaded
    answers: Answers
    kept: list[str]
    reworded: list[Reworded]
    lost: list[Lost]
    new: list[str]


def move_to(opened: LoadedAssessment, loaded: Loaded) -> Move:
    """Return what comes along from an assessment to the questionnaire in ``loaded``."""
    old, new = opened.questionnaire, loaded.questionnaire
    answers = Answers(new.id, new.version, new.digest, respondents=opened.answers.respondents)
    kept: list[str] = []
    reworded: list[Reworded] = []
    lost: list[Lost] = []
    for question in questions_of(old):
        answer = stored(opened.answers, question)
        if answer is None:
            continue
        why = _loss(old, new, question, answer)
        if why is not None:
            lost.append(Lost(question, answer, why))
            continue
        answers = with_changes(new, answers, [Change(question, answer, "")])
        differs = differences(old, new, question)
        if differs:
            reworded.append(Reworded(question, answer, differs))
        else:
            kept.append(question)
    added = [each for each in questions_of(new) if part_of(old, each) is None]
    return Move(loaded, answers, kept, reworded, lost, added)


def _loss(old: Questionnaire, new: Questionnaire, question: str, answer: Answer | GateAnswer) -> Loss | None:
    """Say why an answer cannot come along; ``None`` where it can."""
    part = part_of(new, question)
    if part is None:
        return "gone"
    if part != part_of(old, question):
        return "kind"
    if isinstance(answer, GateAnswer):
        return None
    return _item_loss(old, new, question, answer)


def _item_loss(old: Questionnaire, new: Questionnaire, question: str, answer: Answer) -> Loss | None:
    before, after = old.item_or_field(question), new.item_or_field(question)
    if answer.state == "known" and (before.kind != after.kind or before.has_values != after.has_values):
        return "kind"
    if before.numbered and answer.value is not None:
        languages = [each for each in old.languages if each in new.languages] or old.languages
        if _is_another_option(before, after, answer.value, languages):
            return "options"
    try:
        read_answer(after, answer_to_json(answer), stored=True)
    except InvalidAnswer:
        return "option"
    return None


def _is_another_option(before: BaseItem, after: BaseItem, value: Value, languages: Iterable[str]) -> bool:
    """Say whether the same number would mean another answer: more or fewer options, or in another order."""
    old, new = (
        {option: [item.option_words(option, each) for each in languages] for option in item.options()}
        for item in (before, after)
    )
    return len(old) != len(new) or (old[value] in new.values() and old[value] != new[value])
