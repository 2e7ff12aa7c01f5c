"""The sheets of a workshop: one for each number, told apart on every page, and read aloud like the others."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from app import catalogue
from app.printing import documents
from app.printing.job import PrintJob
from app.printing.printer import Printer
from app.wording.blank import blank_of
from app.workshops.asking import asked_sections
from tests.printing import paper

Print = Callable[[PrintJob], bytes]

TYPED = "Børnehuset »Solen« <b> & co"


def job(language: str = "da", side: str = "library", variant: str = "full", **more) -> PrintJob:
    name = more.pop("questionnaire", "new-partner")
    questionnaire = catalogue.find(name).questionnaire
    sections = [section.id for section in questionnaire.sections]
    asked = {
        each.section.id: (*each.gates, *each.items)
        for each in asked_sections(questionnaire, variant, sections, side)
    }
    facts = {"partner": TYPED, "proposal": "En sommerfestival", "named": False, "smallest_group": 4}
    facts = {"numbers": range(7, 10), **facts, **more}
    return documents.sheets(
        blank_of(questionnaire, language, asked, notes=side == "library"), side=side, **facts
    )


@pytest.mark.parametrize(
    ("language", "side", "named"),
    [("da", "library", False), ("en", "library", True), ("da", "partner", True), ("en", "others", False)],
)
def test_a_sheet_keeps_the_standards_and_says_nothing_in_the_other_language(
    printed: Print, tmp_path, language, side, named
) -> None:
    pdf = printed(job(language, side, named=named, numbers=[7, 8]))
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []
    words = paper.text(pdf)
    assert ("Papirskema" in words) == (language == "da")
    assert ("Answer sheet" in words) == (language == "en")
    assert ("Dit navn" in words or "Your name" in words) == named


@pytest.mark.parametrize(
    ("side", "variant", "length"), [("library", "full", 3), ("library", "short", 2), ("partner", "full", 1)]
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_has_its_number_and_every_sheet_begins_on_the_right(
    printed: Print, language, side, variant, length
) -> None:
    pdf = printed(job(language, side, variant))
    each = length + length % 2
    assert paper.pages(pdf) == 3 * each
    for place, number in enumerate((7, 8, 9)):
        for page in range(1, length + 1):
            words = paper.text(pdf, place * each + page)
            assert {"da": f"Papirskema {number}", "en": f"Sheet {number}"}[language] in words
            told = {"da": f"side {page} af {length}", "en": f"page {page} of {length}"}[language]
            assert told in words
            assert words.count(f"{number}-{page}") == 1
        if length % 2:
            assert paper.text(pdf, place * each + each) == ""


def test_every_sheet_has_tags_of_its_own_for_all_that_stands_on_it(printed: Print) -> None:
    with pikepdf.open(io.BytesIO(printed(job()))) as document:
        sheets = list(document.Root.StructTreeRoot.K[0].K)
        assert len(sheets) == 3
        read = [_tags(sheet) for sheet in sheets]
        assert len(read[0]) > 500
        assert read[0] == read[1] == read[2]
        pages = {page.objgen: place for place, page in enumerate(document.pages)}
        for place, sheet in enumerate(sheets):
            assert {pages[tag.Pg.objgen] // 4 for tag in _walk(sheet) if "/Pg" in tag} == {place}
        listed = document.Root.StructTreeRoot.ParentTree.Nums
        assert sorted(map(int, list(listed)[::2])) == list(range(9))
        titles = [str(entry.Title) for entry in _bookmarks(document)]
        assert titles == ["Papirskema 7", "Papirskema 8", "Papirskema 9"]


def _walk(tag):
    yield tag
    for part in tag.get("/K", []):
        if isinstance(part, pikepdf.Dictionary):
            yield from _walk(part)


def _tags(sheet) -> list[str]:
    return [str(tag.S) for tag in _walk(sheet)]


def _bookmarks(document: pikepdf.Pdf):
    entry = document.Root.Outlines.get("/First")
    while entry is not None:
        yield entry
        entry = entry.get("/Next")


def test_the_partner_s_sheet_says_nothing_that_is_the_library_s_alone(printed: Print) -> None:
    words = paper.text(printed(job(side="partner")))
    questionnaire = catalogue.find("new-partner").questionnaire
    ours = [item.text["da"] for item in questionnaire.items.values() if item.side == "library"]
    ours += [gate.text["da"] for gate in questionnaire.gates]
    ours += [section.title["da"] for section in questionnaire.sections if len(section.title["da"]) > 10]
    ours += [item.text["da"] for item in questionnaire.items.values()
             if item.text_partner and item.text_partner["da"] != item.text["da"]]  # fmt: skip
    assert [each for each in ours if paper.letters(each) in paper.letters(words)] == []
    assert "Bemærkninger" not in words
    assert "Har I lavet noget sammen med biblioteket før?" in words


def test_the_same_job_makes_the_same_bytes_and_what_was_typed_is_text(printer: Printer) -> None:
    first = printer.print(job(side="partner"))
    with Printer() as other:
        assert other.print(job(side="partner")) == first
    assert TYPED in paper.text(first)
    assert printer.print(job(side="partner", numbers=range(8, 11))) != first


def test_every_kind_of_question_has_room_for_its_answer(printed: Print, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(Path(__file__).parents[1] / "questionnaires"))
    pdf = printed(job(questionnaire="kinds"))
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []
    words = paper.text(pdf)
    for asked in ("dag, måned, år", "Du må sætte flere krydser.", "Skriv et tal i hvert felt.", "0–3"):
        assert asked in words


def test_sixty_sheets_are_printed_before_the_printer_gives_up() -> None:
    with Printer() as as_patient_as_ever:
        pdf = as_patient_as_ever.print(job(numbers=range(1, 61)))
    assert paper.pages(pdf) == 60 * 4
    assert len(pdf) < 2_000_000
