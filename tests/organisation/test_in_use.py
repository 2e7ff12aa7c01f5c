"""What the library settled is met where the work is done: goals, thresholds and the usual owner."""

from sqlalchemy import select

from app.assessments.models import Assessment
from app.organisation.models import Goal
from app.platform.database import db
from tests.organisation.test_settings import add_goal, save_library, save_thresholds
from tests.web import answer, begin


def test_without_goals_the_field_about_the_goal_is_as_it_was(client):
    page = client.get("/assessments/new").text
    assert '<textarea id="answer.library-goal.v"' in page
    assert "answer.library-goal.list" not in page


def test_the_goals_are_offered_and_anything_else_can_be_written(stored_client):
    add_goal(stored_client, 'Flere læser "mere"')
    offered = '<option value="Flere læser &#34;mere&#34;">'
    assert offered in stored_client.get("/assessments/new").text
    address = begin(stored_client, **{"library-goal": "Vores helt eget"})
    page = stored_client.get(f"{address}/subject").text
    assert offered in page
    assert 'value="Vores helt eget"' in page


def test_an_assessment_that_names_a_goal_serves_it(stored_client):
    add_goal(stored_client, "Flere læser")
    address = begin(stored_client)
    answer(stored_client, f"{address}/subject", **{"library-goal": "Flere læser"})
    with stored_client.app.app_context():
        goal = db.session.execute(select(Goal)).scalars().one()
        assert db.session.execute(select(Assessment.goal_id)).scalars().all() == [goal.id]


def test_a_goal_written_on_several_lines_keeps_its_lines(client):
    add_goal(client, "Flere læser")
    address = begin(client, **{"library-goal": "Flere læser\nog flere mødes"})
    assert "Flere læser\nog flere mødes</textarea>" in client.get(f"{address}/subject").text.replace("\r", "")


def test_the_review_and_the_result_say_who_must_decide(stored_client):
    save_thresholds(stored_client, ("200.000", "direktionen"))
    address = begin(stored_client, money="200.001")
    sentence = "Beløbet er over 200.000 kr.: Det skal direktionen beslutte."
    assert sentence in stored_client.get(f"{address}/review").text
    stored_client.post(f"{address}/review")
    assert sentence in stored_client.get(f"{address}/result").text
    stored_client.speak("en")
    english = "The amount is above 200,000 kroner: it must be decided by direktionen."
    assert english in stored_client.get(f"{address}/review").text


def test_nothing_is_said_of_an_amount_that_passes_no_threshold(client):
    save_thresholds(client, ("200.000", "direktionen"))
    for money in ("", "0", "200.000"):
        address = begin(client, money=money)
        assert "direktionen" not in client.get(f"{address}/review").text


def test_the_usual_owner_is_suggested(client):
    save_library(client, default_owner="Lene Lund")
    assert 'value="Lene Lund"' in client.get("/assessments/new").text
