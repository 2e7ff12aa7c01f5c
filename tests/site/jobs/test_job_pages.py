"""The page of a job: what is made, how far it is, the file, and what to do where it failed."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.platform import jobs
from app.platform.database import now, writing
from app.platform.jobs import Job, JobFailed, Product, begin, register
from app.platform.running import run_now

TITLE = "Noget at hente"


@pytest.fixture(autouse=True)
def _kinds():
    before = dict(jobs.KINDS)
    yield
    jobs.KINDS.clear()
    jobs.KINDS.update(before)


def asked_for(app, work=lambda *_: Product("fil æøå.txt", "text/plain", b"x" * 3000, "Alt kom med.")) -> str:
    register("test", work, lambda: TITLE, "organisation.settings")
    with app.app_context():
        return begin("test", {}, "da", "Karen")


def done(app, public_id: str) -> None:
    with app.app_context():
        run_now(public_id)


def written(app, **values) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Job).values(**values))


def test_a_waiting_job_says_so_and_goes_on_without_the_page(client, app):
    public_id = asked_for(app)
    page = client.get(f"/jobs/{public_id}").text
    assert TITLE in page
    assert "Det venter på sin tur." in page
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in page
    assert "/file" not in page


def test_a_running_job_shows_how_far_it_is(client, app):
    public_id = asked_for(app)
    written(app, state="running", done=1200, total=34567)
    page = client.get(f"/jobs/{public_id}").text
    assert 'value="1200" max="34567"' in page
    assert "1.200 af 34.567" in page
    assert client.get(f"/jobs/{public_id}/status.json").get_json() == {
        "state": "running", "done": 1200, "total": 34567, "how_far": "1.200 af 34.567"}  # fmt: skip
    client.speak("en")
    assert "1,200 of 34,567" in client.get(f"/jobs/{public_id}").text


def test_a_job_that_has_just_begun_has_a_bar_without_a_number(client, app):
    public_id = asked_for(app)
    written(app, state="running")
    page = client.get(f"/jobs/{public_id}").text
    assert '<progress id="bar" aria-label="Noget at hente"></progress>' in page


def test_the_file_of_a_done_job_comes_whole_under_its_name(stored_client, stored_app):
    public_id = asked_for(stored_app)
    done(stored_app, public_id)
    page = stored_client.get(f"/jobs/{public_id}").text
    assert "Hent filen" in page
    assert "3 KB" in page
    assert "Alt kom med." in page
    assert "refresh" not in page, "nothing more is waited for"
    file = stored_client.get(f"/jobs/{public_id}/file")
    assert file.data == b"x" * 3000
    assert file.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''fil%20%C3%A6%C3%B8%C3%A5.txt" in file.headers["Content-Disposition"]
    assert file.headers["Content-Length"] == "3000"
    assert file.headers["Cache-Control"] == "no-store"


def test_a_failed_job_says_why_and_can_be_tried_again(client, app):
    def fails(*_):
        raise JobFailed("Der er <ingen> partnere.")

    public_id = asked_for(app, fails)
    done(app, public_id)
    page = client.get(f"/jobs/{public_id}").text
    assert "Der er &lt;ingen&gt; partnere." in page
    assert "Prøv igen" in page
    client.get(f"/jobs/{public_id}/file", 404)
    register("test", lambda *_: Product("a.txt", "text/plain", b"hej"), lambda: TITLE)
    client.follow(client.post(f"/jobs/{public_id}/again"))
    done(app, public_id)
    assert client.get(f"/jobs/{public_id}/file").data == b"hej"


def test_a_file_that_was_cleared_away_can_be_made_again(client, app):
    public_id = asked_for(app)
    done(app, public_id)
    written(app, content=None, finished_at=now() - timedelta(days=9))
    page = client.get(f"/jobs/{public_id}").text
    assert "Filer bliver ryddet væk efter 7 dage" in page
    assert "Lav den igen" in page
    client.get(f"/jobs/{public_id}/file", 404)
    client.post(f"/jobs/{public_id}/again")
    done(app, public_id)
    assert len(client.get(f"/jobs/{public_id}/file").data) == 3000


def test_trying_again_does_not_disturb_a_job_that_runs(client, app):
    public_id = asked_for(app)
    written(app, state="running", attempts=1)
    client.follow(client.post(f"/jobs/{public_id}/again"))
    assert client.get(f"/jobs/{public_id}/status.json").get_json()["state"] == "running"


def test_a_file_that_was_brought_for_a_job_cannot_be_fetched(client, app):
    register("test", lambda *_: None)
    with app.app_context():
        public_id = begin("test", {}, "da", "Karen", b"somebody's answers")
    client.get(f"/jobs/{public_id}/file", 404)


@pytest.mark.parametrize("path", ["", "/status.json", "/file"])
def test_a_job_that_is_not_there_is_no_page(client, path):
    client.get(f"/jobs/{'x' * 22}{path}", 404)


def test_trying_a_job_again_that_is_not_there_is_no_page(client):
    client.post(f"/jobs/{'x' * 22}/again", status=404)


def test_a_kind_that_is_gone_since_has_a_page_all_the_same(client, app):
    public_id = asked_for(app)
    jobs.KINDS.pop("test")
    assert "En fil" in client.get(f"/jobs/{public_id}").text


@pytest.mark.parametrize("state", ["waiting", "running", "done", "failed"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_state_is_said_in_the_reader_s_language(client, app, state, language):
    register("test", lambda *_: None)
    with app.app_context():
        public_id = begin("test", {}, language, "Karen")
    written(app, state=state, finished_at=now(), content=b"x" if state == "done" else None)
    client.speak(language)
    client.get(f"/jobs/{public_id}")
