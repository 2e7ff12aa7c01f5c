"""A questionnaire with somebody's answers to it, from outside the database."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.answers import Answers
from app.engine.loading import Loaded


@dataclass(frozen=True, slots=True)
class AnsweredQuestionnaire:
    """A set of answers and the questionnaire that they answer."""

    loaded: Loaded
    answers: Answers
