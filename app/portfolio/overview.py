"""The overview: all that leadership sees on one page, and that the report begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.decisions.reading import (
    Awaited,
    ToFollowUp,
    awaited_row,
    awaited_statement,
    count_of,
    follow_up_row,
    follow_up_statement,
)
from app.platform.database import db
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


@dataclass(frozen=True)
class Lengths:
    """How many are named of the partners that serve a goal, and of what waits."""

    partners: int
    waiting: int


@dataclass(frozen=True)
class Overview:
    """Where the chosen partners stand on one day. ``now``: how many stand at each level."""

    now: list[int]
    positions: Positions
    coverage: Coverage
    periods: list[Period]
    waiting: Waiting

    @property
    def partners(self) -> int:
        """How many partners are chosen."""
        return sum(self.now)


def overview(choice: Choice, today: date, lengths: Lengths) -> Overview:
    """Return the overview; the number of queries is the same for one partner and for five thousand."""
    now, groups = levels_now(choice), groups_of(choice)
    return Overview(
        now=now,
        positions=positions(choice, groups),
        coverage=coverage(choice, groups, lengths.partners),
        periods=levels_over_time(choice, today, now),
        waiting=_waiting(choice, today, lengths.waiting),
    )


def _waiting(choice: Choice, today: date, most: int) -> Waiting:
    wanted = conditions(choice) if choice.narrows else []
    awaited = awaited_statement().where(*wanted)
    due = follow_up_statement(today.isoformat()).where(*wanted)
    return Waiting(
        awaited=[awaited_row(row) for row in db.session.execute(awaited.limit(most))],
        awaited_in_all=count_of(awaited),
        due=[follow_up_row(row) for row in db.session.execute(due.limit(most))],
        due_in_all=count_of(due),
    )
