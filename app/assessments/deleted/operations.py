"""The bin: an assessment is put into it, taken back, or erased for good."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, exists, select, update
from sqlalchemy import delete as delete_from

from app.assessments.models import DECISIONS, Assessment
from app.assessments.operations import Edit, Gone, found_even_in_bin, locked, remember
from app.platform.database import Base, now, writing

log = logging.getLogger(__name__)


class Decided(ValueError):
    """Leadership decided on the assessment: it is part of the case, and stays in the bin."""


def delete(public_id: str, actor: str) -> None:
    """Put an assessment into the bin. Nothing of it is lost, and it can be taken back."""
    with writing() as session:
        assessment = locked(session, public_id)
        assessment.deleted_at = now()
        assessment.updated_by = actor
        remember(Edit(session, assessment, actor), "deleted", {})


def take_back(public_id: str, actor: str) -> None:
    """Take an assessment out of the bin, as it was. One that is not there stays as it is."""
    with writing() as session:
        assessment = found_even_in_bin(session, public_id)
        if assessment.deleted_at is not None:
            assessment.deleted_at = None
            assessment.updated_by = actor
            remember(Edit(session, assessment, actor), "taken-back", {})


def erase(public_id: str, actor: str) -> None:
    """Remove an assessment for good, with its history and everything else that hangs on it.

    Only from the bin (:class:`Gone`), and only where nothing was decided on it (:class:`Decided`): what
    leadership decided on belongs to the case. Its definition stays, others may pin it; so do its partner and
    the workshop that it came from.
    """
    with writing() as session:
        assessment = found_even_in_bin(session, public_id)
        if assessment.deleted_at is None:
            raise Gone(public_id)
        hanging = dict(_hanging())
        decided = hanging[Base.metadata.tables[DECISIONS]]
        if session.execute(select(exists().where(decided == assessment.id))).scalar_one():
            raise Decided(public_id)
        for table, link in hanging.items():
            on_it = link == assessment.id
            if link.nullable:
                session.execute(update(table).where(on_it).values({link.name: None}))
            else:
                session.execute(delete_from(table).where(on_it))
        session.delete(assessment)
    log.info("%s erased an assessment for good", actor or "somebody")


def _hanging() -> Iterator[tuple[Table, Any]]:
    """Yield every table whose rows point at an assessment, with the column that does.

    Rows belong to the assessment, unless the column may be empty.
    """
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is Assessment.__table__.c.id for key in column.foreign_keys):
                yield table, column
