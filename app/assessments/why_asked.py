"""Why a missing answer is asked for: whether it can decide, never what it would decide.

The review page says so, before any outcome is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.loaded import LoadedAssessment
from app.assessments.progress import QuestionProgress, SectionProgress, State
from app.engine.assess import assess
from app.platform.i18n import language
from app.wording.changes import questions
from app.wording.reading import QuestionWords
from app.wording.speech import Speech


@dataclass(frozen=True)
class Missing:
    """One question without an answer. ``why``: the result's own words, ``""`` where it does not decide.

    ``counts``: the recommendation rests on it, however little.
    """

    section: SectionProgress
    question: QuestionProgress
    decides: bool
    counts: bool
    why: str


@dataclass(frozen=True)
class AllMissing:
    """Questions without an answer: those that can decide, those that count at all, and those that tell."""

    deciding: list[Missing]
    counting: list[Missing]
    telling: list[Missing]

    def __len__(self) -> int:
        return len(self.deciding) + len(self.counting) + len(self.telling)


def missing_answers(opened: LoadedAssessment, *states: State) -> list[AllMissing]:
    """Return every question in each of ``states``, the most deciding first, then the rest in their order."""
    result = assess(opened.questionnaire, opened.answers)
    words = {each.id: each for each in questions(opened.questionnaire, result, Speech(language()))}
    return [_missing(opened, state, words) for state in states]


def _missing(opened: LoadedAssessment, state: State, words: dict[str, QuestionWords]) -> AllMissing:
    found = [
        _why(section, question, words.get(question.id))
        for section, question in opened.progress.questions(state)
    ]
    order = {name: place for place, name in enumerate(words)}
    return AllMissing(
        deciding=sorted((each for each in found if each.decides), key=lambda each: order[each.question.id]),
        counting=[each for each in found if each.counts and not each.decides],
        telling=[each for each in found if not each.counts],
    )


def _why(section: SectionProgress, question: QuestionProgress, words: QuestionWords | None) -> Missing:
    return Missing(
        section,
        question,
        decides=words is not None and words.decides,
        counts=words is not None,
        why=words.why if words else "",
    )
