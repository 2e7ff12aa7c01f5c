"""The big screen for the wall: join code and counts, and after the reveal what the room answered."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.platform.i18n import language
from app.platform.network import join_base
from app.workshops.live import when_new
from app.workshops.loaded import LoadedWorkshop, open_workshop
from app.workshops.wall.showing import is_shared, shown_question, shown_room
from app.workshops.wall.waiting import waiting_room

wall = Blueprint("wall", __name__, url_prefix="/workshops")


@wall.get("/<public:public_id>/wall")
def big_screen(public_id: str) -> str:
    """Show the whole screen. ``?question=`` shows one question alone, once the answers are shown.

    ``?own=yes`` shows the library's own questions too, where others than the library take part.
    """
    opened = open_workshop(public_id)
    question = _question(opened)
    shown = _wall(opened, question)
    return render_template("workshops/wall/page.html", opened=opened, question=question, own=_own(), **shown)


@wall.get("/<public:public_id>/wall/live")
def live(public_id: str) -> AnyResponse:
    """Return what stands on the screen now, without the page around it; 304 where nothing is new."""
    opened = open_workshop(public_id)
    question, workshop = _question(opened), opened.workshop
    counts = (workshop.state_count, _seen(opened), language(), question, _own(), join_base())

    def make() -> Response:
        # Not as a page: it is one only inside the page that asks for it.
        text = render_template(
            "workshops/wall/_wall.html", opened=opened, own=_own(), **_wall(opened, question)
        )
        return Response(text, mimetype="text/plain")

    return when_new(counts, make)


def _seen(opened: LoadedWorkshop) -> str:
    """Return what an answer changes here: before the reveal that somebody joined or is done, and no more.

    A mark that was another after each answer would tell when there is one.
    """
    return str(opened.workshop.answer_count if opened.is_shown else opened.counts)


def _question(opened: LoadedWorkshop) -> str:
    """Return the question that is looked at alone, ``""`` for none; 404 where the workshop asks no such."""
    question = request.args.get("question", "")
    asked = {each for side in opened.workshop.sides for part in opened.asked(side) for each in part.questions}
    if question and question not in asked:
        abort(404)
    return question


def _own() -> str:
    return "yes" if request.args.get("own") == "yes" else ""


def _wall(opened: LoadedWorkshop, question: str) -> dict[str, object]:
    """Return what the templates show: nothing that was answered, until it is revealed."""
    if not opened.is_shown:
        return {"waiting": waiting_room(opened)}
    if question:
        return {"alone": shown_question(opened, question)}
    return {"room": shown_room(opened, own=bool(_own())), "shared": is_shared(opened)}
