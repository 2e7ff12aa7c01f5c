"""The register: searched, narrowed, put in order, and as quick with many partners as with few."""

import re

import pytest
from sqlalchemy import insert, select

from app.partners.models import LEVELS, Partner, PartnerContact
from app.platform.database import writing
from tests.partners.ways import note, put_in
from tests.web import count_queries

ROW = re.compile(r'<th scope="row"><a href="[^"]+">([^<]+)</a>')


def listed(client, query: str = "") -> list[str]:
    return ROW.findall(client.get(f"/partners{query}").text)


def many(app, number: int) -> None:
    """Fill the register as nobody does by hand: each partner with a contact."""
    rows = [
        {
            "name": f"Forening {each:05}",
            "level": LEVELS[each % len(LEVELS)],
            "owner": f"Kollega {each % 7}",
            "created_by": "Karen",
            "updated_by": "Karen",
        }
        for each in range(number)
    ]
    with app.app_context(), writing() as session:
        session.execute(insert(Partner), [{**row, "row_version": 1} for row in rows])
        contacts = [
            {"partner_id": each, "on": "2026-11-20", "kind": "call", "created_by": "Karen", "row_version": 1}
            for each in session.execute(select(Partner.id)).scalars()
        ]
        session.execute(insert(PartnerContact), contacts)


def test_an_empty_register_says_how_to_begin(client):
    assert "Der er ingen partnere endnu" in client.get("/partners").text
    client.speak("en")
    assert "There are no partners yet" in client.get("/partners").text


def test_a_row_says_who_how_far_whose_and_when_last(stored_client):
    address = put_in(stored_client, "Teatret", sector="civil", owner="Bo", level="date")
    note(stored_client, address, on="2026-11-20")
    note(stored_client, address, on="2026-09-02")
    page = stored_client.get("/partners").text
    for words in ("Foreninger og frivillige", "Afgrænset samarbejde", "date", "Bo", "20. november 2026"):
        assert words in re.sub(r"\N{NO-BREAK SPACE}", " ", page)
    stored_client.speak("en")
    assert "Joint activity" in stored_client.get("/partners").text


def test_names_stand_in_the_order_of_the_danish_alphabet(stored_client):
    in_order = ["3F", "Abe", "Café", "Zebra", "Ældre", "Øens Museum", "Åby", "Aarhus"]
    for name in sorted(in_order, key=len):
        put_in(stored_client, name)
    assert listed(stored_client) == in_order


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aarhus", ["Aarhus Teater"]),
        ("TEATER aar", ["Aarhus Teater"]),
        ("åby", ["Åbyhøj Skole"]),
        ("ÅBYHØJ", ["Åbyhøj Skole"]),
        ("aby", []),
        ("cafe", ["Café Mellem"]),
        ("østergård", ["Café Mellem"]),
        ("ÆRENKJÆR", ["Åbyhøj Skole"]),
        ("100%", ["100% Kultur"]),
        ("%", ["100% Kultur"]),
        ("_", []),
        ("\\", []),
    ],
)
def test_it_is_searched_by_partner_person_and_owner(stored_client, text, found):
    put_in(stored_client, "Aarhus Teater")
    put_in(stored_client, "Åbyhøj Skole", owner="Ærenkjær")
    put_in(stored_client, "Café Mellem", contact_name="Ida Østergård")
    put_in(stored_client, "100% Kultur")
    response = stored_client.get("/partners", query_string={"q": text})
    assert ROW.findall(response.text) == found


def test_it_is_narrowed_by_level_sector_and_owner(stored_client):
    put_in(stored_client, "A", level="date", sector="civil", owner="Bo")
    put_in(stored_client, "B", level="date", sector="public", owner="Bo")
    put_in(stored_client, "C", level="glance", sector="civil", owner="Ida")
    assert listed(stored_client, "?level=date") == ["A", "B"]
    assert listed(stored_client, "?sector=civil") == ["A", "C"]
    assert listed(stored_client, "?owner=Bo&sector=public") == ["B"]
    assert listed(stored_client, "?level=unheard&sector=&sort=up") == ["A", "B", "C"]


def test_it_is_put_in_order_by_level_and_by_what_was_last_worked_on(stored_client):
    first = put_in(stored_client, "First", level="glance")
    put_in(stored_client, "Second", level="marriage")
    put_in(stored_client, "Third", level="divorce")
    assert listed(stored_client, "?sort=level") == ["Second", "First", "Third"]
    note(stored_client, first)
    assert listed(stored_client, "?sort=touched") == ["First", "Third", "Second"]


def test_a_search_without_a_hit_offers_to_put_the_name_in(client):
    put_in(client, "Teatret")
    page = client.get("/partners", query_string={"q": "<Museet>"}).text
    assert "ingen her, der passer" in page
    assert "/partners/new?name=%3CMuseet%3E" in page
    assert 'value="&lt;Museet&gt;"' in client.get("/partners/new?name=%3CMuseet%3E").text


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=" + "x" * 5000, "?page=-1", "?page=9999", "?page=x", "?q=a&q=b"]
)
def test_any_address_is_answered(client, query):
    put_in(client, "Teatret")
    client.get(f"/partners{query}")


def test_a_list_takes_the_same_queries_however_many_partners_there_are(stored_app, stored_client):
    counts = []
    for number in (10, 190):
        many(stored_app, number)
        stored_client.get("/partners")
        with count_queries(stored_app) as queries:
            stored_client.get("/partners?q=forening&sort=level")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_five_thousand_partners_are_shown_a_page_at_a_time(app, client):
    many(app, 5000)
    page = client.get("/partners?page=100").text
    assert "5000 partnere" in page
    assert ROW.findall(page) == [f"Forening {each:05}" for each in range(4950, 5000)]
    assert "page=99" in page
    assert listed(client, "?q=04321") == ["Forening 04321"]
    assert client.post("/partners/new", {"name": "Forening 0432x", "level": "glance"}, 409)
