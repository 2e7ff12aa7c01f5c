"""Value against readiness: each partner a mark in a square, or, of many, how many stand where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from app.charts.shapes import outcome_shape
from app.charts.svg import Colour, Style, Svg, drawing, filled, line, outlined, text, width_of, wrapped
from app.charts.words import Words

WIDTH = 680.0
LEFT, RIGHT = 40.0, 672.0
TOP, FOOT = 34.0, 434.0
RADIUS = 6.0
LEGEND_ROW = 18.0
CELL = 10
FULL = 100

NAMED = 25
"""With more points than this only the numbers are written."""

LONGEST_NAME = 130.0
MOST_NUMBERS = 4

AXIS = Style(size=10, colour="ink-soft", anchor="middle")
AT_SIDE = Style(size=10, colour="ink-soft", anchor="end")
QUADRANT = Style(size=12, weight=600, anchor="middle")
LABEL = 10.0
SMALL = Style(size=10, colour="ink-soft")


class Box(NamedTuple):
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether the two have any room in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Say whether the whole of the other lies in this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


FRAME = Box(LEFT, TOP, RIGHT, FOOT)


def scatter(points: Sequence[Any], outcomes: Sequence[str], language: str) -> Markup:
    """Return the chart of some partners, each with its number and, where there is room, its name.

    Each of ``points`` has a ``number``, a ``name``, ``value`` and ``readiness`` (0–100) and an ``outcome``:
    its place in ``outcomes``, which has the highest first. Each outcome has a shape of its own.
    """
    words = Words(language)
    legend, foot = _legend(outcomes, FOOT + 62)
    marks = [outcome_shape(point.outcome, *_at(point), RADIUS) for point in points]
    parts = [*_ground(words), *marks, *_labels(points), *legend]
    description = " ".join(_described(point, outcomes, words) for point in points)
    return drawing("portfolio", (_title(words), description), (WIDTH, foot), parts)


def density(cells: Sequence[Any], language: str) -> Markup:
    """Return the chart of many partners: in each square of ten by ten, how many stand there.

    Each of ``cells`` has the ``value`` and ``readiness`` that it begins with, and a ``count``.
    """
    words = Words(language)
    most = max((cell.count for cell in cells), default=1)
    squares = [part for cell in cells for part in _square(cell, most)]
    description = " ".join(_counted(cell, words) for cell in cells)
    parts = [*_ground(words), *squares]
    return drawing("portfolio", (_title(words), description), (WIDTH, FOOT + 44), parts)


def _title(words: Words) -> str:
    return words("Value against readiness, each from 0 to 100")


def _x(readiness: float) -> float:
    return LEFT + (RIGHT - LEFT) * readiness / FULL


def _y(value: float) -> float:
    return FOOT - (FOOT - TOP) * value / FULL


def _at(point: Any) -> tuple[float, float]:
    """Return the middle of a mark, moved inward at the edge so that the whole of it lies in the frame."""
    return (
        min(max(_x(point.readiness), LEFT + RADIUS + 1), RIGHT - RADIUS - 1),
        min(max(_y(point.value), TOP + RADIUS + 1), FOOT - RADIUS - 1),
    )


def _ground(words: Words) -> list[Svg]:
    """Return the square, its scales, and what each quarter of it means, outside the frame."""
    halves = ((_x(25), TOP - 12), (_x(75), TOP - 12), (_x(25), FOOT + 34), (_x(75), FOOT + 34))
    meanings = (
        words("Worth much, not ready yet"),
        words("Worth much and ready"),
        words("Less to gain, not ready yet"),
        words("Ready, but less to gain"),
    )
    parts = [
        outlined("rect", "line", "paper", x=LEFT, y=TOP, width=RIGHT - LEFT, height=FOOT - TOP),
        filled("rect", "surface", x=_x(50), y=TOP, width=RIGHT - _x(50), height=_y(50) - TOP),
        *(text(x, y, meaning, QUADRANT) for (x, y), meaning in zip(halves, meanings, strict=True)),
        text(LEFT, 10, words("Value ↑"), SMALL),
        text(RIGHT, FOOT + 34, words("Readiness →"), AT_SIDE),
    ]
    for score in (0, 25, 50, 75, 100):
        colour: Colour = "line-strong" if score == FULL / 2 else "line"
        parts += [
            line((_x(score), TOP), (_x(score), FOOT), colour, 0.7),
            line((LEFT, _y(score)), (RIGHT, _y(score)), colour, 0.7),
            text(_x(score), FOOT + 15, str(score), AXIS),
            text(LEFT - 6, _y(score) + 3.5, str(score), AT_SIDE),
        ]
    return parts


def _labels(points: Sequence[Any]) -> list[Svg]:
    """Return the numbers, with the names where there is room; a label that would hide another is left out."""
    together: dict[tuple[float, float], list[Any]] = {}
    for point in points:
        together.setdefault(_at(point), []).append(point)
    taken = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in together]
    parts = []
    for (x, y), here in together.items():
        ways = _ways_to_say(here, named=len(points) <= NAMED)
        # A line through a label makes it hard to read, but is better than no label.
        found = _free(x, y, ways, [*taken, *_lines()]) or _free(x, y, ways, taken)
        if found is not None:
            label, box = found
            taken.append(box)
            parts.append(text(box.left, box.bottom - 2.5, label, Style(size=LABEL)))
    return parts


def _lines() -> list[Box]:
    """Return the room that the lines through the middle take."""
    across, up = _x(FULL / 2), _y(FULL / 2)
    return [Box(across - 1, TOP, across + 1, FOOT), Box(LEFT, up - 1, RIGHT, up + 1)]


def _ways_to_say(points: Sequence[Any], *, named: bool) -> list[str]:
    numbers = [str(point.number) for point in points[:MOST_NUMBERS]]
    short = ", ".join(numbers) + ("…" if len(points) > MOST_NUMBERS else "")
    if not named or len(points) > 1:
        return [short]
    return [f"{short} {_short(points[0].name)}", short]


def _short(name: str) -> str:
    """Return a name cut where it is too long for a label, also in the middle of a word."""
    kept = name
    while kept and width_of(kept, LABEL) > LONGEST_NAME:
        kept = kept[:-1]
    return name if kept == name else f"{kept.rstrip()}…"


def _free(x: float, y: float, labels: Sequence[str], taken: Sequence[Box]) -> tuple[str, Box] | None:
    """Return the first label that has room beside a mark, and where: right, left, above or under it."""
    for label in labels:
        wide, high, away = width_of(label, LABEL) + 2, 12.0, RADIUS + 2
        corners = (
            (x + away, y - high / 2),
            (x - away - wide, y - high / 2),
            (x - wide / 2, y - away - high),
            (x - wide / 2, y + away),
        )
        for left, top in corners:
            box = Box(left, top, left + wide, top + high)
            if FRAME.holds(box) and not any(box.meets(other) for other in taken):
                return label, box
    return None


def _square(cell: Any, most: int) -> list[Svg]:
    """Return a square with its count; the more that stand there, the darker it is."""
    share = cell.count / most
    colour: Colour = "accent" if share > 2 / 3 else "accent-tint"
    ink: Colour = "paper" if colour == "accent" else "ink"
    left, top = _x(cell.readiness), _y(cell.value + CELL)
    place = {"x": left + 1, "y": top + 1, "width": _x(CELL) - LEFT - 2, "height": FOOT - _y(CELL) - 2}
    middle = (_x(cell.readiness + CELL / 2), _y(cell.value + CELL / 2) + 4)
    edge: Colour = "accent" if share > 1 / 3 else "line"
    return [
        outlined("rect", edge, colour, stroke_width=0.8, **place),
        text(*middle, str(cell.count), Style(size=12, weight=600, colour=ink, anchor="middle")),
    ]


def _legend(outcomes: Sequence[str], top: float) -> tuple[list[Svg], float]:
    """Return the shapes with their words, and how far down they reach."""
    parts: list[Svg] = []
    x, y = LEFT, top
    for place, title in enumerate(outcomes):
        label = wrapped(title, RIGHT - LEFT - 30, SMALL.size, 1)[0]
        length = 42 + width_of(label, SMALL.size)
        if x > LEFT and x + length > RIGHT:
            x, y = LEFT, y + LEGEND_ROW
        parts += [outcome_shape(place, x + RADIUS, y - 3.5, RADIUS), text(x + 18, y, label, SMALL)]
        x += length
    return parts, y + 8 if outcomes else top - LEGEND_ROW


def _described(point: Any, outcomes: Sequence[str], words: Words) -> str:
    return words(
        "{number} {partner}: value {value}, readiness {readiness}, {outcome}.",
        number=point.number,
        partner=point.name,
        value=point.value,
        readiness=point.readiness,
        outcome=outcomes[point.outcome],
    )


def _counted(cell: Any, words: Words) -> str:
    ends = [start + CELL - (start + CELL < FULL) for start in (cell.value, cell.readiness)]
    return words(
        "Value {value}, readiness {readiness}: {count}.",
        value=f"{cell.value}–{ends[0]}",
        readiness=f"{cell.readiness}–{ends[1]}",
        count=cell.count,
    )
