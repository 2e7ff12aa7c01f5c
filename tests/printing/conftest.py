"""What the tests of printing share: every complaint of the printer is a failure."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from app.printing.job import PrintJob
from app.printing.printer import Printer


@pytest.fixture
def printed(printer: Printer, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[PrintJob], bytes]]:
    """Print, and have nothing to complain about: an unknown property, a missing glyph, a dead link."""
    yield printer.print
    complaints = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert complaints == []
