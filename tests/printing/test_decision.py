"""The decision: one sheet that suffices, then everything behind it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.engine import answers as engine_answers
from app.printing import documents
from app.printing.attachments import Attached
from app.printing.job import PrintJob
from app.wording.reading import Reading
from tests.printing import paper, samples

Print = Callable[[PrintJob], bytes]

LAST_ON_THE_SHEET = {"da": "Underskrift", "en": "Signature"}
AFTER_THE_SHEET = {"da": "Vægten bag anbefalingen", "en": "The weight behind the recommendation"}


def the_sheet_stands_alone(pdf: bytes, language: str) -> bool:
    """Its last line is on the first page, and the first line after it is on the second."""
    return (
        LAST_ON_THE_SHEET[language] in paper.text(pdf, 1)
        and LAST_ON_THE_SHEET[language] not in paper.text(pdf, 2)
        and AFTER_THE_SHEET[language] not in paper.text(pdf, 1)
    )


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("ekko-af-byen-after", "da"),
        ("ekko-af-byen-after", "en"),
        ("den-grimmeste-festival", "da"),
        ("general-sponsorship", "en"),
    ],
)
def test_sheet_one_has_all_that_leadership_needs(printed: Print, name: str, language: str) -> None:
    reading = samples.case(name, language)
    pdf = printed(documents.decision(reading))
    sheet = paper.letters(paper.text(pdf, 1))
    assert the_sheet_stands_alone(pdf, language)
    assert paper.letters(reading.headline) in sheet
    assert paper.letters(reading.motion) in sheet
    assert paper.letters(reading.rests_on) in sheet
    assert all(paper.letters(reason.title) in sheet for reason in reading.reasons[:3])
    assert all(paper.letters(doubt.title) in sheet for doubt in reading.doubts[:3])
    assert not paper.blank_pages(pdf)


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_an_archive_and_accessible_at_once(printed: Print, language: str, tmp_path: Path) -> None:
    pdf = printed(documents.decision(samples.case("ekko-af-byen-after", language)))
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_too_little_known_has_a_sheet_of_questions(printed: Print) -> None:
    reading = samples.told(samples.nothing_known(), "da")
    pdf = printed(documents.decision(reading))
    sheet = paper.text(pdf, 1)
    assert the_sheet_stands_alone(pdf, "da")
    assert "Spørg først" in sheet
    assert paper.letters(reading.questions[0].ask) in paper.letters(sheet)
    assert "Det taler for" not in sheet


def test_a_breached_gate_is_told_on_the_sheet(printed: Print) -> None:
    reading = samples.told(samples.breached(), "da")
    pdf = printed(documents.decision(reading))
    assert reading.outcome is not None
    assert reading.outcome.rank == 0
    assert the_sheet_stands_alone(pdf, "da")
    assert paper.letters(reading.gates[3].title) in paper.letters(paper.text(pdf, 1))
    assert "De vil have adgang til lånerdata." in paper.text(pdf)
    assert "Kære" in paper.text(pdf), "whoever is turned down gets a kind letter"


def test_every_note_and_every_free_text_is_printed(printed: Print) -> None:
    answers = samples.everything_answered("")
    notes = {place: f"Bemærkning {place} " + "med æøå og mange ord " * 140 for place in answers.items}
    items = {place: dataclasses.replace(answer, note=notes[place]) for place, answer in answers.items.items()}
    texts = {
        place: f"Skrevet i {place}"
        for place, item in samples.questionnaire().subject_items.items()
        if item.kind == "text"
    }
    answers = dataclasses.replace(answers, items=items, subject=texts)
    pdf = printed(documents.decision(samples.told(answers, "da")))
    copied = paper.letters(paper.text(pdf))
    # A running header may stand inside a note that goes over a page: its ends say that it is all there.
    for note in notes.values():
        assert paper.letters(note)[:60] in copied
    assert copied.count(paper.letters("med æøå og mange ord")) >= 0.97 * 140 * len(notes)
    assert all(paper.letters(written) in copied for written in texts.values())
    assert the_sheet_stands_alone(pdf, "da")
    assert not paper.blank_pages(pdf)


LONGEST = {
    "1,000 characters in every text": lambda text: f"{text} " + "lorem ipsum dolor " * 55,
    "an 80-letter word in every text": lambda text: f"{samples.LONG_WORD} {text} {samples.LONG_WORD}",
    "hostile text everywhere": lambda text: f"{text} {samples.HOSTILE}",
    "nothing anywhere": lambda text: "",
}


@pytest.mark.parametrize("what", LONGEST)
def test_sheet_one_stays_one_page_whatever_was_written(printed: Print, what: str, tmp_path: Path) -> None:
    reading = samples.with_texts(samples.case("general-sponsorship", "da"), LONGEST[what], on_the_sheet=True)
    pdf = printed(documents.decision(reading))
    assert the_sheet_stands_alone(pdf, "da")
    assert not paper.blank_pages(pdf)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_what_is_cut_on_the_sheet_says_where_the_rest_is(printed: Print) -> None:
    subject = {**samples.nothing_known().subject, "alternative": "Vi spørger en anden forening. " * 20}
    answers = dataclasses.replace(samples.case_answers("ekko-af-byen-after"), subject=subject)
    pdf = printed(documents.decision(samples.told(answers, "da")))
    assert "… (side " in paper.text(pdf, 1)
    assert paper.text(pdf).count("Vi spørger en anden forening.") >= 20


def test_forty_questions_in_a_section_leave_no_page_blank(printed: Print) -> None:
    pdf = printed(documents.decision(samples.crowded(samples.case("ekko-af-byen-after", "da"), 40)))
    assert "1.40" in paper.text(pdf)
    assert not paper.blank_pages(pdf)


def test_text_is_text_and_no_markup_or_template(printed: Print) -> None:
    reading = samples.with_texts(
        samples.case("ekko-af-byen-after", "da"), lambda text: f"{text} {samples.HOSTILE}"
    )
    pdf = printed(documents.decision(reading))
    copied = paper.letters(paper.text(pdf))
    assert paper.letters('<link rel=attachment href="file:///etc/passwd">') in copied
    assert paper.letters("{{ 7*7 }}") in copied
    assert b"EmbeddedFile" not in pdf


def test_characters_without_a_glyph_are_told_not_lost_in_silence(printed: Print, tmp_path: Path) -> None:
    notes = "God idé 👍🏽 fra familien 👩‍👩‍👧 på 東京\x00\x07!"
    pdf = printed(documents.decision(samples.told(samples.everything_answered(notes), "da")))
    assert "6 forskellige tegn kunne ikke printes" in paper.text(pdf, 1)
    assert "God idé □ fra familien □ på □□!" in paper.text(pdf)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_a_document_is_the_same_bytes_in_two_processes(printed: Print, printer_job: PrintJob) -> None:
    from app.printing.printer import Printer  # noqa: PLC0415

    with Printer() as one, Printer() as other:
        first, second = one.print(printer_job), other.print(printer_job)
    assert first == second == printed(printer_job)


@pytest.fixture
def enclosed() -> Attached:
    answers = samples.case_answers("ekko-af-byen-after")
    return Attached(
        json.dumps(engine_answers.to_json(answers)),
        json.dumps(samples.questionnaire().model_dump(mode="json", by_alias=True, exclude_none=True)),
    )


@pytest.fixture
def printer_job(enclosed: Attached) -> PrintJob:
    return documents.decision(samples.case("ekko-af-byen-after", "da"), enclosed)


def test_attached_answers_can_be_left_out(printed: Print, enclosed: Attached, tmp_path: Path) -> None:
    reading = samples.case("ekko-af-byen-after", "da")
    with_answers = printed(documents.decision(reading, enclosed))
    assert b"EmbeddedFile" in with_answers
    assert paper.faults(with_answers, paper.BOTH, tmp_path) == []
    assert b"EmbeddedFile" not in printed(documents.decision(reading))


def test_a_document_prints_only_the_dates_of_its_answers(printed: Print) -> None:
    answers = dataclasses.replace(samples.case_answers("ekko-af-byen-after"), date="2019-03-01")
    pdf = printed(documents.decision(samples.told(answers, "da")))
    assert "1. marts 2019" in paper.text(pdf, 1)
    assert "2026" not in paper.text(pdf, 1)
    assert b"CreationDate" not in pdf


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_appendix_pins_the_version_and_the_rules(printed: Print, language: str) -> None:
    reading: Reading = samples.case("ekko-af-byen-after", language)
    copied = paper.letters(paper.text(printed(documents.decision(reading))))
    assert paper.letters(reading.digest) in copied
    assert reading.version in copied
    assert all(paper.letters(rule) in copied for rule in reading.rules)
