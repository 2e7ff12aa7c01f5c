"""Motion, decision and follow-up of one assessment; what is awaited and due; and how it all went."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import charts
from app.decisions import comparing, operations, reading
from app.decisions.days import chosen_day
from app.decisions.desk import Desk, desk_of, desk_with, shown_decision
from app.decisions.forms import AS_DECIDED, decision_form, follow_up_form, motion_form
from app.decisions.models import VERDICTS, WENT, Decision
from app.decisions.operations import Decided, LevelStep, OnlyTheLast, Shown
from app.decisions.words import decided_words, outcome_words, verdict_words, went_words
from app.partners.models import LEVELS
from app.partners.words import level_words
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile, shown_again
from app.platform.days import today
from app.platform.forms import PlainForm, number_in
from app.platform.i18n import day_in_words
from app.platform.i18n import gettext as _
from app.platform.list_pages import list_page

Reply = str | Response | tuple[str, int]

FIRST_DUE = 10
"""How many follow-ups are listed under the motions that await a decision; all of them have a page."""

decisions = Blueprint("decisions", __name__)


@decisions.context_processor
def words() -> dict[str, Any]:
    """Give the room's pages their words."""
    return {
        "decided_words": decided_words,
        "is_corrected": reading.is_corrected,
        "level_words": level_words,
        "outcome_words": outcome_words,
        "verdict_words": verdict_words,
        "went_words": went_words,
    }


@decisions.route("/assessments/<public:public_id>/decision", methods=["GET", "POST"])
def case(public_id: str) -> Reply:
    """Show recommendation, motion and decision, and save the two that are written; after the review."""
    desk = desk_of(public_id)
    if not desk.opened.may_see_result:
        return redirect(url_for("assessments.review", public_id=public_id), 303)
    if request.method == "GET":
        return _page(desk)
    part = request.form.get("part", "")
    if part == "motion":
        return _propose(desk)
    return _decide(desk) if part == "decision" and desk.case.motion else abort(400)


@decisions.route("/decisions/<public:public_id>/correct", methods=["GET", "POST"])
def correct(public_id: str) -> Reply:
    """Correct a decision that was written wrongly."""
    desk, decision = desk_with(public_id)
    form = decision_form(desk.outcomes, decision.proposed, today())
    if request.method == "GET":
        return _correct_page(desk, decision, form.show(shown_decision(decision)))
    if not form.take(request.form):
        return _correct_page(desk, decision, form, form.first_errors), 400
    decided = _decided(form.values, decision.proposed, desk.outcomes)
    try:
        operations.correct(decision.id, _number("version"), decided, current_actor())
    except ChangedMeanwhile:
        fresh, there = desk_with(public_id)
        return _correct_page(fresh, there, form, _changed_meanwhile(), both_shown=True), 409
    except OnlyTheLast:
        errors = {"verdict": _("Another decision follows this one, so this one was postponed.")}
        return _correct_page(desk, decision, form, errors), 400
    return redirect(_address(desk, "the-decision"), 303)


@decisions.route("/decisions/<public:public_id>/follow-up", methods=["GET", "POST"])
def follow_up(public_id: str) -> Reply:
    """Ask how it went, and when to ask again."""
    desk, decision = desk_with(public_id)
    if decision.verdict == "postponed":
        return redirect(_address(desk, "the-decision"), 303)
    form = follow_up_form(today())
    if request.method == "GET":
        return _follow_up_page(desk, decision, form.show({"on": today(), "ask_again": "none"}))
    if not form.take(request.form):
        return _follow_up_page(desk, decision, form, form.first_errors), 400
    values = form.values
    try:
        operations.follow_up(
            decision.id,
            _number("seen"),
            on=values["on"],
            went=values["went"],
            text=values["text"],
            next_on=chosen_day(values["ask_again"], values["ask_again_on"], values["on"]),
            step=LevelStep(values["level"], _("Follow-up: %(went)s", went=went_words(values["went"]))),
            actor=current_actor(),
        )
    except ChangedMeanwhile:
        fresh, there = desk_with(public_id)
        return _follow_up_page(fresh, there, form, _changed_meanwhile(), both_shown=True), 409
    flash(_("Thank you. It stands under the decision now."))
    return redirect(_address(desk, f"decision-{public_id}"), 303)


