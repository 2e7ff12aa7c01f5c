"""Workshops under way, which still hold each person's answers: a backup taken now would tell who said what.

Anybody who has joined counts, answered or not: otherwise the page would give away when the first answer came.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.platform.database import db
from app.workshops.loaded import LoadedWorkshop
from app.workshops.models import Participant, Workshop

UNDER_WAY = ("open", "revealed")


@dataclass(frozen=True)
class WorkshopUnderWay:
    """A workshop that may hold what each person answered, with its partner and their proposal."""

    public_id: str
    partner: str
    proposal: str


def tells_who_answered(connection: Connection) -> bool:
    """Say whether what ``connection`` sees may tell who said what in a workshop."""
    return connection.execute(_under_way().limit(1)).first() is not None


def workshops_under_way() -> list[WorkshopUnderWay]:
    """Return the workshops that somebody has joined and that are not closed yet."""
    rows = db.session.execute(
        select(Workshop, Definition.digest)
        .join(Definition, Definition.id == Workshop.definition_id)
        .where(Workshop.id.in_(_under_way()))
        .order_by(Workshop.id)
    )
    found = [LoadedWorkshop(workshop, questionnaire_with(digest)) for workshop, digest in rows]
    return [WorkshopUnderWay(each.workshop.public_id, each.partner, each.proposal) for each in found]


def _under_way() -> Select[int]:
    return (
        select(Workshop.id)
        .join(Participant, Participant.workshop_id == Workshop.id)
        .where(Workshop.stage.in_(UNDER_WAY), Participant.removed_at.is_(None))
    )
