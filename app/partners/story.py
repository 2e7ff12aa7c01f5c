"""A partner's timeline as its page shows it: by year, what is long past folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.partners.timeline import Event

OPEN = 50


@dataclass(frozen=True)
class Year:
    """What happened in one year, the newest first."""

    number: str
    events: Sequence[Event]


@dataclass(frozen=True)
class Story:
    """``recent``: the years of the newest events, which are unfolded. ``earlier``: those of the others."""

    recent: Sequence[Year]
    earlier: Sequence[Year]

    @property
    def is_long(self) -> bool:
        """Whether the years are worth a heading each."""
        return len(self.recent) + len(self.earlier) > 1


def story_of(events: Sequence[Event]) -> Story:
    """Return the story of ``events``, which come the newest first."""
    return Story(_years(events[:OPEN]), _years(events[OPEN:]))


def _years(events: Sequence[Event]) -> list[Year]:
    return [Year(number, list(those)) for number, those in groupby(events, key=lambda event: event.on[:4])]
