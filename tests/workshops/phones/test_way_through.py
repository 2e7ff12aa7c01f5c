"""The way of a phone: it joins, answers, waits and sees that it is over, with JavaScript and without."""

import re

import pytest

from app.paths import APP
from app.platform.database import writing
from app.workshops import operations
from app.workshops.phones.reading import hash_of
from tests.web import Client, count_queries
from tests.workshops.phones.ways import JSON, Phone, filled, phone, rows
from tests.workshops.ways import LEADER, opened, prepared, room


def lead(app, step, *values):
    with app.app_context():
        step(*values, LEADER)


def test_a_phone_joins_answers_and_is_done_without_javascript(stored_app):
    public_id = opened(stored_app)
    workshop = room(stored_app, public_id)
    guest = Phone(stored_app, workshop)
    typed = guest.post("/w", {"code": f"{workshop.code[:4].lower()} - {workshop.code[4:].lower()}"})
    page = guest.follow(typed).text
    assert "Teaterforeningen" in page
    assert "En sommerfestival" in page
    assert "mindst 4" in page
    assert "hver enkelts svar slettet" in page
    page = guest.follow(guest.join()).text
    assert "Du er nummer 1" in page
    response = guest.answer("why", goal="3", goal__note="Se planen", go="next")
    assert response.headers["Location"] == guest.section("ready")
    guest.answer("ready", time="?")
    guest.answer("in-place", user_data="yes")
    assert "1 af 9" in guest.get(guest.base).text
    guest.post(f"{guest.base}/done")
    assert "Tak, du er færdig" in guest.get(guest.base).text
    (stored,) = rows(stored_app)
    assert stored.answers == {"goal": {"value": 3, "note": "Se planen"}, "time": {"unknown": True}}
    assert stored.gates == {"user-data": "yes"}
    assert (stored.answered, stored.done_at is not None, stored.kind) == (True, True, "phone")
    assert (stored.actor, stored.name) == ("", "")


def test_a_phone_is_offered_no_face_that_nothing_is_set_in(app):
    """One file of type is enough: of the italic one a phone is not even told."""
    guest = phone(app, opened(app))
    for page in (guest.get(guest.base).text, guest.get(guest.section("why")).text):
        sheets = re.findall(r'<link rel="stylesheet" href="/static/[^/]+/([^"]+)"', page)
        assert "site.css" in sheets
        styles = "".join((APP / "static" / sheet).read_text(encoding="utf-8") for sheet in sheets)
        assert styles.count("@font-face") == 1
        assert "Italic" not in styles
        assert not re.search("<(i|em|cite|address|var|dfn)[ >]", page)
    assert "italic.css" in Client(app).get("/").text


def test_a_page_that_saves_by_itself_is_told_what_is_stored(stored_app):
    guest = phone(stored_app, opened(stored_app))
    posted = guest.shown("why")
    posted["goal"] = "2"
    first = guest.post(guest.section("why"), posted, 200, headers=JSON).get_json()
    assert first["sections"]["why"] == [1, 9]
    assert first["hidden"] == []
    assert first["asked"]["answer.goal"]
    assert first["asked"]["answer.need"] == ""
    assert f'value="answer.goal:{first["asked"]["answer.goal"]}"' in guest.get(guest.section("why")).text


def test_a_cookie_holds_the_token_and_only_its_hash_is_stored(stored_app):
    guest = phone(stored_app, opened(stored_app))
    again = Phone(stored_app, guest.workshop)
    (header,) = [
        each for each in again.join().headers.getlist("Set-Cookie") if each.startswith("overvej-phone")
    ]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Max-Age=86400" in header
    assert f"Path=/w/{guest.workshop.code}" in header
    stored = {row.token_hash for row in rows(stored_app)}
    assert hash_of(guest.cookie) in stored
    assert guest.cookie not in repr([vars(row) for row in rows(stored_app)])


def test_a_phone_that_reloads_comes_back_to_where_it_was(stored_app):
    guest = phone(stored_app, opened(stored_app))
    guest.answer("why", goal="3")
    again = Phone(stored_app, guest.workshop)
    again.http.set_cookie("overvej-phone", guest.cookie, path=guest.base)
    assert "Du er nummer 1" in again.get(guest.base).text
    assert 'value="3" checked' in again.get(guest.section("why")).text
    again.join()
    assert len(rows(stored_app)) == 1, "who has joined joins no second time"


def test_before_it_is_open_a_phone_waits(stored_app):
    public_id = prepared(stored_app)
    guest = Phone(stored_app, room(stored_app, public_id))
    page = guest.get(guest.base).text
    assert "Workshoppen er ikke åben endnu" in page
    assert 'http-equiv="refresh"' in page
    before = guest.get(f"{guest.base}/live")
    assert before.get_json() == {"stage": "prepared", "section": ""}
    guest.join(status=200)
    assert rows(stored_app) == []
    lead(stored_app, operations.open_room, public_id)
    after = guest.get(f"{guest.base}/live", headers={"If-None-Match": before.headers["ETag"]})
    assert after.get_json()["stage"] == "open"
    assert "Deltag i workshoppen" in guest.get(guest.base).text


