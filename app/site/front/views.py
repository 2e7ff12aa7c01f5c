"""The front page, and the three ways to begin that it offers beside the first question."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app import catalogue
from app.assessments import operations
from app.assessments.importing import Brought, Refused, read_upload
from app.assessments.in_use import questionnaire_in_use
from app.assessments.listing import latest
from app.assessments.shipped_cases import EXAMPLE, shipped_case
from app.assessments.views import STANDARD
from app.assessments.words import version_taken
from app.engine.loading import Loaded
from app.platform.actor import current_actor
from app.platform.i18n import gettext as _
from app.platform.i18n import language, ngettext

SHOWN = 8
MOST_FILES = 300

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
def bring() -> Response | tuple[str, int]:
    """Make assessments of answers files and decision PDFs: of all that were brought, or of none."""
    try:
        brought = _read_all([file for file in request.files.getlist("file") if file.filename])
        made = operations.create_many(brought, language=language(), actor=current_actor())
    except Refused as refused:
        return _page(refused.lines), 400
    except operations.VersionTaken as taken:
        return _page([version_taken(taken)]), 409
    if len(made) == 1:
        return redirect(url_for("assessments.resume", public_id=made[0]), 303)
    flash(ngettext("%(num)s assessment was opened.", "%(num)s assessments were opened.", len(made)))
    return redirect(url_for("assessments.register"), 303)


def _read_all(files: list[FileStorage]) -> list[Brought]:
    """Return what every file holds. Raises :class:`Refused` with what is wrong with each."""
    if not files:
        raise Refused([_("Choose a file first.")])
    if len(files) > MOST_FILES:
        raise Refused([_("Choose at most %(most)s files at once.", most=MOST_FILES)])
    brought, problems = [], []
    for file in files:
        name = file.filename or ""
        try:
            brought.append(read_upload(file.read(), name))
        except Refused as refused:
            problems += refused.lines if len(files) == 1 else [_named(name, refused.lines[0])]
    if problems:
        raise Refused(problems)
    return brought


def _named(name: str, line: str) -> str:
    return line if line.startswith(name) else f"{name}: {line}"


def _page(problems: list[str] | None = None) -> str:
    return render_template(
        "site/front/page.html",
        recent=latest(SHOWN),
        questionnaire=questionnaire_in_use(STANDARD),
        others=_other_questionnaires(),
        problems=problems or [],
    )


def _other_questionnaires() -> list[Loaded]:
    """Return the newest version of each questionnaire that the front page has no door for."""
    installed = catalogue.installed()
    newest = [installed.find(each) for each in installed.ids() if each != STANDARD]
    return [each for each in newest if each is not None]
