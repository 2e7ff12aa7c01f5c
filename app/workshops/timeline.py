"""The workshops in the timeline of a partner."""

from __future__ import annotations

from flask import url_for

from app.partners.timeline import Event
from app.platform.days import local_day
from app.platform.i18n import gettext as _
from app.workshops.listing import ListedWorkshop, of_partner
from app.workshops.loaded import day_of
from app.workshops.models import Workshop


def events(partner_id: int) -> list[Event]:
    """Return the workshops with the partner who has this id, with one query."""
    return [_event(row) for row in of_partner(partner_id)]


def _event(row: ListedWorkshop) -> Event:
    workshop = row.workshop
    return Event(
        on=_day(workshop),
        at=workshop.updated_at,
        kind="workshop",
        title={"prepared": _("Workshop prepared"), "closed": _("Workshop held")}.get(
            workshop.stage, _("Workshop under way")
        ),
        text=row.proposal,
        actor=workshop.updated_by,
        address=url_for("workshops.conduct", public_id=workshop.public_id),
        public_id=workshop.public_id,
    )


def _day(workshop: Workshop) -> str:
    """Return its day: once held the planned one, before that the day it was prepared, for it is the past."""
    if workshop.stage == "prepared":
        return local_day(workshop.created_at)
    return day_of(workshop)
