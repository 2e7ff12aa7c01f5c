"""The partners one by one: a page of them for the table, and all of them, bit by bit, for the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.assessments.models import Assessment, Summary
from app.decisions.models import Decision, FollowUp
from app.partners.models import Partner
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.list_pages import ListPage, list_page
from app.portfolio.choice import Choice, assessed, conditions, latest
from app.portfolio.outcomes import Outcomes

AT_ONCE = 100
"""Partners that are read at once for the report; between two readings the job says how far it has come."""

ANCHOR = "partners"
IN_ORDER = (Partner.sort_key, Partner.id)


@dataclass(frozen=True)
class LatestAssessment:
    """A partner's latest assessment, in one row. ``date``: ISO 8601; a figure is ``None`` where not known."""

    name: str
    partner_id: str
    assessment_id: str
    level: str
    proposal: str
    outcome: str
    value: int | None
    readiness: int | None
    date: str


@dataclass(frozen=True)
class Entry:
    """A partner in the report, ``partner_id`` being its public id.

    What there is none of is ``""`` or ``None``. ``verdict`` and ``decided``: the decision on the assessment
    that is shown, else the latest on any of the partner's, and the outcome that was decided.
    ``decided_about``: which proposal that one concerns, in words, where it is not the one that is shown.
    ``decided_on``, ``follow_up_on``: days, ISO 8601.
    """

    name: str
    partner_id: str
    level: str
    owner: str
    proposal: str
    outcome: str
    value: int | None
    readiness: int | None
    date: str
    verdict: str
    decided: str
    decided_about: str
    decided_on: str
    follow_up_on: str


def latest_assessments(choice: Choice, total: int) -> ListPage:
    """Return the page asked for of the ``total`` partners that were assessed; three queries."""
    wanted = assessed(choice, Partner.id).order_by(*IN_ORDER)
    found = list_page(wanted, _with_latest, anchor=ANCHOR, total=total)
    words = Outcomes(row.definition_id for row in found.rows)
    return replace(found, rows=[_latest(row, words) for row in found.rows])


def _with_latest(wanted: Select[Any]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Partner.name,
        Partner.public_id,
        Partner.level,
        Assessment.public_id.label("assessment_id"),
        Assessment.definition_id,
        Assessment.subject,
        Assessment.date,
        Summary.outcome,
        Summary.value,
        Summary.readiness,
    )
    return wanted.with_only_columns(*columns)


def _latest(row: Row[Any], words: Outcomes) -> LatestAssessment:
    return LatestAssessment(
        row.name,
        row.public_id,
        row.assessment_id,
        row.level,
        words.proposal(row.definition_id, row.subject),
        words.ranked_title(row.definition_id, row.outcome).title,
        row.value,
        row.readiness,
        row.date,
    )


def all_entries(choice: Choice) -> Iterator[list[Entry]]:
    """Yield every chosen partner in alphabetical order, ``AT_ONCE`` at a time, four queries for each time.

    Each time begins after the last name that was read, so it costs the same at the end as at the beginning.
    """
    after: tuple[str, int] | None = None
    while rows := db.session.execute(_entries(choice, after)).all():
        yield _with_words(rows)
        after = (rows[-1].sort_key, rows[-1].id)


def _entries(choice: Choice, after: tuple[str, int] | None) -> Any:
    decided = aliased(Assessment)
    statement = (
        select(
            Partner.id,
            Partner.sort_key,
            Partner.name,
            Partner.public_id,
            Partner.level,
            Partner.owner,
            Assessment.id.label("assessment_id"),
            Assessment.definition_id,
            Assessment.subject,
            Assessment.date,
            Summary.outcome,
            Summary.value,
            Summary.readiness,
            Decision.id.label("decision_id"),
            Decision.verdict,
            Decision.outcome.label("decided"),
            Decision.decided_on,
            Decision.follow_up_on,
            decided.id.label("decided_id"),
            decided.definition_id.label("decided_by"),
            decided.subject.label("decided_subject"),
        )
        .select_from(Partner)
        .outerjoin(Assessment, Assessment.id == latest(choice))
        .outerjoin(Summary, Summary.assessment_id == Assessment.id)
        .outerjoin(Decision, Decision.id == _decision_shown())
        .outerjoin(decided, decided.id == Decision.assessment_id)
        .where(*conditions(choice))
        .order_by(*IN_ORDER)
        .limit(AT_ONCE)
    )
    if after is None:
        return statement
    key, number = after
    return statement.where(or_(Partner.sort_key > key, and_(Partner.sort_key == key, Partner.id > number)))


def _decision_shown() -> ColumnElement[int]:
    """Return the id of the latest decision on the assessment that is shown, else on any of the partner's."""
    one, made = aliased(Assessment), aliased(Decision)
    newest = select(made.id).order_by(made.decided_on.desc(), made.id.desc()).limit(1)
    on_it = newest.where(made.assessment_id == Assessment.id).correlate(Assessment)
    on_any = (
        newest.join(one, one.id == made.assessment_id)
        .where(one.partner_id == Partner.id, one.deleted_at.is_(None))
        .correlate(Partner)
    )
    return func.coalesce(on_it.scalar_subquery(), on_any.scalar_subquery())


def _with_words(rows: Sequence[Row[Any]]) -> list[Entry]:
    definitions = {row.definition_id for row in rows} | {row.decided_by for row in rows}
    words = Outcomes(each for each in definitions if each is not None)
    asked_again = _asked_again(row.decision_id for row in rows)
    return [_entry(row, words, asked_again) for row in rows]


def _entry(row: Row[Any], words: Outcomes, asked_again: dict[int, str]) -> Entry:
    was_assessed = row.definition_id is not None
    proposal = words.proposal(row.definition_id, row.subject) if was_assessed else ""
    return Entry(
        name=row.name,
        partner_id=row.public_id,
        level=row.level,
        owner=row.owner,
        proposal=proposal,
        outcome=words.ranked_title(row.definition_id, row.outcome).title if was_assessed else "",
        value=row.value,
        readiness=row.readiness,
        date=row.date or "",
        verdict=row.verdict or "",
        decided=words.ranked_title(row.decided_by, row.decided).title if row.decided else "",
        decided_about=_decided_about(row, words, proposal),
        decided_on=row.decided_on or "",
        follow_up_on=""
        if row.verdict == "postponed"
        else asked_again.get(row.decision_id, row.follow_up_on or ""),
    )


def _decided_about(row: Row[Any], words: Outcomes, shown: str) -> str:
    """Say which proposal the decision concerns, ``""`` where it is the one that is shown."""
    if row.decided_id is None or row.decided_id == row.assessment_id:
        return ""
    proposal = words.proposal(row.decided_by, row.decided_subject)
    if proposal == shown:
        return ""
    return _("Concerns: %(proposal)s", proposal=proposal) if proposal else _("Concerns another proposal")


def _asked_again(decision_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the day that the latest follow-up of each decision agreed on, for those that have one."""
    ids = {each for each in decision_ids if each is not None}
    if not ids:
        return {}
    done = select(FollowUp.decision_id, FollowUp.next_on).where(FollowUp.decision_id.in_(ids))
    rows = db.session.execute(done.order_by(FollowUp.id))
    return {row.decision_id: row.next_on for row in rows}
