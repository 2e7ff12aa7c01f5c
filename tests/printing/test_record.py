"""The decision with the library's name and logo, the motion, and what leadership decided."""

from __future__ import annotations

import base64
import dataclasses
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from app.organisation.reading import Letterhead
from app.printing import documents
from app.printing.job import PrintJob
from app.printing.picture import picture
from app.printing.printer import Printer
from app.printing.record import DecisionRecord, FollowUpRecord, MotionRecord, Record
from tests.printing import paper, samples
from tests.printing.test_decision import the_sheet_stands_alone

Print = Callable[[PrintJob], bytes]

CASE = "ekko-af-byen-after"
WHY = "Vi har ikke tid til mere."
LIBRARY = "Nordby Bibliotekerne"


def uri(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def svg(width: int, height: int) -> str:
    box = f'<rect width="{width}" height="{height}" fill="#17594a"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    return uri("svg+xml", f"{head}{box}</svg>".encode())


def png(width: int, height: int) -> str:
    """A PNG with an alpha channel, which PDF/A keeps in a mask."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    lines = zlib.compress((b"\0" + b"\x17\x59\x4a\x80" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    return uri("png", b"\x89PNG\r\n\x1a\n" + parts)


LOGOS = {
    "an ordinary SVG": svg(300, 80),
    "a very wide SVG": svg(5000, 10),
    "a very tall SVG": svg(10, 5000),
    "a tiny PNG": png(1, 1),
    "a wide PNG": png(900, 30),
    "a tall PNG": png(30, 900),
}


def decision(verdict: str = "amended", **changes: str) -> DecisionRecord:
    plain = DecisionRecord(
        verdict=verdict,
        outcome="" if verdict == "postponed" else "date",
        reasons="Vi begynder med en enkelt aften.",
        conditions="Forsikringen er på plads.",
        habilitet="Jens Olsen forlod lokalet",
        case_number="26/4711",
        decided_by="Bibliotekschef Anna Holm",
        decided_on="2026-11-23",
        follow_up_on="2027-05-23",
        recommended="engagement",
        corrected_on="",
        corrected_by="",
    )
    return dataclasses.replace(plain, **changes)


def record(*decisions: DecisionRecord, **changes: str) -> Record:
    motion = MotionRecord(
        "date", "Vi indstiller en prøve.", "Vi har ikke tid til mere.", "Mette", "2026-11-20"
    )
    went = (FollowUpRecord("2027-05-23", "as-hoped", "Der kom 80."),) if decisions else ()
    return Record(
        dataclasses.replace(motion, **changes), decisions, went, decisions[-1] if decisions else None
    )


@pytest.mark.parametrize(
    ("language", "differs"), [("da", "Indstillingen afviger herfra"), ("en", "The motion differs from this")]
)
def test_the_writer_s_motion_stands_first_and_says_when_it_differs(
    printed: Print, language: str, differs: str
) -> None:
    pdf = printed(documents.decision(samples.case(CASE, language), record=record()))
    sheet = paper.text(pdf, 1)
    assert "Vi indstiller en prøve." in sheet
    assert f"{differs}: Vi har ikke tid til mere." in sheet
    assert "☑" not in sheet
    assert the_sheet_stands_alone(pdf, language)


def test_a_motion_that_follows_the_recommendation_says_nothing_of_differing(printed: Print) -> None:
    pdf = printed(documents.decision(samples.case(CASE, "da"), record=record(outcome="engagement", why="")))
    assert "afviger" not in paper.text(pdf)


def test_steps_and_letter_follow_what_is_proposed() -> None:
    """Leadership is not asked to decide one thing and handed the steps of another."""
    reading = samples.case(CASE, "da")
    content = documents.decision(reading, record=record(outcome="none")).content
    assert content["next_steps"] == reading.outcomes[0].next_steps != reading.next_steps
    assert content["letter"] == reading.outcomes[0].letter
    decided = documents.decision(reading, record=record(decision(), outcome="none")).content
    assert decided["next_steps"] == reading.outcomes[1].next_steps


@pytest.mark.parametrize(
    ("verdict", "language", "said"),
    [
        ("approved", "da", "godkendt"),
        ("amended", "en", "with changes"),
        ("postponed", "en", "postponed"),
        ("declined", "da", "ikke godkendt"),
    ],
)
def test_the_box_that_was_decided_is_ticked(printed: Print, verdict: str, language: str, said: str) -> None:
    pdf = printed(documents.decision(samples.case(CASE, language), record=record(decision(verdict))))
    sheet = paper.text(pdf, 1)
    assert sheet.count("☑") == 1
    assert f"☑ {said}" in sheet
    for written in ("enkelt aften", "Forsikringen", "Jens Olsen", "Anna Holm", "26/4711", "2027"):
        assert written in sheet
    assert the_sheet_stands_alone(pdf, language)


def test_everything_decided_stands_in_full_behind(printed: Print) -> None:
    long = "Et ord mere. " * 80
    postponed = decision("postponed", reasons=f"Først: {long}", conditions="", follow_up_on="")
    last = decision(reasons=f"Så: {long}", corrected_on="2026-11-25", corrected_by="Karen")
    pdf = printed(documents.decision(samples.case(CASE, "da"), record=record(postponed, last, why=long)))
    assert paper.text(pdf).count("Et ord mere.") >= 3 * 80
    assert "… (side " in paper.text(pdf, 1)
    assert "Rettet af Karen den 25." in paper.text(pdf)
    assert "Som håbet" in paper.text(pdf)
    assert the_sheet_stands_alone(pdf, "da")
    assert not paper.blank_pages(pdf)


LONGEST = {
    "1,500 characters everywhere": "lorem ipsum dolor " * 83,
    "wide letters everywhere": "W" * 3000,
    "an 80-letter word everywhere": f"{samples.LONG_WORD} " * 12,
    "hostile text everywhere": samples.HOSTILE,
}


@pytest.mark.parametrize("what", LONGEST)
def test_sheet_one_stays_one_page_whatever_was_decided(printed: Print, what: str, tmp_path: Path) -> None:
    written = LONGEST[what]
    decided = decision(
        **dict.fromkeys(("reasons", "conditions", "habilitet", "decided_by", "case_number"), written)
    )
    told = record(decided, text=written, why=written, by=written)
    reading = samples.with_texts(
        samples.case("general-sponsorship", "da"), lambda text: f"{text} {written[:300]}", on_the_sheet=True
    )
    head = Letterhead(written[:200], LOGOS["an ordinary SVG"])
    pdf = printed(documents.decision(reading, record=told, letterhead=head, must_decide=written))
    assert the_sheet_stands_alone(pdf, "da")
    assert not paper.blank_pages(pdf)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_amount_above_the_threshold_says_who_must_decide(printed: Print, language: str) -> None:
    reading = samples.case(CASE, language)
    said = {"da": "På grund af beløbet skal det besluttes af: Byrådet", "en": "must decide: Byrådet"}[
        language
    ]
    assert said in paper.text(printed(documents.decision(reading, must_decide="Byrådet")), 1)
    assert said.partition(":")[0] not in paper.text(printed(documents.decision(reading)), 1)


# Name and logo


def alternatives(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        return [str(each.Alt) for each in found if "/Alt" in each]


@pytest.mark.parametrize("shape", LOGOS)
def test_a_logo_of_any_shape_keeps_the_sheet_and_the_standards(
    printed: Print, shape: str, tmp_path: Path
) -> None:
    pdf = printed(documents.decision(samples.case(CASE, "da"), letterhead=Letterhead(LIBRARY, LOGOS[shape])))
    assert f"{LIBRARY} · Til beslutning" in paper.text(pdf, 1)
    assert LIBRARY in alternatives(pdf)
    assert the_sheet_stands_alone(pdf, "da")
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


@pytest.mark.parametrize(("language", "words"), [("da", "Bibliotekets logo"), ("en", "The library’s logo")])
def test_a_logo_without_a_name_has_words_of_its_own(printed: Print, language: str, words: str) -> None:
    head = Letterhead("", LOGOS["a tiny PNG"])
    assert words in alternatives(printed(documents.decision(samples.case(CASE, language), letterhead=head)))


def test_the_meeting_sheet_has_name_and_logo_and_nothing_more(printed: Print, tmp_path: Path) -> None:
    head = Letterhead(LIBRARY, LOGOS["a tall PNG"])
    pdf = printed(documents.meeting(samples.case(CASE, "da"), head))
    assert f"{LIBRARY} og LYS/LYD" in paper.text(pdf, 1)
    assert LIBRARY in alternatives(pdf)
    assert paper.pages(pdf) == 2
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_the_same_record_and_logo_are_the_same_bytes(printer: Printer) -> None:
    def job(logo: str = "a wide PNG") -> PrintJob:
        head = Letterhead(LIBRARY, LOGOS[logo])
        return documents.decision(samples.case(CASE, "da"), record=record(decision()), letterhead=head)

    first = printer.print(job())
    with Printer() as other:
        assert other.print(job()) == first
    assert printer.print(job("a tall PNG")) != first


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/passwd",
        "https://example.org/logo.png",
        "data:text/html;base64,PGI+",
        "data:image/png;base64,PHN2Zy8+",
        "data:image/svg+xml;base64,JSFQUy1BZG9iZQ==",
        "data:image/png;base64,%%%",
        "data:image/png;base64,",
        "data:image/svg+xml;base64,æ",
    ],
)
def test_what_is_no_picture_is_not_printed(address: str) -> None:
    assert picture(address) == b""
    job = documents.decision(samples.case(CASE, "da"), letterhead=Letterhead(LIBRARY, address))
    assert job.logo == ""
    assert job.content["letterhead"] == {"name": LIBRARY, "logo": False}


def test_a_logo_fetches_nothing(printed: Print, caplog: pytest.LogCaptureFixture) -> None:
    """The settings clean a logo before it is stored; printing relies on nobody."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' viewBox="0 0 9 9">'
        '<image xlink:href="file:///etc/passwd" width="9" height="9"/><rect width="9" height="9"/></svg>'
    )
    head = Letterhead(LIBRARY, uri("svg+xml", drawn.encode()))
    pdf = printed(documents.decision(samples.case(CASE, "da"), letterhead=head))
    assert b"root:" not in pdf
    assert "nothing but packaged files" in caplog.text
    caplog.clear()
