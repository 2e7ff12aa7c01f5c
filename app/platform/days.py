"""Days, in ISO 8601, as they are where the server is."""

from __future__ import annotations

from datetime import datetime

from app.platform.database import now


def today() -> str:
    """Return the day that it is."""
    return local_day(now())


def local_day(moment: datetime) -> str:
    """Return the day that a moment falls on."""
    return moment.astimezone().date().isoformat()
