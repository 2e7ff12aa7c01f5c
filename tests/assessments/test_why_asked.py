"""The review page says of each missing answer whether it can decide, and never what it would decide."""

import re

import pytest

from app.assessments.loaded import open_assessment
from app.assessments.why_asked import missing_answers
from app.catalogue import find
from app.engine.assess import assess
from app.wording.read import read
from tests.web import Client, answer, begin, begin_example, filled_in


def listed(page: str) -> list[tuple[str, str]]:
    """Each question of the review page, in order, with the group it stands in and what is said of it."""
    groups = re.findall(r'<h3 class="matters">(.*?)</h3>(.*?)</ul>', page, re.DOTALL)
    return [
        (name, f"{title} {said}")
        for title, group in groups
        for name, said in re.findall(r'<li><a href="[^"]*#answer\.([^"]+)">(.*?)</li>', group, re.DOTALL)
    ]


@pytest.fixture
def half(client) -> str:
    """An assessment of which two pages are answered and the rest is on the agenda."""
    address = begin(client)
    for section in ("why", "ready"):
        client.post(f"{address}/sections/{section}", filled_in(client, f"{address}/sections/{section}"))
    for section in ("partner", "together"):
        page = f"{address}/sections/{section}"
        posted = filled_in(client, page)
        for name in posted.keys() & find("new-partner").questionnaire.items.keys():
            posted[name] = "?"
        client.post(page, posted)
    return address


def test_the_words_are_the_result_s_own(client, app, half):
    with app.test_request_context():
        opened = open_assessment(half.split("/")[2])
        result = assess(opened.questionnaire, opened.answers)
        reading = read(opened.questionnaire, opened.answers, result, "da")
    said = dict(listed(client.get(f"{half}/review").text))
    decides = {each.id: each.why for each in reading.questions if each.decides}
    assert len(decides.keys() & said.keys()) > 5
    for question, words in said.items():
        assert words.startswith("Kan afgøre anbefalingen") == (question in decides)
        assert decides.get(question, "") in words


def test_what_can_decide_stands_first_the_most_deciding_of_it_at_the_top(app, half):
    with app.test_request_context():
        opened = open_assessment(half.split("/")[2])
        (missing,) = missing_answers(opened, "unknown")
        found = [*missing.deciding, *missing.counting, *missing.telling]
        asked = [each.id for each in assess(opened.questionnaire, opened.answers).questions]
    decides = [each.decides for each in found]
    assert decides == sorted(decides, reverse=True)
    assert [each.question.id for each in found] != [
        each.id for _, each in opened.progress.questions("unknown")
    ]
    first = [asked.index(each.question.id) for each in found if each.decides]
    assert first == sorted(first)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_outcome_is_named_before_the_review(client, language):
    client.speak(language)
    questionnaire = find("new-partner").questionnaire
    for address in (begin_example(client), begin(client)):
        page = client.get(f"{address}/review").text
        for outcome in questionnaire.outcomes:
            assert outcome.title[language] not in page
            assert outcome.nickname[language] not in page


def test_a_gate_that_is_not_answered_can_always_decide(client):
    address = begin(client)
    said = dict(listed(client.get(f"{address}/review").text))
    for gate in find("new-partner").questionnaire.gates:
        assert said[gate.id].startswith("Kan afgøre anbefalingen")
        assert "Skal være på plads, uanset hvad resten siger." in said[gate.id]


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Tæller ikke med"), ("en", "Does not count, but tells")]
)
def test_what_counts_for_nothing_is_not_said_to_make_anything_certain(client, language, words):
    client.speak(language)
    address = begin(client, "kinds")
    said = dict(listed(client.get(f"{address}/review").text))
    questionnaire = find("kinds").questionnaire
    in_caps = {leaf.item for cap in questionnaire.caps for leaf in cap.when.leaves()}
    free = [
        each
        for each in said
        if each not in {*questionnaire.scored_items, *questionnaire.gates_by_id, *in_caps}
    ]
    assert free
    assert all(words in said[each] for each in free)


def test_when_everything_is_answered_nothing_matters_any_more(client: Client):
    address = begin(client)
    for section in ("why", "ready", "partner", "together", "in-place"):
        page = f"{address}/sections/{section}"
        client.post(page, filled_in(client, page))
    assert listed(client.get(f"{address}/review").text) == []
    answer(client, f"{address}/sections/why", goal="?")
    assert [name for name, _ in listed(client.get(f"{address}/review").text)] == ["goal"]
