"""Lists of many assessments: searched, filtered, a page at a time. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import defer, load_only

from app.assessments.loaded import NEWEST_FIRST, answers_of
from app.assessments.models import DECISIONS, Assessment, Summary
from app.assessments.progress import Progress, progress_of
from app.assessments.subject import AboutProposal
from app.assessments.words import outcome_title
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.dates import date_in_words
from app.engine.definition import Questionnaire
from app.partners import names
from app.partners.models import Partner
from app.platform.database import Base, db, now
from app.platform.list_pages import ListPage, list_page, some_of

KEPT = Assessment.deleted_at.is_(None)
ANSWERS = (Assessment.answers, Assessment.gates)
STATES = ("begun", "reviewed", "decided", "mine")
KEPT_IN_BIN = timedelta(days=30)
"""After this long the bin asks whether an assessment is still needed; it removes nothing by itself."""


@dataclass(frozen=True)
class ListedAssessment(AboutProposal):
    """One row of a list. ``outcome``: its title, ``""`` before the review.

    ``partner_id``: its partner's public id, ``""`` where the register knows none.
    """

    assessment: Assessment
    questionnaire: Questionnaire
    partner_id: str
    outcome: str

    @property
    def subject(self) -> Mapping[str, Any]:
        """What was written in each field about partner and proposal, by its id."""
        return self.assessment.subject

    @property
    def progress(self) -> Progress:
        """How far it has come: to be asked before the review, for it takes all the answers."""
        answers = answers_of(self.assessment, self.questionnaire)
        return progress_of(self.questionnaire, answers, self.assessment.variant)

    @property
    def is_old(self) -> bool:
        """Whether it has lain in the bin for long."""
        deleted_at = self.assessment.deleted_at
        return deleted_at is not None and deleted_at < now() - KEPT_IN_BIN

    def date_in(self, language: str) -> str:
        """Return the answers' date in words."""
        return date_in_words(self.assessment.date, language)


def listed(search: str = "", state: str = "", actor: str = "") -> ListPage:
    """Return the page asked for of the assessments that are not in the bin, newest first.

    ``search``: a part of the partner's name or the proposal. ``state``: one of ``STATES``, else all;
    ``mine`` are those that ``actor`` began or changed last.
    """
    wanted = select(Assessment.id).where(KEPT).order_by(*NEWEST_FIRST)
    if key := names.key(search):
        wanted = wanted.where(_says(key))
    if state in STATES:
        wanted = wanted.where(_in_state(state, actor))
    return _page(wanted)


def in_bin() -> ListPage:
    """Return the page asked for of the assessments in the bin, the last deleted first."""
    binned = select(Assessment.id).where(Assessment.deleted_at.is_not(None))
    return _page(binned.order_by(Assessment.deleted_at.desc(), Assessment.id.desc()))


def long_in_bin() -> int:
    """Return how many assessments have lain in the bin for longer than ``KEPT_IN_BIN``."""
    old = select(func.count()).where(Assessment.deleted_at < now() - KEPT_IN_BIN)
    return db.session.execute(old).scalar_one()


def latest(most: int) -> list[ListedAssessment]:
    """Return the ``most`` assessments that were changed last, newest first."""
    return _listed(some_of(select(Assessment.id).where(KEPT).order_by(*NEWEST_FIRST), _rows, most))


def of_partner(partner_id: int) -> list[ListedAssessment]:
    """Return the assessments of the partner with this id that are not in the bin, in any order."""
    theirs = select(Assessment.id).where(KEPT, Assessment.partner_id == partner_id)
    return _listed(db.session.execute(_rows(theirs)).all())


def is_decided(assessment: Assessment) -> bool:
    """Say whether leadership has decided on an assessment."""
    link = decided_on()
    return db.session.execute(select(exists().where(link == assessment.id))).scalar_one()


def decided_on() -> ColumnElement[int]:
    """Return the column of the decisions that says on which assessment each was made."""
    return Base.metadata.tables[DECISIONS].c.assessment_id


def _rows(wanted: Select[Any]) -> Select[Any]:
    """Return a list of numbers with what a row is made of."""
    columns: tuple[Any, ...] = (Assessment, Definition.digest, Partner.public_id, Summary.outcome)
    return (
        wanted.with_only_columns(*columns)
        .options(*(defer(each) for each in ANSWERS))
        .select_from(Assessment)
        .join(Definition, Definition.id == Assessment.definition_id)
        .outerjoin(Summary, Summary.assessment_id == Assessment.id)
        .outerjoin(Partner, Partner.id == Assessment.partner_id)
    )


def _page(wanted: Select[Any]) -> ListPage:
    found = list_page(wanted, _rows)
    return replace(found, rows=_listed(found.rows))


def _listed(rows: Sequence[Any]) -> list[ListedAssessment]:
    """Return the rows of a list. The answers are read of those alone that were not reviewed."""
    begun = [assessment.id for assessment, _, _, outcome in rows if outcome is None]
    if begun:
        answers = select(Assessment).where(Assessment.id.in_(begun))
        db.session.execute(answers.options(load_only(*ANSWERS))).all()
    return [_one(*row) for row in rows]


def _one(
    assessment: Assessment, digest: str, partner_id: str | None, outcome: str | None
) -> ListedAssessment:
    questionnaire = questionnaire_with(digest)
    title = "" if outcome is None else outcome_title(questionnaire, outcome)
    return ListedAssessment(assessment, questionnaire, partner_id or "", title)


def _says(key: str) -> ColumnElement[bool]:
    named = select(Partner.id).where(Partner.name_key.contains(key, autoescape=True))
    return or_(Assessment.search_key.contains(key, autoescape=True), Assessment.partner_id.in_(named))


def _in_state(state: str, actor: str) -> ColumnElement[bool]:
    if state == "mine":
        return or_(Assessment.created_by == actor, Assessment.updated_by == actor)
    if state == "decided":
        return exists().where(decided_on() == Assessment.id)
    reviewed = Assessment.reviewed_at.is_not(None)
    return reviewed if state == "reviewed" else ~reviewed
