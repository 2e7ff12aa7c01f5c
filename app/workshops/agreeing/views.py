"""The room talks: what it agrees on at each question, what settles a gate, and what is done next."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import charts
from app.engine.answers import Answer, GateAnswer
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile, shown_again
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.read import read
from app.wording.reading import Reading
from app.workshops.agreeing import operations
from app.workshops.agreeing.forms import ActionForm, AgreeForm, agree_form
from app.workshops.agreeing.reading import (
    RoomQuestion,
    fingerprint_of_action,
    fingerprint_of_agreed,
    questions_of,
    talk_of,
)
from app.workshops.loaded import LoadedWorkshop, open_workshop
from app.workshops.models import WorkshopAction
from app.workshops.operations import Gone, WrongStage
from app.workshops.words import side_words

agreeing = Blueprint("agreeing", __name__, url_prefix="/workshops")

Reply = str | Response | tuple[str, int]


class NotShown(Exception):
    """The answers of this workshop have not been shown yet, so there is nothing to agree on."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id


@agreeing.errorhandler(NotShown)
def not_shown(error: NotShown) -> Any:
    """Lead back to the facilitator's page; a form from an old page is refused."""
    text = _("First everybody answers alone. When you have shown the answers, you can agree here.")
    if request.method == "POST":
        return errors.error_page(409, _("The answers are not shown yet"), text)
    flash(text)
    return redirect(url_for("workshops.conduct", public_id=error.public_id), 303)


@agreeing.errorhandler(WrongStage)
def closed(error: WrongStage) -> errors.ErrorPage:
    """Say that nothing can be agreed on any more."""
    return errors.error_page(
        409,
        _("The workshop is closed"),
        _(
            "What you agreed on stands as it was when the workshop was closed. Nothing was saved now. "
            "Go back in the browser to see what you wrote."
        ),
    )


@agreeing.context_processor
def words() -> dict[str, Any]:
    """Give the room's pages their words and pictures."""
    return {"side_words": side_words, "chart": charts, "fingerprint_of_action": fingerprint_of_action}


@agreeing.get("/<public:public_id>/agree")
def questions(public_id: str) -> Reply:
    """Show everything that was asked, what divides most first, and the outcome as it stands now."""
    opened = _shown(public_id)
    return render_template(
        "workshops/agreeing/page.html", opened=opened, talk=talk_of(opened), reading=_reading(opened)
    )


@agreeing.route("/<public:public_id>/agree/<question>", methods=["GET", "POST"])
def question(public_id: str, question: str) -> Reply:
    """Show how the room answered one question, and save what it agrees on."""
    opened = _shown(public_id)
    asked = questions_of(opened).get(question) or abort(404)
    form = agree_form(asked)
    if request.method == "GET":
        return _question_page(opened, asked, form.show())
    if opened.workshop.stage == "closed":
        raise WrongStage(opened.workshop.stage)
    if "clear" in request.form:
        return _take_back(opened, asked, form)
    if not form.take(request.form):
        return _question_page(opened, asked, form, form.errors), 400
    return _agree(opened, asked, form)


@agreeing.route("/<public:public_id>/actions", methods=["GET", "POST"])
def actions(public_id: str) -> Reply:
    """Show what is done next, and add to it; ``step`` in the address writes a suggestion into the form."""
    opened = _shown(public_id)
    form = ActionForm()
    if request.method == "GET":
        return _actions_page(opened, form.show({"what": _suggested(opened)}))
    if opened.workshop.stage == "closed":
        raise WrongStage(opened.workshop.stage)
    if not form.take(request.form):
        return _actions_page(opened, form, form.first_errors), 400
    values = form.values
    operations.add_action(public_id, values["what"], values["who"], values["due"], current_actor())
    return _to_actions(public_id)


@agreeing.route("/<public:public_id>/actions/<public:action_id>", methods=["GET", "POST"])
def action(public_id: str, action_id: str) -> Reply:
    """Show one thing that is done next, and correct it."""
    opened = _shown(public_id)
    there, form = _written(opened, action_id), ActionForm()
    if request.method == "GET":
        if opened.workshop.stage == "closed":
            return _to_actions(public_id)
        said = there or abort(404)
        return _action_page(opened, said, form.show({"what": said.what, "who": said.who, "due": said.due}))
    if opened.workshop.stage == "closed":
        raise WrongStage(opened.workshop.stage)
    is_usable = form.take(request.form)
    if there is None:
        return _removed_meanwhile(opened, form)
    if not is_usable:
        is_changed = request.form.get("shown", "") != fingerprint_of_action(there)
        return _action_page(opened, there, form, is_changed), 409 if is_changed else 400
    return _correct(public_id, action_id, form)


@agreeing.post("/<public:public_id>/actions/<public:action_id>/remove")
def remove_action(public_id: str, action_id: str) -> Reply:
    """Remove one thing that was to be done, unless it was corrected after the page was shown."""
    _shown(public_id)
    try:
        operations.remove_action(public_id, action_id, current_actor(), shown=request.form.get("shown"))
    except ChangedMeanwhile:
        flash(_("It was corrected on another screen meanwhile, so it was not removed."))
    else:
        flash(_("It was removed."))
    return _to_actions(public_id)


