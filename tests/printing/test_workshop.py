"""The workshop's report: its first page suffices, whatever was written, and it speaks one language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.printing import documents
from app.printing.attachments import Attached
from app.printing.job import PrintJob
from app.workshops.loaded import open_workshop
from app.workshops.report.content import content_of
from tests.printing import paper, samples
from tests.printing.test_translations import danish, texts
from tests.workshops.report import ways

Print = Callable[[PrintJob], bytes]
NOTHING = Attached("{}", "{}")


def content(app: Flask, language: str = "da") -> dict[str, Any]:
    """What the report of a full workshop says."""
    public_id = ways.closed(app)
    with app.test_request_context():
        return content_of(open_workshop(public_id), language)


@pytest.mark.parametrize(("language", "other"), [("da", "en"), ("en", "da")])
def test_it_speaks_one_language(app: Flask, printed: Print, language: str, other: str) -> None:
    said = paper.text(printed(documents.workshop(content(app, language), language, NOTHING)))
    of_other = {text if other == "en" else danish(text) for text in texts()}
    of_this = {danish(text) if other == "en" else text for text in texts()}
    foreign = {text for text in of_other - of_this if len(text) > 11 and "%" not in text and "{" not in text}
    assert len(foreign) > 100
    assert [text for text in foreign if text in said] == []


def test_the_first_page_stays_one_whatever_was_written(app: Flask, printed: Print, tmp_path: Path) -> None:
    full = content(app)
    long = f"{samples.LONG_WORD} {samples.HOSTILE} " + "lorem ipsum dolor " * 60
    agreed = {"answer": "Ja", "reason": long, "minority": long}
    asked = [{**each, "agreed": agreed} for each in full["divided"]]
    crowded = {
        **full,
        "proposal": long,
        "partner": long,
        "why": [long, long],
        "divided": asked * 4,
        "first": asked[:3],
        "agreed": asked * 4,
        "actions": [{"what": long, "who": long, "when": "1. december 2026"}] * 12,
    }
    pdf = printed(documents.workshop(crowded, "da", NOTHING))
    assert "Det sker nu" in paper.text(pdf, 1)
    assert "Kortet over svarene" not in paper.text(pdf, 1)
    assert "Kortet over svarene" in paper.text(pdf, 2)
    assert not paper.blank_pages(pdf)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_remarks_begin_on_the_page_of_their_question(app: Flask, printed: Print) -> None:
    full = content(app)
    section = next(each for each in full["answered"] if each["questions"])
    questions = [
        {
            **section["questions"][0],
            "code": f"9.{n}",
            "remarks": [("", f"{n} " + "lorem ipsum dolor " * 40 * n)],
        }
        for n in range(1, 13)
    ]
    pdf = printed(
        documents.workshop({**full, "answered": [{**section, "questions": questions}]}, "da", NOTHING)
    )
    pages = [paper.text(pdf, page) for page in range(1, paper.pages(pdf) + 1)]
    for question in questions:
        assert any(
            f"{question['code']} " in page and f"{question['remarks'][0][1][:30]}" in page for page in pages
        )
