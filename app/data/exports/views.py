"""All data out: a job, since it may take minutes."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.data.exports import work
from app.data.page import data_page
from app.platform.actor import current_actor
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.jobs import begin

Reply = str | Response | AnyResponse | tuple[str, int]

exports = Blueprint("exports", __name__, url_prefix="/exports")


@exports.get("")
def all_data() -> Reply:
    """Show the ways out and in."""
    return data_page()


@exports.post("")
def make() -> Reply:
    """Begin an export."""
    kind = {"xlsx": work.XLSX, "csv": work.CSV}.get(request.form.get("format", ""))
    if kind is None:
        return data_page({"formats": _("Choose what to make.")}), 400
    wanted = {"persons": request.form.get("persons") == "yes"}
    job = begin(kind, wanted, language(), current_actor())
    return redirect(url_for("jobs.job", public_id=job), 303)
