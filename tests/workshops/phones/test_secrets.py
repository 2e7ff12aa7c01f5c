"""What no phone may see or do: the library's own questions, another's answers, and what the room says."""

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import catalogue
from app.workshops import operations
from app.workshops.phones.reading import hash_of
from tests.web import Client, everything_stored
from tests.workshops.phones.ways import JSON, Phone, phone, rows
from tests.workshops.ways import LEADER, answered, opened, revealed, room

SECTIONS = [section.id for section in catalogue.find("new-partner").questionnaire.sections]


def in_both(text):
    return [each for each in (text or {}).values() if len(each) > 8]


def the_librarys_own(side: str) -> list[str]:
    """Everything that the questionnaire says and that this side must never read."""
    questionnaire = catalogue.find("new-partner").questionnaire
    own, shared = [], []
    for section in questionnaire.sections:
        own += in_both(section.intro) + in_both(section.title)
    for gate in questionnaire.gates:
        own += in_both(gate.text) + in_both(gate.help) + in_both(gate.ask) + in_both(gate.because)
    for item in questionnaire.items.values():
        own += in_both(item.help) + in_both(item.note) + in_both(item.ask)
        theirs = item.text_partner if side == "partner" and item.text_partner else item.text
        (own if item.side == "library" else shared).extend(in_both(theirs))
        if side == "partner" and item.text_partner:
            own += in_both(item.text)
    return [each for each in own if each not in shared]


def words_of(page: str) -> str:
    return html.unescape(page)


@pytest.mark.parametrize("side", ["partner", "others"])
@pytest.mark.parametrize("variant", ["full", "short"])
def test_nobody_but_the_library_reads_what_is_the_librarys_own(app, side, variant):
    public_id = opened(app, sides=["library", "partner", "others"], variant=variant)
    guest = phone(app, public_id, side)
    questionnaire = catalogue.find("new-partner").questionnaire
    seen = guest.get(guest.base).text
    for section in SECTIONS:
        response = guest.http.get(guest.section(section))
        seen += response.text if response.status_code == 200 else ""
        posted = guest.post(guest.section(section), {"asked": "goal:"}, 303)
        assert posted.headers["Location"].startswith("/w/")
    page = words_of(seen)
    assert [each for each in the_librarys_own(side) if each in page] == []
    asked = set(re.findall(r'name="asked" value="answer\.([\w-]+):', page))
    assert asked
    assert {questionnaire.items[each].side for each in asked} == {"both"}
    assert ".note" not in page
    assert 'class="agenda"' not in page
    if side == "partner":
        for each in asked:
            assert questionnaire.items[each].text_partner["da"] in page


def test_the_library_reads_all_of_it(app):
    guest = phone(app, opened(app))
    pages = words_of("".join(guest.get(guest.section(section)).text for section in SECTIONS))
    questionnaire = catalogue.find("new-partner").questionnaire
    for each in (*questionnaire.items.values(), *questionnaire.gates):
        assert each.text["da"] in pages


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_phone_reaches_its_own_answers_and_no_others(app, data):
    """Whatever token, section and questions are sent: one row changes at most, and it is the sender's."""
    public_id, other_room = opened(app), opened(app)
    people = [phone(app, each, side) for each in (public_id, other_room) for side in ("library", "partner")]
    for number, person in enumerate(people):
        person.answer("together", planning=str(number))
    sender, target = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(people))
    token = data.draw(st.sampled_from([sender.cookie, "", "x", sender.cookie[:-1], sender.cookie + "x"]))
    stranger = Phone(app, target.workshop)
    if token:
        stranger.http.set_cookie("overvej-phone", token, path=target.base)
    section = data.draw(st.sampled_from([*SECTIONS, "live", "done", "none"]))
    posted = {"asked": ["goal:", "planning:", "own-goal:", "common-goal:"], "number": "1", "id": "1"}
    posted |= dict.fromkeys(["goal", "common-goal", "planning"], "4") | {"own-goal": "no"}
    before = {row.token_hash: (row.answers, row.gates) for row in rows(app)}
    stranger.http.get("/w")
    stranger.token = re.search(r'csrf_token"\s+value="([^"]+)', stranger.http.get("/w").text)[1]
    path = target.section(section)
    response = stranger.http.post(
        path, data={**posted, "csrf_token": stranger.token}, headers=data.draw(st.sampled_from([{}, JSON]))
    )
    assert response.status_code < 500
    after = {row.token_hash: (row.answers, row.gates) for row in rows(app)}
    changed = {key for key in after if after[key] != before[key]}
    is_own = token == sender.cookie and sender.workshop.code == target.workshop.code
    assert changed <= ({hash_of(sender.cookie)} if is_own else set())
    for row in rows(app):
        if row.side == "partner":
            assert not row.gates
            assert "goal" not in row.answers


