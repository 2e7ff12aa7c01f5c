"""Who is at work. In solo mode nobody logs in; the person says their name once, and the browser remembers it.

With accounts, :func:`current_actor` returns the name of whoever is logged in, and nothing else changes.
"""

from __future__ import annotations

from flask import session

from app.platform.i18n import gettext as _

LONGEST = 200
_KEY = "name"


def current_actor() -> str:
    """Return the name that a write is done in, ``""`` while nobody has said one."""
    return str(session.get(_KEY, ""))


def remember(name: str) -> None:
    """Keep the reader's name in their browser; ``""`` is a name too, of somebody who would not say one."""
    session.permanent = True
    session[_KEY] = name[:LONGEST]


def named(name: str) -> str:
    """Return who did something, as pages say it: also where somebody would not give a name."""
    return name or _("name not given")


def was_asked() -> bool:
    """Say whether the reader has answered who they are."""
    return _KEY in session
