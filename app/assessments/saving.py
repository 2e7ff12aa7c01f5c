"""What every page of questions does when it saves, by itself or by a button."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from flask import Response, jsonify, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.assessments import operations
from app.assessments.changes import AnyAnswer, fingerprint_of, stored
from app.assessments.fields.names import PREFIX, answer_name, shown_in
from app.assessments.forms import QuestionForm
from app.assessments.loaded import LoadedAssessment, open_assessment
from app.assessments.words import answer_in_words
from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.platform.actor import current_actor
from app.platform.conflicts import ChangedMeanwhile, show_both
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable

Reply = str | AnyResponse | tuple[str | AnyResponse, int]

CLEAR = "clear"
"""Posted by the button that takes an answer away, with the question's name."""


def shown_now(form: QuestionForm, answers: Answers, both_shown: Collection[str] = ()) -> dict[str, str]:
    """Return what the page says of each question in its form that it has shown: the answer's fingerprint.

    A page that comes back still shows what it was begun with, whatever somebody else has answered since.
    ``both_shown``: the questions at which it says what is stored now.
    """
    before = shown_in(request.form)
    return {
        each.name: writable(before[each.name])
        if each.name in before and each.name not in both_shown
        else fingerprint_of(stored(answers, each.name))
        for each in form.questions
    }


def answer_after_saving(
    opened: LoadedAssessment,
    form: QuestionForm,
    posted: MultiDict[str, str],
    page: Callable[[LoadedAssessment, Collection[str]], str],
    way_on: Callable[[LoadedAssessment], str],
) -> Reply:
    """Save what a page posted of its questions, and return what answers it.

    ``page``: makes the page anew, of the assessment as it is now and of the questions that it shows both
    answers to. ``way_on``: the address to go to, from the assessment as it was saved.
    """
    if not form.take(posted):
        return _not_saved(form, 400, lambda: page(opened, ()))
    public_id, changes = opened.assessment.public_id, form.changes(posted)
    try:
        answers = operations.save_answers(
            public_id, opened.questionnaire, changes, current_actor(), read=opened.assessment
        )
    except ChangedMeanwhile as changed:
        stored_now = changed.stored
        tell_other_answers(opened.questionnaire, form, stored_now)
        return _not_saved(form, 409, lambda: page(open_assessment(public_id), stored_now))
    fresh = replace(opened, answers=answers)
    return saved_json(fresh, form) if wants_json() else redirect(way_on(fresh), 303)


def _not_saved(form: QuestionForm, code: int, page: Callable[[], str]) -> Reply:
    return (jsonify(errors=form.first_errors) if wants_json() else page()), code


def tell_other_answers(
    questionnaire: Questionnaire, form: QuestionForm, others: Mapping[str, AnyAnswer]
) -> None:
    """Show both answers: the one in the form, and above it what is stored there by now."""
    show_both(form, {name: other_answer(questionnaire, name, answer) for name, answer in others.items()})


def other_answer(questionnaire: Questionnaire, question: str, answer: AnyAnswer) -> str:
    """Say what somebody else has answered since the page was shown."""
    return _(
        "This was changed in another window, where it says: %(there)s. Save again to keep yours.",
        there=answer_in_words(questionnaire, question, answer, language()),
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
