"""What is awaited, what is due, and what a partner's timeline tells of it."""

from __future__ import annotations

import pytest
from flask import g
from sqlalchemy import select, update

from app.assessments.deleted import operations as deleted
from app.assessments.models import Assessment
from app.decisions import reading, timeline
from app.decisions.models import Decision
from app.partners.models import Partner
from app.platform.database import db
from tests.decisions.ways import assessed, decide, decided_on, decision_of, desk, propose
from tests.web import count_queries

TODAY = "2026-07-15"
YESTERDAY = "2026-07-14"


def awaited(app) -> list[str]:
    with app.test_request_context():
        return [each.public_id for each in reading.awaited()]


def due(app, today: str = TODAY) -> list[str]:
    with app.test_request_context():
        return [each.public_id for each in reading.due(today)]


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Venter på beslutning"), ("en", "Awaiting a decision")]
)
def test_the_pages_say_kindly_that_there_is_nothing(client, language, words):
    client.speak(language)
    assert words in client.get("/decisions").text
    client.get("/decisions/follow-ups")
    client.get("/decisions/record")


def test_a_motion_is_awaited_from_when_it_is_written_until_it_is_settled(stored_client, stored_app):
    first, second = assessed(stored_app), assessed(stored_app)
    assert awaited(stored_app) == []
    propose(stored_client, second, "engagement")
    propose(stored_client, first, "engagement")
    assert awaited(stored_app) == [second, first], "the oldest motion first"
    decide(stored_client, second, verdict="postponed")
    assert awaited(stored_app) == [second, first]
    assert "Udsat" in stored_client.get("/decisions").text
    decide(stored_client, second, decisions="1")
    assert awaited(stored_app) == [first]


def test_the_list_says_when_it_must_be_decided(client, app):
    public_id = assessed(app, decide_by="2020-03-01", partner="Æblehaven")
    propose(client, public_id, "engagement")
    page = client.get("/decisions").text
    assert "1.\N{NO-BREAK SPACE}marts 2020" in page
    assert "overskredet" in page
    assert f'href="{desk(public_id)}">Æblehaven</a>' in page


def test_a_follow_up_is_due_on_its_day_and_not_before(stored_client, stored_app):
    _, decision = decided_on(stored_app, stored_client, ask_again="6")
    assert due(stored_app, YESTERDAY) == []
    assert due(stored_app, TODAY) == [decision]
    went = {"went": "worse", "on": TODAY, "ask_again": "6", "seen": "0"}
    stored_client.post(f"/decisions/{decision}/follow-up", went)
    assert due(stored_app, TODAY) == []
    assert due(stored_app, "2027-01-15") == [decision]
    stored_client.post(f"/decisions/{decision}/follow-up", {**went, "seen": "1", "ask_again": "none"})
    assert due(stored_app, "2199-01-01") == []


def test_those_to_come_stand_on_a_page_of_their_own(client, app):
    _, decision = decided_on(app, client, ask_again="own", ask_again_on="2199-05-01")
    assert "Se 1 opfølgning, nu eller senere" in client.get("/decisions").text
    client.speak("en")
    page = client.get("/decisions/follow-ups").text
    assert f"/decisions/{decision}/follow-up" in page
    assert "due now" not in page


def test_what_lies_in_the_bin_is_in_no_list(stored_client, stored_app):
    waiting = assessed(stored_app)
    propose(stored_client, waiting, "engagement")
    settled, _ = decided_on(stored_app, stored_client, ask_again="6")
    with stored_app.test_request_context():
        for public_id in (waiting, settled):
            deleted.delete(public_id, "Karen")
        partner = db.session.scalar(select(Partner.id))
        assert timeline.events(partner) == []
    assert (awaited(stored_app), due(stored_app)) == ([], [])
    assert "Intet er besluttet endnu" in stored_client.get("/decisions/record").text
    stored_client.get(desk(settled), 404)