@decisions.get("/decisions")
def waiting() -> Reply:
    """Show which motions await a decision, and which decisions are to be followed up now."""
    found = list_page(reading.awaited_motions(), reading.awaited_rows)
    due_count, all_count = reading.follow_ups_counted(today())
    return render_template(
        "decisions/waiting.html",
        list=found,
        awaited=[reading.awaited_row(row) for row in found.rows],
        first_due=reading.due(today(), FIRST_DUE) if due_count else [],
        due_count=due_count,
        all_count=all_count,
        more_to_follow_up=all_count > min(due_count, FIRST_DUE),
    )


@decisions.get("/decisions/follow-ups")
def follow_ups() -> Reply:
    """Show every decision that is to be followed up, those that are due first."""
    found = list_page(reading.decisions_to_follow_up(), reading.follow_up_rows)
    rows = [reading.follow_up_row(row) for row in found.rows]
    return render_template("decisions/follow_ups.html", list=found, follow_ups=rows)


@decisions.get("/decisions/record")
def record() -> Reply:
    """Show recommendations beside what was decided and how it went: counts, and no proof."""
    return render_template(
        "decisions/record.html",
        comparisons=comparing.comparisons(),
        enough=comparing.ENOUGH,
        went=[*map(went_words, WENT), _("Not asked yet")],
    )


def _propose(desk: Desk) -> Reply:
    form = motion_form(desk.outcomes, desk.recommended)
    if not form.take(request.form):
        return _page(desk, motion=form, errors=form.first_errors), 400
    proposal = desk.proposal(form.values)
    try:
        operations.propose(desk.opened.assessment.id, _number("motion_version"), proposal, current_actor())
    except ChangedMeanwhile:
        fresh = desk_of(desk.opened.assessment.public_id)
        errors = _changed_meanwhile("the-motion", bool(fresh.case.final))
        return _page(fresh, motion=form, errors=errors, both_shown=True), 409
    return redirect(_address(desk, "the-motion"), 303)


def _decide(desk: Desk) -> Reply:
    form = decision_form(desk.outcomes, desk.proposed, today())
    if not form.take(request.form):
        return _page(desk, decision=form, errors=form.first_errors), 400
    decided = _decided(form.values, desk.proposed, desk.outcomes)
    reason = _(
        "Decision %(day)s: %(decided)s",
        day=day_in_words(decided.decided_on),
        decided=decided_words(desk.opened.questionnaire, decided.verdict, decided.outcome),
    )
    try:
        operations.decide(
            desk.opened.assessment.id,
            Shown(_number("motion_version"), _number("decisions")),
            decided,
            recommended=desk.recommended,
            step=desk.step(form.values["level"], decided, reason),
            actor=current_actor(),
        )
    except ChangedMeanwhile:
        fresh = desk_of(desk.opened.assessment.public_id)
        errors = _changed_meanwhile(settled=bool(fresh.case.final))
        return _page(fresh, decision=form, errors=errors, both_shown=True), 409
    return redirect(_address(desk, "the-decision"), 303)


def _decided(values: dict[str, str], proposed: str, outcomes: list[str]) -> Decided:
    """Return what was decided: approved is the motion, declined the lowest unless another was chosen."""
    verdict = values["verdict"]
    otherwise = {"approved": proposed, "amended": proposed, "declined": outcomes[0], "postponed": ""}
    ask_again = chosen_day(values["ask_again"], values["ask_again_on"], values["decided_on"])
    return Decided(
        verdict=verdict,
        outcome=values["outcome"] or otherwise[verdict],
        reasons=values["reasons"],
        conditions=values["conditions"],
        habilitet=values["habilitet"],
        case_number=values["case_number"],
        decided_by=values["decided_by"],
        decided_on=values["decided_on"],
        follow_up_on="" if verdict == "postponed" else ask_again,
    )


def _page(
    desk: Desk,
    *,
    motion: PlainForm | None = None,
    decision: PlainForm | None = None,
    errors: dict[str, str] | None = None,
    both_shown: bool = False,
) -> str:
    """Show both forms. The one that comes back still shows what it did, unless both texts are shown."""
    version, count = desk.case.motion.row_version if desk.case.motion else 0, len(desk.case.decisions)
    return render_template(
        "decisions/page.html",
        desk=desk,
        opened=desk.opened,
        case=desk.case,
        reading=desk.reading,
        chart=charts,
        errors=errors or {},
        motion_shown=shown_again("motion_version", version, both_shown=both_shown or motion is None),
        decided_motion_shown=shown_again(
            "motion_version", version, both_shown=both_shown or decision is None
        ),
        decisions_shown=shown_again("decisions", count, both_shown=both_shown or decision is None),
        motion_form=motion or _shown_motion(desk),
        motion_written=motion is not None,
        decision_form=decision or _new_decision(desk),
        decision_written=_what_was_written(desk, decision) if decision else [],
        **_choices(desk),
    )


