"""Who is at work is asked once, before the first page of one's work."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.assessments.models import Assessment
from app.platform.actor import named
from app.platform.database import db
from tests.web import Client, begin, begin_example


@pytest.fixture
def stranger(app) -> Client:
    """A browser that never said a name."""
    return Client(app, named=False)


@pytest.mark.parametrize("path", ["/", "/accessibility", "/name"])
def test_some_pages_are_for_everybody(stranger, path):
    assert "Dit navn:" not in stranger.get(path).text


def test_a_name_is_asked_before_the_first_work_and_never_again(stranger):
    asked = stranger.get("/assessments/new?questionnaire=new-partner", 303)
    assert asked.headers["Location"].startswith("/name?back=/assessments/new")
    page = stranger.follow(asked).text
    assert "Hvem er du?" in page
    assert 'value="/assessments/new?questionnaire=new-partner"' in page
    back = stranger.post("/name", {"name": " Mette  ", "back": "/assessments/new?questionnaire=new-partner"})
    assert back.headers["Location"] == "/assessments/new?questionnaire=new-partner"
    assert "Mette</a>" in stranger.follow(back).text


def test_somebody_may_go_on_without_a_name(stranger):
    stranger.get("/assessments/new", 303)
    stranger.follow(stranger.post("/name", {"without": "yes", "back": "/assessments/new"}))
    assert "Dit navn:" not in stranger.get("/assessments/new").text
    assert "navn ikke oplyst" in stranger.get("/settings").text
    stranger.speak("en")
    assert "name not given" in stranger.get("/settings").text


def test_an_empty_name_is_no_name(stranger):
    assert "Feltet skal udfyldes" in stranger.post("/name", {"name": "  "}, 400).text
    stranger.get("/settings", 303)


def test_a_name_can_be_changed(client):
    page = client.get("/name").text
    assert 'value="Mette Holm"' in page
    client.post("/name", {"name": "Ida <b>", "back": "/settings"})
    assert "Ida &lt;b&gt;" in client.get("/settings").text


def test_one_comes_back_to_a_page_of_ours_and_to_no_other(stranger):
    for back in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/nothing",
        "javascript:x",
        "",
    ):
        answer = stranger.post("/name", {"name": "Mette", "back": back})
        assert answer.headers["Location"] == "/"


def test_files_and_errors_are_not_asked_for(stranger):
    named_one = Client(stranger.app)
    address = begin_example(named_one)
    assert stranger.get(f"{address}/answers.json").mimetype == "application/json"
    assert stranger.get(f"{address}/meeting.pdf").mimetype == "application/pdf"
    stranger.get("/nothing", 404)


def test_a_notice_waits_until_one_has_said_who_one_is(stranger):
    stranger.post("/settings/goals/new", {"title": "Flere læser", "active": "yes"})
    asked = stranger.get("/settings", 303)
    assert "Gemt." in stranger.follow(asked).text


def test_what_one_writes_is_signed(client, app):
    begin(client)
    with app.app_context():
        assert db.session.execute(select(Assessment.created_by)).scalars().all() == ["Mette Holm"]


def test_nobody_is_called_something_on_pages(app):
    with app.test_request_context(headers={"Cookie": f"{app.config['LANGUAGE_COOKIE']}=en"}):
        assert named("") == "name not given"
        assert named("Mette") == "Mette"


def test_a_long_name_is_refused_and_a_strange_one_kept(stranger):
    stranger.post("/name", {"name": "x" * 201}, 400)
    stranger.post("/name", {"name": "Þórdís 🎷 بنت", "back": "/settings"})
    assert "Þórdís 🎷 بنت" in stranger.get("/settings").text


def test_a_name_is_kept_for_a_year_and_sent_once(stranger):
    told = stranger.post("/name", {"name": "Mette", "back": "/settings"})
    name = stranger.app.config["SESSION_COOKIE_NAME"]
    cookie = stranger.http.get_cookie(name)
    assert f"{name}=" in told.headers["Set-Cookie"]
    assert 364 <= (cookie.expires - datetime.now(UTC)).days <= 365
    begin(stranger)
    for path in ("/", "/assessments", "/settings", "/settings/logo"):
        response = stranger.http.get(path)
        assert "Set-Cookie" not in response.headers, path
        response.close()
