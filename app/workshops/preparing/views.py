"""Prepare a workshop, change what was prepared, or delete it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.assessments.chosen_questionnaire import offered
from app.assessments.fields.names import posted_answers
from app.assessments.forms import QuestionForm, subject_form
from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile, shown_again
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable
from app.workshops import operations
from app.workshops.loaded import LoadedWorkshop, answers_in, open_workshop
from app.workshops.models import SIDES, STEPS
from app.workshops.plan import SCRIPTS
from app.workshops.preparing.forms import PreparationForm
from app.workshops.preparing.start import (
    asked_fields,
    is_same_partner,
    length_of,
    start_of,
    subject_of,
    suggest_partners,
)
from app.workshops.reading import asked_of

Reply = str | Response | tuple[str, int]

preparing = Blueprint("preparing", __name__, url_prefix="/workshops")


@preparing.route("/new", methods=["GET", "POST"])
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


@preparing.route("/<public:public_id>/edit", methods=["GET", "POST"])
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


@preparing.route("/<public:public_id>/delete", methods=["GET", "POST"])
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
    return redirect(url_for("workshops.register"), 303)


def _to(public_id: str) -> Response:
    return redirect(url_for("workshops.conduct", public_id=public_id), 303)


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
        "workshops/preparing/edit.html" if opened else "workshops/preparing/new.html",
        opened=opened,
        shown=_shown(opened, both_shown=is_changed) if opened else "",
        is_changed=is_changed,
        questionnaire=questionnaire,
        others=[] if opened else offered(questionnaire.id),
        facts=[subject.fact(name) for name in asked],
        form=form,
        errors={**subject.page_errors, **form.first_errors},
        lengths={each: length_of(questionnaire, each) for each in ("full", "short")},
        asked_of=asked_of(opened) if opened else {},
        sides=SIDES,
        steps=STEPS,
        scripts=SCRIPTS,
    )


def _deletion_page(opened: LoadedWorkshop, is_changed: bool = False) -> str:
    return render_template(
        "workshops/preparing/delete.html",
        opened=opened,
        shown=_shown(opened, both_shown=is_changed),
        is_changed=is_changed,
        asked_of=asked_of(opened),
    )


def _shown(opened: LoadedWorkshop, *, both_shown: bool) -> str:
    return shown_again("shown", operations.version_of(opened.workshop), both_shown=both_shown)
