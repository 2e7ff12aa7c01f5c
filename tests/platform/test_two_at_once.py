"""Four people press the same button at the same moment: each is answered, and nothing is made twice."""

import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.assessments.models import Assessment
from app.definitions.models import Definition
from app.organisation.models import Goal, Organisation
from app.partners.models import Partner
from app.platform.database import db
from tests.web import Client, answers

PEOPLE = 4


def all_at_once(app, address: str, *bodies: dict[str, str]) -> Counter[int]:
    """Post each body from a browser of its own, and count the answers by their status."""
    ready = threading.Barrier(len(bodies))
    answers: list[int] = []

    def post(client: Client, body: dict[str, str]) -> None:
        ready.wait()
        sent = {**body, "csrf_token": client.token}
        answers.append(client.http.post(address, data=sent).status_code)

    people = [Client(app) for _ in bodies]
    for person in people:
        person.get("/")
    threads = [threading.Thread(target=post, args=each) for each in zip(people, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


def count(app, model) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def test_the_first_settings_are_saved_once(stored_app):
    said = [{"row_version": "0", "name": f"Biblioteket {n}", "language": "da"} for n in range(PEOPLE)]
    assert all_at_once(stored_app, "/settings/library", *said) == {303: 1, 409: PEOPLE - 1}
    assert count(stored_app, Organisation) == 1


def test_one_title_is_one_goal(stored_app):
    said = {"title": "Flere unge", "active": "yes"}
    assert all_at_once(stored_app, "/settings/goals/new", *[said] * PEOPLE) == {303: 1, 400: PEOPLE - 1}
    assert count(stored_app, Goal) == 1


def test_a_partner_of_one_name_is_made_once(stored_app):
    said = {"name": "Aarhus Festuge", "level": "glance"}
    assert all_at_once(stored_app, "/partners/new", *[said] * PEOPLE) == {303: 1, 409: PEOPLE - 1}
    assert count(stored_app, Partner) == 1


@pytest.mark.parametrize("questionnaire", ["new-partner", "kinds"])
def test_assessments_begun_together_share_definition_and_partner(stored_app, questionnaire):
    said = answers(partner="Aarhus Festuge", proposal="En festival")
    address = f"/assessments/new?questionnaire={questionnaire}"
    assert all_at_once(stored_app, address, *[said] * PEOPLE) == {303: PEOPLE}
    assert (count(stored_app, Assessment), count(stored_app, Definition)) == (PEOPLE, 1)
    assert count(stored_app, Partner) == 1