def test_the_timeline_tells_decisions_and_how_it_went(stored_client, stored_app):
    public_id, decision = decided_on(stored_app, stored_client, reasons="Fordi.")
    went = {"went": "as-hoped", "on": TODAY, "ask_again": "none", "seen": "0", "text": "Det gik."}
    stored_client.post(f"/decisions/{decision}/follow-up", went)
    with stored_app.test_request_context():
        partner = db.session.scalar(select(Partner))
        decided, followed = timeline.events(partner.id)
        address = partner.public_id
    assert (decided.kind, decided.on, decided.text) == ("decision", "2026-01-15", "Fordi.")
    assert decided.title == "Godkendt: Partnerskab for en periode"
    assert decided.address == f"{desk(public_id)}#decision-{decision}"
    assert (followed.kind, followed.on, followed.text) == ("follow-up", TODAY, "Det gik.")
    page = stored_client.get(f"/partners/{address}").text
    assert "Godkendt: Partnerskab for en periode" in page
    assert "Hvordan gik det? Som håbet" in page


@pytest.mark.parametrize(("language", "word"), [("da", "Betingelser"), ("en", "Conditions")])
def test_on_the_timeline_conditions_are_told_as_conditions(client, app, language, word):
    decided_on(app, client, reasons="Vi vil gerne prøve.", conditions="Timerne findes.")
    with app.test_request_context():
        g.language = language
        partner = db.session.scalar(select(Partner))
        (decided,) = timeline.events(partner.id)
    assert decided.text == f"Vi vil gerne prøve.\n{word}: Timerne findes."


def test_lists_and_timeline_cost_the_same_however_long_they_are(stored_client, stored_app):
    def cost() -> list[int]:
        with stored_app.test_request_context(), count_queries(stored_app) as told:
            timeline.events(db.session.scalar(select(Partner.id)))
        found = [len(told)]
        for page in ("/decisions", "/decisions/follow-ups", "/decisions/record"):
            stored_client.get(page)
            with count_queries(stored_app) as queries:
                stored_client.get(page)
            found.append(len(queries))
        return found

    propose(stored_client, assessed(stored_app), "engagement")
    decided_on(stored_app, stored_client, ask_again="6")
    few = cost()
    for _ in range(5):
        propose(stored_client, assessed(stored_app), "engagement")
        decided_on(stored_app, stored_client, ask_again="6")
    assert cost() == few
    assert max(few) <= 12


def test_a_long_list_has_pages(client, app):
    public_id, decision = decided_on(app, client, ask_again="6")
    with app.app_context():
        many(public_id, 120)
    page = client.get("/decisions/follow-ups?page=3").text
    assert "101–121 af 121" in page
    for odd in ("x", "0", "-1", "9999999", "²"):
        client.get(f"/decisions/follow-ups?page={odd}")
    assert decision_of(client, public_id) == decision


def many(public_id: str, count: int) -> None:
    """Copies of one decided assessment."""
    row = db.session.scalar(select(Assessment).where(Assessment.public_id == public_id))
    decided = db.session.scalar(select(Decision))
    skipped = {"id", "public_id"}
    for _ in range(count):
        copy = Assessment(
            **{name: getattr(row, name) for name in set(Assessment.__table__.c.keys()) - skipped}
        )
        db.session.add(copy)
        db.session.flush()
        values = {name: getattr(decided, name) for name in set(Decision.__table__.c.keys()) - skipped}
        db.session.add(Decision(**{**values, "assessment_id": copy.id}))
    db.session.commit()


def test_the_result_leads_to_the_decision(client, app):
    public_id = assessed(app)
    assert desk(public_id) in client.get(f"/assessments/{public_id}/result").text


def test_a_partner_s_own_name_stands_in_the_lists(client, app):
    """The register knows better than the answers, once somebody has corrected the name there."""
    propose(client, assessed(app, partner="Teaterforening"), "engagement")
    with app.app_context():
        db.session.execute(update(Partner).values(name="Teaterforeningen Nord"))
        db.session.commit()
    assert "Teaterforeningen Nord" in client.get("/decisions").text
