"""Every write while the room talks: what it agrees on, and what it will do. Each names who typed it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.engine.answers import Answer, GateAnswer, answer_to_json, gate_to_json
from app.platform.conflicts import must_be_as_shown
from app.platform.database import now, writing
from app.workshops.agreeing.reading import fingerprint_of_action, fingerprint_of_agreed
from app.workshops.models import RoomAnswer, Workshop, WorkshopAction
from app.workshops.operations import Gone, locked


def agree_on(  # noqa: PLR0913, PLR0917 - each is a part of what was agreed
    public_id: str,
    question: str,
    answer: Answer | GateAnswer,
    reason: str,
    minority: str,
    actor: str,
    *,
    shown: str | None = None,
) -> None:
    """Store what the room agreed on at an item or a gate; the answer's own note is left out.

    ``reason``: why; for a gate that is answered, the fact that settles it. ``shown``: see
    :func:`app.platform.conflicts.must_be_as_shown`; it is what
    :func:`app.workshops.agreeing.reading.fingerprint_of_agreed` returned for the page. Raises
    :class:`ChangedMeanwhile`, and what :func:`app.workshops.operations.locked` raises unless the workshop is
    at the stage of talking.
    """
    written = _written(answer)
    with writing() as session:
        workshop = locked(session, public_id, "revealed")
        there = _agreed(session, workshop, question)
        if there is not None and (there.answer, there.reason, there.minority) == (written, reason, minority):
            return
        must_be_as_shown(shown, fingerprint_of_agreed(there))
        if there is None:
            there = RoomAnswer(workshop_id=workshop.id, question=question)
            session.add(there)
        there.answer, there.reason, there.minority = written, reason, minority
        there.actor, there.at = actor, now()
        _said_something(workshop, actor)


def take_back(public_id: str, question: str, actor: str, *, shown: str | None = None) -> None:
    """Forget what the room agreed on at a question; the median counts again. Raises as :func:`agree_on`."""
    with writing() as session:
        workshop = locked(session, public_id, "revealed")
        there = _agreed(session, workshop, question)
        if there is None:
            return
        must_be_as_shown(shown, fingerprint_of_agreed(there))
        session.delete(there)
        _said_something(workshop, actor)


def add_action(public_id: str, what: str, who: str, due: str, actor: str) -> None:
    """Add what is done next; the very same twice is one. ``due``: ISO 8601, or ``""``."""
    with writing() as session:
        workshop = locked(session, public_id, "revealed")
        same = select(WorkshopAction.id).where(
            WorkshopAction.workshop_id == workshop.id,
            WorkshopAction.what == what,
            WorkshopAction.who == who,
            WorkshopAction.due == due,
        )
        if session.execute(same).first() is None:
            session.add(WorkshopAction(workshop_id=workshop.id, what=what, who=who, due=due, actor=actor))
            _said_something(workshop, actor)


def correct_action(  # noqa: PLR0913, PLR0917 - as add_action, and what is corrected
    public_id: str, action: str, what: str, who: str, due: str, actor: str, *, shown: str | None = None
) -> None:
    """Write an action anew; it keeps its place among the others.

    ``shown``: as for :func:`agree_on`, from :func:`app.workshops.agreeing.reading.fingerprint_of_action`.
    Raises :class:`ChangedMeanwhile`, and :class:`app.workshops.operations.Gone` where it was removed.
    """
    with writing() as session:
        workshop = locked(session, public_id, "revealed")
        there = _action(session, workshop, action)
        if (there.what, there.who, there.due) == (what, who, due):
            return
        must_be_as_shown(shown, fingerprint_of_action(there))
        there.what, there.who, there.due = what, who, due
        there.actor, there.at = actor, now()
        _said_something(workshop, actor)


def remove_action(public_id: str, action: str, actor: str, *, shown: str | None = None) -> None:
    """Remove an action by its public id. Raises as :func:`correct_action`."""
    with writing() as session:
        workshop = locked(session, public_id, "revealed")
        there = _action(session, workshop, action)
        must_be_as_shown(shown, fingerprint_of_action(there))
        session.delete(there)
        _said_something(workshop, actor)


def _written(answer: Answer | GateAnswer) -> Any:
    if isinstance(answer, GateAnswer):
        return gate_to_json(replace(answer, note=""))
    return answer_to_json(replace(answer, note=""))


def _agreed(session: Session, workshop: Workshop, question: str) -> RoomAnswer | None:
    return session.execute(
        select(RoomAnswer).where(RoomAnswer.workshop_id == workshop.id, RoomAnswer.question == question)
    ).scalar_one_or_none()


def _action(session: Session, workshop: Workshop, action: str) -> WorkshopAction:
    found = session.execute(
        select(WorkshopAction).where(
            WorkshopAction.workshop_id == workshop.id, WorkshopAction.public_id == action
        )
    ).scalar_one_or_none()
    if found is None:
        raise Gone(action)
    return found


def _said_something(workshop: Workshop, actor: str) -> None:
    """Let the wall know that something was said."""
    workshop.answer_count += 1
    workshop.updated_by, workshop.updated_at = actor, now()
