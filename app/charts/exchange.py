"""Give and get: for each kind of resource, what we bring to the left and what we get to the right."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.charts.svg import Colour, Style, Svg, block, drawing, filled, line, outlined, text, wrapped
from app.charts.words import Words

WIDTH = 680.0
LABEL = 170.0
CELL, GAP, HEIGHT = 56.0, 3.0, 13.0
ROW = 25.0
TOP = 28.0
ROOM = (WIDTH - LABEL) / 2

NAME = Style(size=11.5, anchor="middle")
LONG_NAME = Style(size=10, anchor="middle")
IN_ALL = Style(size=11, colour="ink-soft", anchor="middle")


def exchange(exchange: Any, language: str) -> Markup:
    """Return the chart of one give-and-get answer in words; what was not answered has a dash."""
    words = Words(language)
    foot = TOP + ROW * len(exchange.rows)
    outer = exchange.most * (CELL + GAP)
    parts = [
        text(_edge(-1), 12, wrapped(exchange.give, ROOM, 12.5, 1)[0], _beside(-1)),
        text(_edge(1), 12, wrapped(exchange.get, ROOM, 12.5, 1)[0], _beside(1)),
        *(part for place, row in enumerate(exchange.rows) for part in _row(row, place, exchange.most)),
        line((_edge(-1) - outer, foot + 4), (_edge(1) + outer, foot + 4), "line", 0.8),
        text(_edge(-1), foot + 19, str(exchange.give_total), _beside(-1)),
        text(WIDTH / 2, foot + 19, words("in all"), IN_ALL),
        text(_edge(1), foot + 19, str(exchange.get_total), _beside(1)),
    ]
    description = " ".join(_described(row, words) for row in exchange.rows)
    return drawing("exchange", (exchange.text, description), (WIDTH, foot + 26), parts)


def _edge(side: int) -> float:
    """Return where the cells of a side (−1 give, 1 get) begin."""
    return WIDTH / 2 + side * LABEL / 2


def _beside(side: int) -> Style:
    return Style(size=12.5, weight=600, anchor="end" if side < 0 else "start")


def _row(row: Any, place: int, most: int) -> list[Svg]:
    middle = TOP + ROW * (place + 0.5)
    label = wrapped(row.label, LABEL - 16, NAME.size)
    return [
        *block(WIDTH / 2, middle, label, NAME if len(label) == 1 else LONG_NAME),
        *_cells(row.give, middle, -1, most),
        *_cells(row.get, middle, 1, most),
    ]


def _cells(level: int | None, middle: float, side: int, most: int) -> list[Svg]:
    if level is None:
        return [text(_edge(side), middle + 4, "–", _beside(side))]
    colour: Colour = "ink-soft" if side < 0 else "accent"
    parts = []
    for place in range(most):
        start = _edge(side) + side * place * (CELL + GAP)
        cell = {
            "x": min(start, start + side * CELL),
            "y": middle - HEIGHT / 2,
            "width": CELL,
            "height": HEIGHT,
        }
        full = place < level
        parts.append(
            filled("rect", colour, **cell)
            if full
            else outlined("rect", "line", "paper", stroke_width=0.8, **cell)
        )
    return parts


def _described(row: Any, words: Words) -> str:
    return words(
        "{resource}: we give {give}, we get {get}.",
        resource=row.label,
        give=row.give_words.lower(),
        get=row.get_words.lower(),
    )
