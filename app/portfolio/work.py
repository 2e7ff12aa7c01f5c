"""The portfolio report as work in the background: gather everything, then print it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.organisation.reading import letterhead
from app.platform.files import PDF_TYPE
from app.platform.i18n import gettext as _
from app.platform.jobs import JobFailed, Product, Progress, register
from app.portfolio.choice import chosen
from app.portfolio.gathering import gathered
from app.printing import documents
from app.printing.failure import PrintingFailed
from app.printing.printer import Printer

KIND = "portfolio"

SECONDS, MEGABYTES = 600, 3072
"""What printing may take: far more than a thousand partners do."""


def work(parameters: Mapping[str, Any], language: str, progress: Progress) -> Product:
    """Make the report. ``parameters``: the ``date`` of the data, ISO 8601, and what was chosen, ``choice``.

    It only reads, so it can be run as often as it must be. Raises :class:`JobFailed`.
    """
    day = parameters["date"]
    content = gathered(chosen(parameters["choice"]), date.fromisoformat(day), progress)
    job = documents.portfolio(content, language, letterhead())
    try:
        # A printing process of its own, which ends with the job: those who print a decision need not wait.
        with Printer(SECONDS, MEGABYTES) as printer:
            pdf = printer.print(job)
    except PrintingFailed as failure:
        raise JobFailed(failure.message(language)) from failure
    name = _("portfolio")
    return Product(f"overvej-{name}-{day}.pdf", PDF_TYPE, pdf)


def register_jobs() -> None:
    """Let the report be asked for as a job."""
    register(KIND, work, lambda: _("The overview of the partners"), "portfolio.overview")