def _shown(public_id: str) -> LoadedWorkshop:
    """Return the workshop, whose answers everybody may see. Raises :class:`NotShown`."""
    opened = open_workshop(public_id)
    if not opened.is_shown:
        raise NotShown(public_id)
    return opened


def _reading(opened: LoadedWorkshop) -> Reading:
    return read(opened.questionnaire, opened.answers, opened.result, language())


def _question_page(
    opened: LoadedWorkshop,
    asked: RoomQuestion,
    form: AgreeForm,
    faults: dict[str, str] | None = None,
    *,
    both_shown: bool = False,
) -> str:
    return render_template(
        "workshops/agreeing/question.html",
        opened=opened,
        asked=asked,
        form=form,
        errors=faults or {},
        shown=shown_again("room_shown", fingerprint_of_agreed(asked.agreed), both_shown=both_shown),
        talk=talk_of(opened),
        takes_answers=opened.workshop.stage == "revealed",
    )


def _agree(opened: LoadedWorkshop, asked: RoomQuestion, form: AgreeForm) -> Reply:
    public_id = opened.workshop.public_id
    try:
        operations.agree_on(
            public_id,
            asked.id,
            cast(Answer | GateAnswer, form.chosen),  # the form takes nothing else
            form.reason,
            form.minority,
            current_actor(),
            shown=request.form.get("room_shown", ""),
        )
    except ChangedMeanwhile:
        return _conflict(public_id, form)
    flash(_("Agreed: %(answer)s", answer=asked.in_words(form.chosen)))
    following = talk_of(open_workshop(public_id)).after(asked.id) if _wants_next() else None
    return _to(public_id, following)


def _take_back(opened: LoadedWorkshop, asked: RoomQuestion, form: AgreeForm) -> Reply:
    public_id = opened.workshop.public_id
    try:
        operations.take_back(public_id, asked.id, current_actor(), shown=request.form.get("room_shown", ""))
    except ChangedMeanwhile:
        form.take(request.form)
        return _conflict(public_id, form)
    flash(_("It was taken back. What the answers say together stands again."))
    return _to(public_id, asked)


def _conflict(public_id: str, form: AgreeForm) -> Reply:
    """Show both: the room's answer as it is in the form, and above it the one from the other screen."""
    opened = open_workshop(public_id)
    there = questions_of(opened)[form.question.id]
    return _question_page(opened, there, form, {"there": _changed_words()}, both_shown=True), 409


def _wants_next() -> bool:
    return request.form.get("go") == "next"


def _to(public_id: str, asked: RoomQuestion | None) -> Response:
    """Go to a question, ``None`` for the page of them all."""
    if asked is None:
        return redirect(url_for(".questions", public_id=public_id), 303)
    return redirect(url_for(".question", public_id=public_id, question=asked.id), 303)


def _actions_page(opened: LoadedWorkshop, form: ActionForm, faults: dict[str, str] | None = None) -> str:
    written = {action.what for action in opened.actions}
    steps = [(place, step) for place, step in enumerate(_reading(opened).next_steps) if step not in written]
    return render_template(
        "workshops/agreeing/actions.html",
        opened=opened,
        form=form,
        errors=faults or {},
        steps=steps,
        takes_answers=opened.workshop.stage == "revealed",
    )


def _action_page(
    opened: LoadedWorkshop, there: WorkshopAction, form: ActionForm, is_changed: bool = False
) -> str:
    return render_template(
        "workshops/agreeing/action.html",
        opened=opened,
        there=there,
        is_changed=is_changed,
        form=form,
        errors=({"there": _changed_words()} if is_changed else {}) | form.first_errors,
    )


def _correct(public_id: str, action_id: str, form: ActionForm) -> Reply:
    values, shown = form.values, request.form.get("shown", "")
    try:
        operations.correct_action(
            public_id, action_id, values["what"], values["who"], values["due"], current_actor(), shown=shown
        )
    except (ChangedMeanwhile, Gone):
        opened = open_workshop(public_id)
        there = _written(opened, action_id)
        if there is None:
            return _removed_meanwhile(opened, form)
        return _action_page(opened, there, form, is_changed=True), 409
    flash(_("It was corrected."))
    return _to_actions(public_id)


def _removed_meanwhile(opened: LoadedWorkshop, form: ActionForm) -> Reply:
    """Keep what was written in the form that adds it again."""
    words = _("It was removed on another screen meanwhile. Add what you wrote if it is still to be done.")
    return _actions_page(opened, form, {"add": words, **form.first_errors}), 409


def _written(opened: LoadedWorkshop, action_id: str) -> WorkshopAction | None:
    return next((each for each in opened.actions if each.public_id == action_id), None)


def _to_actions(public_id: str) -> Response:
    return redirect(url_for(".actions", public_id=public_id), 303)


def _changed_words() -> str:
    return _("This was changed on another screen meanwhile. Save again to keep yours.")


def _suggested(opened: LoadedWorkshop) -> str:
    """Return the next step that the address names by its place, ``""`` for none."""
    place = request.args.get("step", "")
    steps = dict(zip("0123456789", _reading(opened).next_steps, strict=False)) if place else {}
    return steps.get(place, "")
