"""The places that every page leads to. A place is shown when the room that holds it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request

from app.platform.i18n import gettext as _

PLACES: tuple[tuple[str, Callable[[], str], frozenset[str]], ...] = (
    ("partners.register", lambda: _("Partners"), frozenset({"partners"})),
    (
        "assessments.register",
        lambda: _("Assessments"),
        frozenset(
            {"assessments", "deleted", "history", "what_if", "after_meeting", "comparisons", "decisions"}
        ),
    ),
    (
        "workshops.register",
        lambda: _("Workshops"),
        frozenset({"workshops", "preparing", "agreeing", "wall", "sheets", "report"}),
    ),
    ("portfolio.overview", lambda: _("Overview"), frozenset({"portfolio"})),
    (
        "organisation.settings",
        lambda: _("Settings"),
        frozenset({"organisation", "questionnaires", "exports", "imports", "backups"}),
    ),
)
"""Each place: the page it leads to, its title in the reader's language, and the rooms that belong to it."""

NOWHERE = frozenset({"organisation.name", "organisation.accessibility"})
"""Pages that belong to no place, whatever their room."""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation, in the reader's language. ``current``: the page belongs to it."""

    endpoint: str
    title: str
    current: bool


def navigation() -> list[Place]:
    """Return every entry whose page is there, in order."""
    here = "" if request.endpoint in NOWHERE else request.blueprint
    return [
        Place(endpoint, title(), here in rooms)
        for endpoint, title, rooms in PLACES
        if endpoint in current_app.view_functions
    ]
