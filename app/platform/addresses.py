"""What an address of ours may look like."""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import BaseConverter


class PublicId(BaseConverter):
    """What a public id looks like; any other address is no page."""

    regex = "[A-Za-z0-9_-]{22}"


def is_public_id(text: str) -> bool:
    """Say whether a text can be the public id of anything."""
    return re.fullmatch(PublicId.regex, text) is not None


def set_up_addresses(app: Flask) -> None:
    """Make ``<public:…>`` known. It must come before the first route that uses it."""
    app.url_map.converters["public"] = PublicId
