"""Moving to a newer version: what comes along is listed first, and the old assessment stays what it was."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from app.assessments.comparisons.moving import move_to
from app.assessments.loaded import LoadedAssessment
from app.assessments.models import Assessment
from app.engine.answers import Answer
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded
from tests.strategies import answers_to, cases
from tests.web import QUESTIONNAIRES, answer, begin, everything_stored, export

CALM = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = {"da": "Noget helt nyt?", "en": "Something quite new?"}


@pytest.fixture
def newer(tmp_path, monkeypatch, client):
    """Install a newer version of the questionnaire of every kind, changed as the test wants it."""
    folder = tmp_path / "newer"
    folder.mkdir()

    def install(change=lambda items, data: None, version="1.1.0", name="kinds") -> None:
        data = json.loads((QUESTIONNAIRES / f"{name}.json").read_text(encoding="utf-8"))
        data["version"] = version
        change({each["id"]: each for each in data["sections"][0]["items"]}, data)
        (folder / f"{name}-{version}.json").write_text(json.dumps(data), encoding="utf-8")
        monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", f"{QUESTIONNAIRES}:{folder}")

    return install


@pytest.fixture
def filled(client) -> str:
    address = begin(client, "kinds", paid="yes", price="12")
    answer(
        client,
        f"{address}/sections/all",
        idea="1",
        idea__note="Ja, men",
        size="small",
        tried="no",
        words="Hej",
    )
    answer(client, f"{address}/sections/safe", lawful="yes")
    return address


def change_everything(items, data):
    items["idea"]["points"] = [*items["idea"]["points"], {"da": "Ja, ja og ja", "en": "Yes, yes and yes"}]
    items["tried"]["text"] = {"da": "Har I prøvet det før?", "en": "Have you tried it before?"}
    data["sections"][0]["items"] = [
        *(each for each in data["sections"][0]["items"] if each["id"] != "words"),
        {"id": "brand-new", "kind": "text", "text": WORDS},
    ]


def test_without_a_newer_version_it_says_so(client, filled):
    assert "Ingen nyere version" in client.get(f"{filled}/newer").text
    client.post(f"{filled}/newer", {"digest": ""}, status=409)


def test_a_newer_version_is_told_on_the_pages(client, filled, newer):
    assert "/newer" not in client.get(f"{filled}/subject").text
    newer()
    assert f'href="{filled}/newer"' in client.get(f"{filled}/subject").text


def test_what_becomes_of_each_answer_is_listed_before_anything_is_done(client, app, filled, newer):
    newer(change_everything)
    before = everything_stored(app)
    page = client.get(f"{filled}/newer").text
    behind, look, new, as_is = (
        page.index(each)
        for each in ("Bliver tilbage", "Kommer med, men se", "Nye spørgsmål", "Kommer med, som det er")
    )
    assert "Måske en dag" in page[behind:look]
    assert "Ja, men" in page[behind:look], "its note is told too"
    assert "Hej" in page[behind:look]
    assert "Har I prøvet det før?" in page[look:new]
    assert "Noget helt nyt?" in page[new:as_is]
    assert "Hvor stort?" in page[as_is:]
    assert everything_stored(app) == before


def test_the_list_speaks_english(client, filled, newer):
    newer(change_everything)
    client.speak("en")
    assert "Comes along, but look at it again" in client.get(f"{filled}/newer").text


def move(client, address: str):
    page = client.get(f"{address}/newer").text
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    return client.post(f"{address}/newer", {"digest": digest})


def test_the_move_makes_a_new_assessment_and_leaves_the_old_one(client, filled, newer):
    newer(change_everything)
    old = export(client, filled)
    moved = move(client, filled).headers["Location"].removesuffix("/subject")
    assert moved != filled
    assert export(client, filled) == old
    new = export(client, moved)
    assert (new["version"], new["subject"]) == ("1.1.0", old["subject"])
    assert new["gates"] == old["gates"]
    assert new["answers"] == {"size": "small", "tried": "no"}
    assert client.get(f"{moved}/result", 303).headers["Location"] == f"{moved}/review", "it is reviewed anew"


def test_the_partner_stays_the_same(stored_client, stored_app, tmp_path, monkeypatch):
    address = begin(stored_client, "smallest", who="Teaterforeningen")
    data = json.loads((QUESTIONNAIRES / "smallest.json").read_text(encoding="utf-8"))
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "smallest.json").write_text(json.dumps({**data, "version": "1.2.0"}), encoding="utf-8")
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", f"{QUESTIONNAIRES}:{tmp_path / 'x'}")
    move(stored_client, address)
    rows = everything_stored(stored_app)
    assert len(rows["partners"]) == 1
    assert len(rows["assessments"]) == 2
    assert sum("'move'" in each for each in rows["assessments"]) == 1
    assert any("'moved'" in each for each in rows["assessment_changes"])


def test_another_version_since_the_list_was_shown_is_listed_first(client, app, filled, newer):
    newer()
    page = client.get(f"{filled}/newer").text
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    newer(change_everything, "1.2.0")
    before = everything_stored(app)
    for posted in (digest, "", "\x00"):
        told = client.post(f"{filled}/newer", {"digest": posted}, status=409)
        assert "Der er ikke lavet noget" in told.text
        assert "Flyt til version 1.2.0" in told.text
    assert everything_stored(app) == before


def moved_to(new_data: dict, **answers):
    data = json.loads((QUESTIONNAIRES / "kinds.json").read_text(encoding="utf-8"))
    old, new = Questionnaire.model_validate(data), Questionnaire.model_validate(new_data)
    return move_to(
        LoadedAssessment(Assessment(variant="full"), old, answers_to(old, **answers)), Loaded(new, [], "")
    )


def kinds(change) -> dict:
    data = json.loads((QUESTIONNAIRES / "kinds.json").read_text(encoding="utf-8"))
    data["version"] = "2.0.0"
    change({each["id"]: each for each in data["sections"][0]["items"]}, data)
    return data


def turned(items, data):
    items["idea"]["points"] = items["idea"]["points"][::-1]


def another_kind(items, data):
    items["tried"].update(kind="text")
    for name in ("when-tried", "how-many"):
        items[name].pop("show_if")


def an_option_less(items, data):
    items["places"]["options"] = items["places"]["options"][1:]


def no_longer_na(items, data):
    items["idea"]["may_be_na"] = False


@pytest.mark.parametrize(
    ("change", "answers", "why"),
    [
        (turned, {"idea": 0}, "options"),
        (another_kind, {"tried": "yes"}, "kind"),
        (an_option_less, {"places": ("hall",)}, "option"),
        (an_option_less, {"places": None}, None),
        (no_longer_na, {"idea": Answer("na")}, "option"),
        (turned, {"idea": None}, None),
    ],
)
def test_an_answer_never_comes_to_mean_something_else(change, answers, why):
    found = moved_to(kinds(change), **answers)
    assert [each.why for each in found.lost] == ([why] if why else [])


@CALM
@given(case=cases())
def test_an_identical_version_takes_everything_along(app, case):
    questionnaire, answers = case
    data = questionnaire.model_dump(mode="json", by_alias=True, exclude_none=True)
    same = Questionnaire.model_validate({**data, "version": "7.0.0"})
    found = move_to(
        LoadedAssessment(Assessment(variant="full"), questionnaire, answers), Loaded(same, [], "")
    )
    assert found.lost == found.reworded == found.new == []
    assert (found.answers.items, found.answers.gates) == (answers.items, answers.gates)
    assert found.answers.subject == answers.subject
    assert len(found.kept) == len(answers.items) + len(answers.gates) + len(answers.subject)
