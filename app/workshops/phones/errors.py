"""Errors on a phone: what happened and what to do now. None of the pages leads away from the phones' own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, current_app, jsonify, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import (
    Gone,
    HTTPException,
    NotFound,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
)

from app.assessments.saving import wants_json
from app.platform.errors import text_too_long
from app.platform.i18n import gettext as _

WAIT = 3
"""Seconds until whoever guesses codes may try again."""


class NoSuchCode(NotFound):
    """No workshop has this code."""


class Over(Gone):
    """The workshop is closed."""


class Left(Gone):
    """The phone is no longer in the workshop: it was removed, or the workshop is closed."""


def http_error(error: HTTPException) -> Response:
    """Show what happened; a page that asks by itself gets JSON."""
    title, text = _words(error)()
    if wants_json() or request.endpoint == "phones.live":
        response = jsonify(error=title)
    else:
        response = make_response(
            render_template("workshops/phones/error.html", title=title, text=text, back=_back(error))
        )
    response.status_code = error.code or 500
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(WAIT)
    return response


def database_error(error: OperationalError) -> Response:
    """Show what to do when the database does not answer."""
    current_app.logger.error("the database refused: %s", error.orig)
    return http_error(ServiceUnavailable())


def _back(error: HTTPException) -> str:
    """Return the workshop's own page, ``""`` where it is no way on."""
    code = (request.view_args or {}).get("code", "")
    return url_for("phones.enter", code=code) if code and not isinstance(error, NOT_BACK) else ""


def _words(error: HTTPException) -> Callable[[], tuple[str, str]]:
    found = next((words for kind, words in WORDS.items() if isinstance(error, kind)), None)
    return found or (_misunderstood if (error.code or 500) < 500 else _ours)


def _misunderstood() -> tuple[str, str]:
    return _("That could not be understood"), _("Go back and try again.")


def _ours() -> tuple[str, str]:
    return (
        _("Something went wrong"),
        _("What was saved is safe. Wait a moment, and load the page again."),
    )


NOT_BACK = (Over, NotFound, TooManyRequests)

WORDS: dict[type[HTTPException], Callable[[], tuple[str, str]]] = {
    Over: lambda: (_("The workshop is over"), _("Thank you for taking part.")),
    Left: lambda: (
        _("You are not in the workshop any more"),
        _("Either it is over, or this phone was taken out of it. If it goes on, you may join again."),
    ),
    NoSuchCode: lambda: (
        _("No workshop has this code"),
        _("Look at the screen once more. The code has eight letters and digits."),
    ),
    CSRFError: lambda: (
        _("The page was too old"),
        _(
            "Nothing was saved. Go back in the browser, and if what you wrote is still there, copy it. "
            "Then reload the page, and save again."
        ),
    ),
    RequestEntityTooLarge: text_too_long,
    TooManyRequests: lambda: (
        _("Too many wrong codes"),
        _(
            "Many wrong codes were written from this network. Wait some seconds and try again, "
            "or scan the square code on the screen: that always works."
        ),
    ),
    NotFound: lambda: (_("There is no such page"), _("Write the code that stands on the screen.")),
}
"""The first that fits."""
