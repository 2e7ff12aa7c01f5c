"""The documents that Overvej prints, each as a job: what it is handed, and therefore all that it can say."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from app.engine.dates import date_in_words
from app.printing import attachments
from app.printing.attachments import Attached
from app.printing.job import Enclosed, PrintJob
from app.printing.picture import picture
from app.printing.record import DecisionRecord, FollowUpRecord, Letterhead, MotionRecord, Record
from app.wording import reading as readings
from app.wording.blank import Blank
from app.wording.reading import Reading
from app.wording.speech import Speech

DAYS = ("on", "decided_on", "follow_up_on", "corrected_on")
"""What of a record is a day, ISO 8601."""

PITFALL = ("title", "judged", "pitfall", "advice")
"""What is told of a criterion where it can go wrong."""


def decision(
    reading: Reading,
    enclosed: Attached | None = None,
    *,
    record: Record | None = None,
    letterhead: Letterhead | None = None,
    must_decide: str = "",
) -> PrintJob:
    """Return the decision for leadership. With ``enclosed``, it can be opened again from its own PDF.

    ``record``: the writer's motion and what leadership decided; without it there are lines to write on.
    ``must_decide``: who must decide on so much money, ``""`` where anybody may.
    """
    files, date = _files(enclosed)
    content = {
        **_under_headings(readings.to_json(reading)),
        **_followed(reading, record),
        "record": _record_in_words(record, reading) if record else None,
        "ticked": record.current.verdict if record and record.current else "",
        "letterhead": heading(letterhead),
        "must_decide": must_decide,
    }
    return PrintJob("decision", reading.language, content, files, date, _logo(letterhead))


def meeting(reading: Reading, letterhead: Letterhead | None = None) -> PrintJob:
    """Return the two pages for the table.

    Only what both parties may read is handed over: no score, no answer, no note, no recommendation.
    """
    exchanges = reading.exchanges
    content = {
        "partner": reading.fact("partner"),
        "proposal": reading.fact("proposal"),
        "goal": reading.fact("goal"),
        "period": reading.fact("period"),
        "contact": reading.fact("contact"),
        "prepared_by": reading.fact("prepared-by"),
        "offers": [row.label for exchange in exchanges for row in exchange.rows if row.give],
        "hopes": [row.label for exchange in exchanges for row in exchange.rows if row.get],
        "questions": [question.ask for question in reading.questions],
        "letterhead": heading(letterhead),
    }
    return PrintJob("meeting", reading.language, content, logo=_logo(letterhead))


def portfolio(content: Mapping[str, Any], language: str, letterhead: Letterhead) -> PrintJob:
    """Return the overview of all partners for leadership. ``content`` has the date of its data in words."""
    return PrintJob(
        "portfolio", language, {**content, "letterhead": heading(letterhead)}, logo=_logo(letterhead)
    )


def form(blank: Blank) -> PrintJob:
    """Return the blank questionnaire for paper, fillable on screen too."""
    return PrintJob("form", blank.language, dataclasses.asdict(blank))


def sheets(  # noqa: PLR0913 - each is said on the sheet
    blank: Blank,
    *,
    numbers: Sequence[int],
    side: str,
    partner: str,
    proposal: str,
    named: bool,
    smallest_group: int,
) -> PrintJob:
    """Return a workshop's sheets for one ``side``, one for each of ``numbers``.

    ``named`` and ``smallest_group``: what those who answer are promised.
    """
    sheet = Speech(blank.language).tell("Sheet")
    content = {
        "blank": dataclasses.asdict(blank),
        "titles": [[number, f"{sheet} {number}"] for number in numbers],
        "side": side,
        "about": ": ".join(filter(None, (partner, proposal))),
        "partner": partner,
        "proposal": proposal,
        "named": named,
        "smallest_group": smallest_group,
    }
    return PrintJob("sheets", blank.language, content)


def workshop(
    content: Mapping[str, Any], language: str, enclosed: Attached, letterhead: Letterhead | None = None
) -> PrintJob:
    """Return the report of a workshop. ``enclosed``: the room's answers, and nobody's own."""
    files, date = _files(enclosed)
    content = {**content, "letterhead": heading(letterhead)}
    return PrintJob("workshop", language, content, files, date, _logo(letterhead))


def guide(language: str, letterhead: Letterhead | None = None) -> PrintJob:
    """Return the two pages for the facilitator."""
    return PrintJob("guide", language, {"letterhead": heading(letterhead)}, logo=_logo(letterhead))


def _files(enclosed: Attached | None) -> tuple[tuple[Enclosed, ...], str]:
    """Return what is attached inside a document, and the date that it carries."""
    if enclosed is None:
        return (), ""
    files = (
        Enclosed(attachments.ANSWERS, enclosed.answers, attachments.MIME),
        Enclosed(attachments.DEFINITION, enclosed.definition, attachments.MIME),
    )
    return files, json.loads(enclosed.answers).get("date", "")


def heading(letterhead: Letterhead | None) -> dict[str, Any]:
    """Return what a template says at its top: the library's name, and whether it has a logo."""
    return {"name": letterhead.name if letterhead else "", "logo": bool(_logo(letterhead))}


