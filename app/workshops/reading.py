"""Reading what the facilitator's pages show: who takes part, what each side is asked, and what is left."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.assessments.models import Assessment
from app.engine.answers import gate_state
from app.platform.database import db
from app.workshops.loaded import LoadedWorkshop
from app.workshops.models import Participant


def people_of(opened: LoadedWorkshop) -> list[Participant]:
    """Return who takes part, without a word of what they answered."""
    columns = (
        Participant.number,
        Participant.side,
        Participant.name,
        Participant.kind,
        Participant.sheet,
        Participant.token_hash,
        Participant.done_at,
    )
    rows = db.session.execute(
        select(*columns)
        .where(Participant.workshop_id == opened.workshop.id, Participant.removed_at.is_(None))
        .order_by(Participant.number)
    )
    return list(rows)  # type: ignore[arg-type]


def asked_of(opened: LoadedWorkshop) -> dict[str, int]:
    """Return how many questions each side is asked."""
    asked = {side: opened.asked(side) for side in opened.workshop.sides}
    return {side: sum(len(each.questions) for each in parts) for side, parts in asked.items()}


def assessment_of(opened: LoadedWorkshop) -> str:
    """Return the public id of the assessment that the workshop became, ``""`` where it was deleted."""
    wanted = select(Assessment.public_id).where(
        Assessment.id == opened.workshop.assessment_id, Assessment.deleted_at.is_(None)
    )
    return db.session.execute(wanted).scalar_one_or_none() or ""


def left_of(opened: LoadedWorkshop) -> dict[str, Any]:
    """Return what divides the room, what of it is not agreed on yet, and the gates that stay open."""
    divided = opened.room_map.divided
    return {
        "divided": divided,
        "unagreed": [each for each in divided if each not in opened.agreed],
        "unsettled": _unsettled(opened),
    }


def _unsettled(opened: LoadedWorkshop) -> list[str]:
    """Return the gates that stay open, those that somebody flagged first."""
    flagged = opened.room_map.flagged
    asked = {question for section in opened.asked("library") for question in section.questions}
    unsettled = [
        gate.id
        for gate in opened.questionnaire.gates
        if gate.id in asked and gate_state(gate, opened.answers) == "open"
    ]
    return sorted(unsettled, key=lambda gate: gate not in flagged)
