"""Every form survives whatever is posted to it: 400 or a message, never a crash, and nothing half saved."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.web import Client, begin, begin_example, export, shown

NASTY = [
    "", " ", "\x00", "a\x00b", "\x0b\x1f\x7f", "\ufffe\U0001ffff", "-1", "9" * 30, "1e400", "NaN", "½",
    "[]", "{}", "null", "?", "-", "../../etc/passwd", "<script>alert(1)</script>", "'; --",
    "{{ 7 * 7 }}", "%(x)s", "{0}", "=1+1", "æøå", "😀", "x" * 4000, "٣", "２", "true",
]  # fmt: skip

names_at_start = st.sampled_from(["partner", "proposal", "variant", "money"])
text = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))


@pytest.fixture
def kinds(client) -> str:
    return begin(client, "kinds", paid="yes")


def survives(client: Client, path: str, posted: dict, headers: dict | None = None) -> None:
    """Post without knowing what should come of it; a crash would be raised here."""
    response = client.http.post(path, data={**posted, "csrf_token": client.token}, headers=headers)
    assert response.status_code in (200, 303, 400, 409, 413), response.status
    client.check(response)


def names(client: Client, page: str) -> list[str]:
    posted = [*shown(client, page), "idea", "places", "places.state", "trade.give.hours", "lawful", "themes"]
    return sorted({*posted, "clear", "go", "asked", "idea[]", "nobody-asked"})


@pytest.mark.parametrize("form", ["sections/all", "sections/safe", "subject"])
def test_each_field_survives_each_nasty_value_alone_and_repeated(client, kinds, form):
    path = f"{kinds}/{form}"
    asked = shown(client, path).getlist("asked")
    headers = {"Accept": "application/json"}  # the page itself is read in the mixtures below: it takes longer
    for name, value in itertools.product(names(client, path), NASTY):
        for values in ([value], [value, "2"]) if form != "subject" else ([value],):
            survives(client, path, {"asked": asked, name: values}, headers)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mixture_of_fields_survives(client, data):
    path = (
        f"{begin(client, 'kinds')}/{data.draw(st.sampled_from(['sections/all', 'sections/safe', 'subject']))}"
    )
    field = st.sampled_from(names(client, path))
    survives(client, path, data.draw(st.dictionaries(field, st.lists(text, max_size=3), max_size=12)))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posted=st.dictionaries(st.one_of(text, names_at_start), text, max_size=8))
def test_the_other_forms_survive_anything(client, posted):
    address = begin(client)
    for path in ("/assessments/new", f"{address}/review", f"{address}/copy", "/language"):
        survives(client, path, posted)
    survives(client, "/import", {**posted, "file": "no file at all"})


def test_an_empty_post_changes_nothing(client):
    address = begin_example(client)
    before = export(client, address)
    for section in ("why", "together", "in-place"):
        client.post(f"{address}/sections/{section}", {})
    assert export(client, address) == before


def test_what_was_not_on_the_page_cannot_be_changed_by_it(client):
    address = begin_example(client)
    before = export(client, address)
    client.post(f"{address}/sections/why", {"asked": "common-goal:", "common-goal": "4", "time": "4"})
    assert export(client, address) == before


def test_control_characters_are_left_out_of_notes(client):
    address = begin(client)
    posted = MultiDict({"asked": "goal:", "goal": "2", "goal.note": "a\x00\x1fb\r\nc"})
    client.post(f"{address}/sections/why", posted)
    assert export(client, address)["answers"]["goal"]["note"] == "ab\nc"


@pytest.mark.parametrize("public_id", ["x", "A" * 22, "A" * 23, "%00" * 22, "..%2f..%2fetc", "😀" * 22])
def test_an_address_that_was_made_up_is_no_page(client, public_id):
    for place in ("", "/result", "/sections/why", "/decision.pdf", "/answers.json"):
        client.get(f"/assessments/{public_id}{place}", 404)


@pytest.mark.parametrize("path", ["/sample.pdf?language=xx", "/form.pdf?language=%00"])
def test_a_language_that_nobody_speaks_is_refused(client, path):
    client.get(path, 400)


def test_a_questionnaire_that_is_not_installed_is_no_page(client):
    client.get("/assessments/new?questionnaire=tax", 404)
    client.get("/form.pdf?questionnaire=%00", 404)
