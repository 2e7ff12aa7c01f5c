"""Errors in plain words: what happened, and what to do now."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.platform.i18n import gettext as _
from app.platform.solo import is_outside
from app.platform.text import writable

ErrorPage = tuple[str, int]

BUSY = frozenset({"SQLITE_BUSY", "40P01"})


def set_up_errors(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(403, http_error)  # by its number: before what a room says of its own pages
    app.register_error_handler(OperationalError, database_error)
    app.register_error_handler(Exception, unexpected_error)


def http_error(error: HTTPException) -> ErrorPage:
    """Show the page for an HTTP error; one without words of its own is shown as 400 or 500."""
    code = error.code or 500
    words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    return error_page(code, *words())


def stale_form(error: CSRFError) -> ErrorPage:
    """Show what to do when a form is not from a page of this server, most often an old one."""
    return error_page(
        400,
        _("The page was too old"),
        _("Nothing was saved. Go back in the browser, reload the page, and save again."),
    )


def database_error(error: OperationalError) -> ErrorPage:
    """Show what to do when the database does not answer: others who write, a full disk, a lost server."""
    current_app.logger.error("the database refused: %s", error.orig)
    if _is_busy(error):
        return error_page(
            503,
            _("Others were writing at the same moment"),
            _(
                "It took so long that nothing of yours was saved; perhaps a backup is being restored. "
                "Go back, and save it again in a moment."
            ),
        )
    return error_page(
        503,
        _("It could not be saved or read"),
        _(
            "The database does not answer. Is the disk full, or may nothing be written in the data folder? "
            "Nothing else was lost: go back and try again."
        ),
    )


def _is_busy(error: OperationalError) -> bool:
    """Say whether others wrote for too long (SQLite), or each waited for the other (PostgreSQL)."""
    name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "")
    return name in BUSY


def unexpected_error(error: Exception) -> ErrorPage:
    """Log what nobody foresaw, and show a page without its details."""
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    if current_app.testing:
        raise error
    return http_error(InternalServerError())


def error_page(code: int, title: str, text: str) -> ErrorPage:
    """Return the page of an error with its status code. Those outside see no way to what is not theirs."""
    if is_outside():
        return render_template("error_outside.html", title=title, text=text), code
    return render_template("error.html", title=title, text=text, written=just_written()), code


def just_written() -> list[str]:
    """Return the words of the form that was sent, for a page that takes its place: no browser keeps them.

    What holds no space is a choice or a code, and quickly made again.
    """
    try:
        posted = [writable(text) for texts in request.form.listvalues() for text in texts]
    except HTTPException:  # a form too large to be read
        return []
    return [text for text in posted if len(text.split()) > 1]


def closed() -> tuple[str, str]:
    """Return what is said to those who may not see a page: beside a workshop, or at any other time."""
    if is_outside():
        return (
            _("Only the workshop is open here"),
            _(
                "The rest of Overvej can only be seen on the machine that it runs on. "
                "Are you here for a workshop? Then join with the code on the big screen."
            ),
        )
    return (
        _("Only from this machine"),
        _(
            "Overvej runs for one person on one machine. Open it there, at http://localhost or http://127.0.0.1."
        ),
    )


def too_much() -> tuple[str, str]:
    """Return what is said where more was sent than is taken: a file, or what was written on a page."""
    if request.mimetype == FORM_WITH_FILE:
        return (
            _("The file is too large"),
            _("An answers file or a decision paper made by Overvej is far smaller. Choose another file."),
        )
    return text_too_long()


def text_too_long() -> tuple[str, str]:
    """Return what is said where more was written than a page can take."""
    return (
        _("The text was too long"),
        _(
            "Nothing was saved, for it was more than a page can take. "
            "Go back in the browser, make the text shorter, and save again."
        ),
    )


FORM_WITH_FILE = "multipart/form-data"

WORDS: dict[int, Callable[[], tuple[str, str]]] = {
    400: lambda: (
        _("That could not be understood"),
        _("The request was not one that this page can make. Go back and try again."),
    ),
    403: closed,
    404: lambda: (
        _("There is no such page"),
        _("The address may be wrong, or what stood here was deleted."),
    ),
    405: lambda: (
        _("That cannot be done here"),
        _(
            "The page was opened in a way it does not know. "
            "Go to the front page and find your way from there."
        ),
    ),
    413: too_much,
    500: lambda: (
        _("Something went wrong"),
        _("The error is ours and is in the server's log. What you saved is safe. Go back and try again."),
    ),
}
