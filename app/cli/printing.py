"""From a print job to a file, with what can go wrong said in one line."""

from __future__ import annotations

import logging
from pathlib import Path

from app.cli.files import write
from app.cli.language import locale_language
from app.cli.problem import Problem
from app.printing.failure import PrintingFailed
from app.printing.job import PrintJob
from app.printing.printer import Printer


def print_to(path: Path, job: PrintJob) -> None:
    """Print ``job`` and write the PDF to ``path``. Raises :class:`Problem`."""
    # What goes wrong is said by the Problem; the same in the log's words would be a second line.
    logging.getLogger("app.printing").addHandler(logging.NullHandler())
    try:
        with Printer() as printer:
            document = printer.print(job)
    except PrintingFailed as failed:
        raise Problem(failed.message(locale_language())) from failed
    write(path, document)
