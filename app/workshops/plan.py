"""The time plan: two scripts to start from, and the clock times once the workshop is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.workshops.models import STEPS

SCRIPTS: Mapping[str, Mapping[str, int]] = {
    "60": {"welcome": 5, "answer": 15, "see": 10, "talk": 20, "agree": 5, "end": 5},
    "90": {"welcome": 10, "answer": 20, "see": 10, "talk": 30, "agree": 12, "end": 8},
}
"""The scripts of the facilitator's guide: minutes for each step, by the minutes of the whole."""

LONGEST_STEP = 480
"""Minutes."""


@dataclass(frozen=True)
class Step:
    """One part of the meeting. ``begins``: when, ``None`` before the workshop is open."""

    step: str
    minutes: int
    begins: datetime | None


def timetable(plan: Mapping[str, int], opened_at: datetime | None) -> list[Step]:
    """Return the steps that are given time, in order; the first begins when the workshop is opened."""
    found: list[Step] = []
    passed = 0
    for step in STEPS:
        minutes = plan.get(step, 0)
        if minutes:
            begins = opened_at + timedelta(minutes=passed) if opened_at else None
            found.append(Step(step, minutes, begins))
        passed += minutes
    return found
