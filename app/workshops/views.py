"""The facilitator's pages: prepare a workshop, lead it, and close it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import charts
from app.assessments.chosen_questionnaire import offered
from app.assessments.fields.names import posted_answers
from app.assessments.forms import QuestionForm, subject_form
from app.assessments.models import Assessment
from app.engine.answers import Answers, gate_state
from app.engine.definition import Questionnaire
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile, shown_again
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.network import join_base, qr
from app.platform.text import writable
from app.wording.read import read
from app.workshops import operations
from app.workshops.forms import PreparationForm
from app.workshops.listing import behind, listed
from app.workshops.live import when_new
from app.workshops.menu import menu_of
from app.workshops.models import SIDES, STEPS, Participant
from app.workshops.opening import LoadedWorkshop, answers_in, open_workshop
from app.workshops.plan import SCRIPTS, timetable
from app.workshops.preparing import (
    asked_fields,
    is_same_partner,
    length_of,
    start_of,
    subject_of,
    suggest_partners,
)
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


@workshops.route("/new", methods=["GET", "POST"])
def new() -> Reply:
    """Ask what must be chosen before a workshop, and store it."""
    start = start_of()
    subject, form = subject_form(start.questionnaire), PreparationForm(start.questionnaire)
    if request.method == "GET":
        empty = Answers(start.questionnaire.id, start.questionnaire.version, subject=start.known)
        return _preparation_page(start.questionnaire, subject.show(empty), form.show_new())
    if _follows_script(subject, form):
        return _preparation_page(start.questionnaire, subject, form)
    if not all([subject.take(request.form), form.take(request.form)]):
        return _preparation_page(start.questionnaire, subject, form), 400
    chosen = form.preparation(subject_of(start.questionnaire, subject, start.known))
    same = is_same_partner(start.questionnaire, start.known, chosen.subject)
    public_id = operations.prepare(
        start.loaded,
        chosen,
        language=language(),
        actor=current_actor(),
        partner_id=start.partner_id if same else None,
    )
    return _to(public_id)


@workshops.route("/<public:public_id>/edit", methods=["GET", "POST"])
def edit(public_id: str) -> Reply:
    """Change what was prepared, until the workshop is open."""
    opened = open_workshop(public_id)
    questionnaire, workshop = opened.questionnaire, opened.workshop
    if workshop.stage != "prepared":
        raise operations.WrongStage(workshop.stage)
    subject, form = subject_form(questionnaire), PreparationForm(questionnaire)
    stored = answers_in(questionnaire, {"subject": workshop.subject})
    if request.method == "GET":
        return _preparation_page(questionnaire, subject.show(stored), form.show_stored(workshop), opened)
    if _follows_script(subject, form):
        return _preparation_page(questionnaire, subject, form, opened)
    if not all([subject.take(request.form), form.take(request.form)]):
        return _preparation_page(questionnaire, subject, form, opened), 400
    chosen = form.preparation(subject_of(questionnaire, subject, stored.subject))
    try:
        operations.edit(public_id, chosen, current_actor(), request.form.get("shown", ""))
    except ChangedMeanwhile:
        now_stored = open_workshop(public_id)
        return _preparation_page(questionnaire, subject, form, now_stored, is_changed=True), 409
    return _to(public_id)


@workshops.route("/<public:public_id>/delete", methods=["GET", "POST"])
def delete(public_id: str) -> Reply:
    """Say what is lost with a workshop that nobody has joined, and delete it."""
    opened = open_workshop(public_id)
    if not opened.may_be_deleted:
        return _deletion_page(opened), 409
    if request.method == "GET":
        return _deletion_page(opened)
    try:
        operations.delete(public_id, current_actor(), request.form.get("shown", ""))
    except (ChangedMeanwhile, operations.WrongStage):
        return _deletion_page(open_workshop(public_id), is_changed=True), 409
    flash(_("The workshop is deleted."))
    return redirect(url_for(".register"), 303)


@workshops.get("/<public:public_id>")
def conduct(public_id: str) -> Reply:
    """Show the facilitator what to do now, whatever the stage."""
    opened = open_workshop(public_id)
    people, steps = _people(opened), timetable(opened.workshop.plan, opened.workshop.opened_at)
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
    workshop, people = opened.workshop, _people(opened)
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
    return render_template("workshops/close.html", opened=opened, **_left(opened))


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


def _follows_script(subject: QuestionForm, form: PreparationForm) -> bool:
    """Fill in a ready time plan where its button was pressed; nothing is checked or stored by that."""
    length = request.form.get("script", "")
    if length not in SCRIPTS:
        return False
    posted = MultiDict((name, writable(value)) for name, value in request.form.items(multi=True))
    subject.process(posted_answers(posted))
    form.follow_script(posted, length)
    return True


def _preparation_page(
    questionnaire: Questionnaire,
    subject: QuestionForm,
    form: PreparationForm,
    opened: LoadedWorkshop | None = None,
    is_changed: bool = False,
) -> str:
    suggest_partners(questionnaire, subject)
    asked = asked_fields(questionnaire)
    return render_template(
        "workshops/edit.html" if opened else "workshops/new.html",
        opened=opened,
        shown=_shown(opened, told=is_changed) if opened else "",
        is_changed=is_changed,
        questionnaire=questionnaire,
        others=[] if opened else offered(questionnaire.id),
        facts=[subject.fact(name) for name in asked],
        form=form,
        errors={**subject.page_errors, **form.first_errors},
        lengths={each: length_of(questionnaire, each) for each in ("full", "short")},
        asked_of=_asked_of(opened) if opened else {},
        sides=SIDES,
        steps=STEPS,
        scripts=SCRIPTS,
    )


def _deletion_page(opened: LoadedWorkshop, is_changed: bool = False) -> str:
    return render_template(
        "workshops/delete.html",
        opened=opened,
        shown=_shown(opened, told=is_changed),
        is_changed=is_changed,
        asked_of=_asked_of(opened),
    )


def _shown(opened: LoadedWorkshop, *, told: bool) -> str:
    return shown_again("shown", operations.version_of(opened.workshop), told=told)


def _is_crowd(people: Sequence[Any]) -> bool:
    """Say whether so many take part that the list of them is folded away."""
    return len(people) > MOST_UNFOLDED


def _people(opened: LoadedWorkshop) -> list[Participant]:
    """Return who takes part, without a word of what they answered."""
    columns = (
        Participant.number,
        Participant.side,
        Participant.name,
        Participant.kind,
        Participant.sheet,
        Participant.token_hash,
        Participant.done_at,
    )
    rows = db.session.execute(
        select(*columns)
        .where(Participant.workshop_id == opened.workshop.id, Participant.removed_at.is_(None))
        .order_by(Participant.number)
    )
    return list(rows)  # type: ignore[arg-type]


def _asked_of(opened: LoadedWorkshop) -> dict[str, int]:
    """Return how many questions each side is asked."""
    asked = {side: opened.asked(side) for side in opened.workshop.sides}
    return {side: sum(len(each.questions) for each in parts) for side, parts in asked.items()}


def _when_prepared(opened: LoadedWorkshop) -> dict[str, Any]:
    return {"asked_of": _asked_of(opened)}


def _when_open(opened: LoadedWorkshop) -> dict[str, Any]:
    base = join_base()
    workshop = opened.workshop
    return {
        "base": base,
        "picture": qr(f"{base}/w/{workshop.code}?key={workshop.key}") if base else "",
        "sections": opened.asked("library"),
    }


def _when_revealed(opened: LoadedWorkshop) -> dict[str, Any]:
    return {**_when_open(opened), **_left(opened)}


def _when_closed(opened: LoadedWorkshop) -> dict[str, Any]:
    questionnaire, answers = opened.questionnaire, opened.answers
    return {
        "reading": read(questionnaire, answers, opened.result, language()),
        "chart": charts,
        "assessment": _assessment_of(opened),
        **_left(opened),
    }


_AT_STAGE = {
    "prepared": _when_prepared,
    "open": _when_open,
    "revealed": _when_revealed,
    "closed": _when_closed,
}


def _left(opened: LoadedWorkshop) -> dict[str, Any]:
    """Return what divides the room, what of it is not agreed on yet, and the gates that stay open."""
    divided = opened.room_map.divided
    return {
        "divided": divided,
        "unagreed": [each for each in divided if each not in opened.agreed],
        "unsettled": _unsettled(opened),
    }


def _unsettled(opened: LoadedWorkshop) -> list[str]:
    """Return the gates that stay open, those that somebody flagged first."""
    flagged = opened.room_map.flagged
    asked = {question for section in opened.asked("library") for question in section.questions}
    unsettled = [
        gate.id
        for gate in opened.questionnaire.gates
        if gate.id in asked and gate_state(gate, opened.answers) == "open"
    ]
    return sorted(unsettled, key=lambda gate: gate not in flagged)


def _assessment_of(opened: LoadedWorkshop) -> str:
    """Return the public id of the assessment that the workshop became, ``""`` where it was deleted."""
    wanted = select(Assessment.public_id).where(
        Assessment.id == opened.workshop.assessment_id, Assessment.deleted_at.is_(None)
    )
    return db.session.execute(wanted).scalar_one_or_none() or ""
