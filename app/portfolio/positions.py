"""Value against readiness: where each partner's latest assessment is, and how many are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func

from app.assessments.models import Assessment, Summary
from app.partners.models import Partner
from app.platform.database import db
from app.portfolio.choice import Choice, assessed
from app.portfolio.outcomes import Outcomes, RankedTitle

MOST_POINTS = 60
"""More points than this cannot be told apart: then those that stand in each square are counted."""

MOST_NAMES = 20
"""How many of the partners without a place on the chart are named."""

SIDE = 10
MIDDLE = 50
LAST_CELL = 90
QUADRANTS = ("much-ready", "much-not-yet", "little-ready", "little-not-yet")
"""``much`` and ``little`` are of value; the middle of either axis belongs to the higher half."""


Group = Row[Any]
"""``definition_id``, ``outcome``, ``goal_id``, the cell (``up`` and ``across``, ``None`` without a place),
and the ``number`` of partners.
"""


@dataclass(frozen=True)
class Point:
    """One partner. ``number``: its place among the points, from 1; ``outcome``: its place in ``outcomes``."""

    number: int
    name: str
    public_id: str
    value: int
    readiness: int
    outcome: int


@dataclass(frozen=True)
class Cell:
    """A square of the chart, ``SIDE`` wide, by its lower corner, and how many partners stand in it."""

    value: int
    readiness: int
    count: int


@dataclass(frozen=True)
class Quadrant:
    """A quarter of the chart. ``counts``: how many partners stand in it with each of ``outcomes``."""

    id: str
    count: int
    counts: list[int]


@dataclass(frozen=True)
class Positions:
    """Where the chosen partners stand.

    ``assessed``: how many have a reviewed assessment. ``outcomes``: the recommendations among them, the
    highest first, and ``totals`` how many each has. ``points`` where there are few enough, else ``cells``.
    ``without``: the first of those that have no place, because their questionnaire has no axes or nothing on
    an axis is known; ``placeless``: how many they are.
    """

    assessed: int
    outcomes: list[str]
    totals: list[int]
    points: list[Point]
    cells: list[Cell]
    quadrants: list[Quadrant]
    without: list[tuple[str, str]]
    placeless: int

    @property
    def names_all_without(self) -> bool:
        """Whether all that have no place are named."""
        return self.placeless == len(self.without)

    @property
    def numbers(self) -> dict[str, int]:
        """The points' numbers, by the partner's public id."""
        return {point.public_id: point.number for point in self.points}


def groups_of(choice: Choice) -> Sequence[Group]:
    """Count the chosen partners by what their latest assessments come to; one query, no row for a partner."""
    up, across = (Summary.value // SIDE).label("up"), (Summary.readiness // SIDE).label("across")
    columns = (Assessment.definition_id, Assessment.goal_id, Summary.outcome, up, across)
    counted = assessed(choice, *columns, func.count().label("number")).group_by(*columns)
    return db.session.execute(counted).all()


def positions(choice: Choice, groups: Sequence[Group]) -> Positions:
    """Return where the chosen partners stand, of whom ``groups`` says how many; at most three queries."""
    words = Outcomes({row.definition_id for row in groups})
    ranked = {
        (row.definition_id, row.outcome): words.ranked_title(row.definition_id, row.outcome) for row in groups
    }
    titles = _in_order(ranked.values())
    place = {key: titles.index(each.title) for key, each in ranked.items()}
    placed = [row for row in groups if row.across is not None and row.up is not None]
    in_all, on_chart = _total(groups), _total(placed)
    few = on_chart <= MOST_POINTS
    return Positions(
        assessed=in_all,
        outcomes=titles,
        totals=_counts(groups, place, len(titles)),
        points=_points(choice, place) if few and on_chart else [],
        cells=[] if few else _cells(placed),
        quadrants=_quadrants(placed, place, len(titles)),
        without=_without(choice) if in_all > on_chart else [],
        placeless=in_all - on_chart,
    )


def _in_order(ranked: Any) -> list[str]:
    """Return each title once, the highest recommendation first; two of one title are one."""
    height: dict[str, float] = {}
    each: RankedTitle
    for each in ranked:
        height[each.title] = max(each.height, height.get(each.title, -1.0))
    return sorted(height, key=lambda title: (-height[title], title))


def _total(groups: Sequence[Group]) -> int:
    return sum(row.number for row in groups)


def _counts(groups: Sequence[Group], place: dict[tuple[int, str], int], outcomes: int) -> list[int]:
    counted = [0] * outcomes
    for row in groups:
        counted[place[row.definition_id, row.outcome]] += row.number
    return counted


def _cells(placed: Sequence[Group]) -> list[Cell]:
    counted: Counter[tuple[int, int]] = Counter()
    for row in placed:
        counted[_corner(row.up), _corner(row.across)] += row.number
    return [Cell(*corner, count) for corner, count in sorted(counted.items())]


def _corner(tenth: int) -> int:
    """Return where a cell begins; 100 itself belongs to the last one."""
    return min(tenth * SIDE, LAST_CELL)


def _quadrants(placed: Sequence[Group], place: dict[tuple[int, str], int], outcomes: int) -> list[Quadrant]:
    parts: dict[str, list[Group]] = {name: [] for name in QUADRANTS}
    for row in placed:
        worth = "much" if row.up * SIDE >= MIDDLE else "little"
        state = "ready" if row.across * SIDE >= MIDDLE else "not-yet"
        parts[f"{worth}-{state}"].append(row)
    return [Quadrant(name, _total(rows), _counts(rows, place, outcomes)) for name, rows in parts.items()]


def _points(choice: Choice, place: dict[tuple[int, str], int]) -> list[Point]:
    statement = (
        assessed(
            choice,
            Partner.name,
            Partner.public_id,
            Summary.value,
            Summary.readiness,
            Assessment.definition_id,
            Summary.outcome,
        )
        .where(*_has_a_place())
        .order_by(Partner.sort_key, Partner.id)
        .limit(MOST_POINTS)
    )
    return [
        Point(
            number,
            row.name,
            row.public_id,
            row.value,
            row.readiness,
            place[row.definition_id, row.outcome],
        )
        for number, row in enumerate(db.session.execute(statement), 1)
    ]


def _has_a_place() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Summary.value.is_not(None), Summary.readiness.is_not(None)


def _without(choice: Choice) -> list[tuple[str, str]]:
    statement = (
        assessed(choice, Partner.name, Partner.public_id)
        .where(Summary.value.is_(None) | Summary.readiness.is_(None))
        .order_by(Partner.sort_key, Partner.id)
        .limit(MOST_NAMES)
    )
    return [(row.name, row.public_id) for row in db.session.execute(statement)]
