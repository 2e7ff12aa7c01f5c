"""What a document is handed beside the reading: who prints it, and what became of the recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Letterhead(Protocol):
    """The library that prints. ``logo``: a ``data:`` URI of a PNG or SVG, ``""`` without one."""

    @property
    def name(self) -> str: ...

    @property
    def logo(self) -> str: ...


@dataclass(frozen=True)
class MotionRecord:
    """What the writer proposes. ``outcome``: an id; ``why``: where it differs from the recommendation."""

    outcome: str
    text: str
    why: str
    by: str
    on: str


@dataclass(frozen=True)
class DecisionRecord:
    """What leadership decided. ``outcome``: an id, ``""`` when postponed; days are ISO 8601 or ``""``.

    ``recommended``: the id of what was recommended then, ``""`` where too little was known.

    ``corrected_on`` and ``corrected_by``: the last time that it was corrected, ``""`` where it never was.
    """

    verdict: str
    outcome: str
    reasons: str
    conditions: str
    habilitet: str
    case_number: str
    decided_by: str
    decided_on: str
    follow_up_on: str
    recommended: str
    corrected_on: str
    corrected_by: str


@dataclass(frozen=True)
class FollowUpRecord:
    """How it went, on a day, ISO 8601."""

    on: str
    went: str
    text: str


@dataclass(frozen=True)
class Record:
    """The motion, the decisions (the oldest first) and how it went, in no language yet.

    ``current``: the decision that the sheet shows with its box ticked; ``None`` while one is awaited, also
    where the motion was changed after it had been postponed.
    """

    motion: MotionRecord
    decisions: tuple[DecisionRecord, ...] = ()
    follow_ups: tuple[FollowUpRecord, ...] = ()
    current: DecisionRecord | None = None

    @property
    def final(self) -> DecisionRecord | None:
        """The decision that settled it, ``None`` while one is awaited."""
        last = self.decisions[-1] if self.decisions else None
        return last if last and last.verdict != "postponed" else None
