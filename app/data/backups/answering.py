"""Workshops whose answers are still each person's: a backup taken now would tell who said what.

Who has joined counts, answered or not: else the page would tell when the first answer has come.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from app.assessments.models import Definition
from app.assessments.opening import questionnaire_with
from app.platform.database import db
from app.workshops.models import Participant, Workshop
from app.workshops.opening import LoadedWorkshop

UNDER_WAY = ("open", "revealed")


@dataclass(frozen=True)
class Held:
    """A workshop that may hold what each person answered, by its partner and what they propose."""

    public_id: str
    partner: str
    proposal: str


def holds_answers(connection: Connection) -> bool:
    """Say whether what ``connection`` sees may tell who said what in a workshop."""
    return connection.execute(_held().limit(1)).first() is not None


def held() -> list[Held]:
    """Return the workshops that somebody has joined, and that are not closed."""
    rows = db.session.execute(
        select(Workshop, Definition.digest)
        .join(Definition, Definition.id == Workshop.definition_id)
        .where(Workshop.id.in_(_held()))
        .order_by(Workshop.id)
    )
    found = [LoadedWorkshop(workshop, questionnaire_with(digest)) for workshop, digest in rows]
    return [Held(each.workshop.public_id, each.partner, each.proposal) for each in found]


def _held() -> Select[int]:
    return (
        select(Workshop.id)
        .join(Participant, Participant.workshop_id == Workshop.id)
        .where(Workshop.stage.in_(UNDER_WAY), Participant.removed_at.is_(None))
    )
