"""Who guesses codes is slowed down; who has scanned or joined never is, though all share one address."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workshops.models import LETTERS, new_code
from app.workshops.phones import guessing
from app.workshops.phones.guessing import Guessing
from app.workshops.phones.reading import code_in
from tests.web import count_queries
from tests.workshops.phones.ways import Phone, phone
from tests.workshops.ways import opened, room


class Clock:
    """A clock that stands until it is moved."""

    now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    stands = Clock()
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=stands.time))
    return stands


def guess_a_hundred(stranger: Phone) -> int:
    """Type a hundred codes that no workshop has; how many of them were refused before they were looked up."""
    return sum(stranger.http.get(f"/w/{new_code()}").status_code == 429 for _ in range(100))


def test_a_room_behind_one_address_goes_on_while_somebody_guesses(stored_app, clock):
    public_id = opened(stored_app)
    workshop = room(stored_app, public_id)
    joined = phone(stored_app, public_id)
    stranger = Phone(stored_app, workshop)
    assert guess_a_hundred(stranger) == 69, "thirty, and one more in the first seconds"

    joined.answer("why", goal="3")
    joined.get(f"{joined.base}/live")
    joined.get(joined.base)

    scanned = Phone(stored_app, workshop)
    scanned.get(f"{scanned.base}?key={workshop.key}")
    scanned.join()
    scanned.get(scanned.base)

    typing = Phone(stored_app, workshop)
    refused = typing.post("/w", {"code": workshop.code}, 429)
    assert refused.headers["Retry-After"] == "3"
    assert "scan den firkantede kode" in refused.text
    clock.now += 4
    let_in = typing.post("/w", {"code": workshop.code})
    typing.follow(let_in)
    typing.join()
    typing.get(typing.base)


def test_after_the_window_codes_are_taken_at_once_again(app, clock):
    workshop = room(app, opened(app))
    stranger = Phone(app, workshop)
    guess_a_hundred(stranger)
    stranger.get(stranger.base, 429)
    clock.now += 301
    for _ in range(5):
        stranger.get(stranger.base)


def test_a_refused_code_is_not_looked_up(app, clock):
    workshop = room(app, opened(app))
    stranger = Phone(app, workshop)
    guess_a_hundred(stranger)
    with count_queries(app) as statements:
        page = stranger.http.get(stranger.base)
        polled = stranger.http.get(f"{stranger.base}/live")
    assert (page.status_code, polled.status_code) == (429, 429)
    assert not [each for each in statements if "workshops.code = " in each and "workshops.key" not in each]
    assert "Teaterforeningen" not in page.text


def test_right_codes_are_never_counted(app, clock):
    workshop = room(app, opened(app))
    for _ in range(100):
        Phone(app, workshop).get(f"/w/{workshop.code}")


def test_a_wrong_key_or_token_helps_nobody_to_guess(app, clock):
    workshop = room(app, opened(app))
    stranger = Phone(app, workshop)
    codes = [new_code() for _ in range(100)]
    for code in codes:
        stranger.http.set_cookie("overvej-phone", "x" * 43, path=f"/w/{code}")
    answers = [stranger.http.get(f"/w/{code}?key=wrong").status_code for code in codes]
    assert answers.count(429) == 69
    stranger.http.set_cookie("overvej-phone", "x", path="/")
    there, nowhere = (stranger.http.get(f"/w/{code}/live") for code in (workshop.code, new_code()))
    assert there.status_code == nowhere.status_code == 410, "a false token tells of no code whether it is one"
    assert there.get_json() == nowhere.get_json()


def test_each_address_is_counted_by_itself(clock):
    watch = Guessing()
    for _ in range(31):
        watch.failed("192.0.2.7")
    assert watch.may_try("192.0.2.7"), "one try now"
    assert not watch.may_try("192.0.2.7")
    assert watch.may_try("192.0.2.8")
    for _ in range(31):
        watch.failed("2001:db8::1")
    watch.may_try("2001:db8::2")
    assert not watch.may_try("2001:db8::3"), "one guest has a whole network of these"
    assert watch.may_try("2001:db8:0:1::1")


def test_what_is_remembered_stays_small(clock, monkeypatch):
    monkeypatch.setattr(guessing, "MOST_ADDRESSES", 50)
    watch = Guessing()
    for number in range(1000):
        watch.failed(f"10.0.{number // 250}.{number % 250}")
        for _ in range(3):
            watch.may_try(f"10.0.{number // 250}.{number % 250}")
    assert len(watch._storage.events) <= 2 * 50
    for _ in range(1000):
        watch.failed("192.0.2.7")
    assert max(map(len, watch._storage.events.values())) <= 30


@given(st.text(alphabet=LETTERS, min_size=8, max_size=8), st.data())
def test_a_code_is_read_however_it_is_written(code, data):
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", ".", "\xa0"]), min_size=8, max_size=8))
    written = "".join(letter + gap for letter, gap in zip(code, gaps, strict=True))
    assert code_in(written) == code_in(written.lower()) == code


@given(st.text(max_size=20))
def test_what_is_no_code_is_never_taken_for_one(written):
    found = code_in(written)
    assert found == "" or (len(found) == 8 and set(found) <= set(LETTERS))
