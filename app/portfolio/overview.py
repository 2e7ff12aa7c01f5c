"""The overview: all that leadership sees on one page, and that the report begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.assessments.models import Assessment
from app.decisions.models import Decision, Motion
from app.decisions.reading import (
    Awaited,
    ToFollowUp,
    awaited_motions,
    awaited_row,
    awaited_rows,
    decisions_to_follow_up,
    follow_up_row,
    follow_up_rows,
)
from app.organisation.models import Goal
from app.organisation.reading import all_goals
from app.partners.models import Partner
from app.platform.list_pages import count_of, some_of
from app.portfolio.choice import Choice, conditions
from app.portfolio.goals import Coverage, coverage
from app.portfolio.levels import Period, levels_now, levels_over_time
from app.portfolio.positions import Positions, groups_of, positions


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: the first decisions and follow-ups, and how many there are of each."""

    awaited: list[Awaited]
    awaited_in_all: int
    due: list[ToFollowUp]
    due_in_all: int

    @property
    def awaited_more(self) -> int:
        """How many await a decision beside those that are named."""
        return self.awaited_in_all - len(self.awaited)

    @property
    def due_more(self) -> int:
        """How many follow-ups are due beside those that are named."""
        return self.due_in_all - len(self.due)


@dataclass(frozen=True)
class Lengths:
    """How many are named of the partners that serve a goal, and of what waits."""

    partners: int
    waiting: int


@dataclass(frozen=True)
class Overview:
    """Where the chosen partners stand on one day. ``now``: how many stand at each level.

    ``goals``: all of the library's, in its own order.
    """

    goals: list[Goal]
    now: list[int]
    positions: Positions
    coverage: Coverage
    periods: list[Period]
    waiting: Waiting

    @property
    def active_goals(self) -> list[Goal]:
        """The goals that a new partnership can serve."""
        return [goal for goal in self.goals if goal.active]

    @property
    def partners(self) -> int:
        """How many partners are chosen."""
        return sum(self.now)


def overview(choice: Choice, today: date, lengths: Lengths) -> Overview:
    """Return the overview; the number of queries is the same for one partner and for five thousand."""
    now, groups, goals = levels_now(choice), groups_of(choice), all_goals()
    return Overview(
        goals=goals,
        now=now,
        positions=positions(choice, groups),
        coverage=coverage(choice, groups, goals, lengths.partners),
        periods=levels_over_time(choice, today, now),
        waiting=_waiting(choice, today, lengths.waiting),
    )


def _waiting(choice: Choice, today: date, most: int) -> Waiting:
    awaited, due = awaited_motions(), decisions_to_follow_up(today.isoformat())
    if choice.narrows:
        about = select(Assessment.id).join(Partner, Partner.id == Assessment.partner_id)
        theirs = about.where(*conditions(choice))
        awaited = awaited.where(Motion.assessment_id.in_(theirs))
        due = due.where(Decision.assessment_id.in_(theirs))
    return Waiting(
        awaited=[awaited_row(row) for row in some_of(awaited, awaited_rows, most)],
        awaited_in_all=count_of(awaited),
        due=[follow_up_row(row) for row in some_of(due, follow_up_rows, most)],
        due_in_all=count_of(due),
    )
