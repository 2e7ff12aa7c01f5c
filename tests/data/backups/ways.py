"""Workshops on which a room agreed, and one in each stage."""

from app.platform.database import writing
from app.workshops import operations
from app.workshops.models import RoomAnswer, WorkshopAction
from tests.workshops import ways


def agreed(app, public_id: str) -> str:
    """Let the room agree on an item, a gate and an action."""
    with app.app_context(), writing() as session:
        workshop = operations.locked(session, public_id, "revealed")
        gate = operations.questionnaire_of(session, workshop).gates[0].id
        who = {"workshop_id": workshop.id, "actor": "Karen"}
        session.add(RoomAnswer(question="goal", answer=3, reason="Vi var enige", minority="Én tøver", **who))
        session.add(RoomAnswer(question=gate, answer="yes", reason="Spurgt juristen", **who))
        session.add(WorkshopAction(what="Ring til dem", who="Bodil", due="2026-12-01", **who))
    return public_id


def closed(app) -> str:
    public_id = agreed(app, ways.revealed(app, ways.opened(app, named=True)))
    with app.app_context():
        operations.close(public_id, "Karen")
    return public_id


def in_each_stage(app) -> dict[str, str]:
    """A workshop in each stage; their public ids."""
    return {
        "prepared": ways.prepared(app),
        "open": ways.answered(app),
        "revealed": agreed(app, ways.revealed(app)),
        "closed": closed(app),
    }
