"""The way through an assessment: start, a section per page, review, result."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    url_for,
)

from app import charts
from app.assessments import operations
from app.assessments.chosen_questionnaire import questionnaire_to_begin_with
from app.assessments.fields.names import answer_name
from app.assessments.forms import (
    QuestionForm,
    compulsory_fields,
    optional_groups,
    section_form,
    subject_form,
)
from app.assessments.linking import by_role, is_named, known_of
from app.assessments.listing import listed
from app.assessments.loaded import LoadedAssessment, open_assessment
from app.assessments.progress import SHORT
from app.assessments.rooms_above import rooms_above
from app.assessments.saving import (
    Reply,
    answer_after_saving,
    shown_now,
    stays_at,
    tell_other_answers,
    without_cleared,
)
from app.assessments.why_asked import missing_answers
from app.assessments.words import answers_file, state_words, version_taken
from app.definitions.operations import VersionTaken
from app.engine.answers import Answers, visible_items
from app.engine.assess import assess
from app.engine.definition import Questionnaire, Role, Section
from app.organisation.reading import active_goals, current
from app.organisation.words import must_decide_words
from app.partners.models import Partner
from app.partners.reading import all_names, partner_with
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable
from app.wording.codes import question_codes
from app.wording.read import read

LONGEST_SEARCH = 200

assessments = Blueprint("assessments", __name__, url_prefix="/assessments")
assessments.add_app_template_filter(answer_name)


@assessments.app_errorhandler(VersionTaken)
def changed_questionnaire(error: VersionTaken) -> errors.ErrorPage:
    """Say who must do what before anybody can begin with a questionnaire that kept its version."""
    return errors.error_page(409, _("The questionnaire was changed"), version_taken(error))


@assessments.get("")
def register() -> Reply:
    """List the assessments, searched and filtered as the address says."""
    search, state = writable(request.args.get("q", ""))[:LONGEST_SEARCH], request.args.get("state", "")
    return render_template(
        "assessments/register.html",
        found=listed(search, state, current_actor()),
        search=search,
        state=state,
        states=state_words(),
    )


@assessments.route("/new", methods=["GET", "POST"])
def start() -> Reply:
    """Ask about partner and proposal, and begin; ``partner`` in the address names one of the register."""
    loaded = questionnaire_to_begin_with()
    partner = partner_with(writable(request.args["partner"])) if request.args.get("partner") else None
    form = subject_form(loaded.questionnaire)
    if request.method == "GET":
        return _start_page(loaded.questionnaire, _filled_in(loaded.questionnaire, form, partner))
    if not form.take(request.form):
        return _start_page(loaded.questionnaire, form), 400
    answers = Answers(
        loaded.questionnaire.id,
        loaded.questionnaire.version,
        loaded.questionnaire.digest,
        subject=form.subject(),
    )
    public_id = operations.create(
        loaded,
        answers,
        language=language(),
        variant="short" if request.form.get("variant") == SHORT and loaded.questionnaire.short else "full",
        origin="new",
        actor=current_actor(),
        partner_id=partner.id if partner and is_named(partner, loaded.questionnaire, answers) else None,
    )
    return redirect(url_for(".resume", public_id=public_id), 303)


@assessments.get("/<public:public_id>")
def resume(public_id: str) -> Reply:
    """Go to where the assessment was left."""
    opened = open_assessment(public_id)
    if opened.may_see_result:
        return redirect(url_for(".result", public_id=public_id), 303)
    unfinished = opened.progress.first_unfinished()
    if unfinished is None:
        return redirect(url_for(".review", public_id=public_id), 303)
    return redirect(url_for(".section", public_id=public_id, section_id=unfinished.id), 303)


@assessments.route("/<public:public_id>/subject", methods=["GET", "POST"])
def subject(public_id: str) -> Reply:
    """Show and change what is known about partner and proposal."""
    opened = open_assessment(public_id)
    form = subject_form(opened.questionnaire)
    if request.method == "GET":
        return _subject_page(opened, form.show(opened.answers))
    if not form.take(request.form):
        return _subject_page(opened, form), 400
    changes = form.changes(request.form)
    try:
        answers = operations.save_answers(public_id, opened.questionnaire, changes, current_actor())
    except ChangedMeanwhile as changed:
        tell_other_answers(opened.questionnaire, form, changed.stored)
        return _subject_page(open_assessment(public_id), form, changed.stored), 409
    return redirect(_after_saving(opened, replace(opened, answers=answers), form, "subject"), 303)


@assessments.route("/<public:public_id>/sections/<section_id>", methods=["GET", "POST"])
def section(public_id: str, section_id: str) -> Reply:
    """Ask one section's questions, and save what was answered."""
    opened = open_assessment(public_id)
    found = _section(opened, section_id)
    form = section_form(opened.questionnaire, found, opened.asked)
    if request.method == "GET":
        return _section_page(opened, found, form.show(opened.answers))
    return answer_after_saving(
        opened,
        form,
        without_cleared(request.form),
        lambda now, both_shown: _section_page(now, found, form, both_shown),
        lambda fresh: _after_saving(opened, fresh, form, found.id),
    )


