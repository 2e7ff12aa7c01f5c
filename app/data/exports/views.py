"""All data out, and many answers files in: each is a job, since it may take minutes."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.data.exports import work
from app.data.exports.bringing import IMPORT, MOST_FILES, Unusable, looked_into
from app.platform.actor import current_actor
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.jobs import begin
from app.wording.figures import thousands

MEGABYTE = 1024 * 1024
LARGEST_UPLOAD = 100 * MEGABYTE

Reply = str | Response | AnyResponse | tuple[str, int]

exports = Blueprint("exports", __name__, url_prefix="/exports")


@exports.url_value_preprocessor
def let_many_files_in(endpoint: str | None, values: object) -> None:
    """Allow larger uploads than elsewhere. This must happen before anything reads the form."""
    request.max_content_length = LARGEST_UPLOAD


@exports.get("")
def page() -> Reply:
    """Show the ways out and in."""
    return _page()


@exports.post("")
def make() -> Reply:
    """Begin an export."""
    kind = {"xlsx": work.XLSX, "csv": work.CSV}.get(request.form.get("format", ""))
    if kind is None:
        return _page({"formats": _("Choose what to make.")}), 400
    wanted = {"persons": request.form.get("persons") == "yes"}
    return _to(begin(kind, wanted, language(), current_actor()))


@exports.post("/import")
def bring() -> Reply:
    """Begin to bring in the answers files of a zip."""
    file = request.files.get("file")
    content = file.read() if file else b""
    try:
        looked_into(content)
    except Unusable as unusable:
        return _page({"file": str(unusable)}), 400
    parameters = {"actor": current_actor()}
    return _to(begin(IMPORT, parameters, language(), current_actor(), content))


def _to(job: str) -> AnyResponse:
    return redirect(url_for("jobs.job", public_id=job), 303)


def _page(problems: dict[str, str] | None = None) -> str:
    return render_template(
        "data/exports/page.html",
        problems=problems or {},
        most=thousands(MOST_FILES, language()),
        largest=LARGEST_UPLOAD // MEGABYTE,
    )
