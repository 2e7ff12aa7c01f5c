"""A zip of answers files, uploaded on the page of all data."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.data.imports.work import IMPORT
from app.data.imports.zips import ZipRefused, entries
from app.data.page import data_page
from app.platform.actor import current_actor
from app.platform.i18n import language
from app.platform.jobs import begin

imports = Blueprint("imports", __name__)


@imports.post("/exports/import")
def from_zip() -> Response | AnyResponse | tuple[str, int]:
    """Begin to import the answers files of a zip: a job, since it may take minutes."""
    file = request.files.get("file")
    content = file.read() if file else b""
    try:
        entries(content)
    except ZipRefused as refused:
        return data_page({"file": str(refused)}), 400
    job = begin(IMPORT, {"actor": current_actor()}, language(), current_actor(), content)
    return redirect(url_for("jobs.job", public_id=job), 303)
