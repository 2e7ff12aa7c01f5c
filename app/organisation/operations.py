"""Every write to the library's settings and goals. Each names who did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.organisation.models import THE_LIBRARY, Goal, Organisation
from app.organisation.reading import IN_ORDER, goals_in_use, nothing_settled, title_key
from app.platform.conflicts import must_be_as_shown
from app.platform.database import now, writing
from app.platform.named_lock import named_lock


class Gone(LookupError):
    """The goal was removed in the meantime."""


class TitleTaken(ValueError):
    """Another goal has this title."""


class InUse(ValueError):
    """An assessment serves the goal, so it stays."""


def save_settings(values: Mapping[str, Any], shown: int, actor: str) -> None:
    """Store the named settings of the library. ``shown``: the row version that the page had, 0 for none yet.

    Raises :class:`ChangedMeanwhile` where somebody else saved other values since.
    """
    with writing() as session:
        library = _library(session)
        stored = {name: getattr(library, name) for name in values}
        if stored != dict(values):
            must_be_as_shown(shown, library.row_version, stored)
        _set(session, library, values, actor)


def save_logo(logo: bytes | None, logo_type: str, actor: str) -> None:
    """Store a logo that was made harmless, or none."""
    with writing() as session:
        _set(session, _library(session), {"logo": logo, "logo_type": logo_type}, actor)


def add_goal(values: Mapping[str, Any], actor: str) -> str:
    """Add a goal after the others and return its public id. Raises :class:`TitleTaken`."""
    with writing() as session:
        _title_is_free(session, values["title"])
        last = session.execute(select(func.max(Goal.position))).scalar_one()
        goal = Goal(**values, position=(last or 0) + 1, created_by=actor, updated_by=actor)
        session.add(goal)
        session.flush()
        return goal.public_id


def change_goal(public_id: str, values: Mapping[str, Any], shown: int, actor: str) -> None:
    """Store a goal's title, text and whether it is in use. ``shown``: the row version that the page had.

    Raises :class:`ChangedMeanwhile`, :class:`TitleTaken` or :class:`Gone`.
    """
    with writing() as session:
        goal = _goal(session, public_id)
        stored = {name: getattr(goal, name) for name in values}
        if stored != dict(values):
            must_be_as_shown(shown, goal.row_version, stored)
        _title_is_free(session, values["title"], goal.id)
        for name, value in values.items():
            setattr(goal, name, value)
        goal.updated_by, goal.updated_at = actor, now()


def move_goal(public_id: str, step: int, actor: str) -> None:
    """Move a goal ``step`` places down the list (up where it is less than 0). Raises :class:`Gone`.

    The order is nobody's text: moving does not disturb whoever is writing about the goal.
    """
    with writing() as session:
        goals = list(session.execute(select(Goal).order_by(*IN_ORDER).with_for_update()).scalars())
        here = next((place for place, each in enumerate(goals) if each.public_id == public_id), None)
        if here is None:
            raise Gone
        goals.insert(max(0, min(len(goals) - 1, here + step)), goals.pop(here))
        for position, goal in enumerate(goals, start=1):
            if goal.position != position:
                session.execute(
                    update(Goal).where(Goal.id == goal.id).values(position=position, updated_by=actor)
                )


def remove_goal(public_id: str) -> None:
    """Remove a goal that no assessment ever served. Raises :class:`InUse` or :class:`Gone`."""
    try:
        with writing() as session:
            goal = _goal(session, public_id)
            if goals_in_use(session, goal.id):
                raise InUse
            session.delete(goal)
    except IntegrityError as error:
        raise InUse from error  # an assessment came in between


def _library(session: Session) -> Organisation:
    """Return the library's row, locked; before the first save a new one, not yet stored."""
    named_lock(session, "settings")
    g.pop("organisation", None)
    found = session.get(Organisation, THE_LIBRARY, with_for_update=True)
    return found or nothing_settled()


def _set(session: Session, library: Organisation, values: Mapping[str, Any], actor: str) -> None:
    for name, value in values.items():
        setattr(library, name, value)
    library.updated_by, library.updated_at = actor, now()
    session.add(library)


def _goal(session: Session, public_id: str) -> Goal:
    found = (
        session.execute(select(Goal).where(Goal.public_id == public_id).with_for_update()).scalars().first()
    )
    if found is None:
        raise Gone
    return found


def _title_is_free(session: Session, title: str, but: int | None = None) -> None:
    """Raise :class:`TitleTaken` where another goal has this title, whatever its capitals."""
    named_lock(session, "goals")
    rows: Sequence[Any] = session.execute(select(Goal.id, Goal.title)).all()
    if any(title_key(other) == title_key(title) and number != but for number, other in rows):
        raise TitleTaken
