"""The partner and the proposal in words, and what a questionnaire's own texts may name of them."""

from __future__ import annotations

from app.engine.answers import Answers
from app.engine.definition import Questionnaire, Role
from app.wording.reading import FactWords
from app.wording.speech import Speech

BLANK = "…………"
"""Stands where a text names something that is for the writer to put in."""


def facts(
    questionnaire: Questionnaire, answers: Answers, speech: Speech, shown: frozenset[str]
) -> list[FactWords]:
    """Return every subject field that is shown, answered or not, in the order of the questionnaire."""
    return [
        FactWords(
            id=field.item.id,
            role=field.role or "",
            group=speech.text(field.group),
            label=speech.text(field.item.text),
            value=_value(field.item.id, questionnaire, answers, speech),
        )
        for field in questionnaire.subject
        if field.item.id in shown
    ]


def named(questionnaire: Questionnaire, answers: Answers, speech: Speech) -> dict[str, str]:
    """Return what the placeholders in the outcomes' texts stand for."""
    values = {"reason": BLANK}
    unnamed: dict[Role, str] = {
        "partner": speech.tell("the partner"),
        "proposal": speech.tell("the proposal"),
        "goal": BLANK,
    }
    for role, words in unnamed.items():
        field = questionnaire.field_with_role(role)
        values[role] = (field and _value(field.item.id, questionnaire, answers, speech)) or words
    return values


def _value(field_id: str, questionnaire: Questionnaire, answers: Answers, speech: Speech) -> str:
    if field_id not in answers.subject:
        return ""
    return questionnaire.subject_items[field_id].words(answers.subject[field_id], speech.language)
