"""The paper's pages: print, key in, notice what is keyed twice, and never read an answer back."""

import re
import threading

import pytest
from sqlalchemy import select

from app import catalogue
from app.platform.database import db
from app.workshops import operations as workshops
from app.workshops.loaded import open_workshop
from app.workshops.models import Participant
from app.workshops.operations import WrongStage
from app.workshops.sheets import operations
from app.workshops.sheets.operations import KeyedAlready, NoSuchSheet
from tests.web import NAME, Client, count_queries, meanwhile
from tests.workshops.ways import LEADER, answer, opened, prepared, revealed, room

FIRST = {"sheet": "7", "1.1": "d", "1.2": "x", "1.3": "a"}
SAID = {"goal": 3, "alone": {"unknown": True}}


def people(app, public_id: str) -> list[Participant]:
    with app.app_context():
        rows = select(Participant).where(Participant.workshop_id == room(app, public_id).id)
        return list(db.session.execute(rows.order_by(Participant.number)).scalars())


def key(client, public_id: str, boxes=None, status=303, **more):
    return client.post(f"/workshops/{public_id}/sheets/key", {**(boxes or FIRST), **more}, status=status)


def questions() -> list[str]:
    return catalogue.find("new-partner").questionnaire.sections[0].questions


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_sheet_is_keyed_in_and_the_next_is_asked_for(stored_app, stored_client, language):
    client, public_id = stored_client, opened(stored_app)
    client.speak(language)
    asked = client.get(f"/workshops/{public_id}/sheets/key").text
    assert re.search(r'id="sheet-v"[^>]* autofocus', asked)
    form = client.get(f"/workshops/{public_id}/sheets/key?sheet=7-2").text
    assert re.search(r'name="1\.1"[^>]* autofocus', form)
    before = room(stored_app, public_id).answer_count
    after = client.follow(key(client, public_id)).text
    said = {"da": "Papirskema 7 er tastet ind.", "en": "Sheet 7 is keyed in."}[language]
    assert said in after
    assert re.search(r'id="sheet-v"[^>]* autofocus', after)
    (row,) = people(stored_app, public_id)
    assert (row.kind, row.side, row.sheet, row.number, row.actor) == ("paper", "library", 7, 1, NAME)
    first, second, third = questions()[:3]
    assert row.answers == {first: 3, second: {"unknown": True}, third: 0}
    assert row.answered
    assert row.done_at
    assert row.token_hash is None
    assert room(stored_app, public_id).answer_count == before + 1
    listed = client.get(f"/workshops/{public_id}/sheets").text
    assert f'<td data-label="{"Af" if language == "da" else "By"}">{NAME}</td>' in listed


def test_papers_and_phones_answer_in_one_room(stored_app, stored_client):
    public_id = opened(stored_app)
    for sheet in (1, 2, 3):
        key(stored_client, public_id, sheet=str(sheet))
    answer(stored_app, public_id, "library", ({questions()[0]: 3}, {}))
    with stored_app.app_context():
        workshops.reveal(public_id, LEADER)
        shown = open_workshop(public_id)
        assert shown.room_map.sides == {"library": 4}
        assert shown.room_map.questions[questions()[0]]["library"].counts == [0, 0, 0, 4, 0]
        assert [count.done for count in shown.counts] == [4, 0]


def test_the_number_says_which_side_answers(client, app):
    public_id = opened(app)
    form = client.get(f"/workshops/{public_id}/sheets/key?sheet=201").text
    partner = [each.questions for each in _asked(app, public_id, "partner")]
    assert form.count("data-code=") == sum(map(len, partner))
    assert 'name="5.1"' not in form
    assert ".note" not in form
    key(client, public_id, {"sheet": "201", "5.1": "a", "1.1": "e", "1.1.note": "nej"})
    (row,) = people(app, public_id)
    assert (row.side, row.gates) == ("partner", {})
    assert "nej" not in str(row.answers)


def _asked(app, public_id, side):
    with app.app_context():
        return open_workshop(public_id).asked(side)


