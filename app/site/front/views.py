"""The front page, and the three ways to begin that it offers beside the first question."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.assessments import operations
from app.assessments.chosen_questionnaire import STANDARD, offered, questionnaire_in_use
from app.assessments.listing import latest
from app.assessments.shipped_cases import EXAMPLE, shipped_case
from app.assessments.words import version_taken
from app.data.imports.files import FileRefused
from app.data.imports.importing import import_all_or_none
from app.definitions.operations import VersionTaken
from app.platform.actor import current_actor
from app.platform.i18n import language, ngettext

SHOWN = 8

front = Blueprint("front", __name__)


@front.get("/")
def front_page() -> str:
    """Show the doors and the assessments that were begun."""
    return _page()


@front.post("/example")
def example() -> Response:
    """Make an assessment of a worked case, to try things out on."""
    case = shipped_case(EXAMPLE)
    public_id = operations.create(
        case.loaded,
        case.answers,
        language=language(),
        variant="full",
        origin="example",
        actor=current_actor(),
    )
    return redirect(url_for("assessments.resume", public_id=public_id), 303)


@front.post("/import")
def open_files() -> Response | tuple[str, int]:
    """Make an assessment of each answers file and decision PDF that was chosen, or of none of them."""
    chosen = [(file.filename, file.read()) for file in request.files.getlist("file") if file.filename]
    try:
        made = import_all_or_none(chosen, current_actor())
    except FileRefused as refused:
        return _page(refused.lines), 400
    except VersionTaken as taken:
        return _page([version_taken(taken)]), 409
    if len(made) == 1:
        return redirect(url_for("assessments.resume", public_id=made[0]), 303)
    flash(ngettext("%(num)s assessment was opened.", "%(num)s assessments were opened.", len(made)))
    return redirect(url_for("assessments.register"), 303)


def _page(problems: list[str] | None = None) -> str:
    return render_template(
        "site/front/page.html",
        recent=latest(SHOWN),
        questionnaire=questionnaire_in_use(STANDARD),
        others=offered(STANDARD),
        problems=problems or [],
    )