def test_questions_that_a_side_is_not_asked_are_ignored(stored_app):
    guest = phone(stored_app, opened(stored_app), "partner")
    posted = guest.shown("together")
    for name in ("goal", "own-goal", "exchange", "reliability"):
        posted.add("asked", f"{name}:")
    posted["goal"], posted["own-goal"], posted["reliability"] = "4", "no", "0"
    posted["exchange.give.hours"] = "3"
    posted["planning"], posted["planning.note"] = "2", "En bemærkning"
    guest.post(guest.section("together"), posted)
    (row,) = rows(stored_app)
    assert (row.answers, row.gates) == ({"planning": 2}, {})


def test_sections_that_were_not_chosen_are_not_asked(app):
    guest = phone(app, opened(app, sections=["why", "together"]))
    assert guest.get(guest.section("ready"), 303).headers["Location"].startswith(guest.base)
    guest.post(guest.section("ready"), {"asked": "time:", "time": "3"})
    assert rows(app)[0].answers == {}


@pytest.mark.parametrize("may_change", [False, True])
def test_no_page_shows_anything_of_others(stored_app, may_change):
    """The pages of two rooms, one silent and one in which ten have answered, are the same but for secrets."""
    told = []
    for fill in (lambda public_id: public_id, lambda public_id: answered(stored_app, public_id)):
        public_id = opened(stored_app, may_change=may_change)
        guest = phone(stored_app, public_id)
        fill(public_id)
        pages = [guest.get(guest.base).text, *(guest.get(guest.section(each)).text for each in SECTIONS)]
        pages.append(guest.get(f"{guest.base}/live").text)
        pages.append(repr(sorted(guest.get(f"{guest.base}/live").headers.items())))
        with stored_app.app_context():
            operations.reveal(public_id, LEADER)
        pages.append(guest.get(guest.base).text)
        pages.append(guest.get(f"{guest.base}/live").text)
        late = Phone(stored_app, guest.workshop)
        pages.append(late.get(late.base).text)
        told.append([without_secrets(page, guest) for page in pages])
    assert told[0] == told[1]


def without_secrets(page: str, guest: Phone) -> str:
    page = re.sub(r'(csrf_token"\s+value=)"[^"]+"', r"\1", page)
    page = page.replace(guest.workshop.code, "CODE").replace(guest.workshop.key, "KEY")
    return re.sub(r"Set-Cookie.*?\)", "", re.sub(r"number \d+|nummer \d+", "number", page))


def test_after_the_reveal_a_phone_cannot_ask_for_what_the_wall_shows(app):
    public_id = revealed(app)
    guest = Phone(app, room(app, public_id))
    page = guest.get(guest.base).text
    assert "Set fra plads" not in page
    assert "midterste svar" not in page.lower()


def test_to_look_changes_nothing(stored_app):
    public_id = opened(stored_app)
    guest = phone(stored_app, public_id)
    before = everything_stored(stored_app)
    for path in ("/w", guest.base, f"{guest.base}/live", guest.section("why"), guest.section("done")):
        guest.http.get(path)
    assert everything_stored(stored_app) == before


def test_errors_lead_nowhere_but_to_the_workshop(app):
    guest = phone(app, opened(app))
    pages = [
        guest.http.get("/w/ABCDEFGH"),
        guest.http.get("/w/x/y/z"),
        guest.http.get("/w/%00"),
        guest.http.post(guest.base),
        guest.http.post(guest.section("why"), data={"goal": "1"}),
        guest.http.post("/w/x/y/z"),
    ]
    for page in pages:
        assert 400 <= page.status_code < 500
        links = re.findall(r'(?:href|action)="([^"]+)"', page.text)
        assert links
        assert all(each.startswith(("/w", "/static/", "/language", "#")) for each in links), links
        assert "Mette" not in page.text


def test_the_facilitators_name_stands_on_no_phone(app):
    named = Client(app)
    workshop = room(app, opened(app))
    page = named.get(f"/w/{workshop.code}").text
    assert "Mette Holm" not in page
    assert 'href="/assessments"' not in page


def test_what_was_typed_is_escaped(app):
    hostile = "<script>alert(1)</script>"
    public_id = opened(app, named=True, subject={"partner": hostile, "proposal": hostile})
    guest = phone(app, public_id, name=hostile)
    guest.answer("why", goal="3", goal__note=hostile)
    for path in (guest.base, guest.section("why")):
        assert hostile not in guest.get(path).text
        assert "&lt;script&gt;" in guest.get(path).text
