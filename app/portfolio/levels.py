"""Levels: how many partners stand at each now, and how many stood there at the end of earlier periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Row, case, cast, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.partners.models import LEVELS, LevelChange, Partner
from app.platform.database import db
from app.portfolio.choice import Choice, conditions

MOST_QUARTERS = 12
MOST_YEARS = 10


@dataclass(frozen=True)
class Period:
    """The end of a quarter; of a year where ``quarter`` is 0; or today where ``year`` is 0 too.

    ``counts``: how many partners stood at each of ``LEVELS``.
    """

    year: int
    quarter: int
    counts: list[int]

    @property
    def total(self) -> int:
        """How many partners there were."""
        return sum(self.counts)


def levels_now(choice: Choice) -> list[int]:
    """Return how many of the chosen partners stand at each of ``LEVELS``; one query."""
    counted = select(Partner.level, func.count().label("number")).group_by(Partner.level)
    found = {row.level: row.number for row in db.session.execute(counted.where(*conditions(choice)))}
    return [found.get(level, 0) for level in LEVELS]


def levels_over_time(choice: Choice, today: date, now: list[int]) -> list[Period]:
    """Return the levels at the end of each period, the oldest first, and today's, ``now``, last; one query.

    Quarters while they are few, else years. A partner counts from the quarter of its first level; where its
    level changed twice in one quarter, the later one stood at its end.
    """
    spans = _spans(choice)
    this = today.year * 4 + (today.month - 1) // 3
    first = min((row.began for row in spans), default=this)
    if this - first <= MOST_QUARTERS:
        ends = [(quarter // 4, quarter % 4 + 1, quarter) for quarter in range(first, this)]
    else:
        years = range(max(first // 4, today.year - MOST_YEARS), today.year)
        ends = [(year, 0, year * 4 + 3) for year in years]
    passed = [Period(year, quarter, _at_the_end(spans, end)) for year, quarter, end in ends]
    return [*passed, Period(0, 0, now)]


Span = Row[Any]
"""``level``, the quarters in which it ``began`` and ``ended`` (``None``: not yet), and a ``number``."""


def _spans(choice: Choice) -> Sequence[Span]:
    """Count who stood at a level from one quarter to another: as many rows as there are such spans."""
    following = func.lead(LevelChange.on).over(
        partition_by=LevelChange.partner_id, order_by=(LevelChange.on, LevelChange.id)
    )
    stood = (
        select(
            LevelChange.after.label("level"),
            _quarter(LevelChange.on).label("began"),
            following.label("left_on"),
        )
        .where(LevelChange.partner_id.in_(select(Partner.id).where(*conditions(choice))))
        .subquery()
    )
    ended = case((stood.c.left_on.is_not(None), _quarter(stood.c.left_on))).label("ended")
    counted = select(stood.c.level, stood.c.began, ended, func.count().label("number"))
    return db.session.execute(counted.group_by(stood.c.level, stood.c.began, "ended")).all()


def _quarter(day: ColumnElement[str] | Any) -> ColumnElement[int]:
    """Return the quarter that an ISO day is in, counted from the year 0: plain text is all there is."""
    year, month = cast(func.substr(day, 1, 4), Integer), cast(func.substr(day, 6, 2), Integer)
    return year * 4 + (month - 1) // 3


def _at_the_end(spans: Sequence[Span], end: int) -> list[int]:
    """Return how many partners stood at each level when the quarter ``end`` was over."""
    counts = dict.fromkeys(LEVELS, 0)
    for row in spans:
        if row.level in counts and row.began <= end and (row.ended is None or row.ended > end):
            counts[row.level] += row.number
    return list(counts.values())
