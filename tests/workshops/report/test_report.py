"""The workshop's report and the facilitator's guide, by address."""

import json
from functools import cache

import pytest

from app.assessments.models import Assessment
from app.platform.database import db
from app.printing.attachments import attached
from app.workshops import operations
from app.workshops.loaded import open_workshop
from app.workshops.models import STEPS
from app.workshops.plan import SCRIPTS
from app.workshops.report.content import content_of
from tests.printing import paper
from tests.web import Client
from tests.workshops import ways as workshop_ways
from tests.workshops.report import ways


def report(client, public_id: str, language: str = "da") -> bytes:
    return client.get(f"/workshops/{public_id}/report.pdf?language={language}").data


def printable(words: str) -> str:
    """The letters of a text as paper has them: what no font has is an empty box there."""
    return paper.letters("".join("□" if ord(letter) > 0xFFFF else letter for letter in words))


@pytest.fixture(scope="module")
def words() -> dict[str, list[str]]:
    return {
        "reason": [*ways.REASONS.values(), ways.FACT],
        "minority view": list(ways.MINORITY.values()),
        "action": [ways.ACTIONS[0][0], ways.ACTIONS[0][1], "Læg datoen i kalenderen", ways.ACTIONS[2][0]],
        "remark": ways.REMARKS,
    }


@pytest.fixture(scope="module")
def printed(shared_app):
    """The report of a closed workshop: with names or without, in a language."""
    client = Client(shared_app)
    closed = cache(lambda named: ways.closed(shared_app, named=named))
    return lambda named=False, language="da": report(client, closed(named), language)


@pytest.mark.parametrize("named", [False, True])
def test_every_reason_minority_view_action_and_remark_is_in_it(printed, words, named):
    copied = paper.letters(paper.text(printed(named)))
    for kind, texts in words.items():
        for text in texts:
            # A running header may stand inside a text that goes over a page: its ends say that all is there.
            assert printable(text)[:60] in copied, kind
            assert printable(text)[-12:] in copied, kind
    assert copied.count(paper.letters("med æøå og mange ord")) >= 80


def test_it_counts_what_the_room_map_counts(app):
    public_id = ways.closed(app)
    with app.test_request_context():
        workshop = open_workshop(public_id)
        sections, room_map = content_of(workshop, "da")["answered"], workshop.room_map
    told = {
        (question["id"], group["group"]): (group["answered"], group["unknown"], group["na"], group["counts"])
        for section in sections
        for question in section["questions"]
        for group in question["groups"]
    }
    found = {key: room_map.questions[key[0]][key[1]] for key in told}
    assert told == {key: (each.answered, each.unknown, each.na, each.counts) for key, each in found.items()}
    assert any(each.unknown != each.na for each in found.values())


def test_both_databases_print_it(stored_client, stored_app):
    assert "Teaterforeningen" in paper.text(report(stored_client, ways.closed(stored_app)), 1)


@pytest.mark.parametrize("named", [False, True])
def test_nothing_of_a_side_below_the_smallest_group_is_in_it(printed, named):
    pdf = printed(named)
    inside = attached(pdf)
    for place in (paper.text(pdf), inside.answers):
        assert paper.letters(ways.SECRET) not in paper.letters(place)
    assert "Andre: 3 har svaret. Det er for få til at blive vist." in paper.text(pdf, 1)


def test_names_are_told_only_in_a_workshop_with_names(printed):
    people = [f"Læser {n}" for n in range(6)]
    assert all(name in paper.text(printed(named=True)) for name in people)
    assert "Læser" not in paper.text(printed())


def test_the_first_page_suffices_for_a_leader(printed):
    pdf = printed()
    front = paper.text(pdf, 1)
    for said in (
        "En sommerfestival", "Forslag fra Teaterforeningen", "24. november 2026",
        "Biblioteket 6 · Partneren 4",
        "uden navn", "Det peger de fælles svar på", "Kommer vi tættere på lokalsamfundet?",
        "Enige om: Vi får kontakter", "Nogle ser anderledes på det", "Søren Kjær", "1. december 2026",
    ):  # fmt: skip
        assert said in front
    assert "Kortet over svarene" not in front
    assert not paper.blank_pages(pdf)


