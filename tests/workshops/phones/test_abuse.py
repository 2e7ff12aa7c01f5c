"""A room full of phones, some in bad faith: nothing is lost that was confirmed, nothing is taken too late."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import select

from app.platform.database import db, writing
from app.workshops import operations
from app.workshops.models import Workshop, new_code
from app.workshops.phones import operations as phones
from app.workshops.phones.guessing import MOST_ADDRESSES, Guessing
from tests.web import everything_stored
from tests.workshops.phones.ways import JSON, Phone, phone, room, rows
from tests.workshops.ways import LEADER, opened

PHONES, ROUNDS = 6, 12
PATIENCE, A_MOMENT = 30, 0.5


def joined(app, public_id: str) -> list[Phone]:
    return [phone(app, public_id) for _ in range(PHONES)]


def save(guest: Phone, value: int, shown: str) -> tuple[int, str]:
    """Save one answer as the page's script does; the status, and the mark to save on from."""
    posted = {"asked": f"answer.goal:{shown}", "answer.goal": str(value), "csrf_token": guest.token}
    response = guest.http.post(guest.section("why"), data=posted, headers=JSON)
    is_saved = response.status_code == 200
    return response.status_code, response.get_json()["asked"]["answer.goal"] if is_saved else shown


def answer_on(guest: Phone, barrier: threading.Barrier) -> tuple[int | None, list[int]]:
    """Save again and again, until it is refused; the last value that was confirmed, and the statuses."""
    guest.get(guest.section("why"))
    barrier.wait()
    last, mark, statuses = None, "", []
    for number in range(ROUNDS):
        status, mark = save(guest, number % 4, mark)
        statuses.append(status)
        if status != 200:
            break
        last = number % 4
    return last, statuses


@pytest.mark.parametrize("may_change", [False, True])
def test_what_was_confirmed_is_in_the_room_and_nothing_comes_after_the_end(stored_app, may_change):
    """Reveal and close fall in the middle of everybody's saving."""
    public_id = opened(stored_app, may_change=may_change, smallest_group=1)
    guests, barrier = joined(stored_app, public_id), threading.Barrier(PHONES + 1)

    def lead():
        with stored_app.app_context():
            barrier.wait()
            operations.reveal(public_id, LEADER)
            operations.close(public_id, LEADER)

    with ThreadPoolExecutor(PHONES + 1) as pool:
        leading = pool.submit(lead)
        told = list(pool.map(lambda guest: answer_on(guest, barrier), guests))
        leading.result()
    confirmed = [last for last, _ in told if last is not None]
    assert {status for _, statuses in told for status in statuses} <= {200, 409, 410}
    with stored_app.app_context():
        workshop = db.session.execute(select(Workshop)).scalar_one()
        spread = workshop.kept["map"]["questions"].get("goal", {}).get("all", {"counts": []})
        said = [point for point, count in enumerate(spread["counts"]) for _ in range(count)]
    assert said == sorted(confirmed), "what the room kept is what each phone was last told"
    assert [(row.answers, row.gates, row.token_hash, row.name) for row in rows(stored_app)] == (
        [({}, {}, None, "")] * PHONES
    )
    before = everything_stored(stored_app)
    for guest in guests:
        assert save(guest, 3, "")[0] == 410
        assert guest.http.post(f"{guest.base}/done", data={"csrf_token": guest.token}).status_code == 410
        assert guest.http.get(f"{guest.base}/live").status_code == 410
        assert Phone(stored_app, guest.workshop).join(status=410)
    assert everything_stored(stored_app) == before


def test_a_phone_that_is_taken_out_while_it_answers_leaves_nothing(stored_app):
    public_id = opened(stored_app)
    guests, barrier = joined(stored_app, public_id), threading.Barrier(PHONES + 1)

    def lead():
        with stored_app.app_context():
            barrier.wait()
            for number in range(1, PHONES + 1):
                operations.remove(public_id, number, LEADER)

    with ThreadPoolExecutor(PHONES + 1) as pool:
        leading = pool.submit(lead)
        told = list(pool.map(lambda guest: answer_on(guest, barrier), guests))
        leading.result()
    assert {status for _, statuses in told for status in statuses} <= {200, 410}
    assert [(row.answers, row.answered, row.token_hash) for row in rows(stored_app)] == (
        [({}, False, None)] * PHONES
    )
    assert [save(guest, 2, "")[0] for guest in guests] == [410] * PHONES


def test_many_join_at_once_and_no_more_than_there_is_room_for(stored_app, monkeypatch):
    monkeypatch.setattr(phones, "MOST", 5)
    public_id = opened(stored_app)
    barrier = threading.Barrier(12)

    def join(_number: int) -> bool:
        with stored_app.app_context():
            barrier.wait()
            try:
                return bool(phones.join(public_id, "library", ""))
            except phones.Full:
                return False

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(join, range(12))) == 5
    assert [row.number for row in rows(stored_app)] == [1, 2, 3, 4, 5]


