"""One shape for each boundary, so that no chart leans on colour: full for the requirement, else hollow."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from app.charts.svg import Svg, filled, number, outlined

_SHAPES = ((3, 0.0), (4, 0.5), (4, 0.0), (5, 0.0), (6, 0.0))
"""Corners, and how far turned (in parts of one corner): ▲ ■ ◆ and on, for boundary 1, 2, 3 and on."""


def boundary_shape(place: int, x: float, y: float, radius: float = 4.6, *, hollow: bool = False) -> Svg:
    """Return the shape of the boundary at ``place`` (0 is the lowest), centred on a point."""
    points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in _outline(place, radius))
    if hollow:
        return outlined("polygon", "ink", points=points, stroke_width=1.1)
    return filled("polygon", "ink", points=points)


def _outline(place: int, radius: float) -> list[tuple[float, float]]:
    return _polygon(*_SHAPES[min(place, len(_SHAPES) - 1)], radius)


def _polygon(corners: int, turned: float, radius: float) -> list[tuple[float, float]]:
    angles = [2 * pi * (corner + turned) / corners - pi / 2 for corner in range(corners)]
    return [(radius * cos(angle), radius * sin(angle)) for angle in angles]


_OUTCOMES: tuple[tuple[int, float, bool], ...] = (
    (0, 0.0, False),
    (4, 0.0, True),
    (3, 0.0, True),
    (4, 0.5, False),
    (5, 0.0, True),
    (3, 0.5, False),
    (6, 0.0, True),
    (0, 0.0, True),
)
"""Corners (0 for a circle), how far turned, and whether hollow: ● ◇ △ ■ and on, the highest outcome first."""

ROUNDER = 1.15
"""A polygon looks smaller than a circle of its radius."""


def outcome_shape(place: int, x: float, y: float, radius: float) -> Svg:
    """Return the mark of one in a row of outcomes, centred on a point; ``place`` 0 is the highest."""
    corners, turned, hollow = _OUTCOMES[min(place, len(_OUTCOMES) - 1)]
    if corners:
        reach = _polygon(corners, turned, radius * ROUNDER)
        points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in reach)
        form: dict[str, Any] = {"shape": "polygon", "points": points}
    else:
        form = {"shape": "circle", "cx": x, "cy": y, "r": radius}
    if hollow:
        return outlined(colour="accent", inside="paper", stroke_width=1.6, **form)
    return filled(colour="accent", **form)