@assessments.route("/<public:public_id>/review", methods=["GET", "POST"])
def review(public_id: str) -> Reply:
    """Show what is missing and not known, have breaches confirmed, and open the way to the result."""
    opened = open_assessment(public_id)
    if request.method == "GET":
        return _review_page(opened)
    if request.form.get("go") == "full":
        operations.set_variant(public_id, "full", current_actor())
        return redirect(url_for(".resume", public_id=public_id), 303)
    confirmed = [gate for gate in opened.breached_gates if gate in request.form.getlist("confirmed")]
    if len(confirmed) < len(opened.breached_gates):
        return _review_page(opened, set(opened.breached_gates) - set(confirmed)), 400
    operations.finish_review(public_id, confirmed, current_actor())
    return redirect(url_for(".result", public_id=public_id), 303)


@assessments.get("/<public:public_id>/result")
def result(public_id: str) -> Reply:
    """Show the recommendation and everything it rests on; before the review there is none."""
    opened = open_assessment(public_id)
    if not opened.may_see_result:
        return redirect(url_for(".review", public_id=public_id), 303)
    outcome = assess(opened.questionnaire, opened.answers)
    reading = read(opened.questionnaire, opened.answers, outcome, language())
    return render_template(
        "assessments/result.html",
        opened=opened,
        reading=reading,
        first_other=len(reading.deciding_questions) + 1,
        chart=charts,
        changed=rooms_above().changed_since(opened, reading.outcome.id if reading.outcome else ""),
        who_decides=must_decide_words(opened.money),
        workshop_behind=rooms_above().workshop_behind(opened.assessment),
    )


@assessments.get("/<public:public_id>/answers.json")
def export(public_id: str) -> Reply:
    """Give the answers as a file that can be opened again, here or elsewhere."""
    opened = open_assessment(public_id)
    return Response(
        answers_file(opened.answers),
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="overvej-answers.json"'},
    )


@assessments.post("/<public:public_id>/copy")
def copy(public_id: str) -> Reply:
    """Begin a new assessment from this one's answers, with the questionnaire that they were given to."""
    open_assessment(public_id)
    new_id = operations.copy(public_id, current_actor())
    return redirect(url_for(".subject", public_id=new_id), 303)


def _section(opened: LoadedAssessment, section_id: str) -> Section:
    return next((each for each in opened.sections if each.id == section_id), None) or abort(404)


def _filled_in(questionnaire: Questionnaire, form: QuestionForm, partner: Partner | None) -> QuestionForm:
    """Fill in what need not be asked: what the register knows of the partner, and who is at work."""
    said: dict[Role, str] = {"prepared-by": current_actor(), "owner": current().default_owner}
    ours = by_role(questionnaire, said)
    known = ours | (known_of(partner, questionnaire) if partner else {})
    form.show(replace(_no_answers(questionnaire), subject=known))
    for name in ours:
        form.fact(name).is_taken_for_granted = partner is None
    return form


