"""The list of assessments, the bin, and the way to begin from a partner."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.assessments.models import Assessment
from app.partners.models import Partner
from app.platform.database import db, now, writing
from tests.web import answer, begin, begin_example, count_queries


def public_id(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def partner_of(client) -> str:
    with client.app.app_context():
        return db.session.execute(select(Partner.public_id)).scalar_one()


def lay_in_bin_for(client, days: int) -> None:
    with client.app.app_context(), writing() as session:
        session.execute(update(Assessment).values(deleted_at=now() - timedelta(days=days)))


# The list


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_list_shows_partner_proposal_and_how_far(client, language):
    client.speak(language)
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3")
    page = client.get("/assessments").text
    assert {"da": "1 af 36 besvaret", "en": "1 of 36 answered"}[language] in page
    assert f'<a href="/partners/{partner_of(client)}">Teaterforeningen</a>' in page
    assert f'<a href="{address}">En sommerfestival</a>' in page


@pytest.mark.parametrize(("language", "title"), [("da", "Ét afgrænset samarbejde"), ("en", "One limited")])
def test_the_list_says_what_was_recommended_in_the_reader_s_language(client, language, title):
    address = begin_example(client)
    client.post(f"{address}/review")
    client.speak(language)
    result = client.get(f"{address}/result").text
    headline = re.search(r"<h1>(.*?)</h1>", result)[1]
    assert f'<span class="tag-word">{headline}</span>' in client.get("/assessments").text


@pytest.mark.parametrize("search", ["teater", "TEATERFORENINGEN", "sommerfest", " forening  "])
def test_partner_and_proposal_are_found_by_a_part(stored_client, search):
    begin(stored_client)
    begin(stored_client, partner="Æblerne", proposal="Saft")
    page = stored_client.get("/assessments", query_string={"q": search}).text
    assert "En sommerfestival" in page
    assert "Saft" not in page


@pytest.mark.parametrize("search", ["Æbler", "æBLER", "ærøsk"])
def test_danish_letters_are_found_large_and_small(stored_client, search):
    begin(stored_client, partner="ÆBLERNE", proposal="Ærøsk saft")
    assert "Ærøsk saft" in stored_client.get("/assessments", query_string={"q": search}).text


@pytest.mark.parametrize("search", ["%", "_", "\\", "'", "\x00%", "x" * 5000, "<b>"])
def test_a_strange_search_finds_nothing_and_breaks_nothing(stored_client, search):
    begin(stored_client)
    page = stored_client.get("/assessments", query_string={"q": search}).text
    assert "En sommerfestival" not in page
    assert "<b>" not in page


def test_a_changed_name_is_found_at_once(client):
    address = begin(client)
    answer(client, f"{address}/subject", proposal="En vinterfest")
    assert "En vinterfest" in client.get("/assessments?q=vinter").text
    assert "En vinterfest" not in client.get("/assessments?q=sommer").text


def test_the_list_is_filtered_by_how_far_it_is(client):
    begin(client, proposal="Påbegyndt festival")
    reviewed = begin(client, proposal="Gennemset festival")
    client.post(f"{reviewed}/review")
    assert "Gennemset festival" not in client.get("/assessments?state=begun").text
    assert "Påbegyndt festival" not in client.get("/assessments?state=reviewed").text
    assert "passer på søgningen" in client.get("/assessments?state=decided").text
    assert "Påbegyndt festival" in client.get("/assessments?state=mine").text
    assert "Påbegyndt festival" in client.get("/assessments?state=nonsense").text


def test_a_long_list_comes_in_pages_of_fifty_with_the_same_queries(client):
    begin(client)
    client.get("/assessments")
    with count_queries(client.app) as few:
        client.get("/assessments")
    for number in range(60):
        begin(client, "smallest", who=f"Nummer {number}")
    client.get("/assessments")
    with count_queries(client.app) as many:
        page = client.get("/assessments").text
    assert len(many) == len(few)
    assert page.count("<tr>") == 51
    assert "1–50 af 61" in page
    assert client.get("/assessments?page=2").text.count("<tr>") == 12


def test_the_front_page_shows_the_latest_few_and_leads_to_all(client):
    for number in range(10):
        begin(client, proposal=f"Forslag nr. {number}")
    page = client.get("/").text
    assert [number for number in range(10) if f"Forslag nr. {number}" in page] == list(range(2, 10))
    assert 'href="/assessments"' in page


def test_an_empty_list_says_how_to_begin(client):
    assert "Begynd med et forslag" in client.get("/assessments").text
    assert "Papirkurven er tom." in client.get("/assessments/bin").text


# The bin


def test_what_was_deleted_is_taken_back_by_the_button_that_comes_up(stored_client):
    address = begin(stored_client)
    answer(stored_client, f"{address}/sections/why", goal="3", goal__note="Strategien")
    page = stored_client.follow(stored_client.post(f"{address}/delete")).text
    assert "Vurderingen af Teaterforeningen er slettet." in page
    assert "Fortryd" in page
    assert "En sommerfestival" not in page
    undo = re.search(
        r'<form method="post" action="([^"]+)"><input[^>]+><button class="link-button">Fortryd', page
    )[1]
    stored_client.post(undo)
    assert "Strategien" in stored_client.get(f"{address}/sections/why").text


@pytest.mark.parametrize("page", ["result", "review", "subject", "history", "delete", "answers.json"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_of_a_deleted_assessment_offers_to_take_it_back(client, page, language):
    address = begin(client)
    client.speak(language)
    client.post(f"{address}/delete")
    told = client.get(f"{address}/{page}", 404).text
    assert {"da": "Hent den tilbage", "en": "Take it back"}[language] in told


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_bin_asks_once_more_before_it_erases(client, language):
    client.speak(language)
    address = begin(client)
    client.post(f"{address}/delete")
    assert "En sommerfestival" in client.get("/assessments/bin").text
    assert "Teaterforeningen" in client.get(f"{address}/erase").text
    client.get(f"{address}/history", 404)
    page = client.follow(client.post(f"{address}/erase")).text
    assert "En sommerfestival" not in page
    client.get(f"{address}/erase", 404)
    client.post(f"{address}/take-back", status=404)


def test_what_does_not_lie_in_the_bin_cannot_be_erased_by_its_address(client):
    address = begin(client)
    client.get(f"{address}/erase", 404)
    client.post(f"{address}/erase", status=404)
    client.get(f"{address}/subject")


def test_after_thirty_days_the_bin_asks_and_erases_nothing(client):
    address = begin(client)
    client.post(f"{address}/delete")
    lay_in_bin_for(client, 29)
    assert "30 dage" not in client.get("/assessments/bin").text
    lay_in_bin_for(client, 31)
    page = client.get("/assessments/bin").text
    assert "1 vurdering har ligget her i mere end 30 dage" in page
    assert "for mere end 30 dage siden" in page
    client.post(f"{address}/take-back")
    client.get(f"{address}/subject")


def test_deleting_twice_says_that_it_is_deleted(client):
    address = begin(client)
    client.post(f"{address}/delete")
    client.post(f"{address}/delete", status=404)


# From a partner


def begun_from(client, known: str, name: str = "Teaterforeningen"):
    data = {"partner": name, "proposal": "Nyt forslag"}
    return client.post(f"/assessments/new?partner={known}", data).headers["Location"]


def test_a_start_from_a_partner_has_filled_in_what_is_known(client):
    begin(client, contact="Ida Lund", owner_name="Mette", sector="civil-society")
    with client.app.app_context(), writing() as session:
        session.execute(update(Partner).values(contact_name="Ida Lund", owner="Bent Holm", sector="civil"))
    page = client.get(f"/assessments/new?partner={partner_of(client)}").text
    for known in ("Teaterforeningen", "Ida Lund", "Bent Holm", "Mette Holm"):
        assert f'value="{known}"' in page
    assert re.search(r'value="civil-society"[^>]*checked', page)


def test_an_assessment_begun_from_a_partner_belongs_to_it(client):
    begin(client)
    partner = partner_of(client)
    address = begun_from(client, partner)
    assert f'href="/partners/{partner}"' in client.get(f"{address}/subject").text
    assert "Nyt forslag" in client.get(f"/partners/{partner}").text


def test_whoever_writes_another_name_gets_another_partner(client):
    begin(client)
    partner = partner_of(client)
    address = begun_from(client, partner, "Museet")
    assert f'href="/partners/{partner}"' not in client.get(f"{address}/subject").text


@pytest.mark.parametrize("partner", ["A" * 22, "nonsense", "\x00"])
def test_a_start_from_nobody_is_no_page(stored_client, partner):
    stored_client.get("/assessments/new", 404, query_string={"partner": partner})


def test_known_partners_names_are_offered_while_writing(client):
    begin(client)
    page = client.get("/assessments/new").text
    assert 'list="answer.partner.list"' in page
    assert '<option value="Teaterforeningen">' in page
