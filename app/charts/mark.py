"""The outcome's mark: two circles that come closer, from apart over touching to sharing."""

from __future__ import annotations

from math import sqrt
from typing import Any

from markupsafe import Markup

from app.charts.svg import Svg, drawing, filled, number, outlined
from app.charts.words import Words

WIDTH, HEIGHT = 100.0, 48.0
RADIUS = 20.0
NEARER = 14.0
"""How much further apart than touching the lowest outcome is, and how much closer the highest."""


def mark(outcome: Any, language: str) -> Markup:
    """Return the mark of an outcome in words; ``None`` (too little known) gives two circles yet undecided.

    The outcome's title must stand beside it: the mark alone says nothing.
    """
    words = Words(language)
    if outcome is None:
        named, parts = words("Not decided yet"), _circles(2 * RADIUS + NEARER, "2.5 3")
    else:
        distance = 2 * RADIUS + NEARER * (1 - 2 * outcome.rank / outcome.highest)
        named, parts = outcome.title, [*_circles(distance), *_shared(distance)]
    return drawing("mark", (words("The mark of the recommendation"), named), (WIDTH, HEIGHT), parts)


def _circles(distance: float, dashes: str | None = None) -> list[Svg]:
    middle = WIDTH / 2
    return [
        outlined(
            "circle",
            "accent",
            "accent-tint",
            cx=middle + side * distance / 2,
            cy=HEIGHT / 2,
            r=RADIUS,
            stroke_width=2.0,
            stroke_dasharray=dashes,
        )
        for side in (-1, 1)
    ]


def _shared(distance: float) -> list[Svg]:
    """Return the lens that both circles share, where they do."""
    if distance > 2 * RADIUS - 0.01:
        return []
    half = sqrt(RADIUS**2 - (distance / 2) ** 2)
    x, top, bottom, radius = map(number, (WIDTH / 2, HEIGHT / 2 - half, HEIGHT / 2 + half, RADIUS))
    arc = f"A{radius} {radius} 0 0 1 {x}"
    return [filled("path", "accent", d=f"M{x} {top}{arc} {bottom}{arc} {top}Z")]
