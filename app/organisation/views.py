"""Who is at work, and what the library has settled for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from app.organisation import operations, reading
from app.organisation.forms import ROWS, GoalForm, LibraryForm, NameForm, ThresholdsForm
from app.organisation.logo import NoLogo, clean_logo
from app.organisation.models import Goal, Organisation
from app.organisation.words import threshold_words
from app.platform import errors
from app.platform.actor import current_actor, remember
from app.platform.conflicts import ChangedMeanwhile, differing, show_both, shown_again
from app.platform.database import db
from app.platform.forms import PlainForm, number_in
from app.platform.i18n import NAMES, own_path
from app.platform.i18n import gettext as _
from app.platform.text import writable

Reply = str | AnyResponse | tuple[str, int]

LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""A drawing may colour itself, and do nothing else."""

ELSEWHERE: tuple[tuple[str, Callable[[], str], Callable[[], str]], ...] = (
    (
        "questionnaires.installed",
        lambda: _("Questionnaires"),
        lambda: _("What is installed, and what it asks."),
    ),
    (
        "exports.all_data",
        lambda: _("Data out and in"),
        lambda: _("All data as a spreadsheet, and many answers files in."),
    ),
    ("backups.all_backups", lambda: _("Backups"), lambda: _("A copy of everything, and the way back.")),
    (
        "deleted.in_bin",
        lambda: _("The bin"),
        lambda: _("Assessments that were deleted and can be taken back."),
    ),
    (
        ".accessibility",
        lambda: _("Accessibility"),
        lambda: _("The statement, and how the pages were tested."),
    ),
)
"""Pages that are found by way of the settings: where, its title, and what it is for."""

GONE_THROUGH_ON = "2026-11-22"
"""The day when the accessibility statement was last compared with the pages."""

organisation = Blueprint("organisation", __name__)


@organisation.errorhandler(operations.Gone)
def gone(error: operations.Gone) -> errors.ErrorPage:
    """Answer for a goal that was removed while its page was open."""
    return errors.http_error(NotFound())


# Who is at work


@organisation.route("/name", methods=["GET", "POST"])
def name() -> Reply:
    """Ask who is at work; the answer is kept in the browser, and so is that somebody would not say."""
    form = NameForm()
    if request.method == "GET":
        return _name_page(form.show({"name": current_actor()}))
    if "without" in request.form:
        return _named("")
    if not form.take(request.form):
        return _name_page(form), 400
    return _named(form.values["name"])


def _named(said: str) -> AnyResponse:
    remember(said)
    return redirect(own_path(request.form.get("back", "")), 303)


def _name_page(form: NameForm) -> str:
    back = writable(request.values.get("back", ""))
    return render_template("organisation/name.html", form=form, back=back)


# The library


@organisation.get("/settings")
def settings() -> str:
    """Show what is settled, and lead to where it is changed."""
    there = current_app.view_functions
    elsewhere = [
        (url_for(endpoint), title(), text())
        for endpoint, title, text in ELSEWHERE
        if endpoint.startswith(".") or endpoint in there
    ]
    return render_template(
        "organisation/settings.html",
        library=reading.current(),
        thresholds=[threshold_words(each) for each in reading.current().thresholds],
        goals=reading.all_goals(),
        served=reading.goals_in_use(db.session),
        elsewhere=elsewhere,
    )


@organisation.route("/settings/library", methods=["GET", "POST"])
def library() -> Reply:
    """Change the library's name, language, default owner and contact."""
    form = LibraryForm()
    if request.method == "GET":
        return _library_page(form.show(_library_shown(reading.current())))
    if not form.take(request.form):
        return _library_page(form), 400
    try:
        operations.save_settings(form.values, _shown_version(), current_actor())
    except ChangedMeanwhile as changed:
        _tell_both(form, changed.stored)
        return _library_page(form, both_shown=True), 409
    return _saved()


@organisation.route("/settings/thresholds", methods=["GET", "POST"])
def thresholds() -> Reply:
    """Change above which amounts somebody else must decide."""
    form = ThresholdsForm()
    if request.method == "GET":
        return _thresholds_page(form.show_thresholds(reading.current().thresholds))
    if not form.take(request.form):
        return _thresholds_page(form), 400
    try:
        operations.save_settings({"thresholds": form.thresholds}, _shown_version(), current_actor())
    except ChangedMeanwhile as changed:
        there = "; ".join(threshold_words(each) for each in changed.stored["thresholds"])
        show_both(form, {"amount_1": _changed(there)})
        return _thresholds_page(form, both_shown=True), 409
    return _saved()


@organisation.get("/settings/logo")
def logo() -> Response:
    """Give the library's logo."""
    found = reading.current()
    if not found.logo_type:
        abort(404)
    return Response(found.logo, mimetype=found.logo_type, headers={"Content-Security-Policy": LOGO_POLICY})


@organisation.post("/settings/logo")
def change_logo() -> Reply:
    """Take a new logo. A file that cannot be one changes nothing."""
    file = request.files.get("logo")
    try:
        cleaned, kind = clean_logo(file.read() if file else b"")
    except NoLogo as refused:
        form = LibraryForm().show(_library_shown(reading.current()))
        return _library_page(form, problem=str(refused)), 400
    operations.save_logo(cleaned, kind, current_actor())
    return _saved(".library")


