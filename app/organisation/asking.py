"""Asks who is at work, once, before the first page that belongs to somebody's work."""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, flash, get_flashed_messages, redirect, request, url_for

from app.platform.actor import was_asked

NEVER_ASKED = frozenset({"front.front_page", "organisation.name", "organisation.accessibility"})

NEVER_ASKING = "phones"
"""The room whose readers are asked by the workshop itself, where it wants names."""


def ask_for_a_name(app: Flask) -> None:
    """Send a reader who was never asked from any page to the one that asks; from there they come back.

    It looks at what was about to be answered, so that files, redirects and errors need no list of their own.
    """

    @app.after_request
    def ask(response: Response) -> Response:
        is_page = request.method == "GET" and response.status_code == 200 and response.mimetype == "text/html"
        is_free = request.endpoint in NEVER_ASKED or request.blueprint == NEVER_ASKING
        if not is_page or is_free or was_asked():
            return response
        _keep_notices()
        back = request.full_path if request.query_string else request.path
        return redirect(url_for("organisation.name", back=back), 303)  # type: ignore[return-value]


def _keep_notices() -> None:
    """Put back what the page that is not shown would have told."""
    for category, message in cast(list[tuple[str, str]], get_flashed_messages(with_categories=True)):
        flash(message, category)
