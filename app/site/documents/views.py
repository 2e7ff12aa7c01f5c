"""PDFs by address. They are made in the printing process, never in the thread that answers."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.assessments.chosen_questionnaire import chosen_questionnaire
from app.assessments.loaded import LoadedAssessment, open_assessment
from app.assessments.shipped_cases import SAMPLE, shipped_case
from app.assessments.words import answers_file
from app.decisions.reading import record_of, who_must_decide
from app.definitions.reading import definition_source
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.organisation.reading import letterhead
from app.platform import errors
from app.platform.documents import language_asked, printed
from app.platform.file_names import file_name
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.printing import documents as jobs
from app.printing.attachments import Attached
from app.printing.failure import PrintingFailed
from app.wording.blank import blank
from app.wording.read import read
from app.wording.reading import Reading

Reply = Response | AnyResponse

documents = Blueprint("documents", __name__)


@documents.app_errorhandler(PrintingFailed)
def notprinted(failure: PrintingFailed) -> errors.ErrorPage:
    """Say plainly why there is no document, and what to do about it."""
    return errors.error_page(503, _("The document could not be made"), failure.message(language()))


@documents.get("/assessments/<public:public_id>/decision.pdf")
def decision(public_id: str) -> Reply:
    """Print the decision; before the review there is none."""
    opened = open_assessment(public_id)
    if not opened.may_see_result:
        return redirect(url_for("assessments.review", public_id=public_id), 303)
    with_answers = request.args.get("attachment") != "no"
    enclosed = Attached(answers_file(opened.answers), _source(opened)) if with_answers else None
    job = jobs.decision(
        _reading(opened),
        enclosed,
        record=record_of(opened.assessment.id),
        letterhead=letterhead(),
        must_decide=who_must_decide(opened),
    )
    return printed(job, _named(_("decision"), opened))


@documents.get("/assessments/<public:public_id>/meeting.pdf")
def meeting(public_id: str) -> Reply:
    """Print the sheet for the meeting, which says nothing of scores and can be printed at any time."""
    opened = open_assessment(public_id)
    return printed(jobs.meeting(_reading(opened), letterhead()), _named(_("meeting"), opened))


@documents.get("/assessments/<public:public_id>/form.pdf")
def form(public_id: str) -> Reply:
    """Print the blank form of the questionnaire that an assessment pins."""
    opened = open_assessment(public_id)
    return _form(opened.questionnaire, opened.assessment.variant == "short")


@documents.get("/form.pdf")
def blank_form() -> Reply:
    """Print the blank form of an installed questionnaire."""
    return _form(chosen_questionnaire().questionnaire, "short" in request.args)


@documents.get("/sample.pdf")
def sample() -> Reply:
    """Print the decision of a worked case, to show what comes out."""
    case = shipped_case(SAMPLE)
    questionnaire = case.loaded.questionnaire
    reading = read(questionnaire, case.answers, assess(questionnaire, case.answers), language_asked())
    return printed(jobs.decision(reading), _("sample"))


def _form(questionnaire: Questionnaire, short: bool) -> Reply:
    return printed(
        jobs.form(blank(questionnaire, language_asked(), short and bool(questionnaire.short))), _("form")
    )


def _named(kind: str, opened: LoadedAssessment) -> str:
    return file_name(kind, opened.partner, opened.assessment.date)


def _reading(opened: LoadedAssessment) -> Reading:
    result = assess(opened.questionnaire, opened.answers)
    from_workshop = opened.assessment.origin == "workshop"
    return read(opened.questionnaire, opened.answers, result, language_asked(), from_workshop=from_workshop)


def _source(opened: LoadedAssessment) -> str:
    return definition_source(opened.questionnaire.digest)
