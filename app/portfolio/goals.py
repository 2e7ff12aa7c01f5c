"""Goals × partners: which of the library's goals the partners serve, and which goals have no partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from app.assessments.models import Assessment, Summary
from app.organisation.models import Goal
from app.partners.models import Partner
from app.platform.database import db
from app.portfolio.choice import Choice, assessed
from app.portfolio.outcomes import Outcomes
from app.portfolio.positions import Group


@dataclass(frozen=True)
class Serving:
    """A partner whose latest assessment serves a goal: what was recommended, and its level today."""

    name: str
    public_id: str
    level: str
    outcome: str


@dataclass(frozen=True)
class Served:
    """A goal, how many partners serve it, and the first of them: the highest recommendations first."""

    title: str
    public_id: str
    count: int
    partners: list[Serving]

    @property
    def more(self) -> int:
        """How many serve it beside those that are named."""
        return self.count - len(self.partners)


@dataclass(frozen=True)
class Coverage:
    """The active goals ``without`` a partner and those ``served``; ``former``: out of use, and yet served."""

    without: list[Served]
    served: list[Served]
    former: list[Served]


def coverage(choice: Choice, groups: Sequence[Group], goals: Sequence[Goal], most_names: int) -> Coverage:
    """Return which goals the chosen partners serve, of whom ``groups`` says how many; two queries."""
    counts: Counter[int] = Counter()
    for row in groups:
        counts[row.goal_id] += row.number
    first = _first_partners(choice, most_names) if any(counts[goal.id] for goal in goals) else []
    words = Outcomes({row.definition_id for row in first})
    named: dict[int, list[Serving]] = {}
    for row in first:
        outcome = words.ranked_title(row.definition_id, row.outcome).title
        named.setdefault(row.goal_id, []).append(Serving(row.name, row.public_id, row.level, outcome))
    every = [
        (goal.active, Served(goal.title, goal.public_id, counts[goal.id], named.get(goal.id, [])))
        for goal in goals
        if not choice.goal or goal.public_id == choice.goal
    ]
    return Coverage(
        without=[goal for active, goal in every if active and not goal.count],
        served=[goal for active, goal in every if active and goal.count],
        former=[goal for active, goal in every if not active and goal.count],
    )


def _first_partners(choice: Choice, most: int) -> Sequence[Row[Any]]:
    """Return the first ``most`` partners of each goal, by what was recommended and then by name."""
    order = (Summary.rank.desc(), Partner.sort_key, Partner.id)
    place = func.row_number().over(partition_by=Assessment.goal_id, order_by=order).label("place")
    columns = (Partner.id, Assessment.goal_id, Assessment.definition_id, Summary.outcome, place)
    ranked = assessed(choice, *columns).where(Assessment.goal_id.is_not(None)).subquery()
    shown: Select[Any] = (
        select(ranked, Partner.name, Partner.public_id, Partner.level)
        .join(Partner, Partner.id == ranked.c.id)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.goal_id, ranked.c.place)
    )
    return db.session.execute(shown).all()
