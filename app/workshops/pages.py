"""The pages of one workshop, for the list beside each of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.platform.i18n import gettext as _
from app.workshops.opening import Opened


@dataclass(frozen=True)
class Page:
    """One entry of the list. ``current``: it is the page that is shown, or one under it."""

    title: str
    address: str
    current: bool


def pages_of(opened: Opened) -> list[Page]:
    """Return the pages that a workshop has at its stage, in the order of the meeting."""
    stage = opened.workshop.stage
    entries = [("workshops.conduct", _("Lead the workshop"), frozenset({"workshops.conduct"}))]
    if stage == "prepared":
        entries.append(("workshops.edit", _("Edit"), frozenset({"workshops.edit"})))
    if stage != "closed":
        entries.append(("sheets.page", _("Paper sheets"), frozenset({"sheets.page", "sheets.key"})))
    if opened.is_shown:
        entries += [
            (
                "agreeing.page",
                _("What the room agrees on"),
                frozenset({"agreeing.page", "agreeing.question"}),
            ),
            ("agreeing.actions", _("Who does what"), frozenset({"agreeing.actions"})),
        ]
    if stage == "revealed":
        entries.append(("workshops.close", _("Close the workshop"), frozenset({"workshops.close"})))
    public_id = opened.workshop.public_id
    return [
        Page(title, url_for(endpoint, public_id=public_id), request.endpoint in endpoints)
        for endpoint, title, endpoints in entries
    ]
