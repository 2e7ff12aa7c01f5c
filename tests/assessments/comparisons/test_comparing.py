"""Two assessments side by side: what changed, and what cannot be compared."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings

from app.assessments.comparisons.comparing import compare
from app.assessments.comparisons.definitions import differences, questions_of
from app.assessments.comparisons.method import changes_of_method
from app.assessments.loaded import LoadedAssessment
from app.assessments.models import Assessment
from app.engine.definition import Questionnaire
from app.platform.database import now
from tests.strategies import cases, shipped
from tests.web import QUESTIONNAIRES, answer, begin, everything_stored, filled_in, reviewed_example

CALM = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def public_id(address: str) -> str:
    return address.split("/")[2]


def pair(first: str, second: str) -> str:
    return f"/compare?a={public_id(first)}&b={public_id(second)}"


def assessed_again(client) -> tuple[str, str]:
    """The example, and a later assessment of the same partner in which something changed."""
    first = reviewed_example(client)
    second = client.post(f"{first}/copy").headers["Location"].removesuffix("/subject")
    answer(client, f"{second}/sections/ready", time="3", time__note="12 timer")
    answer(client, f"{second}/sections/in-place", user_data="?")
    client.post(f"{second}/review", {"go": "result"})
    return first, second


def test_both_outcomes_and_what_changed_stand_side_by_side(client):
    page = client.get(pair(*assessed_again(client))).text
    assert page.count("compared-side") >= 2
    assert "Er der tid til det?" in page
    assert "12 timer" in page
    assert "Hvor mange timer det kræver, ved vi ikke endnu." in page
    table = re.search(r"Det, der skal være på plads.*?</table>", page, re.DOTALL)[0]
    assert "Ved vi ikke endnu" in table
    assert re.search(r'<th scope="row">Tiden</th>', page)


def test_the_page_speaks_english(client):
    both = assessed_again(client)
    client.speak("en")
    assert "Answers that differ" in client.get(pair(*both)).text


def test_looking_writes_nothing(client, app):
    first, second = assessed_again(client)
    before = everything_stored(app)
    for path in (pair(first, second), f"/compare?a={public_id(first)}", "/compare", f"{first}/newer"):
        client.get(path)
    assert everything_stored(app) == before


def test_until_both_are_chosen_the_others_are_offered(client):
    assert "Der er ingen anden vurdering endnu" in client.get("/compare").text
    first, second = assessed_again(client)
    assert pair(first, second).replace("&", "&amp;") in client.get(f"/compare?a={public_id(second)}").text
    assert f"/compare?a={public_id(first)}" in client.get("/compare").text
    assert "Vælg, hvad der skal sammenlignes" in client.get(pair(first, first)).text


@pytest.mark.parametrize(
    "query", ["a=x", "a=%00", "a=" + "A" * 22, "a=A&b=B", "a[]=1&b=%F0%9F%98%80", "b=x&b=y"]
)
def test_an_address_that_was_made_up_is_no_page(client, query):
    client.get(f"/compare?{query}", 404)


def test_before_the_review_no_outcome_is_shown(client):
    first = reviewed_example(client)
    second = client.post(f"{first}/copy").headers["Location"].removesuffix("/subject")
    page = client.get(pair(first, second)).text
    assert "Ikke gennemset endnu" in page
    assert "Kriterierne og det, der skal være på plads, kan sammenlignes" in page
    assert "Fra A til B" not in page


def test_another_questionnaire_is_refused_kindly(client):
    first, second = reviewed_example(client), begin(client, "kinds")
    page = client.get(pair(first, second)).text
    assert "De svarer på to forskellige spørgeskemaer" in page
    assert "Svar, der er forskellige" not in page


def test_two_partners_may_be_compared_and_it_is_said(client):
    first, second = begin(client), begin(client, partner="Skakklubben")
    assert "to forskellige partnere" in client.get(pair(first, second)).text
    assert "to forskellige partnere" not in client.get(pair(first, begin(client))).text


def test_typed_text_is_escaped(client):
    first = begin(client, partner="<b>A&B</b>")
    page = client.get(pair(first, begin(client, partner="<b>A&B</b>"))).text
    assert "&lt;b&gt;A&amp;B" in page
    assert "<b>A&B" not in page


# Versions


def changed(**more) -> Questionnaire:
    """The shipped questionnaire as another version, with what ``change`` makes of its JSON."""
    data = shipped().model_dump(mode="json", by_alias=True, exclude_none=True)
    data["version"] = "1.1.0"
    more["change"](data)
    return Questionnaire.model_validate(data)


def item(data: dict, name: str) -> dict:
    return next(each for section in data["sections"] for each in section["items"] if each["id"] == name)


def raise_a_bar(data):
    data["boundaries"][1]["profiles"]["trust"] += 5


def test_what_is_required_differently_is_named(app):
    with app.test_request_context():
        [said] = changes_of_method(shipped(), changed(change=raise_a_bar))
    before = shipped().boundaries[1].profiles["trust"]
    assert said.startswith("Kravet til Tilliden for »Partnerskab for en periode« er ændret fra ")
    assert said.endswith(f"fra {before:g} til {before + 5:g}.")


def weigh_more(data):
    data["criteria"][0]["weight"] += 5


def need_less(data):
    data["boundaries"][0]["majority"] = 0.9


def forget_a_cap(data):
    del data["caps"][0]


def lower_a_minimum(data):
    del data["boundaries"][0]["vetoes"][next(iter(data["boundaries"][0]["vetoes"]))]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (weigh_more, "Vægten af Formålet er ændret fra 15 til 20."),
        (need_less, "til 90 af 100."),
        (forget_a_cap, "Kun version 1.0.0 holder et forslag igen af denne grund: "),
        (lower_a_minimum, "til intet."),
    ],
)
def test_every_change_of_the_method_is_named(app, change, words):
    with app.test_request_context():
        [said] = changes_of_method(shipped(), changed(change=change))
    assert words in said


def reword(data):
    item(data, "time")["text"]["da"] = "Er der sat tid af?"


def reword_an_answer(data):
    item(data, "time")["points"][1]["da"] = "Måske"


def score_otherwise(data):
    points = len(item(data, "time")["points"])
    item(data, "time")["scores"] = [0, *[10] * (points - 2), 100]


@pytest.mark.parametrize(
    ("change", "found"),
    [(reword, ["wording"]), (reword_an_answer, ["answers"]), (score_otherwise, ["scores"])],
)
def test_a_question_is_the_same_by_what_it_says_and_not_by_its_name(change, found):
    other = changed(change=change)
    assert differences(shipped(), other, "time") == found
    assert [each for each in questions_of(shipped()) if differences(shipped(), other, each)] == ["time"]


def test_a_translation_that_was_added_makes_no_other_question():
    data = json.loads((QUESTIONNAIRES / "smallest.json").read_text(encoding="utf-8"))
    old = Questionnaire.model_validate(data)
    translated = json.loads(
        re.sub(r'\{"da": ("[^"]*")\}', r'{"da": \1, "en": \1}', json.dumps(data, ensure_ascii=False))
    )
    new = Questionnaire.model_validate({**translated, "languages": ["da", "en"], "version": "1.0.1"})
    assert [each for each in questions_of(old) if differences(old, new, each)] == []


# Any questionnaire, any answers


@CALM
@given(case=cases())
def test_an_assessment_beside_itself_shows_no_change(app, case):
    assessment = Assessment(variant="full", public_id="A" * 22, date="2026-11-22", reviewed_at=now())
    questionnaire, answers = case
    assessment.confirmed_gates = [gate.id for gate in questionnaire.gates]
    with app.test_request_context():
        found = compare(
            LoadedAssessment(assessment, questionnaire, answers),
            LoadedAssessment(assessment, questionnaire, answers),
        )
    assert found.changed == found.otherwise == found.only_a == found.only_b == found.method == []
    assert not found.is_other_partner
    assert not found.is_other_questionnaire
    assert all(row.step in (0, None) and row.a == row.b for row in found.criteria)
    assert len(found.criteria) == len(questionnaire.criteria)
    assert found.same == len(answers.items) + len(answers.gates) + len(answers.subject)


def test_filled_in_pages_can_be_compared_on_both_databases(stored_client):
    first, second = begin(stored_client, "smallest", who="A"), begin(stored_client, "smallest", who="A")
    page = f"{second}/sections/all"
    stored_client.post(page, filled_in(stored_client, page))
    assert "Er det en god idé?" in stored_client.get(pair(first, second)).text