def test_names_are_kept_only_where_everybody_was_told(client, app):
    without, with_names = opened(app), opened(app, named=True)
    for public_id in (without, with_names):
        key(client, public_id, name="Bo <b>")
    assert [people(app, each)[0].name for each in (without, with_names)] == ["", "Bo <b>"]
    assert 'name="name"' not in client.get(f"/workshops/{without}/sheets/key?sheet=8").text
    assert re.search(
        r'name="name"[^>]* autofocus', client.get(f"/workshops/{with_names}/sheets/key?sheet=8").text
    )
    key(client, with_names, status=400, name="B" * 201)


def plain(page: str) -> str:
    """A page without its workshop, its hour and its token."""
    return re.sub(r'/workshops/[\w-]{22}|\d\d[.:]\d\d\b|csrf_token"\s+value="[^"]+', "", page)


def test_a_sheet_keyed_twice_tells_nothing_of_what_the_first_said_whatever_is_tried(
    stored_app, stored_client
):
    """Not where the two differ either: who keyed in one answer after another could read the sheet."""
    client, public_id = stored_client, opened(stored_app)
    other = opened(stored_app)
    client.follow(key(client, public_id, {**FIRST, "1.4.note": "Hemmelig bemærkning"}))
    client.follow(key(client, other, {"sheet": "7", "1.1": "e"}))
    tries = [{**FIRST, "1.1": letter} for letter in "abcde"]
    for tried in [*tries, {**FIRST, "1.5": "c"}, {"sheet": "7", "1.1": "d"}, {"sheet": "7"}]:
        first, second = (key(client, each, tried, status=409).text for each in (public_id, other))
        assert plain(first) == plain(second)
    twice = key(client, public_id, {**FIRST, "1.1": "b", "1.5": "c"}, status=409).text
    code, typed_now = (
        r'<th scope="row"><span class="code">([\d.]+)</span>',
        r'<td class="as-written">(.*?)</td>',
    )
    shown = {code: typed.strip() for code, typed in re.findall(f"{code}.*?{typed_now}", twice, re.DOTALL)}
    assert {code: typed for code, typed in shown.items() if typed != "–"} == {
        "1.1": "b",
        "1.2": "x",
        "1.3": "a",
        "1.5": "c",
    }
    assert len(shown) == sum(len(part.questions) for part in _asked(stored_app, public_id, "library"))
    assert "Hemmelig" not in twice
    assert people(stored_app, public_id)[0].answers[questions()[0]] == 3
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', twice))
    hidden = {name: value for name, value in hidden.items() if name not in ("csrf_token", "back")}
    assert hidden == {"sheet": "7", "replace": "yes", "1.1": "b", "1.2": "x", "1.3": "a", "1.5": "c"}
    key(client, public_id, hidden)
    (row,) = people(stored_app, public_id)
    assert row.answers[questions()[0]] == 1


def test_the_same_paper_keyed_again_is_said_to_be_the_same(client, app):
    public_id = opened(app)
    key(client, public_id)
    assert "De to siger præcis det samme." in key(client, public_id, status=409).text
    assert len(people(app, public_id)) == 1


def test_the_same_answers_under_two_numbers_are_noticed(client, app):
    public_id = opened(app)
    key(client, public_id)
    again = client.follow(key(client, public_id, sheet="8")).text
    assert "Papirskema 8 siger præcis det samme som papirskema 7." in again
    assert "præcis" not in client.follow(key(client, public_id, {"sheet": "9", "1.1": "a"})).text
    for empty in ("10", "11"):
        assert "præcis" not in client.follow(key(client, public_id, {"sheet": empty})).text
    assert [row.answered for row in people(app, public_id)] == [True, True, True, False, False]


def test_two_who_key_the_same_number_at_once_do_not_make_two_of_it(stored_app):
    public_id = opened(stored_app)
    refused = []

    def one(place: int) -> None:
        with stored_app.app_context():
            try:
                operations.key_in(public_id, 7, "", {questions()[0]: place}, {}, LEADER)
            except KeyedAlready as already:
                refused.append(already)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people(stored_app, public_id)) == 1
    assert [already.is_same for already in refused] == [False] * 3


