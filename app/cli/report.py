"""``overvej report``: a set of answers as a PDF."""

from __future__ import annotations

import argparse

from app.cli.answers_input import given_answers
from app.cli.files import writable, write


def run(arguments: argparse.Namespace) -> int:
    """Write the document."""
    output = writable(arguments.output)
    given = given_answers(arguments.answers)
    return 0
