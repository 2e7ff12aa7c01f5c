"""The page of all data, out and in: the exports and the import each have a form on it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from app.data.limits import LARGEST_ZIP, MEGABYTE, MOST_FILES
from app.platform.i18n import language
from app.wording.figures import thousands


def data_page(problems: Mapping[str, str] | None = None) -> str:
    """Return the page. ``problems``: what is wrong with what was posted, by the id of its field."""
    return render_template(
        "data/page.html",
        problems=problems or {},
        most=thousands(MOST_FILES, language()),
        largest=LARGEST_ZIP // MEGABYTE,
    )
