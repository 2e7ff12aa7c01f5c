"""What if the answers were others? Tried on a page; nothing is saved until somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app import charts
from app.assessments import operations
from app.assessments.changes import fingerprint_of, stored
from app.assessments.fields.names import answer_name, posted_answers, shown_in
from app.assessments.loaded import open_assessment
from app.assessments.rooms_above import rooms_above
from app.assessments.saving import other_answer
from app.assessments.what_if.addresses import address_of
from app.assessments.what_if.controls import hidden_in, parts_of
from app.assessments.what_if.effect import effect_of
from app.assessments.what_if.trying import Trial, UnreadableAddress, steps_in_address, try_out
from app.engine.assess import assess
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile
from app.platform.text import writable

Reply = str | Response | tuple[str, int]

what_if = Blueprint("what_if", __name__, url_prefix="/assessments/<public:public_id>/what-if")


@what_if.errorhandler(UnreadableAddress)
def unreadable(error: UnreadableAddress) -> errors.ErrorPage:
    """Answer an address that no page of ours has made."""
    return errors.http_error(BadRequest())


@what_if.get("")
def trial(public_id: str) -> Reply:
    """Show both recommendations, and every answer that can be tried. The address keeps what differs only."""
    opened = open_assessment(public_id)
    if not opened.may_see_result:
        return redirect(url_for("assessments.review", public_id=public_id), 303)
    trial = try_out(opened, _given(request.args))
    if request.args.to_dict(flat=False) != {name: [value] for name, value in trial.address.items()}:
        return redirect(f"{address_of(public_id, trial.address)}#try_outcome", 303)
    return _page(trial, {})


@what_if.get("/outcome")
def outcome(public_id: str) -> Reply:
    """Give the part of the page that shows what comes of the tried answers, for the page to put in place."""
    opened = open_assessment(public_id)
    if not opened.may_see_result:
        return redirect(url_for("assessments.review", public_id=public_id), 303)
    trial = try_out(opened, _given(request.args))
    return render_template("assessments/what_if/outcome.html", **_outcome(trial))


@what_if.get("/<any(up, down):way>/<int:place>")
def change(public_id: str, way: str, place: int) -> Reply:
    """Try one of the changes that the result names, by its place among those up or down, counted from 0."""
    opened = open_assessment(public_id)
    result = assess(opened.questionnaire, opened.answers)
    lists = result.changes_up if way == "up" else [[fall] for fall in result.changes_down]
    pairs = steps_in_address(opened, lists[place]) if place < len(lists) else {}
    return redirect(address_of(public_id, pairs), 303)


@what_if.post("")
def save(public_id: str) -> Reply:
    """Save the tried answers, nothing where someone else changed one of them since the page was shown."""
    opened = open_assessment(public_id)
    if not opened.may_see_result:
        return redirect(url_for("assessments.review", public_id=public_id), 303)
    trial = try_out(opened, _given(posted_answers(request.form)))
    changes = trial.changes(shown_in(request.form))
    try:
        operations.save_answers(public_id, opened.questionnaire, changes, current_actor())
    except ChangedMeanwhile as changed:
        fresh = try_out(open_assessment(public_id), _given(posted_answers(request.form)))
        told = {
            answer_name(name): other_answer(opened.questionnaire, name, answer)
            for name, answer in changed.stored.items()
        }
        return _page(fresh, told), 409
    return redirect(url_for("assessments.result", public_id=public_id), 303)


def _given(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: writable(value) for name, value in sent.items()}


def _page(trial: Trial, errors: Mapping[str, str]) -> str:
    return render_template(
        "assessments/what_if/page.html",
        opened=trial.opened,
        is_settled=rooms_above().is_settled(trial.opened.assessment),
        parts=parts_of(trial),
        errors=errors,
        **_outcome(trial),
    )


def _outcome(trial: Trial) -> dict[str, object]:
    answers = trial.opened.answers
    fingerprints = {name: fingerprint_of(stored(answers, name)) for name in trial.different}
    return {
        "public_id": trial.opened.assessment.public_id,
        "trial": trial,
        "effect": effect_of(trial),
        "hidden": [answer_name(name) for name in hidden_in(trial)],
        "fingerprints": fingerprints,
        "chart": charts,
    }
