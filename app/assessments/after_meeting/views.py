"""After the meeting: everything that was open, on one page, to be filled in."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.assessments.after_meeting.questions import OpenQuestions, may_be_asked, open_questions
from app.assessments.fields.names import shown_in
from app.assessments.forms import QuestionForm, question_form
from app.assessments.loaded import LoadedAssessment, open_assessment
from app.assessments.rooms_above import rooms_above
from app.assessments.saving import (
    Reply,
    answer_after_saving,
    shown_now,
    stays_at,
    without_cleared,
)
from app.platform.text import writable
from app.wording.codes import question_codes

after_meeting = Blueprint("after_meeting", __name__)


@after_meeting.get("/assessments/<public:public_id>/after-meeting")
def questions(public_id: str) -> Reply:
    """Ask everything that is not known or not answered."""
    opened = open_assessment(public_id)
    questions = open_questions(opened)
    form = question_form(opened.questionnaire, questions.all).show(opened.answers)
    return _page(opened, questions, form)


@after_meeting.post("/assessments/<public:public_id>/after-meeting")
def save(public_id: str) -> Reply:
    """Save what was answered of the questions that the page had shown, some of which are open no more."""
    opened = open_assessment(public_id)
    posted = without_cleared(request.form)
    shown = [writable(name) for name in shown_in(posted)]
    questions = OpenQuestions([], [each for each in shown if may_be_asked(opened, each)])
    form = question_form(opened.questionnaire, questions.all)
    return answer_after_saving(
        opened,
        form,
        posted,
        lambda now, both_shown: _page(now, questions, form, both_shown),
        lambda fresh: _after_saving(opened, fresh, form, posted),
    )


def _page(
    opened: LoadedAssessment, questions: OpenQuestions, form: QuestionForm, both_shown: Collection[str] = ()
) -> str:
    return render_template(
        "assessments/after_meeting/page.html",
        opened=opened,
        is_settled=rooms_above().is_settled(opened.assessment),
        questions=questions,
        form=form,
        fingerprints=shown_now(form, opened.answers, both_shown),
        codes=question_codes(opened.questionnaire),
    )


def _after_saving(
    opened: LoadedAssessment, fresh: LoadedAssessment, form: QuestionForm, posted: MultiDict[str, str]
) -> str:
    """Return the address to go to: what was cleared or has come to light, else where one wants."""
    public_id = opened.assessment.public_id
    if question := stays_at(opened, fresh, form, posted):
        return url_for(".questions", public_id=public_id, _anchor=question)
    go = posted.get("go", "")
    if go in ("result", "review", "subject"):  # the result leads to the review where it was not made
        return url_for(f"assessments.{go}", public_id=public_id)
    if go in [section.id for section in opened.sections]:
        return url_for("assessments.section", public_id=public_id, section_id=go)
    return url_for(".questions", public_id=public_id)
