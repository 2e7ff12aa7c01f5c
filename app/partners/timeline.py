"""What happened with a partner, in one line: every room that knows of something adds its own part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Event:
    """One thing that happened, in the reader's language.

    ``on``: the day, ISO 8601. ``at``: when it was written, which orders what happened on one day.
    ``kind``: ``contact``, ``level``, ``assessment``, ``decision``, ``follow-up`` or ``workshop``.
    ``address``: the page that shows it, ``""`` where there is none. ``public_id``: the thing's own, ``""``
    where it has none.
    """

    on: str
    at: datetime
    kind: str
    title: str
    text: str = ""
    actor: str = ""
    address: str = ""
    public_id: str = ""


Source = Callable[[int], list[Event]]
"""Returns a room's events of the partner with this id, in any order, with a constant number of queries."""

_SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    """Let a room that builds on partners add what it knows. Adding one twice changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def events_of(partner_id: int) -> list[Event]:
    """Return everything that happened with a partner, the newest first."""
    found = [event for source in _SOURCES for event in source(partner_id)]
    return sorted(found, key=lambda event: (event.on, event.at), reverse=True)
