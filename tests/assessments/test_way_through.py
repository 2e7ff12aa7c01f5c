"""The way through an assessment without JavaScript: what is asked, what is kept, and what is shown when."""

import io
import json
import re

import pikepdf
import pytest
from sqlalchemy import event, select

from app.assessments.models import Assessment
from app.catalogue import Catalogue, find
from app.engine.loading import LoadingFailed, load
from app.platform.database import db, writing
from app.printing.attachments import ANSWERS, DEFINITION
from tests.web import Client, answer, answers, begin, begin_example, export, filled_in, shown, shown_on

SECTIONS = ("why", "ready", "partner", "together", "in-place")


def test_from_the_front_page_to_three_documents(client):
    client.get("/")
    client.get("/assessments/new")
    address = begin(client)
    page = client.follow(client.get(address, status=303))
    assert "Hvorfor?" in page.text
    place = client.get(address, status=303).headers["Location"]
    for section in SECTIONS:
        assert place.endswith(f"/sections/{section}")
        place = client.post(place, {**filled_in(client, place).to_dict(flat=False), "go": "next"}).headers[
            "Location"
        ]
    assert place.endswith("/review")
    client.get(place)
    result = client.follow(client.post(place, {"go": "result"}))
    assert "Anbefaling" in result.text
    for document in ("decision", "meeting", "form"):
        response = client.get(f"{address}/{document}.pdf")
        assert response.mimetype == "application/pdf"
        assert response.data.startswith(b"%PDF-")


def test_only_partner_and_proposal_must_be_filled_in(client):
    page = client.post("/assessments/new", {"partner": "", "proposal": " "}, status=400)
    for question in ("Hvem er partneren?", "Hvad går forslaget ud på?"):
        assert f"<b>{question}</b> Feltet skal udfyldes." in page.text, "where it is"
    assert "Der er 2 fejl" in page.text
    assert "<title>Fejl: " in page.text
    assert 'href="#answer.partner"' in page.text
    assert begin(client)


def test_what_was_typed_about_the_proposal_is_shown_again_after_an_error(client):
    data = {"partner": "Teatret <b>&", "proposal": "", "money": "12.500", "decide-by": "i morgen"}
    page = client.post("/assessments/new", data, status=400)
    for typed in ("Teatret &lt;b&gt;&amp;", "12.500", "i morgen"):
        assert typed in page.text


@pytest.mark.parametrize(
    ("typed", "stored"), [("12.500", 12500), ("12 500", 12500), ("0", 0), ("1.000.000", 1_000_000)]
)
def test_numbers_are_read_as_danes_write_them(client, typed, stored):
    assert export(client, begin(client, money=typed))["subject"]["money"] == stored


@pytest.mark.parametrize("typed", ["tolv", "1,2,3", "-", "1e9", "NaN", "١٢", "9" * 30])
def test_what_is_no_number_is_refused(client, typed):
    data = {"partner": "A", "proposal": "B", "money": typed}
    assert "Der er 1 fejl" in client.post("/assessments/new", data, status=400).text


@pytest.mark.parametrize("typed", ["i morgen", "1.12.26", "31.11.2026", "20261201"])
def test_what_is_no_date_is_refused_with_one_as_it_can_be_typed(client, typed):
    data = answers(partner="A", proposal="B", decide_by=typed)
    page = client.post("/assessments/new", data, status=400).text
    assert "Skriv en dato, for eksempel 22.11.2026." in page
    assert f'value="{typed}"' in page


def test_a_year_that_nobody_means_is_asked_about(client):
    data = answers(partner="A", proposal="B", decide_by="0026-12-01")
    assert "Året skal ligge mellem 1900 og 2200." in client.post("/assessments/new", data, status=400).text


def test_a_year_that_was_taken_once_can_be_read_and_mended(client, app):
    address = begin(client, decide_by="2026-12-01")
    with app.app_context(), writing() as session:
        (stored,) = session.execute(select(Assessment)).scalars()
        stored.date, stored.subject = "0026-11-30", {**stored.subject, "decide-by": "0026-12-01"}
    posted = filled_in(client, f"{address}/subject")
    assert posted["decide-by"] == "0026-12-01"
    assert "Året skal" in client.post(f"{address}/subject", posted, 400).text
    posted["decide-by"] = "2026-12-01"
    client.post(f"{address}/subject", posted)
    assert export(client, address)["subject"]["decide-by"] == "2026-12-01"


