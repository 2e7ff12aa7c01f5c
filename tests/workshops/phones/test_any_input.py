"""Whatever is posted to a phone's forms: an answer or a message, never an error of ours."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assessments.test_forms_fuzzed import NASTY
from tests.web import TOKEN
from tests.workshops.phones.ways import JSON, Phone, phone, rows
from tests.workshops.ways import opened, room

SUBJECT = {"partner": "Teaterforeningen", "proposal": "En sommerfestival"}
EVERY_KIND = {"subject": SUBJECT, "sections": ["all", "safe"]}

text = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))


def survives(guest: Phone, path: str, posted: dict, headers: dict | None = None) -> None:
    """Post without knowing what should come of it; a crash would be raised here."""
    response = guest.http.post(path, data={**posted, "csrf_token": guest.token}, headers=headers)
    assert response.status_code in (200, 303, 400, 404, 409, 413), response.status
    guest.check(response)


@pytest.fixture
def stranger(stored_app) -> Phone:
    new = Phone(stored_app, room(stored_app, opened(stored_app, named=True)))
    new.token = TOKEN.search(new.http.get("/w").text)[1]
    return new


@pytest.mark.parametrize("field", ["side", "name", "key", "code", "side[]"])
def test_joining_survives_anything(stranger, field):
    for value in NASTY:
        for path in ("/w", stranger.base):
            posted = {"side": "library", "name": "Signe", "key": stranger.workshop.key, "code": "x"}
            survives(stranger, path, {**posted, field: [value, value]})
            stranger.http.delete_cookie("overvej-phone", path=stranger.base)


def test_a_name_that_cannot_be_written_is_taken_without_what_cannot(stored_app, stranger):
    stranger.join(name="Si\x00gne\ufffe")
    assert rows(stored_app)[0].name == "Signe"


def test_a_key_or_code_or_cookie_of_junk_is_no_error(stored_app, stranger):
    for value in ("%00", "%ED%A0%80", "%FF", "x" * 5000, "1" * 5000, "%F0%9F%98%80", "%0D%0AX:b"):
        for path in (
            f"/w/{value}",
            f"/w/{value}/live",
            f"/w/{value}/part/why",
            f"{stranger.base}?key={value}",
            f"{stranger.base}/{value}",
            f"{stranger.base}/{value}/x",
        ):
            assert stranger.http.get(path).status_code in (200, 303, 404, 429), path
    for token in ("x" * 3000, "æ", "%00"):
        stranger.http.set_cookie("overvej-phone", token, path=stranger.base)
        assert stranger.http.get(stranger.base).status_code == 200
        assert stranger.http.get(f"{stranger.base}/live").status_code == 410


@pytest.mark.parametrize(
    ("questionnaire", "side", "section"),
    [("kinds", "library", "all"), ("new-partner", "partner", "together")],
)
def test_each_field_survives_each_nasty_value_alone_and_repeated(app, questionnaire, side, section):
    chosen = EVERY_KIND if questionnaire == "kinds" else {}
    guest = phone(app, opened(app, questionnaire, **chosen), side)
    shown = guest.shown(section)
    names = sorted({*shown, "idea", "planning", "places.state", "trade.give.hours", "clear", "go"})
    for name, value in itertools.product(names, NASTY):
        posted = {"asked": shown.getlist("asked"), name: [value, "2"]}
        survives(guest, guest.section(section), posted, JSON)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mixture_of_fields_survives(app, data):
    guest = phone(app, opened(app, "kinds", **EVERY_KIND))
    section = data.draw(st.sampled_from(["all", "safe"]))
    shown = guest.shown(section)
    field = st.sampled_from([*shown, "clear", "go", "asked", "idea[]", "nobody-asked"])
    posted = data.draw(st.dictionaries(field, st.lists(text, max_size=3), max_size=12))
    survives(guest, guest.section(section), posted)
    guest.get(guest.section(section))


@pytest.mark.parametrize(
    ("language", "said"), [("da", "Teksten var for lang"), ("en", "The text was too long")]
)
def test_more_text_than_a_page_takes_is_told_as_such_on_a_phone(app, language, said):
    guest = phone(app, opened(app))
    guest.speak(language)
    posted = {**guest.shown("why"), "goal": "3", "goal.note": "x" * 9 * 1024 * 1024}
    page = guest.post(guest.section("why"), posted, 413).text
    assert said in page
    assert {"da": "Intet er gemt", "en": "Nothing was saved"}[language] in page
    assert guest.post(guest.section("why"), posted, 413, headers=JSON).get_json() == {"error": said}
    assert rows(app)[0].answers == {}
