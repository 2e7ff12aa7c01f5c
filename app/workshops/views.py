"""The facilitator's pages: lead a workshop, and close it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import charts
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.network import join_base, qr
from app.wording.read import read
from app.workshops import operations
from app.workshops.listing import behind, listed
from app.workshops.live import when_new
from app.workshops.loaded import LoadedWorkshop, open_workshop
from app.workshops.menu import menu_of
from app.workshops.plan import timetable
from app.workshops.reading import asked_of, assessment_of, left_of, people_of
from app.workshops.words import question_words, side_words, stage_words, step_words

Reply = str | Response | tuple[str, int]

MOST_UNFOLDED = 40

workshops = Blueprint("workshops", __name__, url_prefix="/workshops")


@workshops.app_context_processor
def words() -> dict[str, Any]:
    """Give every page the words for what a workshop stores as a code, its pages, and what came of it."""
    return {
        "menu_of": menu_of,
        "question_words": question_words,
        "side_words": side_words,
        "stage_words": stage_words,
        "step_words": step_words,
        "workshop_behind": behind,
    }


@workshops.app_errorhandler(operations.Gone)
def gone(error: operations.Gone) -> errors.ErrorPage:
    """Answer for a workshop, or somebody in it, that is not there."""
    return errors.http_error(NotFound())


@workshops.app_errorhandler(operations.WrongStage)
def wrong_stage(error: operations.WrongStage) -> errors.ErrorPage:
    """Answer for what a workshop does not allow at its stage, most often from a page that stood open."""
    return errors.error_page(
        409,
        _("The workshop has gone on"),
        _("Nothing was changed. Open the workshop again to see how far it has come."),
    )


@workshops.get("")
def register() -> Reply:
    """List the workshops."""
    return render_template("workshops/register.html", found=listed())


@workshops.get("/<public:public_id>")
def conduct(public_id: str) -> Reply:
    """Show the facilitator what to do now, whatever the stage."""
    opened = open_workshop(public_id)
    people, steps = people_of(opened), timetable(opened.workshop.plan, opened.workshop.opened_at)
    return render_template(
        f"workshops/{opened.workshop.stage}.html",
        opened=opened,
        people=people,
        is_crowd=_is_crowd(people),
        steps=steps,
        minutes=sum(step.minutes for step in steps),
        **_AT_STAGE[opened.workshop.stage](opened),
    )


@workshops.get("/<public:public_id>/live")
def live(public_id: str) -> Reply:
    """Give who joined and who is done, when that is new; ``stage`` is the one that the page shows."""
    opened = open_workshop(public_id)
    workshop, people = opened.workshop, people_of(opened)
    rows = [
        (each.number, each.side, each.name, each.done_at is not None, each.token_hash is None)
        for each in people
    ]
    counts = (language(), workshop.stage, workshop.section, repr(rows))

    def fragment() -> Response:
        is_past = request.args.get("stage", workshop.stage) != workshop.stage
        text = render_template(
            "workshops/_room.html",
            opened=opened,
            people=people,
            is_crowd=_is_crowd(people),
            is_past=is_past,
        )
        return Response(text, mimetype="text/plain")  # it is a page only inside the page that asks for it

    return when_new(counts, fragment)


@workshops.post("/<public:public_id>/open")
def open_room(public_id: str) -> Reply:
    """Let phones join and answer."""
    return _done(public_id, lambda: operations.open_room(public_id, current_actor()))


@workshops.post("/<public:public_id>/lead")
def show_section(public_id: str) -> Reply:
    """Show one section on every phone."""
    section = request.form.get("section", "")
    return _done(public_id, lambda: operations.show_section(public_id, section, current_actor()), "sections")


@workshops.post("/<public:public_id>/reveal")
def reveal(public_id: str) -> Reply:
    """Show the room what it answered."""
    return _done(public_id, lambda: operations.reveal(public_id, current_actor()))


@workshops.post("/<public:public_id>/remove")
def remove(public_id: str) -> Reply:
    """Send a phone or a sheet out of the workshop."""
    written = request.form.get("number", "")
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        abort(404)
    return _done(public_id, lambda: operations.remove(public_id, int(written), current_actor()), "room")


@workshops.route("/<public:public_id>/close", methods=["GET", "POST"])
def close(public_id: str) -> Reply:
    """Say what happens when the workshop is closed, and close it."""
    if request.method == "POST":
        return _done(public_id, lambda: _close(public_id))
    opened = open_workshop(public_id)
    if opened.workshop.stage != "revealed":
        return _to(public_id)
    return render_template("workshops/close.html", opened=opened, **left_of(opened))


def _close(public_id: str) -> None:
    operations.close(public_id, current_actor())
    flash(_("The workshop is closed. What the room said is an assessment now."))


def _done(public_id: str, act: Any, anchor: str | None = None) -> Reply:
    """Do what a button asks for and show the workshop again; where it has gone on, the page says so."""
    try:
        act()
    except operations.WrongStage:
        flash(_("The workshop had gone on already, so nothing was changed. This is how far it has come."))
    return _to(public_id, anchor)


def _to(public_id: str, anchor: str | None = None) -> Response:
    return redirect(url_for(".conduct", public_id=public_id, _anchor=anchor), 303)


def _is_crowd(people: Sequence[Any]) -> bool:
    """Say whether so many take part that the list of them is folded away."""
    return len(people) > MOST_UNFOLDED


def _when_prepared(opened: LoadedWorkshop) -> dict[str, Any]:
    return {"asked_of": asked_of(opened)}


def _when_open(opened: LoadedWorkshop) -> dict[str, Any]:
    base = join_base()
    workshop = opened.workshop
    return {
        "base": base,
        "picture": qr(f"{base}/w/{workshop.code}?key={workshop.key}") if base else "",
        "sections": opened.asked("library"),
    }


def _when_revealed(opened: LoadedWorkshop) -> dict[str, Any]:
    return {**_when_open(opened), **left_of(opened)}


def _when_closed(opened: LoadedWorkshop) -> dict[str, Any]:
    questionnaire, answers = opened.questionnaire, opened.answers
    return {
        "reading": read(questionnaire, answers, opened.result, language()),
        "chart": charts,
        "assessment": assessment_of(opened),
        **left_of(opened),
    }


_AT_STAGE = {
    "prepared": _when_prepared,
    "open": _when_open,
    "revealed": _when_revealed,
    "closed": _when_closed,
}
