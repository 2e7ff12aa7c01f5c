"""Answers that are changed after leadership has decided: what was decided on is never told otherwise."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from app.assessments.loaded import open_assessment
from app.engine.items.scale import ScaleItem
from tests.decisions.ways import assessed, decide, decided_on, desk, propose
from tests.printing import paper
from tests.printing.samples import questionnaire
from tests.web import Client, each_database_and_language

SAID = {
    "da": "Svarene er ændret efter beslutningen. Dengang var anbefalingen: »Partnerskab for en periode«.",
    "en": "The answers were changed after the decision. "
    "The recommendation then was: “A partnership for a period”.",
}
ADVISED = {
    "da": "Ledelsen har besluttet. Skal noget vurderes på ny, så begynd en ny vurdering ud fra denne.",
    "en": "Leadership has decided. If something is to be assessed anew, "
    "begin a new assessment from this one.",
}


def weaken(client: Client, public_id: str) -> None:
    """Give the lowest answer to every question on a scale, after which Overvej recommends nothing."""
    address = f"/assessments/{public_id}/what-if"
    items = questionnaire().items.values()
    lowest = {item.id: "0" for item in items if isinstance(item, ScaleItem)}
    answered = client.http.get(f"{address}?{urlencode(lowest)}", follow_redirects=True)
    asked = re.findall(r'name="asked" value="([^"]+)"', answered.text)
    assert asked
    client.post(address, {**lowest, "asked": asked})


def sheet(client: Client, public_id: str) -> str:
    return paper.text(client.get(f"/assessments/{public_id}/decision.pdf").data, 1)


def pages_that_change_answers(app: Any, public_id: str) -> list[str]:
    with app.test_request_context():
        section = open_assessment(public_id).sections[0].id
    parts = ("subject", f"sections/{section}", "after-meeting", "what-if")
    return [f"/assessments/{public_id}/{part}" for part in parts]


@each_database_and_language
def test_answers_changed_after_the_decision_are_told_wherever_it_is_read(stored_client, stored_app, language):
    public_id, _ = decided_on(stored_app, stored_client)
    stored_client.speak(language)
    pages = (desk(public_id), f"/assessments/{public_id}/result")
    for page in pages:
        assert SAID[language] not in stored_client.get(page).text
    assert SAID[language] not in sheet(stored_client, public_id)
    weaken(stored_client, public_id)
    for page in pages:
        assert SAID[language] in stored_client.get(page).text
    assert SAID[language] in sheet(stored_client, public_id)


def test_the_motion_is_held_against_the_recommendation_of_that_time(client, app):
    """Leadership approved what was recommended: it must not read as if it had gone against it."""
    public_id = assessed(app)
    propose(client, public_id, "engagement")
    decide(client, public_id)
    weaken(client, public_id)
    assert "afviger" not in sheet(client, public_id)


def test_a_motion_that_differed_then_still_differs(client, app):
    public_id = assessed(app)
    propose(client, public_id, "none", motion_why="Vi har ikke tid.")
    decide(client, public_id)
    weaken(client, public_id)
    assert "Indstillingen afviger herfra: Vi har ikke tid." in sheet(client, public_id)


def test_no_colon_stands_before_nothing(client, app):
    """The answers were changed between motion and decision, so nobody was asked why they differ."""
    public_id = assessed(app)
    propose(client, public_id, "engagement")
    weaken(client, public_id)
    assert "Indstillingen afviger herfra." in sheet(client, public_id)
    decide(client, public_id)
    said = sheet(client, public_id)
    assert "Indstillingen afviger herfra." in said
    assert "ændret efter beslutningen" not in said


@pytest.mark.parametrize(
    ("verdict", "is_settled"),
    [("approved", True), ("amended", True), ("declined", True), ("postponed", False)],
)
def test_a_postponed_decision_settles_nothing(client, app, verdict, is_settled):
    public_id, _ = decided_on(app, client, verdict=verdict)
    weaken(client, public_id)
    assert (SAID["da"] in client.get(f"/assessments/{public_id}/result").text) is is_settled
    for page in pages_that_change_answers(app, public_id):
        assert (ADVISED["da"] in client.get(page).text) is is_settled


@each_database_and_language
def test_where_answers_are_changed_after_a_decision_a_new_assessment_is_offered(
    stored_client, stored_app, language
):
    stored_client.speak(language)
    public_id = assessed(stored_app)
    propose(stored_client, public_id, "engagement")
    pages = pages_that_change_answers(stored_app, public_id)
    for page in pages:
        assert ADVISED[language] not in stored_client.get(page).text
    decide(stored_client, public_id)
    for page in pages:
        shown = stored_client.get(page).text
        assert ADVISED[language] in shown
        assert f'action="/assessments/{public_id}/copy"' in shown
    fresh = stored_client.follow(stored_client.post(f"/assessments/{public_id}/copy")).text
    assert ADVISED[language] not in fresh
