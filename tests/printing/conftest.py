"""What the tests of printing share: every complaint of the printer is a failure."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from app.printing.job import PrintJob, to_json
from app.printing.printer import Printer


@pytest.fixture(scope="session")
def once(printer: Printer) -> Callable[[PrintJob], bytes]:
    """Print what was not printed before: many tests look at the same document."""
    kept: dict[str, bytes] = {}

    def printed(job: PrintJob) -> bytes:
        said = json.dumps(to_json(job))
        if said not in kept:
            kept[said] = printer.print(job)
        return kept[said]

    return printed


@pytest.fixture
def printed(
    once: Callable[[PrintJob], bytes], caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[[PrintJob], bytes]]:
    """Print, and have nothing to complain about: an unknown property, a missing glyph, a dead link."""
    yield once
    complaints = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert complaints == []
