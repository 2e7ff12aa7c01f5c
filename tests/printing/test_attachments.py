"""A decision carries its answers and its questionnaire, and gives them back for ever."""

from __future__ import annotations

import io
import json
import zlib

import pikepdf
import pytest

from app.engine import answers as engine_answers
from app.printing import attachments, documents
from app.printing.attachments import Attached, NothingAttached, attached
from app.printing.printer import Printer
from tests.printing import samples


@pytest.fixture(scope="module")
def enclosed() -> Attached:
    answers = engine_answers.to_json(samples.everything_answered("note æøå 👍 \ud800"))
    return Attached(json.dumps(answers), json.dumps({"title": "Spørgeskema"}, ensure_ascii=False))


@pytest.fixture(scope="module")
def decision(printer: Printer, enclosed: Attached) -> bytes:
    return printer.print(documents.decision(samples.case("ekko-af-byen-after", "da"), enclosed))


def test_what_goes_in_comes_out(decision: bytes, enclosed: Attached) -> None:
    assert attached(decision) == enclosed


def test_a_text_with_half_a_character_can_be_attached_too(printer: Printer) -> None:
    answers = json.dumps({"date": "", "note": "\ud800"}, ensure_ascii=False)
    job = documents.decision(samples.case("ekko-af-byen-after", "da"), Attached(answers, "{}"))
    assert json.loads(attached(printer.print(job)).answers) == json.loads(answers)


def test_the_files_carry_the_date_of_the_answers(decision: bytes) -> None:
    with pikepdf.open(io.BytesIO(decision)) as document:
        file = document.attachments[attachments.ANSWERS].get_file()
        assert str(file.creation_date.date()) == "2026-11-22"


def pdf_with(name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments[name] = pikepdf.AttachedFileSpec(document, content)
        document.save(written)
    return written.getvalue()


def bomb() -> bytes:
    """Return a PDF of a few kilobytes whose answers unpack, twice, to far more than is ever read."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments[attachments.ANSWERS] = pikepdf.AttachedFileSpec(document, b"{}")
        packed = zlib.compress(zlib.compress(b" " * (4 * attachments.LARGEST)))
        stream = document.attachments[attachments.ANSWERS].get_file().obj
        stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        document.save(written, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return written.getvalue()


def locked() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.save(written, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return written.getvalue()


@pytest.mark.parametrize(
    ("pdf", "code", "words"),
    [
        (b"", "broken", "ikke en PDF-fil"),
        (b"not a pdf at all", "broken", "ikke en PDF-fil"),
        (b"%PDF-1.7\n%%EOF", "broken", "ikke en PDF-fil"),
        (pdf_with("other.txt", b"hello"), "nothing-attached", "ingen svar"),
        (pdf_with(attachments.ANSWERS, b"{}"), "nothing-attached", "ingen svar"),
        (pdf_with(attachments.ANSWERS, b"\xff\xfe"), "broken", "ikke en PDF-fil"),
        (locked(), "locked", "adgangskode"),
    ],
)
def test_another_file_is_refused_plainly(pdf: bytes, code: str, words: str) -> None:
    with pytest.raises(NothingAttached) as refused:
        attached(pdf)
    assert refused.value.code == code
    assert words in refused.value.message("da")


def test_answers_that_unpack_to_gigabytes_are_not_unpacked() -> None:
    with pikepdf.open(io.BytesIO(bomb())) as document:
        file = document.attachments[attachments.ANSWERS].get_file()
        with pytest.raises(pikepdf.DataDecodingError, match="memory limit"):
            file.read_bytes()
    with pytest.raises(NothingAttached, match="broken"):
        attached(bomb())


def test_a_decision_cut_short_is_refused_or_read_whole(decision: bytes, enclosed: Attached) -> None:
    for share in (0.2, 0.5, 0.9):
        try:
            read = attached(decision[: int(share * len(decision))])
        except NothingAttached:
            continue
        assert read == enclosed
