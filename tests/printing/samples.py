"""Readings to print: the worked cases, and what a text can do to a page."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from app.engine import answers as engine_answers
from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.items.scale import ScaleItem
from app.engine.loading import load_file
from app.paths import questionnaires_folder
from app.wording import reading as readings
from app.wording.read import read
from app.wording.reading import Reading

NOT_TEXTS = {
    "criterion", "digest", "id", "item", "kind", "language", "questionnaire", "role", "section", "side",
    "judged_kind", "state", "status", "to",
}  # fmt: skip
"""What in a reading is not shown as it is."""

NOT_ON_THE_SHEET = (
    "sections", "criteria", "gates", "caps", "rules", "outcomes", "low", "high", "changes_up", "changes_down",
    "exchanges", "robustness", "boundaries", "advice", "blocked_by",
)  # fmt: skip

HOSTILE = (
    '<script>alert(1)</script><img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">'
    "{{ 7*7 }} {% raw %} %(partner)s {partner} æøå ÆØÅ »citat« „citat“ “quote” 1\N{NO-BREAK SPACE}000"
)
LONG_WORD = "Selvbetjeningsbiblioteksudvidelsesforhandlingsdokumentationsansvarlighedsprincipperne"


@cache
def questionnaire() -> Questionnaire:
    return load_file(questionnaires_folder() / "new-partner.json").questionnaire


@cache
def case_answers(name: str) -> Answers:
    (file,) = (questionnaires_folder() / "cases" / "new-partner").glob(f"*/{name}.json")
    written = json.loads(Path(file).read_text(encoding="utf-8"))["file"]
    return engine_answers.from_json(written, questionnaire())


def told(answers: Answers, language: str) -> Reading:
    return read(questionnaire(), answers, assess(questionnaire(), answers), language)


def case(name: str, language: str) -> Reading:
    """One of the worked cases, by the name of its file."""
    return told(case_answers(name), language)


def nothing_known() -> Answers:
    """Only what is required has been filled in."""
    subject = {"partner": "Foreningen Lys", "proposal": "En aften om lys"}
    return Answers(questionnaire().id, questionnaire().version, date="2026-11-22", subject=subject)


def breached() -> Answers:
    """All is well, but one thing that must be in place is not."""
    good = case_answers("aarhus-took-it")
    gate = questionnaire().gates[3]
    gates = {**good.gates, gate.id: GateAnswer(gate.breach_when, "De vil have adgang til lånerdata.")}
    return dataclasses.replace(good, gates=gates)


def everything_answered(note: str) -> Answers:
    """Every scale at its middle, with the same note at every question and gate."""
    items = {
        item.id: Answer("known", 2, note) if isinstance(item, ScaleItem) else Answer("unknown", None, note)
        for item in questionnaire().items.values()
    }
    gates = {gate.id: GateAnswer(None, note) for gate in questionnaire().gates}
    return dataclasses.replace(nothing_known(), items=items, gates=gates)


def with_texts(reading: Reading, change: Callable[[str], str], *, on_the_sheet: bool = False) -> Reading:
    """The same reading with every text in it changed, or every text that sheet 1 shows."""

    def changed(data: Any, key: str = "") -> Any:
        if isinstance(data, dict):
            return {name: changed(part, name) for name, part in data.items()}
        if isinstance(data, list):
            return [changed(part, key) for part in data]
        return change(data) if isinstance(data, str) and key not in NOT_TEXTS else data

    data = readings.to_json(reading)
    kept = {key: data[key] for key in NOT_ON_THE_SHEET} if on_the_sheet else {}
    return readings.from_json({**changed(data), **kept})


def crowded(reading: Reading, questions: int) -> Reading:
    """The same reading with so many questions in its first section and for its meeting."""
    first = reading.sections[0]
    answers = [dataclasses.replace(first.answers[0], code=f"1.{n}") for n in range(1, questions + 1)]
    asked = [
        dataclasses.replace(reading.questions[0], ask=f"Spørgsmål nr. {n}?") for n in range(1, questions + 1)
    ]
    return dataclasses.replace(
        reading,
        sections=[dataclasses.replace(first, answers=answers), *reading.sections[1:]],
        questions=asked,
    )
