"""The documents that Overvej prints, each as a job: what it is handed, and therefore all that it can say."""

from __future__ import annotations

import dataclasses
import json

from app.printing import attachments
from app.printing.attachments import Attached
from app.printing.job import Enclosed, PrintJob
from app.wording import reading as readings
from app.wording.blank import Blank
from app.wording.reading import Reading


def decision(reading: Reading, enclosed: Attached | None = None) -> PrintJob:
    """Return the decision for leadership. With ``enclosed``, it can be opened again from its own PDF."""
    files: tuple[Enclosed, ...] = ()
    date = ""
    if enclosed is not None:
        date = json.loads(enclosed.answers).get("date", "")
        files = (
            Enclosed(attachments.ANSWERS, enclosed.answers, attachments.MIME),
            Enclosed(attachments.DEFINITION, enclosed.definition, attachments.MIME),
        )
    return PrintJob("decision", reading.language, readings.to_json(reading), files, date)


def meeting(reading: Reading) -> PrintJob:
    """Return the two pages for the table.

    Only what both parties may read is handed over: no score, no answer, no note, no recommendation.
    """
    exchanges = reading.exchanges
    return PrintJob(
        "meeting",
        reading.language,
        {
            "partner": reading.fact("partner"),
            "proposal": reading.fact("proposal"),
            "goal": reading.fact("goal"),
            "period": reading.fact("period"),
            "contact": reading.fact("contact"),
            "prepared_by": reading.fact("prepared-by"),
            "offers": [row.label for exchange in exchanges for row in exchange.rows if row.give],
            "hopes": [row.label for exchange in exchanges for row in exchange.rows if row.get],
            "questions": [question.ask for question in reading.questions],
        },
    )


def form(blank: Blank) -> PrintJob:
    """Return the blank questionnaire for paper, fillable on screen too."""
    return PrintJob("form", blank.language, dataclasses.asdict(blank))