def test_with_one_side_nobody_is_asked_for_it(stored_app):
    public_id = opened(stored_app, sides=["library"])
    guest = Phone(stored_app, room(stored_app, public_id))
    assert 'name="side"' not in guest.get(guest.base).text
    guest.join(side="")
    assert [row.side for row in rows(stored_app)] == ["library"]


def test_a_name_is_asked_for_only_where_answers_carry_names(stored_app):
    unnamed = Phone(stored_app, room(stored_app, opened(stored_app)))
    assert 'name="name"' not in unnamed.get(unnamed.base).text
    unnamed.join(name="Signe")
    named = Phone(stored_app, room(stored_app, opened(stored_app, named=True)))
    assert "De bliver vist med dit navn" in named.get(named.base).text
    assert "Skriv dit navn" in named.join(name="  ", status=400).text
    named.join(name="Signe <b>")
    assert sorted(row.name for row in rows(stored_app)) == ["", "Signe <b>"]


def test_a_side_that_takes_no_part_cannot_be_chosen(stored_app):
    guest = Phone(stored_app, room(stored_app, opened(stored_app)))
    for side in ("", "others", "facilitator", "library\x00x"):
        assert "Vælg, hvor du kommer fra" in guest.join(side, status=400).text
    assert rows(stored_app) == []


def test_a_room_that_is_led_answers_one_part_at_a_time(stored_app):
    public_id = opened(stored_app, in_step=True)
    guest = phone(stored_app, public_id)
    assert "Vent på næste del" in guest.get(guest.base).text
    assert guest.get(guest.section("why"), 303).headers["Location"].startswith(guest.base)
    lead(stored_app, operations.show_section, public_id, "why")
    assert guest.get(guest.base, 303).headers["Location"] == guest.section("why")
    posted = guest.shown("why")
    lead(stored_app, operations.show_section, public_id, "ready")
    assert guest.get(f"{guest.base}/live").get_json() == {"stage": "open", "section": "ready"}
    posted["goal"] = "4"
    moved = guest.post(guest.section("why"), posted)
    assert guest.get(moved.headers["Location"], 303).headers["Location"] == guest.section("ready")
    assert rows(stored_app)[0].answers == {"goal": 4}, "what was typed before the room went on is saved"


def test_who_is_asked_nothing_in_the_part_of_the_room_waits(stored_app):
    public_id = opened(stored_app, in_step=True)
    guest = phone(stored_app, public_id, "partner")
    lead(stored_app, operations.show_section, public_id, "why")
    assert "Vent på næste del" in guest.get(guest.base).text
    lead(stored_app, operations.show_section, public_id, "together")
    assert guest.get(guest.base, 303).headers["Location"] == guest.section("together")


def test_after_the_reveal_a_phone_says_to_look_at_the_screen(stored_app):
    public_id = opened(stored_app)
    guest = phone(stored_app, public_id)
    posted = guest.shown("why")
    posted["goal.note"] = "Skrevet lige før"
    posted["goal"] = "4"
    lead(stored_app, operations.reveal, public_id)
    page = guest.post(guest.section("why"), posted, 409).text
    assert "Skrevet lige før" in page
    assert "dit svar blev ikke gemt" in page
    assert guest.post(guest.section("why"), posted, 409, headers=JSON).get_json() == {"errors": {}}
    assert rows(stored_app)[0].answers == {}
    assert "Kig på skærmen" in guest.get(guest.base).text
    assert guest.get(guest.section("why"), 303).headers["Location"].startswith(guest.base)
    late = Phone(stored_app, guest.workshop)
    assert "nu begynder samtalen" in late.get(late.base).text
    late.join(status=200)
    assert len(rows(stored_app)) == 1


def test_answers_may_change_after_the_reveal_where_that_was_promised(stored_app):
    public_id = opened(stored_app, may_change=True)
    guest = phone(stored_app, public_id)
    lead(stored_app, operations.reveal, public_id)
    assert "Du kan stadig ændre dine svar" in guest.get(guest.base).text
    guest.answer("why", goal="1")
    late = phone(stored_app, public_id)
    late.answer("why", goal="2")
    assert [row.answers for row in rows(stored_app)] == [{"goal": 1}, {"goal": 2}]


def test_when_it_is_over_nothing_can_be_done_any_more(stored_app):
    public_id = opened(stored_app, may_change=True)
    guest = phone(stored_app, public_id)
    posted = guest.shown("why")
    lead(stored_app, operations.reveal, public_id)
    lead(stored_app, operations.close, public_id)
    for path in (guest.base, f"{guest.base}/live"):
        guest.get(path, 410)
    assert guest.get(f"{guest.base}/live", 410).get_json()["error"]
    assert "Workshoppen er slut" in guest.get(guest.base, 410).text
    posted["goal"] = "4"
    guest.post(guest.section("why"), posted, 410)
    guest.post(guest.section("why"), posted, 410, headers=JSON)
    guest.post(f"{guest.base}/done", status=410)
    guest.join(status=410)
    assert [row.answers for row in rows(stored_app)] == [{}]


