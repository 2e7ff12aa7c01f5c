"""Answers can be tried: the outcome moves, and nothing is saved until somebody asks for it."""

import html
import json
import re
from urllib.parse import parse_qsl, urlencode

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.assessments.fields.names import answer_name
from app.assessments.loaded import LoadedAssessment
from app.assessments.models import Assessment
from app.assessments.what_if.trying import UnreadableAddress, address_between, tried_questions, try_out
from app.engine.answers import Answers
from app.engine.assess import assess
from app.engine.items.exchange import ExchangeItem
from tests.strategies import answers_for, cases, shipped
from tests.web import (
    QUESTIONNAIRES,
    answer,
    begin,
    everything_stored,
    export,
    reviewed_example,
    shown,
)

CALM = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
NASTY = ["9", "x", "\x00", "-1", "½", "2" * 500, "<b>", "{{ 7 * 7 }}", "[]"]


def text(page) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


def form_of(page, form_id: str) -> dict[str, list[str]]:
    """What a browser sends of the page's form of that id, or of the one that posts."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    form = next(
        each
        for each in tree.iter("form")
        if each.get("id") == form_id or form_id in (each.get("class") or "").split()
    )
    sent: dict[str, list[str]] = {}
    for each in form.iter():
        if each.tag == "input" and each.get("name"):
            sent.setdefault(each.get("name"), []).append(each.get("value", ""))
        elif each.tag == "select":
            chosen = [option for option in each.iter("option") if option.get("selected") is not None]
            sent.setdefault(each.get("name"), []).append(
                (chosen or list(each.iter("option")))[0].get("value")
            )
    sent.pop("csrf_token", None)
    return sent


def keep(client, page):
    """Press the button that saves what a page tries."""
    return client.post(page.request.path, form_of(page, "keep"))


# Trying


def test_without_a_change_it_shows_what_the_result_shows(client):
    address = reviewed_example(client)
    page = client.get(f"{address}/what-if")
    headline = re.search(r"<h1>(.+?)</h1>", client.get(f"{address}/result").text)[1]
    assert re.findall(r'<div class="side .*?<h2>(.+?)</h2>', page.text, re.DOTALL) == [headline]
    assert "Gem disse svar" not in page.text


def test_a_changed_answer_moves_the_outcome_and_saves_nothing(client, app):
    address = reviewed_example(client)
    before = everything_stored(app)
    page = client.get(f"{address}/what-if?own-goal=no")
    headlines = re.findall(r'<div class="side .*?<h2>(.+?)</h2>', page.text, re.DOTALL)
    assert headlines == ["Ét afgrænset samarbejde", "Intet partnerskab nu"]
    assert "Det holder den igen" in page.text
    assert "Gem disse svar" in page.text
    client.http.get(f"{address}/what-if/outcome?own-goal=no&time=4")
    client.get(f"{address}/what-if/down/0", 303)
    assert everything_stored(app) == before


def test_every_changed_answer_can_be_undone_alone(client):
    address = reviewed_example(client)
    page = client.get(f"{address}/what-if?time=4&owner=4")
    undo = {html.unescape(each) for each in re.findall(r'class="undo" href="([^"]+)"', page.text)}
    assert undo == {f"{address}/what-if?time=4", f"{address}/what-if?owner=4"}


def test_it_says_which_criteria_move(client):
    address = reviewed_example(client)
    said = text(client.get(f"{address}/what-if?time=4&return=0"))
    assert "Kriterier, der flytter sig" in said
    assert re.search(r"Tiden – → til 100", said)


def test_the_page_speaks_english(client):
    address = reviewed_example(client)
    client.speak("en")
    page = client.get(f"{address}/what-if?time=4")
    assert "With these answers" in page.text
    assert "Save these answers" in page.text


def test_the_form_sends_everything_and_the_address_keeps_what_differs(client):
    address = reviewed_example(client)
    sent = form_of(client.get(f"{address}/what-if"), "try_form")
    assert len(sent) > 40
    sent["time"], sent["user-data"], sent["exchange.give.money"] = ["4"], ["?"], ["3"]
    answered = client.get(f"{address}/what-if?{urlencode(sent, doseq=True)}&utm=x", 303)
    where, _, query = answered.headers["Location"].partition("?")
    assert where == f"{address}/what-if"
    query, _, place = query.partition("#")
    assert dict(parse_qsl(query)) == {"time": "4", "user-data": "?", "exchange.give.money": "3"}
    assert place == "try_outcome"
    page = client.get(answered.headers["Location"])
    assert page.text.count('class="tried-question changed"') == 3


def test_give_and_get_can_be_put_aside_as_not_known(client):
    address = reviewed_example(client)
    said = text(client.get(f"{address}/what-if?exchange.state=%3F"))
    assert re.search(r"Bytteforholdet \d+ → til", said)


def test_the_part_that_is_replaced_is_the_outcome_alone(client):
    address = reviewed_example(client)
    part = client.http.get(f"{address}/what-if/outcome?time=4&own-goal=no")
    assert part.status_code == 200
    assert "<html" not in part.text
    assert 'data-said="Med disse svar: Intet partnerskab nu.' in part.text
    whole = client.get(f"{address}/what-if?time=4&own-goal=no").text
    token = re.compile(r'(csrf_token"\s+value=")[^"]+')
    assert token.sub(r"\1", part.text.strip()) in token.sub(r"\1", whole)


def test_before_the_review_nothing_is_shown(client):
    address = begin(client)
    for place in ("what-if", "what-if?time=4", "what-if/outcome"):
        assert client.get(f"{address}/{place}", 303).headers["Location"] == f"{address}/review"
    sent = {"asked": "time:", "time": "4"}
    assert client.post(f"{address}/what-if", sent).headers["Location"] == f"{address}/review"
    assert export(client, address)["answers"] == {}


@pytest.mark.parametrize("name", ["time", "prior-activity", "own-goal", "exchange.give.money"])
def test_an_address_that_cannot_be_read_is_refused(client, name):
    address = reviewed_example(client)
    before = export(client, address)
    for value in NASTY:
        sent = urlencode({name: value})
        survived = (303, 400) if "\x00" in value else (400,)  # without its NUL, nothing is left of it
        assert client.http.get(f"{address}/what-if?{sent}").status_code in survived, value
        posted = {answer_name(name): value, "csrf_token": client.token}
        assert client.http.post(f"{address}/what-if", data=posted).status_code in (*survived, 409), value
    assert export(client, address) == before


@pytest.mark.parametrize("place", ["up/0", "down/0", "up/99", "down/99999999999999999999"])
def test_a_change_that_the_result_names_leads_here_with_its_answers(client, place):
    address = reviewed_example(client)
    where = client.get(f"{address}/what-if/{place}", 303).headers["Location"]
    client.get(where)
    named = f"{address}/what-if/{place}" in client.get(f"{address}/result").text
    assert named == ("?" in where)


def test_what_would_lift_it_lifts_it(client):
    """The answers that the result names, tried here, give the recommendation that it promises."""
    address = reviewed_example(client)
    answer(client, f"{address}/sections/partner", prior_activity="once")
    result = client.get(f"{address}/result").text
    found = re.findall(rf"{re.escape(address)}/what-if/(up|down)/(\d+)", result)
    assert found
    for way, number in found:
        page = client.get(client.get(f"{address}/what-if/{way}/{number}", 303).headers["Location"])
        now, then = re.findall(r'<div class="side .*?<h2>(.+?)</h2>', page.text, re.DOTALL)
        assert now != then or "Det holder den igen" in page.text


# Saving


def test_saving_writes_the_tried_answers_and_keeps_their_notes(client):
    address = reviewed_example(client)
    before = export(client, address)
    note = before["answers"]["time"]["note"]
    page = client.get(f"{address}/what-if?time=4&user-data=%3F")
    assert keep(client, page).headers["Location"] == f"{address}/result"
    after = export(client, address)
    assert after["answers"]["time"] == {"value": 4, "note": note}
    assert "unknown" in json.dumps(after["gates"]["user-data"])
    for each in (before, after):
        del each["answers"]["time"], each["gates"]["user-data"], each["date"]  # saved today
    assert after == before


def test_a_breach_that_is_saved_must_be_confirmed(client):
    address = reviewed_example(client)
    keep(client, client.get(f"{address}/what-if?own-goal=no"))
    assert client.get(f"{address}/result", 303).headers["Location"] == f"{address}/review"


def test_what_someone_else_changed_meanwhile_is_shown_and_nothing_is_lost(client):
    address = reviewed_example(client)
    page = client.get(f"{address}/what-if?time=4&owner=4")
    answer(client, f"{address}/sections/ready", time="2", time__note="Anna har regnet")
    told = client.post(f"{address}/what-if", form_of(page, "keep"), status=409)
    assert "Der er 1 fejl" in told.text
    assert "Anna har regnet" in told.text
    assert export(client, address)["answers"]["time"] == {"value": 2, "note": "Anna har regnet"}
    assert export(client, address)["answers"]["owner"] != 4
    keep(client, told)
    answers = export(client, address)["answers"]
    assert answers["time"] == {"value": 4, "note": "Anna har regnet"}
    assert answers["owner"] == 4


def test_an_answer_that_someone_else_gave_elsewhere_stays(client):
    address = reviewed_example(client)
    page = client.get(f"{address}/what-if?time=4")
    answer(client, f"{address}/sections/ready", owner="3")
    keep(client, page)
    assert export(client, address)["answers"]["owner"] == 3


def test_saving_on_both_databases(stored_client):
    address = reviewed_example(stored_client)
    keep(stored_client, stored_client.get(f"{address}/what-if?exchange.give.money=3"))
    assert export(stored_client, address)["answers"]["exchange"]["give"]["money"] == 3


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_trying_and_saving_equals_editing_the_sections(client, data):
    """Whatever is chosen: the same answers are stored, notes and all, whichever page they were given on."""
    questionnaire = shipped()
    scales = [name for name, item in questionnaire.scored_items.items() if item.kind == "scale"]
    wanted = data.draw(
        st.dictionaries(
            st.sampled_from(scales), st.sampled_from(["?", "0", "1", "2"]), min_size=1, max_size=4
        )
    )
    tried, edited = reviewed_example(client), reviewed_example(client)
    page = client.http.get(f"{tried}/what-if?{urlencode(wanted)}", follow_redirects=True)
    client.check(page)
    if "Gem disse svar" in page.text:
        keep(client, page)
    for name, value in wanted.items():
        path = f"{edited}/sections/{questionnaire.section_of[name]}"
        posted = shown(client, path)
        posted.setlist(name, [value])
        client.post(path, posted)
    assert export(client, tried) == export(client, edited)


# Any questionnaire, any answers


def opened(questionnaire, answers) -> LoadedAssessment:
    return LoadedAssessment(Assessment(variant="full", public_id="A" * 22), questionnaire, answers)


@CALM
@given(case=cases())
def test_trying_nothing_changes_nothing(app, case):
    with app.test_request_context():
        trial = try_out(opened(*case), {})
    assert trial.different == {}
    assert trial.answers == case[1]


@CALM
@given(data=st.data())
def test_any_answers_can_be_tried_by_an_address(app, data):
    """What is tried comes to what the same answers come to when they are saved."""
    questionnaire, saved = data.draw(cases())
    wanted = data.draw(answers_for(questionnaire))
    before = opened(questionnaire, saved)
    with app.test_request_context():
        trial = try_out(before, address_between(before, wanted))
        again = try_out(before, trial.address)
    assert outcome(questionnaire, trial.answers) == outcome(questionnaire, wanted)
    assert again.address == trial.address
    assert again.answers == trial.answers
    shown_there = set(tried_questions(before))
    assert set(questionnaire.scored_items) <= shown_there


def outcome(questionnaire, answers: Answers):
    return assess(questionnaire, answers, explain=False)


@CALM
@given(data=st.data())
def test_any_address_is_read_or_refused(app, data):
    questionnaire, saved = data.draw(cases())
    items = questionnaire.scored_items.values()
    names = [each.id for each in items] + [each.id for each in questionnaire.gates]
    names += [f"{each.id}.give.money" for each in items if isinstance(each, ExchangeItem)] + ["sector", "x"]
    given_ = data.draw(
        st.dictionaries(st.sampled_from(names), st.sampled_from([*NASTY, "", "?", "-", "0", "o1"]))
    )
    before = opened(questionnaire, saved)
    with app.test_request_context():
        try:
            trial = try_out(before, given_)
        except UnreadableAddress:
            return
        assert set(trial.address) <= set(given_)
        assert try_out(before, trial.address).answers == trial.answers


# Questions that are hidden until another is answered


@pytest.fixture
def hiding(tmp_path, monkeypatch, request):
    """A questionnaire with a cap on a question that is asked only after another answer."""
    definition = json.loads((QUESTIONNAIRES / "kinds.json").read_text(encoding="utf-8"))
    definition["id"] = "hiding"
    items = definition["sections"][0]["items"]
    place = next(i for i, each in enumerate(items) if each["id"] == "tried")
    words = {"da": "Gik det godt?", "en": "Did it go well?"}
    again = {
        "id": "went-well",
        "kind": "fact",
        "text": words,
        "ask": words,
        "show_if": {"item": "tried", "is": "yes"},
    }
    items.insert(place + 1, again)
    lowest = definition["outcomes"][0]["id"]
    because = {"da": "Det gik ikke godt sidst.", "en": "It did not go well last time."}
    cap = {
        "id": "went-badly",
        "at_most": lowest,
        "when": {"item": "went-well", "is": "no"},
        "because": because,
    }
    definition["caps"] = [*(definition.get("caps") or []), cap]
    (tmp_path / "hiding").mkdir()
    (tmp_path / "hiding" / "hiding.json").write_text(json.dumps(definition), encoding="utf-8")
    client = request.getfixturevalue("client")
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(tmp_path / "hiding"))
    return client


def test_a_tried_answer_brings_a_hidden_question_to_light(hiding):
    address = begin(hiding, "hiding")
    answer(hiding, f"{address}/sections/all", idea="2", tried="no")
    hiding.post(f"{address}/review", {"go": "result"})
    page = hiding.get(f"{address}/what-if").text
    assert re.search(r'id="answer.went-well" hidden', page)
    page = hiding.get(f"{address}/what-if?tried=yes")
    assert not re.search(r'id="answer.went-well" hidden', page.text)
    page = hiding.get(f"{address}/what-if?tried=yes&went-well=no")
    assert "Det gik ikke godt sidst." in page.text
    keep(hiding, page)
    assert export(hiding, address)["answers"]["went-well"] == "no"


def test_a_tried_answer_to_a_question_that_is_hidden_again_does_not_count(hiding):
    address = begin(hiding, "hiding")
    answer(hiding, f"{address}/sections/all", idea="2", tried="yes")
    hiding.post(f"{address}/review", {"go": "result"})
    page = hiding.get(f"{address}/what-if?tried=no&went-well=no")
    assert "Tæller ikke med: Spørgsmålet er skjult." in page.text
    assert 'data-hidden="answer.went-well' in page.text
