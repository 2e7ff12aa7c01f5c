"""Which level of a partner a decided outcome leads to."""

from __future__ import annotations

REACHED = ("glance", "date", "engagement")
"""The levels that the three outcomes of a questionnaire such as new-partner lead to, the worst first."""

HEIGHTS = {"separation": -1, "divorce": -1, "glance": 0, "date": 1, "engagement": 2, "marriage": 3}


def is_offered(outcomes: int) -> bool:
    """Say whether outcomes lead to levels by themselves: only where there are three."""
    return outcomes == len(REACHED)


def level_after(rank: int, level: str) -> str:
    """Return the partner's level after the outcome of ``rank`` was decided.

    A proposal that comes to little takes nothing away from a partner whom we know well from elsewhere, and
    one that is turned down changes nothing.
    """
    reached = REACHED[rank]
    return reached if rank and HEIGHTS[reached] > HEIGHTS[level] else level
