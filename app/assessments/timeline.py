"""The assessments in the timeline of a partner."""

from __future__ import annotations

from flask import url_for

from app.assessments.listing import Listed, of_partner
from app.partners.timeline import Event
from app.platform.i18n import gettext as _


def events(partner_id: int) -> list[Event]:
    """Return the assessments of the partner with this id that are not in the bin, in one query."""
    return [_event(row) for row in of_partner(partner_id)]


def _event(row: Listed) -> Event:
    assessment, progress = row.opened.assessment, row.opened.progress
    how_far = _("%(answered)s of %(total)s answered", answered=progress.answered, total=progress.total)
    return Event(
        on=assessment.date,
        at=assessment.updated_at,
        kind="assessment",
        title=row.outcome or how_far,
        text=row.opened.proposal,
        actor=assessment.updated_by,
        address=url_for("assessments.resume", public_id=assessment.public_id),
        public_id=assessment.public_id,
    )
