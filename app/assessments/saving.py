"""What every page of questions does when it saves, by itself or by a button."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, jsonify, request
from werkzeug.datastructures import MultiDict

from app.assessments.forms import QuestionForm, Said, mark, stored
from app.assessments.opening import LoadedAssessment
from app.assessments.operations import Saved
from app.assessments.words import said_in_words
from app.engine.definition import Questionnaire
from app.platform.i18n import gettext as _
from app.platform.i18n import language


def marks(opened: LoadedAssessment, form: QuestionForm) -> dict[str, str]:
    """Return the mark of what is stored of each question in a form."""
    return {each.name: mark(stored(opened.answers, each.name)) for each in form.questions}


def tell_conflicts(opened: LoadedAssessment, form: QuestionForm, saved: Saved) -> None:
    """Show both answers: the one in the form, and beside it the one that stands in the other window."""
    tell_other_answers(opened.questionnaire, form, saved.conflicts)


def tell_other_answers(questionnaire: Questionnaire, form: QuestionForm, others: Mapping[str, Said]) -> None:
    """Put beside each of these questions what stands there by now."""
    for question, said in others.items():
        there = said_in_words(questionnaire, question, said, language())
        form[question].errors = [
            _(
                "This was changed in another window, where it says: %(there)s. Save again to keep yours.",
                there=there,
            )
        ]


def saved_json(fresh: LoadedAssessment, form: QuestionForm) -> Response:
    """Tell the page what is stored now, which questions are hidden, and how far it has come."""
    names = [each.name for each in form.questions]
    items = fresh.questionnaire.items
    return jsonify(
        asked=marks(fresh, form),
        hidden=[name for name in names if name in items and name not in fresh.visible],
        sections={each.id: [each.answered, each.total] for each in fresh.progress.sections},
    )


def without_cleared(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was posted without the answer that the reader wants cleared; its note stays."""
    cleared = posted.get("clear", "")
    if not cleared:
        return posted
    kept = [
        (name, value)
        for name, value in posted.items(multi=True)
        if name != cleared and (not name.startswith(f"{cleared}.") or name == f"{cleared}.note")
    ]
    return MultiDict(kept)


def stays_at(
    opened: LoadedAssessment, fresh: LoadedAssessment, form: QuestionForm, posted: MultiDict[str, str]
) -> str:
    """Return the question to stay at after saving: what was cleared or has come to light, else ``""``."""
    came_to_light = [each.name for each in form.questions if each.name in fresh.visible - opened.visible]
    return next((name for name in (posted.get("clear", ""), *came_to_light) if name in form), "")


def wants_json() -> bool:
    """Say whether the page is saving by itself."""
    return request.accept_mimetypes.best == "application/json"
