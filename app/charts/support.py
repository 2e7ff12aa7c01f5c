"""Support against majority: for each boundary, what reaches it weighs, and what that must weigh."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.charts.shapes import boundary_shape
from app.charts.svg import Style, Svg, block, drawing, filled, line, outlined, text, wrapped
from app.charts.words import Words

WIDTH = 680.0
LEFT, RIGHT = 214.0, 548.0
ROW = 34.0
TOP = 8.0
BAR = 14.0

TITLE = Style(size=12, weight=600)
FIGURE = Style(size=15, weight=600, anchor="end")
NEEDED = Style(size=9.5, colour="ink-soft")


def support(reading: Any) -> Markup:
    """Return the chart of a reading's boundaries, from the lowest."""
    words = Words(reading.language)
    rows = [
        part
        for place, boundary in enumerate(reading.boundaries)
        for part in _row(boundary, place, TOP + ROW * (place + 0.5), words)
    ]
    description = " ".join(_described(each, words) for each in reading.boundaries)
    title = words("Weight behind each boundary, beside what is needed")
    return drawing("support", (title, description), (WIDTH, TOP + ROW * len(reading.boundaries) + 4), rows)


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share / 100


def _row(boundary: Any, place: int, middle: float, words: Words) -> list[Svg]:
    top, needed = middle - BAR / 2, _x(boundary.majority)
    bar = {"x": LEFT, "y": top, "height": BAR, "width": max(_x(boundary.support) - LEFT, 1.5)}
    whole = {"x": LEFT, "y": top, "height": BAR, "width": RIGHT - LEFT}
    verdict = words("reached") if boundary.passed else words("not reached")
    verdicts = [words("of {needed} needed", needed=boundary.majority), verdict]
    return [
        boundary_shape(place, 6, middle),
        *block(18, middle, wrapped(boundary.title, LEFT - 34, TITLE.size), TITLE),
        outlined("rect", "line", "paper", stroke_width=0.8, **whole),
        filled("rect", "accent", **bar) if boundary.passed else outlined("rect", "accent", "surface", **bar),
        line((needed, top - 5), (needed, top + BAR + 5), "ink", 2),
        text(RIGHT + 40, middle + 5, str(boundary.support), FIGURE),
        *block(RIGHT + 48, middle, verdicts, NEEDED),
    ]


def _described(boundary: Any, words: Words) -> str:
    return words(
        "{outcome}: {support} of 100; {majority} is needed.",
        outcome=boundary.title,
        support=boundary.support,
        majority=boundary.majority,
    )
