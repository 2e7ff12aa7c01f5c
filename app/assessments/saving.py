"""What every page of questions does when it saves, by itself or by a button."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import Response, jsonify, request
from werkzeug.datastructures import MultiDict

from app.assessments.changes import GivenAnswer, fingerprint_of, stored
from app.assessments.fields.names import PREFIX, answer_name, shown_in
from app.assessments.forms import QuestionForm
from app.assessments.opening import LoadedAssessment
from app.assessments.words import said_in_words
from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.platform.conflicts import show_both
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable

CLEAR = "clear"
"""Posted by the button that takes an answer away, with the question's name."""


def shown_now(form: QuestionForm, answers: Answers, told: Collection[str] = ()) -> dict[str, str]:
    """Return what the page says of each question in its form that it has shown: the answer's fingerprint.

    A page that comes back still shows what it was begun with, whatever somebody else has answered since.
    ``told``: the questions at which it says what is stored now.
    """
    before = shown_in(request.form)
    return {
        each.name: writable(before[each.name])
        if each.name in before and each.name not in told
        else fingerprint_of(stored(answers, each.name))
        for each in form.questions
    }


def tell_other_answers(
    questionnaire: Questionnaire, form: QuestionForm, others: Mapping[str, GivenAnswer]
) -> None:
    """Show both answers: the one in the form, and above it what is stored there by now."""
    show_both(form, {name: other_answer(questionnaire, name, said) for name, said in others.items()})


def other_answer(questionnaire: Questionnaire, question: str, said: GivenAnswer) -> str:
    """Say what somebody else has answered since the page was shown."""
    return _(
        "This was changed in another window, where it says: %(there)s. Save again to keep yours.",
        there=said_in_words(questionnaire, question, said, language()),
    )


def saved_json(fresh: LoadedAssessment, form: QuestionForm) -> Response:
    """Tell the page what it has saved, which questions are hidden, and how far each section has come."""
    names = [each.name for each in form.questions]
    items = fresh.questionnaire.items
    return jsonify(
        asked=own_answers(form),
        hidden=[answer_name(name) for name in names if name in items and name not in fresh.visible],
        sections={each.id: [each.answered, each.total] for each in fresh.progress.sections},
    )


def own_answers(form: QuestionForm) -> dict[str, str]:
    """Return the fingerprint of each answer that the page holds itself, which is what it shows once saved,
    by the question's name there.

    Where somebody else has changed another question since, the page goes on showing what it was before.
    """
    return {each.html_name: fingerprint_of(each.data) for each in form.questions}


def without_cleared(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was posted without the answer that the reader wants cleared; its note stays."""
    cleared = posted.get(CLEAR, "")
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
    """Return the name of the question to stay at after saving: cleared or come to light, else ``""``."""
    came_to_light = [each.name for each in form.questions if each.name in fresh.visible - opened.visible]
    cleared = posted.get(CLEAR, "").removeprefix(PREFIX)
    return next((answer_name(each) for each in (cleared, *came_to_light) if each in form), "")


def wants_json() -> bool:
    """Say whether the page is saving by itself."""
    return request.accept_mimetypes.best == "application/json"
