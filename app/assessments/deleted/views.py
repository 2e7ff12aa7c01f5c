"""Delete an assessment, take it back out of the bin, or erase it for good."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.assessments import listing
from app.assessments.deleted import operations
from app.assessments.loaded import InBin, open_assessment, open_from_bin, was_deleted
from app.assessments.operations import Gone
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.i18n import gettext as _
from app.platform.notices import offer_undo

Reply = str | Response | tuple[str, int]

deleted = Blueprint("deleted", __name__, url_prefix="/assessments")


@deleted.app_errorhandler(Gone)
def gone(error: Gone) -> Any:
    """Answer for an assessment that was deleted while its page was open."""
    deleted_one = InBin(str(error))
    return lies_in_bin(deleted_one) if was_deleted(deleted_one.public_id) else errors.http_error(NotFound())


@deleted.app_errorhandler(InBin)
def lies_in_bin(error: InBin) -> errors.ErrorPage:
    """Say that an assessment is in the bin, and offer to take it back, and show what was just written."""
    written = errors.just_written()
    return render_template("assessments/deleted/in_bin.html", public_id=error.public_id, written=written), 404


@deleted.get("/bin")
def in_bin() -> Reply:
    """List what was deleted and can be taken back."""
    return render_template("assessments/deleted/bin.html", found=listing.in_bin(), old=listing.long_in_bin())


@deleted.route("/<public:public_id>/delete", methods=["GET", "POST"])
def delete(public_id: str) -> Reply:
    """Ask once more, then put it into the bin; the next page offers to take it back."""
    opened = open_assessment(public_id)
    if request.method == "GET":
        return render_template("assessments/deleted/delete.html", opened=opened)
    operations.delete(public_id, current_actor())
    offer_undo(
        _("The assessment of %(partner)s was deleted.", partner=opened.partner),
        url_for(".take_back", public_id=public_id),
    )
    return redirect(url_for("assessments.register"), 303)


@deleted.post("/<public:public_id>/take-back")
def take_back(public_id: str) -> Reply:
    """Take an assessment out of the bin."""
    operations.take_back(public_id, current_actor())
    return redirect(url_for("assessments.resume", public_id=public_id), 303)


@deleted.route("/<public:public_id>/erase", methods=["GET", "POST"])
def erase(public_id: str) -> Reply:
    """Ask once more, then remove for good what is in the bin; what was decided on is kept there."""
    opened = open_from_bin(public_id)
    decided = listing.is_decided(opened.assessment)
    if request.method == "POST" and not decided:
        operations.erase(public_id, current_actor())
        flash(_("The assessment of %(partner)s was erased for good.", partner=opened.partner))
        return redirect(url_for(".in_bin"), 303)
    page = render_template("assessments/deleted/erase.html", opened=opened, decided=decided)
    return (page, 409) if request.method == "POST" else page
