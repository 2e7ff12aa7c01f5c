"""The menu of one workshop: its pages, listed beside each of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.platform.i18n import gettext as _
from app.workshops.loaded import LoadedWorkshop

ABOVE = {
    "agreeing.action": "agreeing.actions",
    "agreeing.question": "agreeing.questions",
    "sheets.key": "sheets.all_sheets",
    "preparing.delete": "workshops.conduct",
}
"""The page that each page without an entry of its own belongs to."""


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the list. ``current``: it is the page that is shown, or one under it."""

    title: str
    address: str
    current: bool


def menu_of(opened: LoadedWorkshop) -> list[MenuEntry]:
    """Return the pages that a workshop has at its stage, in the order of the meeting."""
    stage = opened.workshop.stage
    entries = [("workshops.conduct", _("The workshop") if stage == "closed" else _("Lead the workshop"))]
    if stage == "prepared":
        entries.append(("preparing.edit", _("Change the preparation")))
    if stage != "closed":
        entries.append(("sheets.all_sheets", _("Paper sheets")))
    if opened.is_shown:
        entries += [
            ("agreeing.questions", _("What the room agrees on")),
            ("agreeing.actions", _("Who does what")),
        ]
    if stage == "revealed":
        entries.append(("workshops.close", _("Close the workshop")))
    public_id, here = opened.workshop.public_id, request.endpoint or ""
    here = ABOVE.get(here, here)
    return [
        MenuEntry(title, url_for(endpoint, public_id=public_id), endpoint == here)
        for endpoint, title in entries
    ]