def test_a_phone_that_was_taken_out_is_told_so_and_may_join_again(stored_app):
    public_id = opened(stored_app)
    guest = phone(stored_app, public_id)
    posted = guest.shown("why")
    lead(stored_app, operations.remove, public_id, 1)
    guest.get(f"{guest.base}/live", 410)
    guest.post(guest.section("why"), filled(posted, {"goal": "1"}), 410)
    assert "taget ud af workshoppen" in guest.get(guest.base).text
    assert "Du er nummer 2" in guest.follow(guest.join()).text


def test_no_more_than_the_most_can_join(stored_app, monkeypatch):
    monkeypatch.setattr("app.workshops.phones.operations.MOST", 1)
    public_id = opened(stored_app)
    phone(stored_app, public_id)
    late = Phone(stored_app, room(stored_app, public_id))
    assert "Workshoppen er fuld" in late.join(status=409).text


def test_asking_what_is_new_is_one_query_and_says_nothing_when_nothing_is(stored_app):
    public_id = opened(stored_app)
    guest, other = phone(stored_app, public_id), phone(stored_app, public_id)
    first = guest.get(f"{guest.base}/live")
    other.answer("why", goal="3")
    with count_queries(stored_app) as statements:
        second = guest.get(f"{guest.base}/live", 304, headers={"If-None-Match": first.headers["ETag"]})
    assert len([each for each in statements if each != "BEGIN"]) == 1
    assert second.data == b""


def test_a_page_and_a_save_ask_little_however_many_have_joined(stored_app):
    public_id = opened(stored_app)
    guest, *_others = (phone(stored_app, public_id) for _ in range(5))
    posted = filled(guest.shown("why"), {"goal": "3"})
    with count_queries(stored_app) as page:
        guest.get(guest.section("why"))
    with count_queries(stored_app) as save:
        guest.post(guest.section("why"), posted, 200, headers=JSON)
    assert len(selects(page)) == 1, "the phone with its workshop"
    assert len(selects(save)) == 1 + 3, "the phone, then the stage, and workshop and phone once more, locked"


def selects(statements):
    return [each for each in statements if each.startswith("SELECT")]


def test_two_pages_of_one_phone_lose_nothing(stored_app):
    guest = phone(stored_app, opened(stored_app))
    here, there = guest.shown("why"), guest.shown("why")
    guest.post(guest.section("why"), filled(here, {"goal": "1", "need.note": "Herfra"}))
    guest.post(guest.section("why"), filled(there, {"alone": "2"}))
    assert rows(stored_app)[0].answers == {
        "goal": 1,
        "alone": 2,
        "need": {"unknown": True, "note": "Herfra"},
    }
    page = guest.post(guest.section("why"), filled(there, {"need.note": "Derfra"}), 409).text
    assert "Herfra" in page
    assert "Derfra" in page


def test_a_phone_that_never_heard_it_was_saved_goes_on(stored_app):
    guest = phone(stored_app, opened(stored_app))
    page = guest.shown("together")
    for taps in (
        {"exchange.give.hours": "1", "common-goal": "0"},
        {"exchange.give.hours": "2", "exchange.get.rooms": "1", "common-goal": "3"},
    ):
        guest.post(guest.section("together"), filled(page, taps), 200, headers=JSON)
    assert rows(stored_app)[0].answers == {
        "exchange": {"give": {"hours": 2}, "get": {"rooms": 1}},
        "common-goal": 3,
    }
    lost = guest.post(
        guest.section("together"), filled(page, {"exchange.give.rooms": "1"}), 409, headers=JSON
    )
    assert "exchange" in lost.get_json()["errors"]


@pytest.mark.parametrize("chosen", [{}, {"in_step": True}, {"named": True}, {"may_change": True}])
def test_every_page_speaks_english_too(app, chosen):
    public_id = opened(app, **chosen)
    guest = Phone(app, room(app, public_id))
    guest.get(guest.base)
    guest.post("/language", {"language": "en", "back": guest.base})
    guest.language = "en"
    assert "Write the code that stands on the screen" in guest.get("/w").text
    assert "Join the workshop" in guest.get(guest.base).text
    assert "You are number 1" in guest.follow(guest.join(name="Signe")).text
    if chosen.get("in_step"):
        lead(app, operations.show_section, public_id, "why")
    assert "Don’t know yet" in guest.get(guest.section("why")).text
    lead(app, operations.reveal, public_id)
    assert "Look at the screen and talk" in guest.get(guest.base).text


def test_who_has_chosen_no_language_reads_the_workshops(app):
    public_id = opened(app)
    with app.app_context(), writing() as session:
        operations.locked(session, public_id).language = "en"
    guest = Phone(app, room(app, public_id))
    guest.language = "en"
    assert "Join the workshop" in guest.get(guest.base).text
