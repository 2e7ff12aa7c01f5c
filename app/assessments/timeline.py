"""The assessments in the timeline of a partner."""

from __future__ import annotations

from flask import url_for

from app.assessments.listing import ListedAssessment, of_partner
from app.assessments.progress import Progress
from app.partners.timeline import Event
from app.platform.i18n import gettext as _


def events(partner_id: int) -> list[Event]:
    """Return the assessments of the partner with this id that are not in the bin, in two queries."""
    return [_event(row) for row in of_partner(partner_id)]


def _event(row: ListedAssessment) -> Event:
    assessment = row.assessment
    return Event(
        on=assessment.date,
        at=assessment.updated_at,
        kind="assessment",
        title=row.outcome or _how_far(row.progress),
        text=row.proposal,
        actor=assessment.updated_by,
        address=url_for("assessments.resume", public_id=assessment.public_id),
        public_id=assessment.public_id,
    )


def _how_far(progress: Progress) -> str:
    return _("%(answered)s of %(total)s answered", answered=progress.answered, total=progress.total)