def test_correcting_shows_an_empty_form_and_replaces(client, app):
    public_id = opened(app)
    key(client, public_id, {**FIRST, "1.1.note": "Hemmelig"})
    page = client.get(f"/workshops/{public_id}/sheets").text
    address = re.search(r'href="([^"]+correct=yes)"', page)[1].replace("&amp;", "&")
    form = client.get(address).text
    assert 'name="replace" value="yes"' in form
    assert set(re.findall(r'data-box class="letter-box"[^>]*', form)) != set()
    assert set(re.findall(r'name="[\d.]+[a-z.]*" value="([^"]*)"', form)) == {""}
    assert "Hemmelig" not in page + form
    key(client, public_id, {"sheet": "7", "1.1": "a"}, replace="yes")
    assert people(app, public_id)[0].answers == {questions()[0]: 0}


def test_a_removed_sheet_is_out_and_its_number_is_free(stored_app, stored_client):
    client, public_id = stored_client, opened(stored_app)
    key(client, public_id)
    client.post(f"/workshops/{public_id}/sheets/7/remove")
    (row,) = people(stored_app, public_id)
    assert (row.answers, row.sheet, row.answered) == ({}, None, False)
    assert row.removed_at
    client.post(f"/workshops/{public_id}/sheets/7/remove", status=404)
    key(client, public_id)
    assert len(people(stored_app, public_id)) == 2


def test_nobody_can_show_the_answers_in_the_middle_of_taking_a_sheet_out(
    stored_app, stored_client, monkeypatch
):
    public_id = opened(stored_app)
    key(stored_client, public_id)
    reveal = f"/workshops/{public_id}/reveal"
    meanwhile(monkeypatch, workshops, lambda: Client(stored_app).post(reveal))
    stored_client.post(f"/workshops/{public_id}/sheets/7/remove")
    assert room(stored_app, public_id).stage == "open", "or what everybody saw would be gone"


def test_keying_is_refused_before_the_opening_after_the_reveal_and_after_closing(client, app):
    for public_id, words in (
        (prepared(app), "når workshoppen er åben"),
        (revealed(app), "Svarene er vist."),
        (closed(app), "Workshoppen er afsluttet."),
    ):
        refused = key(client, public_id, status=409).text
        assert words in refused
        assert re.search(r'name="1\.1" value="d"', refused), "nothing that was typed is lost"
        assert client.http.get(f"/workshops/{public_id}/sheets/key").status_code == 303
        assert words in client.get(f"/workshops/{public_id}/sheets").text
        assert [row for row in people(app, public_id) if row.kind == "paper"] == []
        with app.app_context(), pytest.raises(WrongStage):
            operations.key_in(public_id, 1, "", {}, {}, LEADER)


def closed(app) -> str:
    public_id = revealed(app)
    with app.app_context():
        workshops.close(public_id, LEADER)
    return public_id


def test_after_the_reveal_a_sheet_may_come_where_that_was_said_but_none_is_taken_out(client, app):
    public_id = opened(app, may_change=True)
    key(client, public_id)
    revealed(app, public_id)
    key(client, public_id, sheet="8")
    client.post(f"/workshops/{public_id}/sheets/7/remove", status=409)
    assert sum(row.kind == "paper" for row in people(app, public_id)) == 2


def test_errors_keep_everything_that_was_typed(client, app):
    public_id = opened(app)
    refused = key(
        client,
        public_id,
        {**FIRST, "1.1": 'q"<b>', "1.2.note": "</textarea><script>"},
        status=400,
    ).text
    assert 'value="q&#34;&lt;b&gt;"' in refused
    assert "&lt;/textarea&gt;&lt;script&gt;" in refused
    assert '<a href="#1.1">1.1: skriv a, b, c, d, e, x eller ingenting.</a>' in refused
    assert 'name="1.3" value="a"' in refused
    assert people(app, public_id) == []


HOSTILE = [
    {},
    {"sheet": ""},
    {"sheet": "0"},
    {"sheet": "9" * 5000},
    {"sheet": "7\x00x"},
    {"sheet": "401"},
    {"sheet": ["7", "8"], "1.1": ["a", "b"]},
    {"sheet": "7", "1.1": "a" * 5001},
    {"sheet": "7", "1.1.note": "n" * 3001},
    {"sheet": "7", "4.1.give.a": "4", "1.1": "\x00"},
    {"sheet": "7", "1.1[]": "a", "1.1": "²"},
]


