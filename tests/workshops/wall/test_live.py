"""The wall follows the room. It tells nothing of answers before they are shown, nor ever of the few."""

from datetime import UTC, datetime

import pytest

from app.engine.answers import Answer
from app.platform.database import writing
from app.workshops import operations
from app.workshops.agreeing import operations as agreeing
from app.workshops.phones import operations as phones
from tests.web import TOKEN
from tests.workshops.ways import LEADER, answer, answered, of_library, of_partner, opened, revealed, room

OPENED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def live(public_id: str, question: str = "") -> str:
    return f"/workshops/{public_id}/wall/live?own=yes" + (f"&question={question}" if question else "")


def since(client, public_id: str, tag: str):
    """Ask as the script does, which has ``tag`` already."""
    return client.http.get(live(public_id), headers={"If-None-Match": tag})


@pytest.fixture
def one_moment(monkeypatch):
    """A clock that stands, so that two workshops have as much time left."""
    monkeypatch.setattr("app.workshops.wall.timing.now", lambda: OPENED)


def opened_then(app, **chosen) -> str:
    public_id = opened(app, **chosen)
    with app.app_context(), writing() as session:
        operations.locked(session, public_id).opened_at = OPENED
    return public_id


# New, and not new


def test_what_has_not_changed_is_not_sent_again(stored_app, stored_client):
    public_id = answered(stored_app)
    first = stored_client.http.get(live(public_id))
    assert first.status_code == 200
    again = since(stored_client, public_id, first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_everything_that_the_wall_shows_is_new_once(stored_app, stored_client):
    """Joining, being done, answering, the section, the reveal, what is agreed, taking it back, closing."""
    public_id = opened(stored_app, in_step=True)
    answer(stored_app, public_id, "library", *(of_library(n) for n in range(4)))
    tokens = []
    steps = [
        lambda: tokens.append(phones.join(public_id, "library", "")),
        lambda: phones.done(public_id, tokens[0]),
        lambda: operations.show_section(public_id, "ready", LEADER),
        lambda: operations.remove(public_id, 5, LEADER),
        lambda: operations.reveal(public_id, LEADER),
        lambda: agreeing.agree_on(public_id, "goal", Answer("known", 2), "Fordi", "", LEADER),
        lambda: agreeing.take_back(public_id, "goal", LEADER),
        lambda: operations.close(public_id, LEADER),
    ]
    before = stored_client.http.get(live(public_id))
    for step in steps:
        with stored_app.app_context():
            step()
        after = since(stored_client, public_id, before.headers["ETag"])
        assert after.status_code == 200
        assert after.text != before.text
        assert since(stored_client, public_id, after.headers["ETag"]).status_code == 304
        before = after


def test_the_fragment_is_what_the_page_holds(stored_app, stored_client, one_moment):
    public_id = opened_then(stored_app)
    answered(stored_app, public_id)
    assert (
        stored_client.http.get(live(public_id)).text
        in stored_client.get(f"/workshops/{public_id}/wall?own=yes").text
    )
    with stored_app.app_context():
        operations.reveal(public_id, LEADER)
    for question in ("", "goal"):
        page = stored_client.get(f"/workshops/{public_id}/wall?own=yes&question={question}")
        assert stored_client.http.get(live(public_id, question)).text in page.text


def test_each_language_is_told_what_is_new_in_it(app, client):
    public_id = revealed(app)
    danish = client.http.get(live(public_id))
    client.speak("en")
    english = since(client, public_id, danish.headers["ETag"])
    assert english.status_code == 200
    assert "What divides you most" in english.text


def test_a_server_that_phones_can_reach_now_is_news(app, client):
    public_id = opened(app)
    before = client.http.get(live(public_id))
    app.config["WORKSHOP_ADDRESS"] = "http://192.168.1.20:8000"
    assert "192.168.1.20" in since(client, public_id, before.headers["ETag"]).text


def test_a_fragment_is_never_read_as_a_page(app, client):
    response = client.http.get(live(revealed(app)))
    assert response.mimetype == "text/plain"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-cache" in response.headers["Cache-Control"]


# Nothing is given away


def told(client, public_id: str, row, question: str = "") -> list[object]:
    """Everything that a page and a fragment send, but the ids of the workshop itself and the form's token."""
    client.get("/")  # so that both have a session, whose cookie is not sent again
    known = {public_id: "ID", row.code[:4]: "CO", row.code[4:]: "DE"}
    sent: list[object] = []
    for path in (live(public_id, question), f"/workshops/{public_id}/wall?own=yes&question={question}"):
        response = client.http.get(path)
        text = TOKEN.sub("TOKEN", response.text)
        for each, name in known.items():
            text = text.replace(each, name)
        headers = {key: value for key, value in response.headers if key not in ("Date", "Content-Length")}
        sent += [response.status_code, headers, text]
    return sent


@pytest.mark.parametrize("question", ["", "goal", "new-users", "own-goal"])
def test_before_the_reveal_nothing_differs_by_what_was_answered(
    stored_app, stored_client, one_moment, question
):
    def sent(people):
        public_id = opened_then(stored_app)
        answer(stored_app, public_id, "library", *people)
        return told(stored_client, public_id, room(stored_app, public_id), question)

    of_one_mind = sent([of_library(0)] * 6)
    assert of_one_mind == sent([of_library(n) for n in range(6)])
    assert of_one_mind == sent([({"goal": {"value": 0, "note": "x" * 500}}, {}) for _ in range(6)])


def test_before_the_reveal_not_even_that_somebody_answered_is_told(stored_app, stored_client, one_moment):
    public_id = opened_then(stored_app)
    answer(stored_app, public_id, "library", *(of_library(n) for n in range(6)))
    before = stored_client.http.get(live(public_id))
    answer(stored_app, public_id, "library")
    assert room(stored_app, public_id).answer_count == 2, "somebody answered"
    assert since(stored_client, public_id, before.headers["ETag"]).status_code == 304
    with stored_app.app_context():
        operations.reveal(public_id, LEADER)
    after = stored_client.http.get(live(public_id))
    answer(stored_app, public_id, "library")
    assert since(stored_client, public_id, after.headers["ETag"]).status_code == 200, "a change is seen now"


@pytest.mark.parametrize("question", ["", "common-goal", "ambition"])
def test_after_it_nothing_differs_by_what_the_few_answered(stored_app, stored_client, one_moment, question):
    def sent(few):
        public_id = opened_then(stored_app)
        answer(stored_app, public_id, "library", *(of_library(n) for n in range(6)))
        answer(stored_app, public_id, "partner", *few)
        with stored_app.app_context():
            operations.reveal(public_id, LEADER)
        return told(stored_client, public_id, room(stored_app, public_id), question)

    sure = sent([of_partner(0)] * 3)
    assert sure == sent([of_partner(n) for n in range(3)])
    assert sure == sent([({"common-goal": {"value": 0, "note": "<b>hemmeligt</b>"}}, {})] * 3)


def test_the_wall_of_two_hundred_is_light_enough_to_send_again_and_again(app, client):
    public_id = opened(app)
    answer(app, public_id, "library", *(of_library(n) for n in range(140)))
    answer(app, public_id, "partner", *(of_partner(n % 5) for n in range(60)))
    with app.app_context():
        operations.reveal(public_id, LEADER)
    assert len(client.http.get(live(public_id)).data) < 800_000
