"""How long a questionnaire takes, by its words."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.checks.subject import everything_asked
from app.engine.definition import Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items import BaseItem
from app.engine.texts import Text
from app.engine.walking import all_texts

WORDS_A_MINUTE = 200
SECONDS_A_QUESTION = 6
LEAST_DIFFERENCE = 1.5
"""The number of minutes by which the author's figure may always be off."""
SHARE_OF_DIFFERENCE = 0.15
NOT_READ = ("text_partner", "note", "ask")
"""An item's texts that are read by somebody else, or only by those who write a note."""


def advise(draft: Draft) -> Iterator[Finding]:
    """Point at ``minutes`` that do not match the length of the texts."""
    minutes = draft.questionnaire.minutes
    estimate = reading_minutes(draft.questionnaire)
    if abs(estimate - minutes) > max(LEAST_DIFFERENCE, SHARE_OF_DIFFERENCE * minutes):
        yield Finding(
            ("minutes",), "minutes_belied", {"minutes": minutes, "estimate": max(1, round(estimate))}
        )


def reading_minutes(questionnaire: Questionnaire) -> float:
    """Return the minutes that answering takes: the words that are read ÷ 200, and 6 s a question.

    Counts, in the first declared language, section titles and intros, and of every item, gate and subject
    field its text, help and answers; points from a shared scale are read again at every item.
    """
    language = questionnaire.languages[0]
    read: list[Text | None] = []
    for section in questionnaire.sections:
        read += [section.title, section.intro]
    for gate in questionnaire.gates:
        read += [gate.text, gate.help]
    asked = everything_asked(questionnaire)
    for _, item in asked:
        read += _read_of(item)
    words = sum(len(text[language].split()) for text in read if text)
    return words / WORDS_A_MINUTE + SECONDS_A_QUESTION / 60 * (len(asked) + len(questionnaire.gates))


def _read_of(item: BaseItem) -> list[Text]:
    return [text for path, text in all_texts(item, with_shared=True) if path[0] not in NOT_READ]
