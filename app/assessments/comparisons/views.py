"""Two assessments side by side, and the way to a newer version of a questionnaire."""

from __future__ import annotations

import re

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import catalogue, charts
from app.assessments.comparisons import operations
from app.assessments.comparisons.comparing import compare, note_of, words_of
from app.assessments.comparisons.definitions import text_of
from app.assessments.comparisons.moving import Move, move_to
from app.assessments.comparisons.words import differing, lost_because
from app.assessments.listing import ListedAssessment, latest, of_partner
from app.assessments.loaded import LoadedAssessment, open_assessment
from app.engine.texts import say
from app.platform.actor import current_actor
from app.platform.addresses import PublicId
from app.platform.i18n import language

Reply = str | Response | tuple[str, int]

MOST_OFFERED = 50

comparisons = Blueprint("comparisons", __name__)


@comparisons.get("/compare")
def comparison() -> Reply:
    """Show two assessments side by side; while one of them is not chosen, let it be chosen."""
    first, second = _asked("a"), _asked("b")
    if first is None or second is None or first.assessment.id == second.assessment.id:
        chosen = first or second
        return render_template(
            "assessments/comparisons/choose.html", chosen=chosen, offered=_offered(chosen), beside=_beside
        )
    found = compare(first, second)
    return render_template(
        "assessments/comparisons/page.html", found=found, chart=charts, differing=differing
    )


@comparisons.get("/assessments/<public:public_id>/newer")
def move(public_id: str) -> Reply:
    """Say what becomes of every answer in the newest version, before anything is done."""
    opened = open_assessment(public_id)
    loaded = catalogue.newer_than(opened.questionnaire)
    return _move_page(opened, move_to(opened, loaded) if loaded else None)


@comparisons.post("/assessments/<public:public_id>/newer")
def make_move(public_id: str) -> Reply:
    """Make the new assessment, unless another version was installed since the page was shown."""
    opened = open_assessment(public_id)
    loaded = catalogue.newer_than(opened.questionnaire)
    if loaded is None or request.form.get("digest") != loaded.questionnaire.digest:
        return _move_page(opened, move_to(opened, loaded) if loaded else None, is_other=True), 409
    moved = move_to(opened, loaded)
    new_id = operations.move(public_id, loaded, moved.answers, current_actor())
    return redirect(url_for("assessments.subject", public_id=new_id), 303)


def _asked(name: str) -> LoadedAssessment | None:
    """Return the assessment that the address names; 404 for one that there is not."""
    named = request.args.get(name, "")
    if not named:
        return None
    return open_assessment(named) if re.fullmatch(PublicId.regex, named) else abort(404)


def _offered(chosen: LoadedAssessment | None) -> list[ListedAssessment]:
    """Return what can be chosen: the same partner's assessments first of all, else the last changed."""
    own_id = chosen.assessment.id if chosen else None
    partner_id = chosen.assessment.partner_id if chosen else None
    same = [each for each in of_partner(partner_id) if each.assessment.id != own_id] if partner_id else []
    if same:
        return sorted(same, key=lambda each: each.assessment.updated_at, reverse=True)[:MOST_OFFERED]
    return [each for each in latest(MOST_OFFERED) if each.assessment.id != own_id]


def _beside(chosen: LoadedAssessment | None, other: ListedAssessment) -> str:
    """Return the address where both are side by side, the older one as A."""
    both = sorted([each for each in (chosen, other) if each], key=lambda each: each.assessment.created_at)
    ids = [each.assessment.public_id for each in both]
    return url_for(".comparison", a=ids[0], b=ids[-1] if chosen else None)


def _move_page(opened: LoadedAssessment, moved: Move | None, *, is_other: bool = False) -> str:
    if moved is None:
        return render_template("assessments/comparisons/newest.html", opened=opened)
    old, new = opened.questionnaire, moved.loaded.questionnaire
    return render_template(
        "assessments/comparisons/newer.html",
        opened=opened,
        move=moved,
        new=new,
        is_other=is_other,
        text=lambda question, before=False: say(text_of(old if before else new, question), language()),
        said=lambda each: words_of(opened, each.question, each.answer),
        note=lambda each: note_of(each.answer),
        differing=differing,
        lost_because=lost_because,
    )
