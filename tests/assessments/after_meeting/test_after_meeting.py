"""After the meeting everything that was open is asked on one page, and what was learned is saved there."""

import itertools
import re

import pytest

from app.engine.answers import from_json
from app.engine.assess import assess
from tests.strategies import shipped
from tests.web import (
    answer,
    begin,
    controls,
    everything_stored,
    export,
    filled_in,
    named,
    reviewed_example,
    shown,
)

NASTY = ["", "\x00", "9", "x", "½", "y" * 4000, "{{ 7 * 7 }}", "<b>"]


def asked_on(client, page: str) -> list[str]:
    """The questions on the page, in order."""
    return [each.partition(":")[0] for each in shown(client, page).getlist("asked")]


def test_everything_that_is_open_is_asked_the_most_deciding_first(client):
    address = reviewed_example(client)
    answer(client, f"{address}/sections/in-place", user_data="?")
    answers = from_json(export(client, address), shipped())
    wanted = [each.id for each in assess(shipped(), answers).questions]
    assert wanted[0] == "user-data"
    assert asked_on(client, f"{address}/after-meeting")[: len(wanted)] == wanted
    page = client.get(f"{address}/after-meeting").text
    assert page.index("De her kan flytte anbefalingen") < page.index("Også godt at vide")


def test_what_nobody_has_touched_is_asked_too_in_the_order_of_the_questionnaire(client):
    address = begin(client, "kinds")
    answer(client, f"{address}/sections/all", idea="2", tried="yes")
    asked = asked_on(client, f"{address}/after-meeting")
    assert set(asked) >= {"when-tried", "how-many", "places", "words", "trade", "lawful", "crowded"}
    assert not {"idea", "tried"} & set(asked)
    assert asked.index("when-tried") < asked.index("places") < asked.index("words")


def test_each_question_stands_with_what_to_ask(client):
    address = reviewed_example(client)
    page = client.get(f"{address}/after-meeting").text
    for question in asked_on(client, f"{address}/after-meeting"):
        assert shipped().items[question].ask["da"].replace("'", "&#39;") in page


def test_the_page_speaks_english(client):
    address = reviewed_example(client)
    client.speak("en")
    assert "What do you know now?" in client.get(f"{address}/after-meeting").text


def test_what_was_learned_is_saved_and_is_no_longer_asked(client):
    address = reviewed_example(client)
    page = f"{address}/after-meeting"
    saved = answer(client, page, time="3", time__note="12 timer", owner="4")
    assert saved.headers["Location"] == page
    answers = export(client, address)["answers"]
    assert answers["time"] == {"value": 3, "note": "12 timer"}
    assert not {"time", "owner"} & set(asked_on(client, page))


def test_looking_writes_nothing(client, app):
    address = reviewed_example(client)
    before = everything_stored(app)
    client.get(f"{address}/after-meeting")
    assert everything_stored(app) == before


def test_saving_leads_to_the_recommendation_and_before_the_review_to_that(client):
    reviewed, begun = reviewed_example(client), begin(client)
    for address, seen in ((reviewed, "result"), (begun, "review")):
        page = f"{address}/after-meeting"
        posted = {**filled_in(client, page).to_dict(flat=False), "go": "result"}
        place = client.post(page, posted).headers["Location"]
        while client.http.get(place).status_code == 303:
            place = client.http.get(place).headers["Location"]
        assert place == f"{address}/{seen}"


@pytest.mark.parametrize(
    ("go", "place"), [("why", "sections/why"), ("subject", "subject"), ("review", "review")]
)
def test_going_elsewhere_saves_first(client, go, place):
    address = reviewed_example(client)
    posted = shown(client, f"{address}/after-meeting")
    posted["time"] = "3"
    saved = client.post(f"{address}/after-meeting", {**posted.to_dict(flat=False), "go": go})
    assert saved.headers["Location"] == f"{address}/{place}"
    assert "3" in str(export(client, address)["answers"]["time"])


def test_with_nothing_open_it_says_so_kindly(client):
    address = begin(client, "smallest", who="Teaterforeningen")
    page = f"{address}/after-meeting"
    assert asked_on(client, page) == ["good"]
    answer(client, page, good="1")
    assert "Der er ikke flere spørgsmål" in client.get(page).text


def test_it_saves_by_itself_and_tells_what_is_stored(client):
    address = begin(client, "kinds")
    page = f"{address}/after-meeting"
    posted = shown(client, page)
    posted["tried"] = "yes"
    said = client.post(page, posted, status=200, headers={"Accept": "application/json"}).get_json()
    assert said["asked"]["answer.tried"]
    assert not {"when-tried", "how-many"} & set(said["hidden"])
    assert export(client, address)["answers"]["tried"] == "yes"


def test_a_question_that_comes_to_light_stands_under_the_one_that_brought_it(client):
    address = begin(client, "kinds")
    page = f"{address}/after-meeting"
    asked = asked_on(client, page)
    assert set(asked[asked.index("tried") + 1 :][:2]) == {"when-tried", "how-many"}
    assert re.search(r'id="answer.how-many"[^>]* hidden', client.get(page).text)
    assert "#" in answer(client, page, tried="yes").headers["Location"]
    assert not re.search(r'id="answer.how-many"[^>]* hidden', client.get(page).text)


def test_an_answer_can_be_cleared(client):
    address = reviewed_example(client)
    page = f"{address}/after-meeting"
    posted = shown(client, page)
    saved = client.post(page, {**posted.to_dict(flat=False), "clear": "owner"})
    assert saved.headers["Location"] == f"{page}#answer.owner"
    assert "owner" in asked_on(client, page)


def test_two_windows_lose_nothing(client):
    address = reviewed_example(client)
    page = f"{address}/after-meeting"
    posted = shown(client, page)
    answer(client, f"{address}/sections/ready", owner="2", owner__note="Ritas ord")
    posted["owner"], posted["time"] = "4", "3"
    told = client.post(page, posted, status=409)
    assert "Ritas ord" in told.text
    assert "<title>Fejl: " in told.text
    assert export(client, address)["answers"]["owner"] == {"value": 2, "note": "Ritas ord"}


def test_only_what_a_page_may_ask_can_be_changed_by_it(client):
    address = begin(client)
    before = export(client, address)
    client.post(f"{address}/after-meeting", {"asked": ["partner:", "nobody:", "goal\x00:"], "partner": ""})
    client.post(f"{address}/after-meeting", {"time": "3"})
    assert export(client, address) == before


def test_each_field_survives_each_nasty_value_alone_and_repeated(client):
    address = begin(client, "kinds", paid="yes")
    page = f"{address}/after-meeting"
    asked = shown(client, page).getlist("asked")
    names = {named(each) for each in controls(client.get(page).text)} - {"csrf_token", "asked", ""}
    for name, value in itertools.product(sorted(names), NASTY):
        for values in ([value], [value, "2"]):
            posted = {"asked": asked, name: values, "csrf_token": client.token}
            answered = client.http.post(page, data=posted, headers={"Accept": "application/json"})
            assert answered.status_code in (200, 400, 409), (name, value)
    told = client.post(page, {"asked": asked, "how-many": "tolv", "idea": "9"}, status=400)
    assert "Der er 2 fejl" in told.text


def test_saving_on_both_databases(stored_client):
    address = reviewed_example(stored_client)
    answer(stored_client, f"{address}/after-meeting", owner="4")
    assert "owner" not in asked_on(stored_client, f"{address}/after-meeting")
