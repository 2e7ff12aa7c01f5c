"""What is stored of a person is told, given and erased, and a human is told where else to look."""

import pytest

from app.partners.mentions import is_mentioned
from app.partners.models import CONTACT_PERSON, Partner
from tests.partners.ways import note, partner_at, put_in
from tests.web import NAME, begin, export

PERSON = {
    "contact_name": "Anne Kirkegaard",
    "contact_role": "Forperson",
    "contact_email": "ak@teater.dk",
    "contact_phone": "+45 12 34 56 78",
}


@pytest.mark.parametrize(
    "text",
    [
        *("Anne ringede", "ANNES forslag", "fru Kirkegaard", "skriv til AK@teater.dk"),
        *("ring 12345678", "tlf. 12 34 56 78.", "+4512345678", "12-34-56-78"),
    ],
)
def test_a_text_about_the_person_is_found(text):
    assert is_mentioned(Partner(name="Teatret", **PERSON), text)


@pytest.mark.parametrize("text", ["", "Annekset", "12 34 56", "Kirken", "2026-11-22", "a@b.dk", "9912345600"])
def test_a_text_about_others_is_left_in_peace(text):
    assert not is_mentioned(Partner(name="Teatret", **PERSON), text)


def test_of_nobody_nothing_is_found():
    nobody = Partner(name="Teatret", **dict.fromkeys(PERSON, ""))
    assert not any(is_mentioned(nobody, text) for text in ("", "Anne", "12345678", "@"))


def test_the_page_says_what_is_stored_and_why(client):
    address = put_in(client, **PERSON)
    page = client.get(address).text
    assert "Her gemmes navn, rolle, e-mail og telefon" in page
    assert f"Skrevet af {NAME}" in page
    assert "Lige nu er der ikke gemt noget om nogen." in client.get(put_in(client, "Museet")).text
    client.speak("en")
    assert "Stored are name, role, e-mail and phone" in client.get(address).text


def test_the_file_says_everything(stored_client):
    address = put_in(stored_client, **PERSON)
    note(stored_client, address, "Talte med Anne", "2026-11-20")
    note(stored_client, address, "Talte med Bent")
    response = stored_client.get(f"{address}/personal-data.json")
    assert "attachment" in response.headers["Content-Disposition"]
    data = response.get_json()
    assert data["contact"] == {each.removeprefix("contact_"): PERSON[each] for each in CONTACT_PERSON}
    assert data["written_by"] == NAME
    assert data["written_at"] == partner_at(stored_client, address).contact_at.isoformat()
    assert data["may_also_stand_in"] == [{"kind": "contact", "on": "2026-11-20", "text": "Talte med Anne"}]


def test_who_wrote_it_is_who_wrote_the_person_not_something_else(stored_client):
    address = put_in(stored_client, **PERSON)
    before = partner_at(stored_client, address)
    with stored_client.http.session_transaction() as session:
        session["name"] = "Bo"
    changed = {"name": "Teatret", "about": "Nyt", "row_version": before.row_version, **PERSON}
    stored_client.post(f"{address}/edit", changed)
    after = partner_at(stored_client, address)
    assert (after.contact_by, after.contact_at) == (NAME, before.contact_at)
    changed |= {"contact_phone": "87654321", "row_version": after.row_version}
    stored_client.post(f"{address}/edit", changed)
    assert partner_at(stored_client, address).contact_by == "Bo"


def test_an_assessment_that_names_the_person_is_found_with_its_history(stored_client):
    address = put_in(stored_client, **PERSON)
    assessment = begin(stored_client, partner="Teatret", proposal="Et stævne hos Anne")
    assert "Anne" in export(stored_client, assessment)["subject"]["proposal"]
    found = stored_client.get(f"{address}/personal-data.json").get_json()["may_also_stand_in"]
    assert "assessment" in {each["kind"] for each in found}
    page = stored_client.get(f"{address}/erase").text
    assert "Et stævne hos Anne" in page
    assert f"{assessment}/subject" in page


def test_erasing_removes_all_of_it_and_names_nobody(stored_client):
    address = put_in(stored_client, **PERSON)
    note(stored_client, address, "Talte med Anne")
    page = stored_client.get(f"{address}/erase").text
    assert "Talte med Anne" in page
    assert "Det kan ikke fortrydes" in page
    assert partner_at(stored_client, address).contact_name, "asking erases nothing"
    stored_client.post(f"{address}/erase")
    partner = partner_at(stored_client, address)
    assert not any(getattr(partner, column) for column in CONTACT_PERSON)
    assert (partner.erased_by, partner.contact_by, partner.contact_at) == (NAME, "", None)
    page = stored_client.get(address).text
    assert "Kontaktpersonen blev slettet" in page
    for trace in PERSON.values():
        assert trace not in page
    assert stored_client.get(f"{address}/personal-data.json").get_json()["contact"]["name"] == ""


def test_a_page_that_shows_the_person_still_cannot_bring_them_back_unseen(stored_client):
    address = put_in(stored_client, **PERSON)
    shown = {"name": "Teatret", "row_version": partner_at(stored_client, address).row_version, **PERSON}
    stored_client.post(f"{address}/erase")
    page = stored_client.post(f"{address}/edit", shown, 409).text
    assert "En anden har tømt feltet" in page
    assert partner_at(stored_client, address).contact_name == ""
