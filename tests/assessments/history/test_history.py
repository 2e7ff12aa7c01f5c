"""Who changed what and when, in words, and the way back."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.assessments.models import AssessmentChange
from app.platform.database import db, writing
from tests.web import Client, answer, begin, count_queries, export


def links(client: Client, address: str) -> list[str]:
    """The ways back, the latest first."""
    return re.findall(rf'href="({address}/history/\d+)"', client.get(f"{address}/history").text)


def entries(client: Client, address: str) -> list[str]:
    page = client.get(f"{address}/history").text
    return re.findall(r'<h2 class="entry-head">(.*?)(?: <span.*?)?</h2>', page)


def version_on(page: str) -> dict[str, str]:
    return {"row_version": re.search(r'name="row_version" value="(\d+)"', page)[1]}


def long_ago(client: Client, **by) -> None:
    """Let everything so far have happened earlier."""
    with client.app.app_context(), writing() as session:
        for change in session.execute(select(AssessmentChange)).scalars():
            change.at -= timedelta(**by)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_history_says_who_changed_what_in_words(client, language):
    client.speak(language)
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3", goal__note="Strategien, s. 4")
    page = client.get(f"{address}/history").text
    assert "Mette Holm" in page
    for told in {
        "da": ("Støtter forslaget et af bibliotekets mål?", "ikke besvaret", "(Strategien, s. 4)", "Svarede"),
        "en": ("no answer", "(Strategien, s. 4)", "Gave answers", "Began the assessment"),
    }[language]:
        assert told in page


def test_saves_of_one_person_close_together_are_one_entry(client):
    address = begin(client)
    for point in "123":
        answer(client, f"{address}/sections/why", goal=point)
    assert entries(client, address) == ["Svarede", "Begyndte vurderingen"]
    page = client.get(f"{address}/history").text
    assert "Det støtter" not in page.split("Begyndte")[0].split("→")[0], "only before and after are told"
    long_ago(client, minutes=11)
    answer(client, f"{address}/sections/why", goal="0")
    assert entries(client, address) == ["Svarede", "Svarede", "Begyndte vurderingen"]


def test_two_people_are_two_entries(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="1")
    client.post("/name", {"name": "Bent Lund"})
    answer(client, f"{address}/sections/why", alone="2")
    page = client.get(f"{address}/history").text
    assert entries(client, address) == ["Svarede", "Svarede", "Begyndte vurderingen"]
    assert page.index("Bent Lund") < page.index("Mette Holm")


def test_what_was_changed_and_changed_back_is_said_to_be(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="1")
    answer(client, f"{address}/sections/why", clear="goal")
    assert "Ændret og ændret tilbage igen." in client.get(f"{address}/history").text


def test_hidden_answers_are_told_too(client):
    address = begin(client, "kinds")
    answer(client, f"{address}/sections/all", tried="yes")
    answer(client, f"{address}/sections/all", how_many="40")
    answer(client, f"{address}/sections/all", tried="no")
    page = client.get(f"{address}/history").text
    assert "Hvor mange kom?" in page
    assert "40" in page


def test_a_question_that_no_longer_exists_is_told_by_its_id(client):
    address = begin(client)
    with client.app.app_context(), writing() as session:
        session.execute(update(AssessmentChange).values(changes={"long-gone": [None, 2]}))
    assert "long-gone" in client.get(f"{address}/history").text


def test_notes_are_text_and_never_html(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal__note="<script>alert(1)</script>")
    page = client.get(f"{address}/history").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_earlier_state_is_shown_before_it_is_brought_back(stored_client, language):
    client = stored_client
    client.speak(language)
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3", goal__note="Strategien")
    long_ago(client, hours=1)
    answer(client, f"{address}/sections/why", goal="0", alone="1")
    back = links(client, address)[0]
    page = client.get(back).text
    assert "Strategien" in page
    assert export(client, address)["answers"] == {"goal": {"value": 0, "note": "Strategien"}, "alone": 1}
    client.follow(client.post(back, version_on(page)))
    assert export(client, address)["answers"] == {"goal": {"value": 3, "note": "Strategien"}}
    assert len(links(client, address)) == 3, "the way forward again is there too"


def test_a_state_that_is_the_present_one_offers_nothing(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3")
    client.post(f"{address}/review")
    page = client.get(links(client, address)[0]).text
    assert "Svarene er de samme nu" in page
    assert "row_version" not in page


def test_what_somebody_else_changed_meanwhile_is_shown_before_anything_is_brought_back(client):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3")
    back = links(client, address)[0]
    seen = version_on(client.get(back).text)
    answer(client, f"{address}/sections/why", alone="1")
    page = client.post(back, seen, status=409).text
    assert "Nogen har ændret vurderingen imens" in page
    assert export(client, address)["answers"] == {"goal": 3, "alone": 1}
    client.post(back, version_on(page))
    assert export(client, address)["answers"] == {}


def test_a_breach_that_comes_back_must_be_confirmed_again(client):
    address = begin(client)
    answer(client, f"{address}/sections/in-place", user_data="no")
    client.post(f"{address}/review", {"confirmed": ["user-data"]})
    long_ago(client, hours=1)
    answer(client, f"{address}/sections/in-place", user_data="yes")
    client.get(f"{address}/result")
    back = links(client, address)[0]
    client.post(back, version_on(client.get(back).text))
    client.get(f"{address}/result", status=303)


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "9" * 40, "-1", "x"])
def test_an_entry_that_is_not_there_is_no_page(stored_client, number):
    address = begin(stored_client)
    stored_client.get(f"{address}/history/{number}", 404)


@pytest.mark.parametrize("number", ["0", "999999"])
def test_nothing_is_brought_back_from_an_entry_that_is_not_there(stored_client, number):
    address = begin(stored_client)
    stored_client.post(f"{address}/history/{number}", {"row_version": "1"}, status=404)


@pytest.mark.parametrize(
    "version", [{}, {"row_version": ""}, {"row_version": "x"}, {"row_version": ["\x00", "1"]}]
)
def test_a_made_up_post_is_refused(client, version):
    address = begin(client)
    answer(client, f"{address}/sections/why", goal="3")
    client.post(links(client, address)[0], version, status=400)
    assert export(client, address)["answers"] == {"goal": 3}


def test_another_s_entry_is_no_page(client):
    address, other = begin(client), begin(client)
    answer(client, f"{other}/sections/why", goal="1")
    foreign = links(client, other)[0].rsplit("/", 1)[-1]
    client.get(f"{address}/history/{foreign}", 404)


def test_a_long_history_comes_in_pages_with_the_same_queries(client):
    address = begin(client)
    client.get(f"{address}/history")
    with count_queries(client.app) as few:
        client.get(f"{address}/history")
    for number in range(45):
        client.post("/name", {"name": f"Person {number % 2}"})
        answer(client, f"{address}/sections/why", goal=str(number % 5))
    with count_queries(client.app) as many:
        page = client.get(f"{address}/history").text
    assert len(many) == len(few)
    assert page.count('class="entry-head"') == 20
    assert "Begyndte vurderingen" in client.get(f"{address}/history?page=3").text
    assert "som den er nu" not in client.get(f"{address}/history?page=2").text


def test_the_history_is_one_click_from_the_result(client):
    address = begin(client)
    client.post(f"{address}/review")
    assert f'href="{address}/history"' in client.get(f"{address}/result").text


def test_reading_the_history_writes_nothing(client):
    address = begin(client)
    client.get(f"{address}/history")
    with client.app.app_context():
        assert len(db.session.execute(select(AssessmentChange)).all()) == 1
