"""What the library has settled, for all rooms to read."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from flask import abort, g
from sqlalchemy import column, func, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.engine.texts import LANGUAGES
from app.organisation.models import THE_LIBRARY, Goal, Organisation
from app.platform.database import db

IN_ORDER = (Goal.position, Goal.id)

SETTINGS = Organisation.__table__
LANGUAGE = select(SETTINGS.c.language).where(SETTINGS.c.id == THE_LIBRARY)
"""Asked in most requests, so it is one column and no object: a twentieth of a millisecond."""

ASSESSMENTS = table("assessments", column("goal_id"))
"""What is needed of the table; its room is built on this one and cannot be imported here."""


@dataclass(frozen=True)
class Letterhead:
    """The top of a printed document. ``logo``: a ``data:`` URI of a PNG or an SVG, ``""`` for none."""

    name: str = ""
    logo: str = ""


def current() -> Organisation:
    """Return the library's settings, read once for each request; before the first save, empty ones."""
    if "organisation" not in g:
        g.organisation = db.session.get(Organisation, THE_LIBRARY) or nothing_settled()
    found: Organisation = g.organisation
    return found


def nothing_settled() -> Organisation:
    """Return the settings of a library that has saved none. They are not stored."""
    return Organisation(
        id=THE_LIBRARY,
        name="",
        language=LANGUAGES[0],
        logo=None,
        logo_type="",
        thresholds=[],
        default_owner="",
        contact="",
        updated_by="",
        row_version=0,
    )


def default_language() -> str:
    """Return the language of a reader who has chosen none, also where the database does not answer:
    the page that says so must be written in some language.
    """
    try:
        chosen = db.session.execute(LANGUAGE).scalar_one_or_none()
    except SQLAlchemyError:
        return LANGUAGES[0]
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def all_goals() -> list[Goal]:
    """Return every goal in the library's own order, also those that are out of use."""
    return list(db.session.execute(select(Goal).order_by(*IN_ORDER)).scalars())


def active_goals() -> list[Goal]:
    """Return the goals that a new partnership can serve, in the library's own order."""
    return list(db.session.execute(select(Goal).where(Goal.active).order_by(*IN_ORDER)).scalars())


def goals_by_id() -> dict[int, Goal]:
    """Return every goal by its number."""
    return {goal.id: goal for goal in all_goals()}


def goal_with(public_id: str) -> Goal:
    """Return the goal with this id; 404 where there is none."""
    wanted = select(Goal).where(Goal.public_id == public_id)
    return db.session.execute(wanted).scalar_one_or_none() or abort(404)


def goals_in_use(session: Session, goal_id: int | None = None) -> dict[int, int]:
    """Return how many assessments serve each goal, or one of them; a goal that none serves is left out."""
    served = ASSESSMENTS.c.goal_id
    counted = select(served, func.count()).where(served.is_not(None)).group_by(served)
    rows = session.execute(counted.where(served == goal_id) if goal_id else counted)
    return {number: count for number, count in rows}  # noqa: C416 - rows are no pairs to mypy


def goal_titled(session: Session, title: str) -> int | None:
    """Return the number of the active goal with this title, whatever its capitals; ``None`` for no goal."""
    wanted = title_key(title)
    rows = session.execute(select(Goal.id, Goal.title).where(Goal.active).order_by(*IN_ORDER))
    return next((number for number, found in rows if title_key(found) == wanted), None) if wanted else None


def title_key(title: str) -> str:
    """Return what two spellings of one title have in common."""
    return " ".join(title.split()).casefold()


def must_decide(amount: float | None) -> str:
    """Return who must decide on an amount in kroner, ``""`` where it passes no threshold."""
    passed = passed_threshold(amount)
    return str(passed["decides"]) if passed else ""


def passed_threshold(amount: float | None) -> dict[str, Any] | None:
    """Return the highest threshold that an amount in kroner is above, as it is stored."""
    if amount is None:
        return None
    return next((each for each in reversed(current().thresholds) if amount > each["amount"]), None)


def letterhead() -> Letterhead:
    """Return the library's name and logo for a document; plain data, with nothing left to read."""
    organisation = current()
    logo = organisation.logo if organisation.logo_type else None
    if not logo:
        return Letterhead(organisation.name)
    encoded = base64.b64encode(logo).decode("ascii")
    return Letterhead(organisation.name, f"data:{organisation.logo_type};base64,{encoded}")
