"""The workshop's printed report, and the facilitator's guide."""

from __future__ import annotations

import io

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.assessments.opening import definition_source
from app.assessments.words import answers_file
from app.engine.texts import LANGUAGES
from app.organisation.reading import letterhead
from app.platform import errors
from app.platform.headers import PDF_POLICY
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.printing import documents
from app.printing.attachments import Attached
from app.printing.failure import PrintingFailed
from app.printing.job import PrintJob
from app.printing.printer import Printer
from app.workshop_reports.reading import content_of
from app.workshops.opening import open_workshop

Reply = Response | AnyResponse

workshop_reports = Blueprint("workshop_reports", __name__, url_prefix="/workshops")


@workshop_reports.errorhandler(PrintingFailed)
def not_printed(failure: PrintingFailed) -> errors.Page:
    """Say plainly why there is no document, and what to do about it."""
    return errors.page(503, _("The document could not be made"), failure.message(language()))


@workshop_reports.get("/<public:public_id>/report.pdf")
def report(public_id: str) -> Reply:
    """Print what came out of a workshop; there is no report before it is closed."""
    asked, opened = _language(), open_workshop(public_id)
    if opened.workshop.stage != "closed":
        flash(_("Close the workshop first. Then the report can be printed."))
        return redirect(url_for("workshops.conduct", public_id=public_id), 303)
    enclosed = Attached(answers_file(opened.answers), definition_source(opened.questionnaire.digest))
    job = documents.workshop(content_of(opened, asked), asked, enclosed, letterhead())
    return _printed(job, _("workshop"))


@workshop_reports.get("/guide.pdf")
def guide() -> Reply:
    """Print the two pages for the one who leads a workshop."""
    return _printed(documents.guide(_language(), letterhead()), _("workshop-guide"))


def _language() -> str:
    """Return the language that the document is asked for in, else the screen's."""
    asked = request.args.get("language", language())
    return asked if asked in LANGUAGES else abort(400)


def _printed(job: PrintJob, name: str) -> Reply:
    printer: Printer = current_app.extensions["printer"]
    pdf = io.BytesIO(printer.print(job))
    response = send_file(pdf, "application/pdf", download_name=f"overvej-{name}.pdf")
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response