def test_numbers_are_read_as_the_english_write_them_on_an_english_page(client):
    client.speak("en")
    address = begin(client, money="12,500")
    assert export(client, address)["subject"]["money"] == 12500
    assert 'value="12,500"' in client.get(f"{address}/subject").text


def test_an_answer_is_saved_and_shown_again(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3", goal__note="Strategien, s. 4")
    page = client.get(f"{address}/sections/why").text
    assert '<input type="radio" name="answer.goal" value="3" checked>' in page
    assert "Strategien, s. 4" in page
    assert export(client, address)["answers"] == {"goal": {"value": 3, "note": "Strategien, s. 4"}}


def test_unknown_is_an_answer_and_comes_on_the_agenda(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", alone="?")
    assert export(client, address)["answers"] == {"alone": {"unknown": True}}
    assert "Sat på dagsordenen:" in client.get(f"{address}/sections/why").text
    assert "Kunne vi gøre det alene" in client.get(f"{address}/review").text


def test_a_note_without_an_answer_is_kept_as_not_known(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal__note="Spørg chefen")
    assert export(client, address)["answers"] == {"goal": {"unknown": True, "note": "Spørg chefen"}}


def test_an_answer_can_be_cleared_without_javascript(client):
    address = begin(client)
    page = f"{address}/sections/why"
    answer(client, page, goal="3", alone="2")
    response = answer(client, page, clear="goal")
    assert response.headers["Location"].endswith("/sections/why#answer.goal")
    assert export(client, address)["answers"] == {"alone": 2}


def test_not_applicable_only_where_the_question_allows_it(client):
    address = begin(client, "kinds")
    answer(client, f"{address}/sections/all", idea="-")
    assert export(client, address)["answers"] == {"idea": {"na": True}}
    posted = shown(client, f"{address}/sections/all")
    posted["size"] = "-"
    client.post(f"{address}/sections/all", posted, status=400)
    assert export(client, address)["answers"] == {"idea": {"na": True}}


def test_every_kind_of_question_is_read_and_shown_again(client):
    address = begin(client, "kinds", paid="yes", due="2026-12-24", themes="books")
    page = f"{address}/sections/all"
    answer(client, page, tried="yes")
    answer(
        client, page, idea="2", size="large", when_tried="2025-05-01", how_many="1.234,5",
        places=["yard", "hall"], words="Det gik\r\ngodt", trade__give__hours="2", trade__get__rooms="3",
    )  # fmt: skip
    expected = {
        "idea": 2,
        "size": "large",
        "tried": "yes",
        "when-tried": "2025-05-01",
        "how-many": 1234.5,
        "places": ["hall", "yard"],
        "words": "Det gik\ngodt",
        "trade": {"give": {"hours": 2}, "get": {"rooms": 3}},
    }
    assert export(client, address)["answers"] == expected
    answer(client, page)
    assert export(client, address)["answers"] == expected, "saving an untouched page changes nothing"
    answer(client, page, when_tried="1.5.2025")
    assert export(client, address)["answers"] == expected, "a day may be written as a hand writes it"


def test_hidden_questions_come_to_light_and_hide_again_with_their_answers_kept(client):
    address = begin(client, "kinds")
    page = f"{address}/sections/all"
    assert 'id="answer.how-many" hidden' in client.get(page).text
    response = answer(client, page, tried="yes", go="next")
    assert response.headers["Location"].endswith("#answer.when-tried"), "what came to light is not passed"
    answer(client, page, how_many="40")
    answer(client, page, tried="no")
    assert 'id="answer.how-many" hidden' in client.get(page).text
    assert export(client, address)["answers"]["how-many"] == 40
    client.post(f"{address}/review")
    kept = client.get(f"{address}/result").text.partition("Svar, der ikke længere tæller")[2]
    assert "Hvor mange kom?" in kept, "a hidden answer is kept apart"


def test_progress_counts_only_what_is_asked_and_shown(client):
    address = begin(client, "kinds")
    assert "0 af 6" in client.get(f"{address}/sections/all").text
    answer(client, f"{address}/sections/all", tried="yes")
    assert "1 af 8" in client.get(f"{address}/sections/all").text


def test_the_short_variant_asks_less_and_can_become_the_whole(client):
    address = begin(client, variant="short")
    assert client.get(f"{address}/sections/why").text.count("<fieldset") == 4
    answer(client, f"{address}/sections/why", goal="3")
    assert client.post(f"{address}/review", {"go": "full"}).headers["Location"] == address
    assert client.get(f"{address}/sections/why").text.count("<fieldset") == 9
    assert export(client, address)["answers"] == {"goal": 3}


def test_a_bad_answer_is_refused_with_everything_typed_still_there(client):
    address = begin(client)
    posted = shown(client, f"{address}/sections/why")
    posted["goal"], posted["goal.note"], posted["alone.note"] = "9", "Min note", "x" * 3001
    page = client.post(f"{address}/sections/why", posted, status=400).text
    assert "Der er 2 fejl" in page
    assert "Min note" in page
    assert "x" * 3001 in page
    assert export(client, address)["answers"] == {}


# Before and after the review


def test_no_outcome_is_shown_before_the_review(client):
    address = begin(client)
    assert client.get(f"{address}/result", status=303).headers["Location"] == f"{address}/review"
    assert client.get(f"{address}/decision.pdf", status=303).headers["Location"] == f"{address}/review"
    titles = ("Intet partnerskab nu", "Ét afgrænset samarbejde", "Partnerskab for en periode")
    for page in ("sections/why", "sections/in-place", "review", "subject"):
        assert not any(title in client.get(f"{address}/{page}").text for title in titles)


def test_a_breach_must_be_confirmed_at_the_review(client):
    address = begin(client)
    answer(client, f"{address}/sections/in-place", user_data="no")
    page = client.post(f"{address}/review", {}, status=400).text
    assert "Der er 1 fejl" in page
    client.get(f"{address}/result", status=303)
    client.post(f"{address}/review", {"confirmed": "user-data"})
    assert "Intet partnerskab nu" in client.get(f"{address}/result").text


def test_a_breach_that_is_changed_and_made_again_must_be_confirmed_again(client):
    address = begin(client)
    page = f"{address}/sections/in-place"
    answer(client, page, user_data="no")
    client.post(f"{address}/review", {"confirmed": "user-data"})
    answer(client, page, user_data="yes")
    client.get(f"{address}/result")
    answer(client, page, user_data="no")
    client.get(f"{address}/result", status=303)


def test_the_good_answer_to_a_gate_comes_first_whichever_way_it_is_asked(client):
    page = client.get(f"{begin(client, 'kinds')}/sections/safe").text
    assert page.index("Ja, det er på plads") < page.index("Nej, det er i orden")
    assert page.index('name="answer.crowded" value="no"') < page.index('name="answer.crowded" value="yes"')


def test_an_untouched_questionnaire_has_no_outcome(client):
    address = begin(client)
    client.post(f"{address}/review")
    page = client.get(f"{address}/result").text
    assert "Spørg først" in page
    assert '<li class="now"' not in page


def test_the_result_is_the_same_on_screen_and_in_the_engine(client):
    address = begin_example(client)
    client.post(f"{address}/review")
    page = client.get(f"{address}/result").text
    assert "<h1>Ét afgrænset samarbejde</h1>" in page
    assert "med tiden" in page


def test_every_note_is_on_the_result_page(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3", goal__note="En <note> med »tegn« & mere")
    answer(client, f"{address}/sections/in-place", user_data="?", user_data__note="Spørg juristen")
    client.post(f"{address}/review")
    page = client.get(f"{address}/result").text
    assert "En &lt;note&gt; med »tegn« &amp; mere" in page
    assert "Spørg juristen" in page


def test_the_page_is_in_the_reader_s_language(client):
    address = begin_example(client)
    client.post(f"{address}/review")
    client.speak("en")
    for page in (
        "subject",
        "sections/why",
        "sections/together",
        "sections/in-place",
        "review",
        "result",
        "delete",
    ):
        client.get(f"{address}/{page}")
    assert (
        "One limited" in client.get(f"{address}/result").text
        or "en date" not in client.get(f"{address}/result").text
    )


def test_the_language_switch_goes_back_to_the_page_and_never_to_another_site(client):
    response = client.post("/language", {"language": "en", "back": "/assessments/new"})
    assert response.headers["Location"] == "/assessments/new"
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "/a\r\nSet-Cookie: x=1"):
        assert client.post("/language", {"language": "da", "back": elsewhere}).headers["Location"] == "/"


# Several windows


def test_the_language_switch_keeps_the_questionnaire_that_was_chosen(client):
    page = client.get("/assessments/new?questionnaire=kinds").text
    back = re.search('name="back" value="([^"]+)"', page)[1]
    response = client.post("/language", {"language": "en", "back": back})
    assert response.headers["Location"] == "/assessments/new?questionnaire=kinds"


def test_two_windows_lose_nothing(client):
    address = begin(client)
    page = f"{address}/sections/why"
    first, second = shown(client, page), shown(client, page)
    first["goal"], second["alone"] = "3", "2"
    client.post(page, first)
    client.post(page, second)
    assert export(client, address)["answers"] == {"goal": 3, "alone": 2}


def test_the_same_question_changed_in_two_windows_shows_both_answers(client):
    address = begin(client)
    page = f"{address}/sections/why"
    first, second = shown(client, page), shown(client, page)
    first["goal"], second["goal"] = "3", "1"
    client.post(page, first)
    refused = client.post(page, second, status=409).text
    assert "ændret i et andet vindue" in refused
    assert '<input type="radio" name="answer.goal" value="1" checked>' in refused
    assert "Det støtter et mål tydeligt" in refused
    assert export(client, address)["answers"] == {"goal": 3}


def test_two_windows_lose_nothing_of_partner_and_proposal(client):
    page = f"{begin(client)}/subject"
    first, second = shown(client, page), shown(client, page)
    first["contact"], second["hours"] = "Anna", "12"
    client.post(page, first)
    client.post(page, second)
    subject = export(client, page.removesuffix("/subject"))["subject"]
    assert (subject["contact"], subject["hours"]) == ("Anna", 12)


def test_the_same_field_changed_in_two_windows_shows_both(client):
    page = f"{begin(client)}/subject"
    first, second = shown(client, page), shown(client, page)
    first["contact"], second["contact"] = "Anna", "Bo"
    client.post(page, first)
    refused = client.post(page, second, status=409).text
    assert "hvor der står: Anna" in refused
    assert 'value="Bo"' in refused


def test_after_seeing_both_the_second_save_wins(client):
    address = begin(client)
    page = f"{address}/sections/why"
    old = shown(client, page)
    answer(client, page, goal="3")
    old["goal"] = "1"
    refused = client.post(page, old, status=409).text
    mark = refused.partition('name="asked" value="answer.goal:')[2].partition('"')[0]
    client.post(page, {"asked": f"goal:{mark}", "goal": "1"})
    assert export(client, address)["answers"] == {"goal": 1}


def test_a_page_with_an_error_overwrites_nothing_when_it_is_saved_again(client):
    address = begin(client)
    page = f"{address}/sections/why"
    old = shown(client, page)
    answer(client, page, goal="3")
    old["goal"], old["alone"] = "1", "99"
    again = shown_on(client.post(page, old, status=400).text)
    again["alone"] = "2"
    assert "Det støtter et mål tydeligt" in client.post(page, again, status=409).text
    assert export(client, address)["answers"] == {"goal": 3}


def test_saving_again_after_seeing_both_leaves_alone_what_was_changed_elsewhere(client):
    address = begin(client)
    page = f"{address}/sections/why"
    old = shown(client, page)
    answer(client, page, goal="3", alone="2")
    old["goal"] = "1"
    client.post(page, shown_on(client.post(page, old, status=409).text))
    assert export(client, address)["answers"] == {"goal": 1, "alone": 2}


def test_a_page_that_saves_by_itself_leaves_alone_what_another_window_answered(client):
    address = begin(client)
    page = f"{address}/sections/why"
    mine = shown(client, page)
    answer(client, page, alone="2")
    for value in ("1", "3"):
        mine["goal"] = value
        saved = client.post(page, mine, status=200, headers={"Accept": "application/json"}).get_json()
        mine.setlist("asked", [f"{name}:{shown}" for name, shown in saved["asked"].items()])
    assert export(client, address)["answers"] == {"goal": 3, "alone": 2}


def test_a_page_of_a_deleted_assessment_says_that_it_is_gone(client):
    address = begin(client)
    posted = shown(client, f"{address}/sections/why")
    client.get(f"{address}/delete")
    client.post(f"{address}/delete")
    assert "Vurderingen er slettet" in client.post(f"{address}/sections/why", posted, status=404).text


# Autosave


def test_autosave_uses_the_same_address_and_says_what_changed(client):
    address = begin(client, "kinds")
    page = f"{address}/sections/all"
    posted = shown(client, page)
    posted["tried"] = "yes"
    said = client.post(page, posted, status=200, headers={"Accept": "application/json"}).get_json()
    assert said["hidden"] == []
    assert said["sections"] == {"all": [1, 8], "safe": [0, 2]}
    assert export(client, address)["answers"] == {"tried": "yes"}
    assert f"tried:{said['asked']['answer.tried']}" in client.get(page).text


def test_autosave_says_what_cannot_be_saved(client):
    address = begin(client)
    posted = shown(client, f"{address}/sections/why")
    posted["goal"] = "99"
    headers = {"Accept": "application/json"}
    said = client.post(f"{address}/sections/why", posted, status=400, headers=headers).get_json()
    assert list(said["errors"]) == ["goal"]


# Bringing along, copying, deleting


def test_export_import_export_is_identical(client):
    address = begin_example(client)
    answer(client, f"{address}/sections/why", goal__note="Linje 1\nLinje 2 – »citat« æøå 😀")
    first = client.get(f"{address}/answers.json").data
    again = client.post("/import", {"file": (as_file(first), "svar.json")}).headers["Location"]
    assert client.get(f"{again}/answers.json").data == first


def test_a_decision_can_be_opened_again(client):
    address = begin_example(client)
    client.post(f"{address}/review")
    pdf = client.get(f"{address}/decision.pdf").data
    again = client.post("/import", {"file": (as_file(pdf), "beslutning.pdf")}).headers["Location"]
    assert export(client, again) == export(client, address)


def test_a_decision_without_attachment_says_so_when_it_is_opened(client):
    address = begin_example(client)
    client.post(f"{address}/review")
    pdf = client.get(f"{address}/decision.pdf?attachment=no").data
    assert refused(client, pdf, "beslutning.pdf")


REFUSED = {
    "empty": b"",
    "no JSON": b"{",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "no PDF": b"%PDF-1.7 nonsense",
    "a list": b"[]",
    "another format": b'{"format": "overvej-answers/9"}',
    "foreign": b'{"format": "overvej-answers/1", "questionnaire": "tax", "version": "1.0.0"}',
    "newer": b'{"format": "overvej-answers/1", "questionnaire": "new-partner", "version": "99.0.0"}',
    "answers to nothing": b'{"format": "overvej-answers/1"}',
    "NUL in its name": b'{"format": "overvej-answers/1", "questionnaire": "a\\u0000", "version": "1.0.0"}',
    "half a character": b'{"format": "overvej-answers/1", "questionnaire": "\\ud800", "version": "1.0.0"}',
    "deep": b"[" * 100_000,
    "unknown answers": json.dumps(
        {
            "format": "overvej-answers/1",
            "questionnaire": "kinds",
            "version": "1.0.0",
            "answers": {"idea": 77, "nobody-asked": 1},
        }
    ).encode(),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_used_changes_nothing_and_says_why(client, content):
    assert refused(client, content, "svar.json")


def refused(client: Client, content: bytes, name: str) -> bool:
    page = client.post("/import", {"file": (as_file(content), name)}, status=400).text
    assert "Filen blev ikke åbnet. Intet er ændret." in page
    assert "Fortsæt" not in client.get("/").text or "Eksempel" in client.get("/").text
    return True


def test_importing_nothing_says_to_choose_a_file(client):
    assert "Vælg en fil først." in client.post("/import", {}, status=400).text


def test_a_file_that_is_too_large_is_refused_plainly(client, app):
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    page = client.post("/import", {"file": (as_file(b"x" * 10_000), "stor.json")}, status=413).text
    assert "Filen er for stor" in page


def test_a_questionnaire_that_was_changed_under_its_version_is_said_plainly_at_the_start(client, monkeypatch):
    address = begin(client, "kinds")
    changed = load(find("kinds").source.replace("Er det en god idé?", "Er idéen god?"))
    monkeypatch.setattr("app.catalogue.find", lambda *_: changed)
    new = "/assessments/new?questionnaire=kinds"
    page = client.post(new, answers(partner="Æblerne", proposal="Saft"), status=409).text
    assert "Spørgeskemaet er ændret" in page
    assert "Hæv »version« i filen" in page
    assert "Er det en god idé?" in client.get(f"{address}/sections/all").text


def test_a_questionnaire_that_breaks_while_the_server_runs_is_told_at_the_start(client, monkeypatch):
    with pytest.raises(LoadingFailed) as failed:
        load("{", "kinds.json")
    monkeypatch.setattr("app.catalogue.installed", lambda: Catalogue(faulty=[failed.value]))
    page = client.get("/assessments/new?questionnaire=kinds", status=503).text
    assert "Spørgeskemaet kan ikke bruges" in page
    assert "kinds.json:1:" in page


def test_an_old_pdf_is_opened_with_its_own_text_and_takes_no_installed_version_s_place(client):
    source = find("kinds").source.replace("Er det en god idé?", "Er idéen god?")
    answers = json.dumps({"format": "overvej-answers/1", "questionnaire": "kinds", "version": "1.0.0"})
    pdf = pdf_with({ANSWERS: answers.encode(), DEFINITION: source.encode()})
    for _ in range(2):
        opened = client.post("/import", {"file": (as_file(pdf), "oplæg.pdf")}).headers["Location"]
        address = "/".join(opened.split("/")[:3])
        assert "Er idéen god?" in client.get(f"{address}/sections/all").text
    assert "Er det en god idé?" in client.get(f"{begin(client, 'kinds')}/sections/all").text
    by_text = client.post("/import", {"file": (as_file(answers.encode()), "svar.json")}).headers["Location"]
    address = "/".join(by_text.split("/")[:3])
    assert "Er det en god idé?" in client.get(f"{address}/sections/all").text
    copied = client.get(f"{'/'.join(opened.split('/')[:3])}/answers.json").data
    again = client.post("/import", {"file": (as_file(copied), "svar.json")}).headers["Location"]
    assert "Er idéen god?" in client.get(f"{'/'.join(again.split('/')[:3])}/sections/all").text


def test_a_copy_begins_with_the_same_answers_and_leaves_the_old_one_alone(client):
    address = begin_example(client)
    copy = client.post(f"{address}/copy").headers["Location"].removesuffix("/subject")
    before = export(client, address)
    assert export(client, copy)["answers"] == before["answers"]
    answer(client, f"{copy}/sections/why", goal="0")
    assert export(client, address) == before
    client.get(f"{copy}/result", status=303)


def test_the_example_is_marked_as_one(client):
    begin_example(client)
    assert "Eksempel" in client.get("/").text


def as_file(content: bytes):
    return io.BytesIO(content)


def pdf_with(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, content in files.items():
            document.attachments[name] = pikepdf.AttachedFileSpec(document, content)
        document.save(written)
    return written.getvalue()


# Reading never writes


def test_get_never_writes(stored_app):
    client = Client(stored_app)
    address = begin_example(client)
    client.post(f"{address}/review")
    statements = []
    with stored_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    pages = [f"/sections/{section}" for section in SECTIONS]
    for page in [*pages, "/subject", "/review", "/result", "/answers.json", "/delete"]:
        client.get(address + page)
    for page in ("/", "/assessments/new"):
        client.get(page)
    client.get(address, status=303)
    client.get("/assessments/AAAAAAAAAAAAAAAAAAAAAA", status=404)
    assert statements
    assert [each for each in statements if not each.startswith(("SELECT", "BEGIN"))] == []


@pytest.mark.parametrize(("language", "words"), [("da", "Det er ikke gået tabt"), ("en", "It is not lost")])
@pytest.mark.parametrize("erased", [False, True])
def test_what_is_written_while_another_deletes_it_is_shown(stored_client, language, words, erased):
    address = begin(stored_client)
    page = stored_client.get(address, 303).headers["Location"]
    posted = shown(stored_client, page)
    posted["goal.note"] = "Se <b>strategien</b>, side 4"
    other = Client(stored_client.app)
    other.post(f"{address}/delete")
    if erased:
        other.post(f"{address}/erase")
    stored_client.speak(language)
    told = stored_client.post(page, posted, 404).text
    assert words in told
    assert "Se &lt;b&gt;strategien&lt;/b&gt;, side 4" in told
    assert words not in stored_client.get(page, 404).text, "nothing was written"
