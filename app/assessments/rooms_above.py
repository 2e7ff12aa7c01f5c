"""What rooms above know of an assessment: what leadership decided, and which workshop answered it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from app.assessments.loaded import LoadedAssessment
from app.assessments.models import Assessment


@dataclass(frozen=True)
class RoomsAbove:
    """How to ask those rooms; at most one query each.

    ``is_settled``: whether leadership has decided. ``changed_since``: what is said where the recommendation,
    an outcome's id or ``""``, is another than at the decision, else ``""``. ``workshop_behind``: the public
    id of the workshop whose room gave the answers, ``""`` for none.
    """

    is_settled: Callable[[Assessment], bool]
    changed_since: Callable[[LoadedAssessment, str], str]
    workshop_behind: Callable[[Assessment], str]


def rooms_above() -> RoomsAbove:
    """Return how to ask the rooms that build on assessments."""
    found: RoomsAbove = current_app.extensions["rooms_above_assessments"]
    return found
