"""Who changed what and when, as a page tells it. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.assessments.loaded import LoadedAssessment
from app.assessments.models import Assessment, AssessmentChange
from app.assessments.past import Differences
from app.assessments.words import answer_from, answer_in_words
from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.list_pages import ListPage, list_page_in_memory

ONE_SITTING = timedelta(minutes=10)
"""Saves of one person are one entry for this long after the first of them: a form saves by itself."""

PER_PAGE = 20


@dataclass(frozen=True)
class ChangedAnswer:
    """One question with its answers before and after, in words."""

    question: str
    before: str
    after: str


MOST_UNFOLDED = 6


@dataclass(frozen=True)
class Entry:
    """What one person did in one sitting. ``at``: when it ended.

    ``change_id``: the last change in it, whose state can be brought back. ``is_latest``: it is how the
    assessment is now.
    """

    kind: str
    actor: str
    at: datetime
    change_id: int
    answers: Sequence[ChangedAnswer]
    is_latest: bool

    @property
    def title(self) -> str:
        """What was done, in a few words."""
        return kind_words(self.kind)

    @property
    def is_long(self) -> bool:
        """Whether so many answers were changed that they are folded away."""
        return len(self.answers) > MOST_UNFOLDED


@dataclass(frozen=True)
class _Row:
    """One stored change without what it changed."""

    id: int
    kind: str
    actor: str
    at: datetime


def entries(opened: LoadedAssessment) -> ListPage:
    """Return the page asked for of the history, the latest first; two queries, however long it is."""
    found = list_page_in_memory(list(reversed(_sittings(_rows(opened.assessment)))), PER_PAGE)
    changes = _changes([row.id for sitting in found.rows for row in sitting])
    latest = found.number == 1
    shown = [
        _entry(opened.questionnaire, sitting, changes, is_latest=latest and place == 0)
        for place, sitting in enumerate(found.rows)
    ]
    return ListPage(shown, found.total, found.number, found.per_page)


def in_words(questionnaire: Questionnaire, changes: Differences) -> list[ChangedAnswer]:
    """Return the questions that changed with what was said before and after, in the questionnaire's order.

    Fields about the partner come first. Hidden questions are listed like all others; one that
    the questionnaire does not have is named by its id.
    """
    order = [*questionnaire.subject_items, *questionnaire.gates_by_id, *questionnaire.items]
    known = [each for each in order if each in changes]
    unknown = sorted(set(changes) - set(known))
    return [
        ChangedAnswer(
            _question(questionnaire, each),
            _in_words(questionnaire, each, changes[each][0]),
            _in_words(questionnaire, each, changes[each][1]),
        )
        for each in (*known, *unknown)
    ]


def kind_words(kind: str) -> str:
    """Return what was done, for one of the kinds of :class:`AssessmentChange`."""
    return {
        "created": _("Began the assessment"),
        "answers": _("Gave answers"),
        "variant": _("Went on to the whole questionnaire"),
        "reviewed": _("Reviewed it"),
        "restored": _("Brought an earlier state back"),
        "moved": _("Moved it to a newer questionnaire"),
        "deleted": _("Deleted it"),
        "taken-back": _("Took it back"),
    }.get(kind, kind)


def change_at(assessment: Assessment, change_id: int) -> AssessmentChange | None:
    """Return one entry of an assessment's history, ``None`` where it is another's or there is none."""
    return db.session.execute(
        select(AssessmentChange).where(
            AssessmentChange.id == change_id, AssessmentChange.assessment_id == assessment.id
        )
    ).scalar_one_or_none()


def _rows(assessment: Assessment) -> list[_Row]:
    wanted = (AssessmentChange.id, AssessmentChange.kind, AssessmentChange.actor, AssessmentChange.at)
    found = select(*wanted).where(AssessmentChange.assessment_id == assessment.id)
    return [_Row(*row) for row in db.session.execute(found.order_by(AssessmentChange.id))]


def _sittings(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Return the changes, oldest first, put together by person and moment."""
    sittings: list[list[_Row]] = []
    for row in rows:
        if sittings and _goes_on(sittings[-1][0], row):
            sittings[-1].append(row)
        else:
            sittings.append([row])
    return sittings


def _goes_on(first: _Row, row: _Row) -> bool:
    return (
        first.kind == row.kind == "answers" and first.actor == row.actor and row.at - first.at <= ONE_SITTING
    )


def _changes(ids: Sequence[int]) -> dict[int, Differences]:
    found = select(AssessmentChange.id, AssessmentChange.changes).where(AssessmentChange.id.in_(ids))
    return {row.id: row.changes for row in db.session.execute(found)}


def _entry(
    questionnaire: Questionnaire,
    sitting: Sequence[_Row],
    changes: Mapping[int, Differences],
    *,
    is_latest: bool,
) -> Entry:
    first, last = sitting[0], sitting[-1]
    return Entry(
        kind=first.kind,
        actor=first.actor,
        at=last.at,
        change_id=last.id,
        answers=in_words(questionnaire, _together([changes[row.id] for row in sitting])),
        is_latest=is_latest,
    )


def _together(changes: Sequence[Differences]) -> Differences:
    """Return what several changes, oldest first, come to; what was changed and changed back is left out."""
    net: dict[str, Any] = {}
    for change in changes:
        for question, (before, after) in change.items():
            net[question] = [net[question][0] if question in net else before, after]
    return {question: pair for question, pair in net.items() if pair[0] != pair[1]}


def _question(questionnaire: Questionnaire, question: str) -> str:
    gate = questionnaire.gates_by_id.get(question)
    if gate is not None:
        return say(gate.text, language())
    if question in questionnaire.items or question in questionnaire.subject_items:
        return say(questionnaire.item_or_field(question).text, language())
    return question


def _in_words(questionnaire: Questionnaire, question: str, written: object) -> str:
    try:
        return answer_in_words(
            questionnaire, question, answer_from(questionnaire, question, written), language()
        )
    except (KeyError, ValueError):
        return str(written)
