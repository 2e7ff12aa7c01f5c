"""What the settings ask."""

from __future__ import annotations

from app.platform.actor import LONGEST
from app.platform.forms import PlainForm, words


class NameForm(PlainForm):
    """Who is at work."""

    name = words(LONGEST, required=True)