def test_phones_wait_for_no_other_phone_and_the_reveal_for_all_of_them(stored_app):
    """Where the database can: SQLite takes one writer at a time."""
    public_id = opened(stored_app)
    first, second = phone(stored_app, public_id), phone(stored_app, public_id)
    with stored_app.app_context(), ThreadPoolExecutor(2) as pool:
        if db.engine.dialect.name == "sqlite":
            assert [save(each, 2, "")[0] for each in (first, second)] == [200, 200]
            return
        with writing() as session:
            held, _ = phones._at_work(session, public_id, first.cookie)
            beside = pool.submit(save, second, 3, "")
            assert beside.result(timeout=PATIENCE)[0] == 200
            leading = pool.submit(revealed, stored_app, public_id)
            waiting = wait([leading], timeout=A_MOMENT).not_done
            assert (held.stage, waiting) == ("open", {leading})
        leading.result(timeout=PATIENCE)
    assert room(stored_app, public_id).stage == "revealed"


def revealed(app, public_id: str) -> None:
    with app.app_context():
        operations.reveal(public_id, LEADER)


def test_a_cookie_of_another_workshop_opens_nothing(stored_app):
    mine, other = phone(stored_app, opened(stored_app)), room(stored_app, opened(stored_app))
    for token in (mine.cookie, "", "x" * 43):
        stranger = Phone(stored_app, other)
        if token:
            stranger.http.set_cookie("overvej-phone", token, path=f"/w/{other.code}")
        stranger.get("/w")
        posted = {"asked": "goal:", "goal": "3", "csrf_token": stranger.token}
        for path in (stranger.section("why"), f"{stranger.base}/done"):
            assert stranger.http.post(path, data=posted).status_code == 410
        assert 'id="answers"' not in stranger.http.get(f"/w/{other.code}").text
    assert [row.answers for row in rows(stored_app)] == [{}]


def test_every_form_of_a_phone_wants_its_own_page(stored_app):
    """Nothing is taken that another page made the browser post."""
    guest = phone(stored_app, opened(stored_app))
    before = everything_stored(stored_app)
    posted = {"asked": "goal:", "goal": "3", "side": "library", "name": "x", "code": guest.workshop.code}
    for path in ("/w", guest.base, guest.section("why"), f"{guest.base}/done"):
        for token in ({}, {"csrf_token": "x"}, {"csrf_token": ""}):
            assert guest.http.post(path, data={**posted, **token}).status_code == 400
        stranger = Phone(stored_app, guest.workshop)
        assert stranger.http.post(path, data={**posted, "csrf_token": guest.token}).status_code == 400
    assert everything_stored(stored_app) == before


def test_a_cookie_is_for_one_workshop_and_no_script(app):
    guest = Phone(app, room(app, opened(app)))
    cookies = [each for each in guest.join().headers.getlist("Set-Cookie") if "overvej-phone" in each]
    assert len(cookies) == 1
    assert {"HttpOnly", "SameSite=Lax", f"Path={guest.base}"} <= set(re.split(r";\s*", cookies[0]))


def test_ten_thousand_wrong_codes_take_little_memory_and_find_nothing(app):
    watch = Guessing()
    for number in range(10_000):
        address = f"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}"
        assert watch.may_try(address)
        watch.failed(address)
    assert len(watch._storage.events) <= 2 * MOST_ADDRESSES
    workshop = room(app, opened(app))
    stranger = Phone(app, workshop)
    answers = [stranger.http.get(f"/w/{new_code()}").status_code for _ in range(300)]
    assert answers.count(404) <= 45, "the rest was not even looked up"
    assert set(answers) == {404, 429}
    Phone(app, workshop).get(f"/w/{workshop.code}?key={workshop.key}")


@pytest.mark.parametrize("path", ["/w", "{base}", "{why}", "{base}/live", "{base}/done"])
def test_asking_for_the_head_alone_changes_nothing(stored_app, path):
    guest = phone(stored_app, opened(stored_app))
    address = path.format(base=guest.base, why=guest.section("why"))
    before = everything_stored(stored_app)
    posted = {"asked": "goal:", "goal": "3", "side": "library", "code": guest.workshop.code}
    asked, head = guest.http.get(address), guest.http.head(address, data=posted)
    assert head.status_code == asked.status_code
    assert everything_stored(stored_app) == before


def test_a_room_that_was_left_open_with_answers_is_erased_at_its_end(stored_app):
    public_id = opened(stored_app, named=True)
    guest = phone(stored_app, public_id, name="Signe")
    guest.answer("why", goal="3", goal__note="Hemmelig bemærkning")
    taken_out = phone(stored_app, public_id, name="Viggo")
    with stored_app.app_context():
        operations.remove(public_id, 2, LEADER)
        operations.reveal(public_id, LEADER)
        operations.close(public_id, LEADER)
    stored = repr(everything_stored(stored_app))
    for told in ("Signe", "Viggo", "Hemmelig", guest.cookie, taken_out.cookie):
        assert told not in stored, "one person is too few"
    assert [each.token_hash for each in rows(stored_app)] == [None, None]
