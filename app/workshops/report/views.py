"""The workshop's printed report, and the facilitator's guide."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.assessments.words import answers_file
from app.definitions.reading import definition_source
from app.organisation.reading import letterhead
from app.platform.documents import language_asked, printed
from app.platform.file_names import file_name
from app.platform.i18n import gettext as _
from app.printing import documents
from app.printing.attachments import Attached
from app.workshops.loaded import day_of, open_workshop
from app.workshops.report.content import content_of

Reply = Response | AnyResponse

report = Blueprint("report", __name__, url_prefix="/workshops")


@report.get("/<public:public_id>/report.pdf")
def document(public_id: str) -> Reply:
    """Print what came out of a workshop; there is no report before it is closed."""
    asked, opened = language_asked(), open_workshop(public_id)
    if opened.workshop.stage != "closed":
        flash(_("Close the workshop first. Then the report can be printed."))
        return redirect(url_for("workshops.conduct", public_id=public_id), 303)
    enclosed = Attached(answers_file(opened.answers), definition_source(opened.questionnaire.digest))
    job = documents.workshop(content_of(opened, asked), asked, enclosed, letterhead())
    return printed(job, file_name(_("workshop"), opened.partner, day_of(opened.workshop)))


@report.get("/guide.pdf")
def guide() -> Reply:
    """Print the two pages for the facilitator."""
    return printed(documents.guide(language_asked(), letterhead()), _("workshop-guide"))
