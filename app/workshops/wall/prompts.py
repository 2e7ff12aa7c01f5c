"""What the room is asked to talk about, where it is divided. Nobody is asked to tell what they answered."""

from __future__ import annotations

from app.platform.i18n import gettext as _


def prompt(place: int, *, straddles: bool) -> str:
    """Return what to begin a talk with, another for each ``place`` in the order of the wall."""
    if straddles and place == 0:
        return _("What would have to be true for everybody to see it above the line? Who can find out?")
    prompts = (
        _("Who knows something here that the others have not heard? Give an example."),
        _("What may somebody have seen who sees it highest? And who sees it lowest? Take the lowest first."),
        _("What would have to be true for the highest answer to be right? And the lowest?"),
        _("Are we answering the same question? Say in your own words what it asks."),
    )
    return prompts[place % len(prompts)]


def prompt_apart() -> str:
    """Return what to begin a talk with where library and partner sit apart."""
    return _("Tell each other what you expect, before anybody explains why.")
