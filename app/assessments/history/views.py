"""The history of an assessment: who changed what and when, and the way back to an earlier state."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.assessments.history import operations
from app.assessments.history.reading import change_at, entries, in_words, kind_words
from app.assessments.loaded import LoadedAssessment, open_assessment
from app.assessments.past import differences, flat_after, flat_of
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile
from app.platform.forms import number_in
from app.platform.i18n import gettext as _

history = Blueprint("history", __name__, url_prefix="/assessments/<public:public_id>/history")


@history.get("")
def changes(public_id: str) -> str:
    """Show who changed what and when, the latest first."""
    opened = open_assessment(public_id)
    return render_template(
        "assessments/history/page.html", opened=opened, found=entries(opened), current="history"
    )


@history.get("/<int(max=2147483647):change_id>")
def state(public_id: str, change_id: int) -> str:
    """Show what would change if an earlier state were brought back."""
    return _state_page(open_assessment(public_id), change_id)


@history.post("/<int(max=2147483647):change_id>")
def restore(public_id: str, change_id: int) -> Response | tuple[str, int]:
    """Bring an earlier state back, unless somebody changed the assessment after the page was shown."""
    shown = number_in(request.form.get("row_version", ""))
    if shown is None:
        abort(400)
    try:
        operations.restore(public_id, change_id, current_actor(), shown=shown)
    except operations.NoSuchChange:
        abort(404)
    except ChangedMeanwhile:
        return _state_page(open_assessment(public_id), change_id, changed_meanwhile=True), 409
    flash(_("The earlier state is back. What stood before is in the history."))
    return redirect(url_for(".changes", public_id=public_id), 303)


def _state_page(opened: LoadedAssessment, change_id: int, *, changed_meanwhile: bool = False) -> str:
    change = change_at(opened.assessment, change_id) or abort(404)
    then = flat_after(opened.assessment, change_id) or {}
    return render_template(
        "assessments/history/state.html",
        opened=opened,
        change=change,
        done=kind_words(change.kind),
        answers=in_words(opened.questionnaire, differences(flat_of(opened.assessment), then)),
        changed_meanwhile=changed_meanwhile,
        current="history",
    )
