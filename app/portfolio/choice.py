"""Which part of the partners an overview shows: what was chosen, and the conditions that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, select
from sqlalchemy.orm import aliased

from app.assessments.models import Assessment, Summary
from app.engine.dates import day_in
from app.organisation.models import Goal
from app.partners.models import LEVELS, SECTORS, Partner
from app.platform.addresses import is_public_id
from app.platform.text import writable

LONGEST_OWNER = 200


@dataclass(frozen=True)
class Choice:
    """What was chosen, each ``""`` for everything.

    ``sector`` and ``level``: as a partner has them. ``owner``: a name. ``goal``: the public id of a goal that
    the latest assessment serves. ``since`` and ``until``: days, ISO 8601; only assessments dated between them
    count.
    """

    sector: str = ""
    owner: str = ""
    goal: str = ""
    level: str = ""
    since: str = ""
    until: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        return any(asdict(self).values())

    def filled(self, **otherwise: str) -> dict[str, str]:
        """Return what was chosen, without what was not; ``otherwise`` is put in its place."""
        return {name: value for name, value in (asdict(self) | otherwise).items() if value}


def chosen(asked: Mapping[str, Any]) -> Choice:
    """Return what an address or a form asks for; what cannot be understood narrows nothing."""
    words = {field.name: _words(asked.get(field.name)) for field in fields(Choice)}
    return Choice(
        sector=words["sector"] if words["sector"] in SECTORS else "",
        owner=words["owner"][:LONGEST_OWNER],
        goal=words["goal"] if is_public_id(words["goal"]) else "",
        level=words["level"] if words["level"] in LEVELS else "",
        since=words["since"] if day_in(words["since"]) else "",
        until=words["until"] if day_in(words["until"]) else "",
    )


def _words(value: object) -> str:
    return writable(value).strip() if isinstance(value, str) else ""


def latest(choice: Choice) -> ScalarSelect[int]:
    """Return the id of each partner's latest assessment, to be used where ``partners`` is selected from.

    The latest is the one with the newest date that was reviewed and is not in the bin; of one day, the one
    that was made last. An example belongs to no partner. It is looked up in an index, one partner at a time,
    so that a page of fifty partners costs fifty lookups, however many there are. Both databases do it so.
    """
    one = aliased(Assessment)
    statement = (
        select(one.id)
        .join(Summary, Summary.assessment_id == one.id)
        .where(one.partner_id == Partner.id, one.deleted_at.is_(None))
        .order_by(one.date.desc(), one.id.desc())
        .limit(1)
        .correlate(Partner)
    )
    if choice.since:
        statement = statement.where(one.date >= choice.since)
    if choice.until:
        statement = statement.where(one.date <= choice.until)
    return statement.scalar_subquery()


def conditions(choice: Choice) -> list[ColumnElement[bool]]:
    """Return what a partner must be to be shown, whether it was assessed or not."""
    wanted: list[ColumnElement[bool]] = [Partner.merged_into_id.is_(None)]
    if choice.sector:
        wanted.append(Partner.sector == choice.sector)
    if choice.owner:
        wanted.append(Partner.owner == choice.owner)
    if choice.level:
        wanted.append(Partner.level == choice.level)
    if choice.goal:
        wanted.append(_serves(choice))
    return wanted


def assessed(choice: Choice, *columns: Any) -> Select[Any]:
    """Return a statement of ``columns`` of the chosen partners, their latest assessments and its summary."""
    statement = (
        select(*columns)
        .select_from(Partner)
        .join(Assessment, Assessment.id == latest(choice))
        .join(Summary, Summary.assessment_id == Assessment.id)
    )
    # The goal is asked of the assessment that is joined: no need to look for the latest once more.
    if choice.goal:
        statement = statement.join(Goal, Goal.id == Assessment.goal_id).where(Goal.public_id == choice.goal)
    return statement.where(*conditions(Choice(choice.sector, choice.owner, "", choice.level)))


def _serves(choice: Choice) -> ColumnElement[bool]:
    one = aliased(Assessment)
    goal = select(Goal.id).where(Goal.public_id == choice.goal).scalar_subquery()
    served = select(one.goal_id).where(one.id == latest(choice)).correlate(Partner).scalar_subquery()
    return served == goal
