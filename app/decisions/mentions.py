"""The free texts of what was proposed and decided about a partner, where somebody may have named a person."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select, select

from app.assessments.models import Assessment
from app.decisions.models import Decision, FollowUp, Motion
from app.partners.mentions import Passage
from app.platform.database import db


def passages(partner_id: int) -> list[Passage]:
    """Return every text of a partner's motions, decisions and follow-ups, in three queries."""
    motions = select(Assessment.public_id, Motion).join(Motion, Motion.assessment_id == Assessment.id)
    decisions = select(Assessment.public_id, Decision).join(Decision, Decision.assessment_id == Assessment.id)
    follow_ups = (
        select(Assessment.public_id, FollowUp)
        .join(Decision, Decision.assessment_id == Assessment.id)
        .join(FollowUp, FollowUp.decision_id == Decision.id)
    )
    return [
        *_written(motions, partner_id, ("text", "why")),
        *_written(decisions, partner_id, ("reasons", "conditions", "habilitet", "decided_by")),
        *_written(follow_ups, partner_id, ("text",)),
    ]


def _written(statement: Select[str, Any], partner_id: int, columns: tuple[str, ...]) -> list[Passage]:
    rows = db.session.execute(statement.where(Assessment.partner_id == partner_id).order_by(Assessment.id))
    return [
        Passage("decision", getattr(row, column), "", url_for("decisions.case", public_id=public_id))
        for public_id, row in rows
        for column in columns
        if getattr(row, column)
    ]