def _logo(letterhead: Letterhead | None) -> str:
    """Return the logo where it is a picture that can be printed, else ``""``."""
    return letterhead.logo if letterhead and picture(letterhead.logo) else ""


def _followed(reading: Reading, record: Record | None) -> dict[str, Any]:
    """Return the motion, the steps and the letter that follow from what is proposed, or decided already."""
    if record is None:
        return {}
    last = record.current.outcome if record.current else ""
    outcome = next((each for each in reading.outcomes if each.id == (last or record.motion.outcome)), None)
    if outcome is None:
        return {"motion": record.motion.text}
    return {"motion": record.motion.text, "next_steps": outcome.next_steps, "letter": outcome.letter}


def _record_in_words(record: Record, reading: Reading) -> dict[str, Any]:
    """Return the record in the document's language: days in words, outcomes by their titles."""
    titles = {outcome.id: outcome.title for outcome in reading.outcomes}
    now = reading.outcome.id if reading.outcome else ""
    then = record.final.recommended if record.final else now

    def told(part: MotionRecord | DecisionRecord | FollowUpRecord) -> dict[str, Any]:
        written = dataclasses.asdict(part)
        days = {name: _in_words(day, reading.language) for name, day in written.items() if name in DAYS}
        outcome = written.get("outcome", "")
        return {**written, **days, "title": titles.get(outcome, outcome)}

    return {
        "motion": told(record.motion),
        "differs": record.motion.outcome != then,
        "recommended_then": _titled(then, titles, reading.language) if then != now else "",
        "decisions": [told(each) for each in record.decisions],
        "follow_ups": [told(each) for each in record.follow_ups],
        "current": told(record.current) if record.current else None,
    }


def _under_headings(told: dict[str, Any]) -> dict[str, Any]:
    """Return a reading as the decision tells it: facts and questions each under their headings."""
    facts, questions = told.pop("subject"), told.pop("questions")
    return {
        **told,
        "case": [[group, list(facts)] for group, facts in groupby(facts, lambda each: each["group"])],
        "pitfalls": [{key: each[key] for key in PITFALL} for each in told["criteria"] if each["pitfall"]],
        "deciding_questions": [each for each in questions if each["decides"]],
        "other_questions": [each for each in questions if not each["decides"]],
    }


def _titled(outcome: str, titles: Mapping[str, str], language: str) -> str:
    """Return what a recommendation was called; ``""`` is the one where too little was known."""
    return titles.get(outcome, outcome) or Speech(language).tell("Ask first")


def _in_words(day: str, language: str) -> str:
    return date_in_words(day, language) if day else ""
