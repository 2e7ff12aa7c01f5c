"""The number of each question, the same on screen, on the printed form and in the appendix."""

from __future__ import annotations

from app.engine.definition import Questionnaire


def question_codes(questionnaire: Questionnaire) -> dict[str, str]:
    """Return "2.3" for the third question of the second section, by item or gate id."""
    return {
        question: f"{number}.{place}"
        for number, section in enumerate(questionnaire.sections, start=1)
        for place, question in enumerate(section.questions, start=1)
    }
