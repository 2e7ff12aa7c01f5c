"""``overvej report``: a set of answers as a PDF."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

from app.cli.answers_input import AnswersInput, answers_from
from app.cli.files import writable
from app.cli.printing import print_to
from app.engine.answers import to_json
from app.engine.assess import assess
from app.printing import documents
from app.printing.attachments import Attached
from app.printing.job import PrintJob
from app.wording.read import read


def run(arguments: argparse.Namespace) -> int:
    """Write the document."""
    output = writable(arguments.output)
    answered = answers_from(arguments.answers)
    print_to(output, lambda: _job(answered, arguments.kind, arguments.language, arguments.attachment))
    return 0


def _job(answered: AnswersInput, kind: str, language: str, attachment: bool) -> PrintJob:
    result = assess(answered.questionnaire, answered.answers)
    reading = read(answered.questionnaire, answered.answers, result, language)
    if kind == "meeting":
        return documents.meeting(reading)
    return documents.decision(reading, _enclosed(answered) if attachment else None)


def _enclosed(answered: AnswersInput) -> Attached:
    pinned = replace(answered.answers, digest=answered.questionnaire.digest)
    return Attached(json.dumps(to_json(pinned), ensure_ascii=False, indent=2), answered.source)
