"""One shape for each boundary, so that no chart leans on colour: full for the requirement, else hollow."""

from __future__ import annotations

from math import cos, pi, sin

from markupsafe import Markup

from app.charts.svg import filled, number, outlined

_SHAPES = ((3, 0.0), (4, 0.5), (4, 0.0), (5, 0.0), (6, 0.0))
"""Corners, and how far turned (in parts of one corner): ▲ ■ ◆ and on, for boundary 1, 2, 3 and on."""


def boundary_shape(place: int, x: float, y: float, radius: float = 4.6, *, hollow: bool = False) -> Markup:
    """Return the shape of the boundary at ``place`` (0 is the lowest), centred on a point."""
    points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in _outline(place, radius))
    if hollow:
        return outlined("polygon", "ink", points=points, stroke_width=1.1)
    return filled("polygon", "ink", points=points)


def _outline(place: int, radius: float) -> list[tuple[float, float]]:
    corners, turned = _SHAPES[min(place, len(_SHAPES) - 1)]
    angles = [2 * pi * (corner + turned) / corners - pi / 2 for corner in range(corners)]
    return [(radius * cos(angle), radius * sin(angle)) for angle in angles]
