"""Levels over time: for each level a row of bars, one for the end of each period and one for today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from app.charts.svg import Style, Svg, block, drawing, filled, line, outlined, text, wrapped
from app.charts.words import Words

WIDTH = 680.0
LEFT = 172.0
TOP = 6.0
ROW = 44.0
TALLEST = 24.0
WIDEST = 30.0
WIDEST_COLUMN = 90.0

TITLE = Style(size=12, weight=600)
COUNT = Style(size=10, anchor="middle")
NONE = Style(size=10, colour="ink-soft", anchor="middle")
NOW = Style(size=10.5, weight=600, anchor="middle")
AXIS = Style(size=9.5, colour="ink-soft", anchor="middle")


def levels(periods: Sequence[Any], titles: Sequence[str], language: str) -> Markup:
    """Return the chart of ``periods``, the oldest first and today last.

    Each has a ``year`` and a ``quarter`` (0: a whole year; both 0: today) and ``counts``, one for each of
    ``titles``. All bars have one scale. Every bar has its figure, so nothing leans on height or colour.
    """
    words = Words(language)
    most = max((count for period in periods for count in period.counts), default=0) or 1
    column = min((WIDTH - LEFT) / max(len(periods), 1), WIDEST_COLUMN)
    foot = TOP + ROW * len(titles)
    parts = [part for place, title in enumerate(titles) for part in _row(place, title, periods, most, column)]
    for number, period in enumerate(periods):
        labels = list(filter(None, period_words(period, words)))
        parts += block(LEFT + column * (number + 0.5), foot + 16, labels, AXIS)
    description = " ".join(_described(period, titles, words) for period in periods)
    title = words("How many partners stood at each level")
    return drawing("levels", (title, description), (WIDTH, foot + 34), parts)


def period_words(period: Any, words: Words) -> tuple[str, str]:
    """Return what a period is called, on two short lines: "Q3" and "2026", "" and "2026", "" and "now"."""
    if not period.year:
        return "", words("now")
    return words("Q{quarter}", quarter=period.quarter) if period.quarter else "", str(period.year)


def _row(place: int, title: str, periods: Sequence[Any], most: int, column: float) -> list[Svg]:
    ground = TOP + ROW * (place + 1) - 4
    parts = [
        *block(0, ground - 9, wrapped(title, LEFT - 16, TITLE.size), TITLE),
        line((LEFT, ground), (LEFT + column * len(periods), ground), "line", 0.8),
    ]
    for number, period in enumerate(periods):
        parts += _bar(period.counts[place], most, LEFT + column * (number + 0.5), ground, not period.year)
    return parts


def _bar(count: int, most: int, middle: float, ground: float, is_now: bool) -> list[Svg]:
    if not count:
        return [text(middle, ground - 3, "0", NONE)]
    high = max(TALLEST * count / most, 1.5)
    bar = {"x": middle - WIDEST / 2, "y": ground - high, "width": WIDEST, "height": high}
    drawn = filled("rect", "accent", **bar) if is_now else outlined("rect", "accent", "accent-tint", **bar)
    return [drawn, text(middle, ground - high - 3.5, str(count), NOW if is_now else COUNT)]


def _described(period: Any, titles: Sequence[str], words: Words) -> str:
    counts = ", ".join(f"{title} {count}" for title, count in zip(titles, period.counts, strict=True))
    return f"{' '.join(filter(None, period_words(period, words)))}: {counts}."
