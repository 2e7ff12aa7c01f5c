"""The reader's language, the library's where they chose none. The texts in code and templates are English."""

from __future__ import annotations

from datetime import datetime

from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, redirect, request
from flask_babel import Babel, get_translations, refresh
from werkzeug.exceptions import HTTPException
from werkzeug.routing.exceptions import RoutingException

from app.engine.dates import date_in_words
from app.engine.texts import LANGUAGES
from app.platform.days import local_day

__all__ = [
    "LANGUAGES",
    "date_and_time",
    "day_in_words",
    "gettext",
    "language",
    "ngettext",
    "own_path",
    "set_up_languages",
]

DOMAINS = ("pages", "wording")
"""The catalogues that a page reads: its own, and the one that all read."""

NAMES = {"da": "Dansk", "en": "English"}
A_YEAR = 365 * 24 * 60 * 60


def set_up_languages(app: Flask) -> None:
    """Choose the language of each request, and let the reader change it without JavaScript."""
    app.config.update(
        BABEL_DEFAULT_LOCALE=LANGUAGES[0],
        BABEL_DOMAIN=";".join(DOMAINS),
        BABEL_TRANSLATION_DIRECTORIES=";".join(["translations"] * len(DOMAINS)),  # one for each catalogue
    )
    Babel(app, locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().gettext(text),
        lambda one, several, num: _translations().ngettext(one, several, num),
        newstyle=True,
    )
    app.jinja_env.globals.update(language=language, language_names=NAMES)
    app.jinja_env.filters.update(
        date_and_time=date_and_time, time_of_day=time_of_day, day_in_words=day_in_words
    )
    app.extensions["default_language"] = lambda: LANGUAGES[0]
    app.add_url_rule("/language", view_func=change_language, methods=["POST"])


def language() -> str:
    """Return the language that this request is answered in: the one in the reader's cookie, else the default.

    The default is Danish, or what ``app.extensions["default_language"]`` returns when it is called.
    """
    if "language" not in g:
        chosen = request.cookies.get(language_cookie(), "")
        g.language = chosen if chosen in LANGUAGES else current_app.extensions["default_language"]()
    return str(g.language)


def language_cookie() -> str:
    """Return the name of the cookie that keeps the reader's choice."""
    return str(current_app.config["LANGUAGE_COOKIE"])


def speak(chosen: str) -> None:
    """Answer in this language from here on: for what runs outside a request."""
    g.language = chosen
    g.pop("translations", None)
    refresh()


def gettext(text: str, **values: object) -> str:
    """Return ``text`` in the reader's language, its ``%(name)s`` filled in."""
    said = str(_translations().gettext(text))
    return said % values if values else said


def ngettext(one: str, several: str, num: int, **values: object) -> str:
    """Return the text for ``num`` of something in the reader's language."""
    return str(_translations().ngettext(one, several, num)) % {"num": num, **values}


def _translations() -> NullTranslations:
    """Return the reader's catalogue, found once for each request: a page asks it a hundred times."""
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


def change_language() -> Response:
    """Remember the language, and go back to the page where it was chosen."""
    response = redirect(own_path(request.form.get("back", "")), 303)
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        response.set_cookie(language_cookie(), chosen, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]


def date_and_time(moment: datetime) -> str:
    """Return "22. november 2026, 14:32": the date and the time of day where the server is."""
    day = date_in_words(local_day(moment), language())
    return f"{day}, {time_of_day(moment)}"


def day_in_words(iso: str) -> str:
    """Return "22. november 2026" for a day in ISO 8601, ``""`` for none."""
    return date_in_words(iso, language()) if iso else ""


def time_of_day(moment: datetime) -> str:
    """Return "14:32": the time of day where the server is."""
    return f"{moment.astimezone():%H:%M}"


def own_path(path: str) -> str:
    """Return ``path`` where it is a page of ours, else the front page: never another site's."""
    try:
        current_app.url_map.bind("").match(path.partition("?")[0], method="GET")
    except (HTTPException, RoutingException):
        return "/"
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"