@pytest.mark.parametrize("posted", HOSTILE)
def test_hostile_forms_are_answered_with_400_or_stored_as_nothing(client, app, posted):
    public_id = opened(app)
    response = client.http.post(
        f"/workshops/{public_id}/sheets/key", data={**posted, "csrf_token": _token(client)}
    )
    assert response.status_code == 400, response.status
    client.check(response)
    assert people(app, public_id) == []


def _token(client) -> str:
    client.get("/")
    return client.token


@pytest.mark.parametrize("sheet", ["", "x", "0", "200", "401", "9" * 400, "%00", "7&sheet=8x", "-1"])
def test_hostile_numbers_are_answered_with_a_message(client, app, sheet):
    public_id = opened(app)
    response = client.http.get(f"/workshops/{public_id}/sheets/key?sheet={sheet}")
    assert response.status_code in ((200,) if sheet == "7&sheet=8x" else (400,))
    client.check(response)


@pytest.mark.parametrize("asked", ["count=0", "count=61", "count=x", "first=0", "first=195", "first=201",
                                   "language=sv", "count=", "count=1&first=9999999"])  # fmt: skip
def test_what_cannot_be_printed_is_said(client, app, asked):
    public_id = prepared(app)
    page = client.get(f"/workshops/{public_id}/sheets.pdf?{asked}", 400).text
    assert 'class="errors"' in page


def test_only_sides_that_take_part_are_printed_and_keyed(client, app):
    public_id = opened(app, sides=["library"])
    for side in ("partner", "others", "<b>", "x" * 300):
        client.get(f"/workshops/{public_id}/sheets.pdf?side={side}", 400)
    key(client, public_id, {"sheet": "201", "1.1": "a"}, status=400)
    with app.app_context(), pytest.raises(NoSuchSheet):
        operations.key_in(public_id, 201, "", {}, {}, LEADER)
    assert "Partneren" not in client.get(f"/workshops/{public_id}/sheets").text.partition("<main")[2]


def test_sheets_are_printed_from_the_next_number_on(client, app):
    public_id = opened(app)
    key(client, public_id)
    page = client.get(f"/workshops/{public_id}/sheets").text
    assert 'name="first" value="8"' in page
    assert 'name="first" value="201"' in page
    pdf = client.get(f"/workshops/{public_id}/sheets.pdf?side=partner&count=1&first=203&language=en")
    assert pdf.mimetype == "application/pdf"
    assert "203-203.pdf" in pdf.headers["Content-Disposition"]
    client.get(f"/workshops/{'a' * 22}/sheets", 404)
    client.get(f"/workshops/{'a' * 22}/sheets.pdf", 404)
    client.get(f"/workshops/{'a' * 22}/sheets/key", 404)
    key(client, "a" * 22, status=404)


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client, app):
    public_id = opened(app)
    key(client, public_id)
    client.get(f"/workshops/{public_id}/sheets")
    with count_queries(app) as few:
        client.get(f"/workshops/{public_id}/sheets")
    for sheet in range(20, 32):
        key(client, public_id, sheet=str(sheet))
    client.get(f"/workshops/{public_id}/sheets/key")
    with count_queries(app) as many:
        client.get(f"/workshops/{public_id}/sheets")
    assert len(many) <= len(few) <= 8
    assert not any("participants.answers" in each for each in many)


def test_what_everybody_typed_is_escaped(client, app):
    strange = {"partner": "Børnehuset <b>»Solen«</b> & co", "proposal": "<script>alert(1)</script>"}
    public_id = opened(app, subject=strange, named=True)
    key(client, public_id, name="<i>Bo</i>")
    for page in ("sheets", "sheets/key", "sheets/key?sheet=7", "sheets/key?sheet=8"):
        assert "<script>alert" not in client.get(f"/workshops/{public_id}/{page}").text
    assert "&lt;i&gt;Ib&lt;/i&gt;" in key(client, public_id, status=409, name="<i>Ib</i>").text