def _what_was_written(desk: Desk, form: PlainForm) -> list[tuple[str, str]]:
    """Return what a decision form holds, with its labels, where it cannot be saved any more."""
    values = {field.name: field.data or "" for field in form}
    outcome = desk.outcome(values["outcome"])
    return [
        (_("Decision"), verdict_words(values["verdict"]) if values["verdict"] in VERDICTS else ""),
        (_("Decided"), outcome.title if outcome else ""),
        (_("Reasons"), values["reasons"]),
        (_("Conditions"), values["conditions"]),
        (_("Conflicts of interest"), values["habilitet"]),
        (_("Case number"), values["case_number"]),
        (_("Decided by"), values["decided_by"]),
    ]


def _correct_page(
    desk: Desk,
    decision: Decision,
    form: PlainForm,
    errors: dict[str, str] | None = None,
    *,
    both_shown: bool = False,
) -> str:
    return render_template(
        "decisions/correct.html",
        desk=desk,
        opened=desk.opened,
        decision=decision,
        shown=shown_again("version", decision.row_version, both_shown=both_shown),
        decision_form=form,
        errors=errors or {},
        **_choices(desk),
    )


def _follow_up_page(
    desk: Desk,
    decision: Decision,
    form: PlainForm,
    errors: dict[str, str] | None = None,
    *,
    both_shown: bool = False,
) -> str:
    return render_template(
        "decisions/follow_up.html",
        desk=desk,
        opened=desk.opened,
        case=desk.case,
        decision=decision,
        shown=shown_again("seen", len(desk.case.follow_ups_of(decision)), both_shown=both_shown),
        form=form,
        errors=errors or {},
        went=[(each, went_words(each)) for each in WENT],
        **_choices(desk),
    )


def _choices(desk: Desk) -> dict[str, Any]:
    """Return what the forms let choose from, each a value and its words."""
    stays = [("", _("Leave the level as it is"))]
    follows = [(AS_DECIDED, _("Let it follow the decision"))] if desk.leads_to_levels else []
    outcomes = [(each.id, each.title) for each in desk.reading.outcomes]
    levels = [(each, _("Change the level to: %(level)s", level=level_words(each).title)) for each in LEVELS]
    return {
        "outcomes": outcomes,
        "outcomes_decided": [("", _("It follows from the decision")), *outcomes],
        "verdicts": [(each, verdict_words(each)) for each in VERDICTS],
        "ask_again": [
            ("6", _("In 6 months")),
            ("12", _("In 12 months")),
            ("own", _("On another day")),
            ("none", _("Not at all")),
        ],
        "level_choices": [*follows, *stays, *levels],
        "level_choices_after": [*stays, *levels],
    }


def _shown_motion(desk: Desk) -> PlainForm:
    form = motion_form(desk.outcomes, desk.recommended)
    motion = desk.case.motion
    if motion is not None:
        return form.show({"motion": motion.outcome, "motion_text": motion.text, "motion_why": motion.why})
    recommended = desk.reading.outcome
    return form.show(
        {
            "motion": desk.recommended,
            "motion_text": recommended.motion if recommended else "",
        }
    )


def _new_decision(desk: Desk) -> PlainForm:
    return decision_form(desk.outcomes, desk.proposed, today()).show(
        {
            "case_number": desk.reading.fact("case-number")[:100],
            "decided_by": desk.reading.fact("decided-by")[:200],
            "decided_on": today(),
            "ask_again": "6",
            "level": AS_DECIDED if desk.leads_to_levels else "",
        }
    )


def _changed_meanwhile(place: str = "the-decision", settled: bool = False) -> dict[str, str]:
    """Return what is said of a conflict; where leadership has decided, what was written cannot be saved."""
    if settled:
        said = _(
            "Somebody else has written the decision meanwhile. Nothing was overwritten, "
            "and what you wrote stands below."
        )
    else:
        said = _(
            "Somebody else has written here meanwhile. Nothing was overwritten: "
            "read what stands there now, and save again to keep yours."
        )
    return {place: said}


def _number(name: str) -> int:
    """Return a number that the page itself put into its form; ``-1`` where it is none."""
    found = number_in(request.form.get(name, ""))
    return -1 if found is None else found


def _address(desk: Desk, anchor: str) -> str:
    return url_for(".case", public_id=desk.opened.assessment.public_id, _anchor=anchor)
