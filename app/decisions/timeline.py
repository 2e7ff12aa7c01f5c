"""What decisions add to a partner's timeline."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select

from app.assessments.models import Assessment
from app.decisions.models import Decision, FollowUp
from app.decisions.words import decided_words, went_words
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.partners.timeline import Event
from app.platform.database import db
from app.platform.i18n import gettext as _


def events(partner_id: int) -> list[Event]:
    """Return a partner's decisions and how it went with each; two queries."""
    return [*_decisions(partner_id), *_follow_ups(partner_id)]


def _decisions(partner_id: int) -> list[Event]:
    rows = db.session.execute(
        select(Decision, Assessment.public_id, Definition.digest)
        .join(Assessment, Assessment.id == Decision.assessment_id)
        .join(Definition, Definition.id == Assessment.definition_id)
        .where(Assessment.partner_id == partner_id, Assessment.deleted_at.is_(None))
    )
    return [
        Event(
            on=decision.decided_on,
            at=decision.created_at,
            kind="decision",
            title=decided_words(questionnaire_with(digest), decision.verdict, decision.outcome),
            text="\n".join(part for part in (decision.reasons, _conditions(decision)) if part),
            actor=decision.decided_by,
            address=_address(public_id, decision.public_id),
            public_id=decision.public_id,
        )
        for decision, public_id, digest in rows
    ]


def _conditions(decision: Decision) -> str:
    """Return a decision's conditions, told as such: among the reasons they would read as facts."""
    return _("Conditions: %(conditions)s", conditions=decision.conditions) if decision.conditions else ""


def _follow_ups(partner_id: int) -> list[Event]:
    rows = db.session.execute(
        select(FollowUp, Decision.public_id, Assessment.public_id)
        .join(Decision, Decision.id == FollowUp.decision_id)
        .join(Assessment, Assessment.id == Decision.assessment_id)
        .where(Assessment.partner_id == partner_id, Assessment.deleted_at.is_(None))
    )
    return [
        Event(
            on=each.on,
            at=each.created_at,
            kind="follow-up",
            title=_("How did it go? %(went)s", went=went_words(each.went)),
            text=each.text,
            actor=each.created_by,
            address=_address(assessment, decision),
            public_id=each.public_id,
        )
        for each, decision, assessment in rows
    ]


def _address(assessment: str, decision: str) -> str:
    return url_for("decisions.case", public_id=assessment, _anchor=f"decision-{decision}")