def test_it_says_how_the_answers_were_put_together(printed):
    pdf = printed()
    digest = json.loads(attached(pdf).answers)["digest"]
    copied = paper.letters(paper.text(pdf))
    for said in ("medianen", "van der Eijk", "MR-Sort", "beviser det ikke", digest):
        assert paper.letters(said) in copied
    assert "når mindst 4 i den har svaret" in paper.text(pdf)


def test_the_rooms_answers_can_be_opened_again(printed):
    written = json.loads(attached(printed()).answers)
    assert written["respondents"] == 10
    assert written["subject"]["partner"] == "Teaterforeningen"
    assert written["answers"]["common-goal"]["note"] == ways.REASONS["common-goal"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_an_archive_and_accessible_at_once(printed, language, tmp_path):
    assert paper.faults(printed(True, language), paper.BOTH, tmp_path) == []


def test_it_speaks_the_language_asked_for_whatever_the_screen_speaks(client, app):
    """And the same room gives the same bytes, whoever asks."""
    public_id = ways.closed(app)
    english, danish = report(client, public_id, "en"), report(client, public_id, "da")
    assert "The room map" in paper.text(english)
    assert "Kortet over svarene" in paper.text(danish)
    client.speak("en")
    assert report(client, public_id, "da") == danish
    assert client.get(f"/workshops/{public_id}/report.pdf").data == english


def test_a_room_of_too_few_is_told_so(client, app):
    public_id = workshop_ways.opened(app)
    workshop_ways.answer(app, public_id, "library", *(workshop_ways.of_library(n) for n in range(3)))
    with app.app_context():
        operations.reveal(public_id, ways.LEADER)
        operations.close(public_id, ways.LEADER)
    pdf = report(client, public_id)
    assert "Så få har svaret, at svarene ikke bliver vist." in paper.text(pdf, 1)
    assert "Partneren: ingen har svaret." in paper.text(pdf, 1)
    assert not paper.blank_pages(pdf)


def test_only_some_parts_or_the_short_questionnaire_is_said(client, app):
    text = paper.text(report(client, ways.closed(app, variant="short")))
    assert "Deltagerne svarede på den korte udgave af skemaet." in text
    public_id = ways.closed(app, sections=["why", "together", "in-place"])
    assert "Deltagerne svarede kun på disse dele: Hvorfor?, Sammen" in paper.text(report(client, public_id))


def test_there_is_no_report_before_the_workshop_is_closed(client, app):
    for public_id in (workshop_ways.opened(app), ways.revealed(app)):
        sent = client.get(f"/workshops/{public_id}/report.pdf", 303)
        assert sent.headers["Location"] == f"/workshops/{public_id}"
        assert "Afslut workshoppen først." in client.get(sent.headers["Location"]).text


def test_an_unknown_language_or_workshop_is_refused(client, app):
    client.get(f"/workshops/{ways.closed(app)}/report.pdf?language=fr", 400)
    client.get("/workshops/guide.pdf?language=fr", 400)
    client.get(f"/workshops/{'x' * 22}/report.pdf", 404)


def test_what_the_room_agreed_on_prints_as_a_decision_that_says_so(client, app):
    public_id = ways.closed(app)
    assessment = workshop_ways.room(app, public_id).assessment_id
    assert assessment is not None
    with app.app_context():
        found = db.session.get(Assessment, assessment).public_id
    decision = paper.text(client.get(f"/assessments/{found}/decision.pdf?language=da").data, 1)
    assert "En workshop med 10 personer" in decision
    assert "Teaterforeningen" in paper.text(client.get(f"/assessments/{found}/meeting.pdf").data, 1)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_guide_is_one_sheet_of_paper(client, language, tmp_path):
    pdf = client.get(f"/workshops/guide.pdf?language={language}").data
    last = {"da": "Tiden løber fra jer", "en": "Time runs out"}[language]
    assert paper.pages(pdf) == 2
    assert last in paper.text(pdf, 2)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_the_guide_has_both_scripts_minute_by_minute(client):
    text = paper.text(client.get("/workshops/guide.pdf").data)
    for minutes, plan in SCRIPTS.items():
        passed = 0
        for step in STEPS:
            assert f"{passed}–{passed + plan[step]}" in text, f"{step} of {minutes}"
            passed += plan[step]
