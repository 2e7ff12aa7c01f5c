"""The front page, and the three ways to begin that it offers beside the first question."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import library
from app.assessments import operations
from app.assessments.importing import Brought, Refused, read_upload
from app.assessments.opening import recent_assessments
from app.assessments.views import STANDARD
from app.assessments.words import version_taken
from app.engine.loading import Loaded
from app.front.cases import EXAMPLE, shipped_case
from app.platform.actor import current_actor
from app.platform.i18n import gettext as _
from app.platform.i18n import language

SHOWN = 50

front = Blueprint("front", __name__)


@front.get("/")
def page() -> str:
    """Show the doors and the assessments that were begun."""
    return _page()


@front.post("/example")
def example() -> Response:
    """Make an assessment of a worked case, to try things out on."""
    return _begin(shipped_case(EXAMPLE), "example")


@front.post("/import")
def bring() -> Response | tuple[str, int]:
    """Make an assessment of an answers file or a decision PDF. A file that cannot be used changes nothing."""
    file = request.files.get("file")
    try:
        brought = read_upload(file.read() if file else b"", (file and file.filename) or _("the file"))
        return _begin(brought, "import")
    except Refused as refused:
        return _page(refused.lines), 400
    except operations.VersionTaken as taken:
        return _page([version_taken(taken)]), 409


def _begin(brought: Brought, origin: operations.Origin) -> Response:
    public_id = operations.create(
        brought.loaded,
        brought.answers,
        language=language(),
        variant="full",
        origin=origin,
        actor=current_actor(),
    )
    return redirect(url_for("assessments.resume", public_id=public_id), 303)


def _page(problems: list[str] | None = None) -> str:
    return render_template(
        "front/page.html",
        recent=recent_assessments(SHOWN),
        questionnaire=library.find(STANDARD),
        others=_other_questionnaires(),
        problems=problems or [],
    )


def _other_questionnaires() -> list[Loaded]:
    """Return the newest version of each questionnaire that the front page has no door for."""
    installed = library.installed()
    newest = [installed.find(each) for each in installed.ids() if each != STANDARD]
    return [each for each in newest if each is not None]
