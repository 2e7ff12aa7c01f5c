"""Addresses of tried answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import url_for


def address_of(public_id: str, tried: Mapping[str, str]) -> str:
    """Return the address of the page where ``tried`` is tried."""
    # Not by url_for: a question may be called as one of its own arguments is.
    page = url_for("what_if.trial", public_id=public_id)
    return f"{page}?{urlencode(tried)}" if tried else page
