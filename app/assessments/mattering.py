"""Why an answer that is missing matters: whether it can decide, never what it would decide.

It stands on the review page, before any outcome is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.opening import LoadedAssessment
from app.assessments.progress import QuestionProgress, SectionProgress, State
from app.engine.assess import assess
from app.platform.i18n import language
from app.wording.changes import questions
from app.wording.reading import QuestionWords
from app.wording.speech import Speech


@dataclass(frozen=True)
class Missing:
    """One question without an answer. ``why``: the result's own words, ``""`` where it does not decide.

    ``counts``: the recommendation rests on it, be it ever so little.
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


class Mattering:
    """What the questions of one assessment matter, found once for all of them."""

    def __init__(self, opened: LoadedAssessment) -> None:
        self._opened = opened
        asked = questions(
            opened.questionnaire, assess(opened.questionnaire, opened.answers), Speech(language())
        )
        self._words: dict[str, QuestionWords] = {each.id: each for each in asked}
        self._order = {each.id: place for place, each in enumerate(asked)}

    def of(self, state: State) -> AllMissing:
        """Return every question in ``state``, the most deciding first, then the rest in their order."""
        found = [self._missing(page, each) for page, each in self._opened.progress.questions(state)]
        return AllMissing(
            deciding=sorted(
                (each for each in found if each.decides), key=lambda each: self._order[each.question.id]
            ),
            counting=[each for each in found if each.counts and not each.decides],
            telling=[each for each in found if not each.counts],
        )

    def _missing(self, page: SectionProgress, question: QuestionProgress) -> Missing:
        words = self._words.get(question.id)
        return Missing(
            page,
            question,
            decides=bool(words and words.decides),
            counts=words is not None,
            why=words.why if words else "",
        )
