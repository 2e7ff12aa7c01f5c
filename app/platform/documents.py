"""A document as the answer to a request: made in the printing process, not in the thread that answers."""

from __future__ import annotations

import io

from flask import Response, abort, current_app, request, send_file

from app.engine.texts import LANGUAGES
from app.platform.files import PDF_TYPE
from app.platform.headers import PDF_POLICY
from app.platform.i18n import language
from app.printing.job import PrintJob
from app.printing.printer import Printer


def printed(job: PrintJob, name: str) -> Response:
    """Return the PDF, called ``overvej-<name>.pdf``. Raises :class:`app.printing.failure.PrintingFailed`."""
    printer: Printer = current_app.extensions["printer"]
    response = send_file(io.BytesIO(printer.print(job)), PDF_TYPE, download_name=f"overvej-{name}.pdf")
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def language_asked() -> str:
    """Return the language that a document is asked for in, else the screen's; 400 for what is no language."""
    asked = request.args.get("language", language())
    return asked if asked in LANGUAGES else abort(400)
