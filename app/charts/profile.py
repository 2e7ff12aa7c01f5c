"""The profile chart: how far each criterion reaches, what is unknown, and what every boundary asks of it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.charts.shapes import boundary_shape
from app.charts.svg import Style, Svg, block, drawing, filled, line, outlined, text, width_of, wrapped
from app.charts.words import Words

WIDTH = 680.0
LEFT, RIGHT = 168.0, 548.0
ROW = 34.0
TOP = 24.0
BAR = 11.0
BAND = 4.0
LEGEND_ROW = 18.0

TITLE = Style(size=12.5, weight=600)
SMALL = Style(size=10, colour="ink-soft")
AXIS = Style(size=10, colour="ink-soft", anchor="middle")
FIGURE = Style(size=15, weight=600, anchor="end")
JUDGED = Style(size=9.5, colour="ink-soft")


def profile(reading: Any) -> Markup:
    """Return the chart of a reading's criteria, one row each, with every boundary's profile and minimum."""
    words = Words(reading.language)
    criteria = reading.criteria
    foot = TOP + ROW * len(criteria)
    legend, legend_height = _legend(reading, words, foot + 20)
    parts = [
        *_grid(foot),
        *(
            part
            for place, each in enumerate(criteria)
            for part in _row(each, TOP + ROW * (place + 0.5), words)
        ),
        *legend,
    ]
    description = " ".join(_described(each, words) for each in criteria)
    title = words("Profile: each criterion from 0 to 100, beside what is required")
    return drawing("profile", (title, description), (WIDTH, foot + 20 + legend_height), parts)


def _x(score: float) -> float:
    return LEFT + (RIGHT - LEFT) * score / 100


def _grid(foot: float) -> list[Svg]:
    parts = []
    for score in (0, 25, 50, 75, 100):
        parts.append(line((_x(score), TOP - 4), (_x(score), foot), "line", 0.7))
        parts.append(text(_x(score), TOP - 10, str(score), AXIS))
    return parts


def _row(criterion: Any, middle: float, words: Words) -> list[Svg]:
    title = wrapped(criterion.title, LEFT - 22, TITLE.size)
    if len(title) == 1:
        weight = words("weight {weight}", weight=criterion.weight)
        labels = [*block(0, middle - 6.5, title, TITLE), text(0, middle + 11, weight, SMALL)]
    else:
        labels = block(0, middle, title, TITLE)
    return [*labels, *_bar(criterion, middle), *_markers(criterion, middle), *_judged(criterion, middle)]


def _bar(criterion: Any, middle: float) -> list[Svg]:
    """Return the bar for what is known, and on it the band for what the unknown could make of it."""
    parts = []
    if criterion.point is not None:
        length = max(_x(criterion.point) - LEFT, 1.5)
        place = {"x": LEFT, "y": middle - BAR / 2, "height": BAR, "width": length}
        met = criterion.judged_kind == "met"
        parts.append(
            filled("rect", "accent", **place) if met else outlined("rect", "accent", "surface", **place)
        )
    if criterion.high > criterion.low:
        parts.append(_band(_x(criterion.low), _x(criterion.high), middle))
    return parts


def _band(start: float, end: float, middle: float) -> Svg:
    place = {"x": start, "y": middle - BAND / 2, "width": end - start, "height": BAND}
    return outlined("rect", "accent", "accent-tint", stroke_width=0.7, **place)


def _markers(criterion: Any, middle: float) -> list[Svg]:
    """Return the boundaries' shapes, by turns under and over the bar, so that equal ones can be seen."""
    parts = []
    for place, bar in enumerate(criterion.bars):
        side = 1 if place % 2 == 0 else -1
        y = middle + side * (BAR / 2 + 6.5)
        if bar.profile > 0:
            parts.append(line((_x(bar.profile), middle - side * BAR / 2), (_x(bar.profile), y), "ink", 1.1))
            parts.append(boundary_shape(place, _x(bar.profile), y))
        if bar.veto is not None:
            parts.append(boundary_shape(place, _x(bar.veto), y, 3.8, hollow=True))
    return parts


def _judged(criterion: Any, middle: float) -> list[Svg]:
    score = "–" if criterion.point is None else str(criterion.point)
    words = wrapped(criterion.judged, WIDTH - RIGHT - 48, JUDGED.size, 3)
    return [text(RIGHT + 40, middle + 5, score, FIGURE), *block(RIGHT + 48, middle, words, JUDGED)]


def _legend(reading: Any, words: Words, top: float) -> tuple[list[Svg], float]:
    """Return the legend and its height."""
    parts: list[Svg] = [
        filled("rect", "accent", x=0.0, y=top - 8, width=22.0, height=8.0),
        outlined("rect", "accent", "surface", x=26.0, y=top - 8, width=22.0, height=8.0),
        text(54, top, words("reaches, and does not reach, the deciding requirement"), SMALL),
        _band(352, 378, top - 4),
        text(384, top, words("how far unknown answers could move it"), SMALL),
    ]
    x, y = 0.0, top + LEGEND_ROW
    for place, bar in enumerate(reading.boundaries):
        label = wrapped(
            words("required and minimum: {outcome}", outcome=bar.title), WIDTH - 30, SMALL.size, 1
        )[0]
        length = 50 + width_of(label, SMALL.size)
        if x and x + length > WIDTH:
            x, y = 0.0, y + LEGEND_ROW
        parts += [
            boundary_shape(place, x + 5, y - 3.5),
            boundary_shape(place, x + 18, y - 3.5, 3.8, hollow=True),
            text(x + 28, y, label, SMALL),
        ]
        x += length
    return parts, y - top + 6


def _described(criterion: Any, words: Words) -> str:
    bars = "; ".join(
        words("required for {outcome}: {profile}", outcome=bar.title, profile=bar.profile)
        + ("" if bar.veto is None else words(", minimum above {veto}", veto=bar.veto))
        for bar in criterion.bars
    )
    if criterion.point is None:
        return words("{title}: nothing known; {bars}.", title=criterion.title, bars=bars)
    return words("{title}: {point} of 100; {bars}.", title=criterion.title, point=criterion.point, bars=bars)
