"""Where the workshop is in the time plan: the steps, and when each of them ends."""

from __future__ import annotations

from dataclasses import dataclass

from app.platform.database import now
from app.workshops.loaded import LoadedWorkshop
from app.workshops.plan import timetable
from app.workshops.words import step_words


@dataclass(frozen=True)
class TimedStep:
    """One part of the plan, in words.

    ``ends``: seconds after the opening. ``left``: minutes, a begun one counts as whole.
    """

    title: str
    ends: int
    left: int
    current: bool


@dataclass(frozen=True)
class Clock:
    """The plan, and the seconds that have gone since the workshop was opened."""

    elapsed: int
    parts: list[TimedStep]

    @property
    def is_over(self) -> bool:
        """Whether all of the plan's time has gone."""
        return self.elapsed >= self.parts[-1].ends


def clock_of(opened: LoadedWorkshop) -> Clock | None:
    """Return the clock of a workshop that is under way; ``None`` before, after, and without a plan."""
    workshop = opened.workshop
    if workshop.stage not in ("open", "revealed") or workshop.opened_at is None:
        return None
    elapsed = max(0, int((now() - workshop.opened_at).total_seconds()))
    parts: list[TimedStep] = []
    begins = 0
    for step in timetable(workshop.plan, workshop.opened_at):
        ends = begins + 60 * step.minutes
        left = max(0, -(-(ends - elapsed) // 60))
        parts.append(TimedStep(step_words(step.step), ends, left, begins <= elapsed < ends))
        begins = ends
    return Clock(elapsed, parts) if parts else None
