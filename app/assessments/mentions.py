"""The free texts of a partner's assessments, where somebody may have written of a person."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select

from app.assessments.models import Assessment, AssessmentChange
from app.partners.mentions import Passage
from app.platform.database import db
from app.platform.text import texts_in


def passages(partner_id: int) -> list[Passage]:
    """Return every text in a partner's assessments and their history, those in the bin too."""
    found = select(Assessment).where(Assessment.partner_id == partner_id).order_by(Assessment.id)
    return [each for row in db.session.execute(found).scalars() for each in _answers(row)] + _past(partner_id)


def _answers(row: Assessment) -> list[Passage]:
    address = "" if row.deleted_at else url_for("assessments.subject", public_id=row.public_id)
    written = dict.fromkeys(texts_in([row.subject, row.answers, row.gates]))
    return [Passage("assessment", text, row.date, address) for text in written]


def _past(partner_id: int) -> list[Passage]:
    """Return what was there once and may be gone from the answers, but not from their history."""
    changes = (
        select(Assessment.date, AssessmentChange.changes)
        .join(Assessment, Assessment.id == AssessmentChange.assessment_id)
        .where(Assessment.partner_id == partner_id)
        .order_by(AssessmentChange.id)
    )
    written = {(day, text): None for day, change in db.session.execute(changes) for text in texts_in(change)}
    return [Passage("history", text, day) for day, text in written]