def _no_answers(questionnaire: Questionnaire) -> Answers:
    return Answers(questionnaire.id, questionnaire.version)


def _start_page(questionnaire: Questionnaire, form: QuestionForm) -> str:
    fields = _fields(questionnaire, form, _no_answers(questionnaire))
    name = questionnaire.field_with_role("partner")
    if name is not None:
        form.fact(name.item.id).suggestions = all_names()
    return render_template("assessments/start.html", questionnaire=questionnaire, **fields)


def _subject_page(opened: LoadedAssessment, form: QuestionForm, both_shown: Collection[str] = ()) -> str:
    fields = _fields(opened.questionnaire, form, opened.answers)
    return render_template(
        "assessments/subject.html",
        opened=opened,
        is_settled=rooms_above().is_settled(opened.assessment),
        current="subject",
        fingerprints=shown_now(form, opened.answers, both_shown),
        **fields,
    )


def _fields(questionnaire: Questionnaire, form: QuestionForm, answers: Answers) -> dict[str, Any]:
    goal = questionnaire.field_with_role("goal")
    if goal is not None:
        form.fact(goal.item.id).suggestions = [each.title for each in active_goals()]
    return {
        "form": form,
        "shown": visible_items(questionnaire, answers),
        "compulsory": compulsory_fields(questionnaire, form),
        "groups": optional_groups(questionnaire, form),
    }


def _section_page(
    opened: LoadedAssessment, found: Section, form: QuestionForm, both_shown: Collection[str] = ()
) -> str:
    return render_template(
        "assessments/section.html",
        opened=opened,
        is_settled=rooms_above().is_settled(opened.assessment),
        section=found,
        here=next(each for each in opened.progress.sections if each.id == found.id),
        form=form,
        fingerprints=shown_now(form, opened.answers, both_shown),
        codes=question_codes(opened.questionnaire),
        current=found.id,
        following=_following(opened, found.id, 1),
        previous=_following(opened, found.id, -1),
    )


def _review_page(opened: LoadedAssessment, unconfirmed: set[str] | None = None) -> str:
    gates = {gate: opened.answers.gates[gate] for gate in opened.breached_gates}
    missing, unknown = missing_answers(opened, "unanswered", "unknown")
    return render_template(
        "assessments/review.html",
        opened=opened,
        missing=missing,
        unknown=unknown,
        gates=gates,
        unconfirmed=unconfirmed or set(),
        who_decides=must_decide_words(opened.money),
        current="review",
    )


def _after_saving(opened: LoadedAssessment, fresh: LoadedAssessment, form: QuestionForm, here: str) -> str:
    """Return the address to go to: what was cleared or has come to light, else where one wants."""
    if question := stays_at(opened, fresh, form, request.form):
        return f"{_place(fresh, here, here)}#{question}"
    return _place(fresh, request.form.get("go", ""), here)


def _place(opened: LoadedAssessment, go: str, here: str) -> str:
    """Return the address to go to after saving: a page by name, the next one, or the same."""
    public_id = opened.assessment.public_id
    step = {"next": 1, "back": -1}.get(go)
    target = _following(opened, here, step) if step else go
    if target in ("subject", "review"):
        return url_for(f".{target}", public_id=public_id)
    sections = [each.id for each in opened.sections]
    if target in sections:
        return url_for(".section", public_id=public_id, section_id=target)
    if here == "subject":
        return url_for(".subject", public_id=public_id)
    return url_for(".section", public_id=public_id, section_id=here)


def _following(opened: LoadedAssessment, here: str, step: int) -> str:
    """Return the page ``step`` after ``here`` in their order; the ends are their own neighbours."""
    sections = [each.id for each in opened.sections]
    pages = ["subject", *sections, "review"]
    return pages[min(max(pages.index(here) + step, 0), len(pages) - 1)]
