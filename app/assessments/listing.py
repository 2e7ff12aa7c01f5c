"""Lists of many assessments: searched, filtered, a page at a time. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.assessments.models import DECISIONS, Assessment, Definition, Summary
from app.assessments.opening import NEWEST_FIRST, Opened, opened
from app.assessments.words import outcome_title
from app.partners import names
from app.partners.models import Partner
from app.platform.database import Base, db, now
from app.platform.pages import ListPage, page_of

STATES = ("begun", "reviewed", "decided", "mine")
KEPT_IN_BIN = timedelta(days=30)
"""After so long the bin asks whether an assessment is still needed; it removes nothing by itself."""


@dataclass(frozen=True)
class Listed:
    """One row of a list. ``outcome``: its title, ``""`` before the review."""

    opened: Opened
    outcome: str

    @property
    def is_old(self) -> bool:
        """Whether it has lain in the bin for long."""
        deleted_at = self.opened.assessment.deleted_at
        return deleted_at is not None and deleted_at < now() - KEPT_IN_BIN


def listed(search: str = "", state: str = "", actor: str = "") -> ListPage:
    """Return the page asked for of the assessments that are not in the bin, newest first.

    ``search``: a part of the partner's name or the proposal. ``state``: one of ``STATES``, else all;
    ``mine`` are those that ``actor`` began or changed last.
    """
    wanted = _rows().where(Assessment.deleted_at.is_(None)).order_by(*NEWEST_FIRST)
    if key := names.key(search):
        wanted = wanted.where(_says(key))
    if state in STATES:
        wanted = wanted.where(_in_state(state, actor))
    return _page(wanted)


def in_bin() -> ListPage:
    """Return the page asked for of the assessments in the bin, the last deleted first."""
    binned = _rows().where(Assessment.deleted_at.is_not(None))
    return _page(binned.order_by(Assessment.deleted_at.desc(), Assessment.id.desc()))


def long_in_bin() -> int:
    """Return how many assessments have lain in the bin for longer than ``KEPT_IN_BIN``."""
    old = select(func.count()).where(Assessment.deleted_at < now() - KEPT_IN_BIN)
    return db.session.execute(old).scalar_one()


def latest(most: int) -> list[Listed]:
    """Return the ``most`` assessments that were changed last, newest first."""
    kept = _rows().where(Assessment.deleted_at.is_(None)).order_by(*NEWEST_FIRST)
    return [_listed(*row) for row in db.session.execute(kept.limit(most))]


def of_partner(partner_id: int) -> list[Listed]:
    """Return the assessments of the partner with this id that are not in the bin, in any order."""
    kept = _rows().where(Assessment.deleted_at.is_(None), Assessment.partner_id == partner_id)
    return [_listed(*row) for row in db.session.execute(kept)]


def is_decided(assessment: Assessment) -> bool:
    """Say whether leadership has decided on an assessment."""
    link = decided_on()
    return db.session.execute(select(exists().where(link == assessment.id))).scalar_one()


def decided_on() -> ColumnElement[int]:
    """Return the column of the decisions that says on which assessment each was made."""
    return Base.metadata.tables[DECISIONS].c.assessment_id


def _rows() -> Select[Any]:
    """Return what a row is made of. Outer joins: to count the rows, nothing but they need be read."""
    columns: list[Any] = [Assessment, Definition.digest, Partner.public_id, Summary.outcome]
    return (
        select(*columns)
        .outerjoin(Definition, Definition.id == Assessment.definition_id)
        .outerjoin(Summary, Summary.assessment_id == Assessment.id)
        .outerjoin(Partner, Partner.id == Assessment.partner_id)
    )


def _page(wanted: Select[Any]) -> ListPage:
    found = page_of(wanted)
    return ListPage([_listed(*row) for row in found.rows], found.total, found.number, found.per_page)


def _listed(assessment: Assessment, digest: str, partner_id: str | None, outcome: str | None) -> Listed:
    row = opened(assessment, digest, partner_id)
    return Listed(row, "" if outcome is None else outcome_title(row.questionnaire, outcome))


def _says(key: str) -> ColumnElement[bool]:
    return or_(
        Assessment.search_key.contains(key, autoescape=True), Partner.name_key.contains(key, autoescape=True)
    )


def _in_state(state: str, actor: str) -> ColumnElement[bool]:
    if state == "mine":
        return or_(Assessment.created_by == actor, Assessment.updated_by == actor)
    if state == "decided":
        return exists().where(decided_on() == Assessment.id)
    reviewed = Assessment.reviewed_at.is_not(None)
    return reviewed if state == "reviewed" else ~reviewed