@organisation.post("/settings/logo/remove")
def remove_logo() -> AnyResponse:
    """Take the logo away."""
    operations.save_logo(None, "", current_actor())
    return _saved(".library")


# Goals


@organisation.route("/settings/goals/new", methods=["GET", "POST"])
def new_goal() -> Reply:
    """Add a goal."""
    form = GoalForm()
    if request.method == "GET":
        return _goal_page(form.show({"active": "yes"}))
    if not form.take(request.form):
        return _goal_page(form), 400
    try:
        operations.add_goal(_goal_values(form), current_actor())
    except operations.TitleTaken:
        return _title_taken(form, None)
    return _saved(anchor="goals")


@organisation.route("/settings/goals/<public:public_id>", methods=["GET", "POST"])
def goal(public_id: str) -> Reply:
    """Change a goal."""
    found = reading.goal_with(public_id)
    form = GoalForm()
    if request.method == "GET":
        return _goal_page(form.show(_goal_shown(found.title, found.text, active=found.active)), found)
    if not form.take(request.form):
        return _goal_page(form, found), 400
    try:
        operations.change_goal(public_id, _goal_values(form), _shown_version(), current_actor())
    except operations.TitleTaken:
        return _title_taken(form, found)
    except ChangedMeanwhile as changed:
        _tell_both(form, _goal_shown(**changed.stored))
        return _goal_page(form, found, both_shown=True), 409
    return _saved(anchor="goals")


@organisation.post("/settings/goals/<public:public_id>/move")
def move_goal(public_id: str) -> AnyResponse:
    """Move a goal one place up or down the list."""
    step = {"up": -1, "down": 1}.get(request.form.get("to", "")) or abort(400)
    operations.move_goal(public_id, step, current_actor())
    return redirect(url_for(".settings", _anchor="goals"), 303)


@organisation.post("/settings/goals/<public:public_id>/remove")
def remove_goal(public_id: str) -> AnyResponse:
    """Remove a goal that was never served; one that was stays."""
    try:
        operations.remove_goal(public_id)
    except operations.InUse:
        flash(_("An assessment serves the goal, so it stays. You can take it out of use."))
        return redirect(url_for(".goal", public_id=public_id), 303)
    flash(_("The goal is removed."))
    return redirect(url_for(".settings", _anchor="goals"), 303)


# Accessibility


@organisation.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template(
        "organisation/accessibility.html", library=reading.current(), made_on=GONE_THROUGH_ON
    )


def _shown_version() -> int:
    """Return the version of what the reader saw; what cannot be read is older than all."""
    return number_in(writable(request.form.get("row_version", ""))) or 0


def _saved(endpoint: str = ".settings", anchor: str | None = None) -> AnyResponse:
    flash(_("Saved."))
    return redirect(url_for(endpoint, _anchor=anchor), 303)


def _changed(there: str) -> str:
    return _(
        "This was changed meanwhile, and now it says: %(there)s. Save again to keep what you wrote.",
        there=there or _("nothing"),
    )


def _tell_both(form: PlainForm, stored: Mapping[str, Any]) -> None:
    others = differing(form.values, stored)
    show_both(form, {name: _changed(_in_words(name, now)) for name, now in others.items()})


def _in_words(name: str, value: str) -> str:
    if name == "language":
        return NAMES.get(value, value)
    if name == "active":
        return _("in use") if value else _("out of use")
    return value


def _library_shown(found: Organisation) -> dict[str, str]:
    return {
        "name": found.name,
        "language": found.language,
        "default_owner": found.default_owner,
        "contact": found.contact,
    }


def _library_page(form: LibraryForm, *, both_shown: bool = False, problem: str = "") -> str:
    found = reading.current()
    return render_template(
        "organisation/library.html",
        form=form,
        library=found,
        version=shown_again("row_version", found.row_version, both_shown=both_shown),
        problem=problem,
    )


def _thresholds_page(form: ThresholdsForm, *, both_shown: bool = False) -> str:
    version = shown_again("row_version", reading.current().row_version, both_shown=both_shown)
    rows = range(1, ROWS + 1)
    return render_template("organisation/thresholds.html", form=form, rows=rows, version=version)


def _goal_page(form: GoalForm, found: Goal | None = None, *, both_shown: bool = False) -> str:
    served = reading.goals_in_use(db.session, found.id).get(found.id, 0) if found else 0
    return render_template(
        "organisation/goal.html",
        form=form,
        goal=found,
        served=served,
        version=shown_again("row_version", found.row_version if found else 0, both_shown=both_shown),
    )


def _title_taken(form: GoalForm, found: Goal | None) -> Reply:
    form["title"].errors = [_("Another goal has this title already.")]
    return _goal_page(form, found), 400


def _goal_values(form: GoalForm) -> dict[str, Any]:
    values = form.values
    return {
        "title": " ".join(values["title"].split()),
        "text": values["text"],
        "active": bool(values["active"]),
    }


def _goal_shown(title: str, text: str, *, active: bool) -> dict[str, str]:
    return {"title": title, "text": text, "active": "yes" if active else ""}
