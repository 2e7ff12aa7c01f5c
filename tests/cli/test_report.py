"""``overvej report`` and ``overvej form``: a PDF, whole or not at all, that can be opened again."""

import json
import subprocess

import pikepdf
import pytest

from app.catalogue import installed
from app.cli import files, main
from app.cli.problem import Problem
from app.engine.answers import from_json, to_json
from app.engine.loading import load
from app.paths import questionnaires_folder
from app.printing.attachments import attached
from app.printing.failure import PrintingFailed
from tests.cli.examples import answers, written


def text_of(pdf) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def decision(tmp_path_factory):
    """A decision PDF, made by the command."""
    folder = tmp_path_factory.mktemp("decision")
    path = folder / "decision.pdf"
    assert main(["report", str(written(folder, answers())), "--language", "da", "-o", str(path)]) == 0
    return path


def test_a_decision_carries_its_answers_and_its_questionnaire(decision):
    inside = attached(decision.read_bytes())
    questionnaire = installed().find("new-partner")
    assert inside.definition == questionnaire.source
    carried = json.loads(inside.answers)
    assert carried.pop("digest") == questionnaire.questionnaire.digest
    assert carried == answers()


def test_a_decision_can_be_scored_like_the_file_it_was_made_from(overvej, decision, tmp_path):
    from_pdf = overvej("score", decision, "--json")
    from_file = overvej("score", written(tmp_path, answers()), "--json")
    assert from_pdf == from_file
    assert from_pdf.code == 0


def test_a_decision_printed_again_is_the_same_file(overvej, decision, tmp_path):
    again = tmp_path / "again.pdf"
    assert overvej("report", decision, "--language", "da", "-o", again).code == 0
    assert again.read_bytes() == decision.read_bytes()


def test_an_old_decision_opens_where_its_questionnaire_is_no_longer_installed(
    overvej, decision, tmp_path, monkeypatch
):
    monkeypatch.setattr("app.catalogue.questionnaires_folder", lambda: tmp_path)
    assert installed().loaded == []
    ran = overvej("score", decision, "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["outcome"] == "engagement"
    ran = overvej("score", written(tmp_path / "..", answers(), "bare.json"), "--json")
    assert ran.code == 2


def test_without_attachments_it_cannot_be_opened_again_and_says_so(overvej, tmp_path):
    bare = tmp_path / "bare.pdf"
    assert overvej("report", written(tmp_path, answers()), "--no-attachment", "-o", bare) == (0, "", "")
    with pikepdf.open(bare) as pdf:
        assert len(pdf.attachments) == 0
    ran = overvej("score", bare)
    assert ran.code == 2
    assert "bare.pdf: This PDF carries no answers" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(("language", "words"), [("da", "Indstilling"), ("en", "Motion")])
def test_the_document_has_the_language_that_was_asked_for(overvej, tmp_path, monkeypatch, language, words):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8" if language == "da" else "da_DK.UTF-8")
    path = tmp_path / "d.pdf"
    assert overvej("report", written(tmp_path, answers()), "--language", language, "-o", path).code == 0
    assert words.lower() in text_of(path).lower()
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang).startswith(language)


def test_the_meeting_sheet_says_nothing_of_trust_and_carries_nothing(overvej, tmp_path):
    path = tmp_path / "m.pdf"
    data = answers()
    data["answers"]["values"] = {"value": 0, "note": "Sekskantet hemmelighed."}
    ran = overvej("report", written(tmp_path, data), "--kind", "meeting", "--language", "da", "-o", path)
    assert ran == (0, "", "")
    assert "hemmelighed" not in text_of(path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.attachments) == 0


def test_a_form_can_be_made_from_an_id_and_from_a_file_whole_and_short(overvej, tmp_path):
    by_id, by_file, short = (tmp_path / name for name in ("id.pdf", "file.pdf", "short.pdf"))
    assert overvej("form", "new-partner", "--language", "da", "-o", by_id) == (0, "", "")
    ran = overvej("form", questionnaires_folder() / "new-partner.json", "--language", "da", "-o", by_file)
    assert ran == (0, "", "")
    assert by_id.read_bytes() == by_file.read_bytes()
    assert overvej("form", "new-partner", "--short", "--language", "da", "-o", short) == (0, "", "")
    assert 0 < len(text_of(short)) < 0.8 * len(text_of(by_id))


def test_a_short_form_of_a_questionnaire_that_has_none_is_refused(overvej, tmp_path):
    data = json.loads(installed().find("new-partner").source)
    del data["short"]
    ran = overvej("form", written(tmp_path, data, "q.json"), "--short", "-o", tmp_path / "f.pdf")
    assert (ran.code, ran.err) == (2, "overvej: new-partner has no short variant\n")


def test_a_faulty_questionnaire_makes_no_form(overvej, tmp_path):
    ran = overvej("form", written(tmp_path, {"format": "overvej-questionnaire/1"}), "-o", tmp_path / "f.pdf")
    assert ran.code == 2
    assert "answers.json:1:" in ran.err
    assert ran.err.count("\n") == 1


# Whole or not at all


def test_an_old_file_is_replaced(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    files.write(files.writable(str(path)), b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_to_the_new_file(tmp_path):
    path, link = tmp_path / "x.pdf", tmp_path / "link.pdf"
    path.write_bytes(b"old")
    link.symlink_to(path)
    files.write(files.writable(str(link)), b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")

    def fill_up(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fill_up)
    with pytest.raises(Problem, match="could not be written: No space left on device"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_document_that_cannot_be_printed_is_one_line_and_no_file(overvej, tmp_path, monkeypatch):
    def fail(_self, _job):
        raise PrintingFailed("pango-missing")

    monkeypatch.setattr("app.printing.printer.Printer.print", fail)
    ran = overvej("report", written(tmp_path, answers()), "-o", tmp_path / "x.pdf")
    assert ran.code == 2
    assert "Pango is missing" in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "x.pdf").exists()


def test_what_is_carried_reads_back_as_what_was_answered(decision):
    inside = attached(decision.read_bytes())
    questionnaire = load(inside.definition).questionnaire
    carried = from_json(json.loads(inside.answers), questionnaire)
    assert to_json(carried) == {**answers(), "digest": questionnaire.digest}
