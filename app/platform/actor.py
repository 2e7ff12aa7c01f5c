"""Who is at work. In solo mode there is one person, who is not asked for a name."""

from __future__ import annotations

SOLO = "solo"


def current_actor() -> str:
    """Return the name that a write is done in."""
    return SOLO
