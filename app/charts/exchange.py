"""Give and get: for each kind of resource, what we bring to the left and what we get to the right."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.charts.svg import Colour, block, drawing, filled, line, outlined, text, wrapped
from app.charts.words import Words

WIDTH = 680.0
LABEL = 170.0
CELL, GAP, HEIGHT = 56.0, 3.0, 13.0
ROW = 25.0
TOP = 28.0


def exchange(exchange: Any, language: str) -> Markup:
    """Return the chart of one give-and-get answer in words; a resource that was not answered has a dash."""
    words = Words(language)
    foot = TOP + ROW * len(exchange.rows)
    parts = [
        text(_edge(-1), 12, exchange.give, size=12, weight=600, anchor="end"),
        text(_edge(1), 12, exchange.get, size=12, weight=600),
        *(
            part
            for place, row in enumerate(exchange.rows)
            for part in _row(row, TOP + ROW * (place + 0.5), exchange.most)
        ),
        line(_edge(-1) - 3 * (CELL + GAP), foot + 4, _edge(1) + 3 * (CELL + GAP), foot + 4, "line", 0.8),
        text(_edge(-1), foot + 19, str(exchange.give_total), size=13, weight=600, anchor="end"),
        text(WIDTH / 2, foot + 19, words("in all"), size=11, colour="ink-soft", anchor="middle"),
        text(_edge(1), foot + 19, str(exchange.get_total), size=13, weight=600),
    ]
    description = " ".join(
        words(
            "{resource}: we give {give}, we get {get}.",
            resource=row.label,
            give=row.give_words.lower(),
            get=row.get_words.lower(),
        )
        for row in exchange.rows
    )
    return drawing("exchange", exchange.text, description, WIDTH, foot + 26, parts)


def _edge(side: int) -> float:
    """Return where the cells of a side (−1 give, 1 get) begin."""
    return WIDTH / 2 + side * LABEL / 2


def _row(row: Any, middle: float, most: int) -> list[Markup]:
    label = wrapped(row.label, LABEL - 16, 11.5, 2)
    return [
        *block(WIDTH / 2, middle, label, size=11.5 if len(label) == 1 else 10, anchor="middle"),
        *_cells(row.give, middle, -1, most, "ink-soft"),
        *_cells(row.get, middle, 1, most, "accent"),
    ]


def _cells(level: int | None, middle: float, side: int, most: int, colour: Colour) -> list[Markup]:
    if level is None:
        anchor = "end" if side < 0 else "start"
        return [text(_edge(side), middle + 4, "–", size=12, colour="ink-soft", anchor=anchor)]
    parts = []
    for place in range(most):
        start = _edge(side) + side * place * (CELL + GAP)
        shape = {
            "x": min(start, start + side * CELL),
            "y": middle - HEIGHT / 2,
            "width": CELL,
            "height": HEIGHT,
        }
        parts.append(
            filled("rect", colour, **shape)
            if place < level
            else outlined("rect", "line", "paper", stroke_width=0.8, **shape)
        )
    return parts
