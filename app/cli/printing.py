"""From a print job to a file, with what can go wrong said in one line."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from app.cli.files import write
from app.cli.language import locale_language
from app.cli.problem import Problem
from app.printing.failure import PrintingFailed
from app.printing.job import PrintJob
from app.printing.printer import Printer


def print_to(path: Path, make_job: Callable[[], PrintJob]) -> None:
    """Print the job that ``make_job`` returns and write the PDF to ``path``. Raises :class:`Problem`.

    The printing process gets ready while the job is made: either takes about a second.
    """
    # The Problem says what went wrong; the log's own words for it would be a second line.
    logging.getLogger("app.printing").addHandler(logging.NullHandler())
    try:
        with Printer() as printer:
            printer.start()
            document = printer.print(make_job())
    except PrintingFailed as failed:
        raise Problem(failed.message(locale_language())) from failed
    write(path, document)
