"""Whatever a question is called: it never meets a name or an id of the page that asks it."""

import json
import re

import html5lib
import pytest

from app.assessments.fields.names import PREFIX, answer_name
from app.engine.items.base import ID_PATTERN
from app.workshops import operations
from app.workshops.loaded import open_workshop
from tests.web import TOKEN, begin, controls, export
from tests.workshops.phones.ways import phone
from tests.workshops.ways import opened

SCALE = ["goal", "goal-e", "goal-h", "goal-l", "goal-v", "goal-note", "goal-state"]
TAKEN = [
    "action", "add", "answers", "asked", "back", "clear", "code", "csrf", "delete", "elements", "form", "go",
    "home", "id", "keys", "language", "length", "lost", "main", "method", "name", "names", "number", "parent",
    "part", "reset", "section", "sheet", "shown", "side", "spread-title", "status", "submit",
    "target", "title", "variant", "yours",
]  # fmt: skip
"""What pages, forms and scripts call things of their own, as far as a question can be called so."""


def text(words: str) -> dict[str, str]:
    return {"da": f"{words} på dansk", "en": f"{words} in English"}


def question(name: str) -> dict:
    asked = {"id": name, "text": text(f"Is it {name}?"), "text_partner": text(f"And {name}?"), "side": "both"}
    if name in SCALE:
        points = [text(f"{name} {point}") for point in ("low", "middle", "high")]
        return {**asked, "kind": "scale", "points": points, "ask": text(f"Say {name}")}
    return {**asked, "kind": "fact", "help": text(f"Help for {name}")}


@pytest.fixture
def called(tmp_path, monkeypatch):
    """Install a questionnaire that calls its questions as a page calls its own things."""

    def install(names: list[str]) -> None:
        outcomes = [
            {"id": each, "title": text(each), "meaning": text(f"It is {each}"), "motion": text(f"Say {each}"),
             "next_steps": [text(f"Do {each}")]}
            for each in ("lower", "upper")
        ]  # fmt: skip
        written = {
            "format": "overvej-questionnaire/1", "id": "called", "version": "1.0.0",
            "languages": ["da", "en"],
            "title": text("Names"), "purpose": text("Only names"), "minutes": 9, "enough": 0.3,
            "subject": [
                {"item": {"id": role, "kind": "text", "text": text(f"The {role}?"), "longest": 200},
                 "required": True, "role": role}
                for role in ("partner", "proposal")
            ],
            "sections": [{"id": "all", "title": text("All"), "items": [question(name) for name in names]}],
            "criteria": [{"id": "sum", "title": text("Sum"), "meaning": text("The sum"), "weight": 1,
                          "items": [name for name in names if name in SCALE]}],
            "outcomes": outcomes,
            "boundaries": [{"between": ["lower", "upper"], "majority": 0.5, "profiles": {"sum": 50}}],
        }  # fmt: skip
        (tmp_path / "called.json").write_text(json.dumps(written), "utf-8")
        monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(tmp_path))

    return install


def post(client, page: str, **own: str) -> None:
    """Choose the last answer of every question on a page, and press its button as a browser does."""
    text = client.get(page).text
    posted = {"csrf_token": TOKEN.search(text)[1], **own}
    posted["asked"] = [each.get("value") for each in controls(text) if each.get("name") == "asked"]
    for each in controls(text):
        if each.get("type") == "radio" and each.get("value") not in ("?", "-"):
            posted[each.get("name")] = each.get("value")
    response = client.http.post(page, data=posted)
    assert response.status_code == 303, response.text


def best(names: list[str]) -> dict[str, object]:
    return {name: 2 if name in SCALE else "no" for name in names}


def test_no_id_of_a_question_begins_as_its_name_on_the_page_does():
    assert not re.match(ID_PATTERN, answer_name("goal"))
    assert not re.match(ID_PATTERN, PREFIX)


def test_questions_are_answered_whatever_they_are_called(client, called):
    """Every page is checked for ids that stand twice, and for labels that lead astray."""
    names = [*SCALE, *TAKEN]
    called(names)
    address = begin(client, "called")
    client.get(f"{address}/after-meeting")
    post(client, f"{address}/sections/all", go="next")
    assert export(client, address)["answers"] == best(names)
    client.post(f"{address}/review", {"go": "result"})
    for page in ("result", "what-if", "what-if?goal=0&goal-e=1", "after-meeting", "history", "subject"):
        client.get(f"{address}/{page}")


def test_an_answer_is_cleared_whatever_its_question_is_called(client, called):
    called([*SCALE, *TAKEN])
    address = begin(client, "called")
    post(client, f"{address}/sections/all", go="next")
    post(client, f"{address}/sections/all", clear=answer_name("clear"))
    assert export(client, address)["answers"].keys() == {*SCALE, *TAKEN} - {"clear"}


def test_answers_that_are_tried_are_saved_whatever_their_questions_are_called(client, called):
    called([*SCALE, "asked"])
    address = begin(client, "called")
    post(client, f"{address}/sections/all", go="next")
    client.post(f"{address}/review", {"go": "result"})
    text = client.get(f"{address}/what-if?goal=0&goal-e=1").text
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    keep = next(each for each in tree.iter("form") if each.get("class") == "keep")
    posted = {}
    for each in keep.iter("input"):
        posted.setdefault(each.get("name"), []).append(each.get("value"))
    assert client.http.post(f"{address}/what-if", data=posted).status_code == 303
    assert export(client, address)["answers"] == {**best([*SCALE, "asked"]), "goal": 0, "goal-e": 1}


def test_a_room_answers_and_agrees_whatever_its_questions_are_called(app, client, called):
    called([*SCALE, *TAKEN])
    public_id = opened(app, "called")
    guests = [phone(app, public_id, side) for side in ["library"] * 4 + ["partner"] * 4]
    for guest in guests:
        post(guest, guest.section("all"), go="next")
    with app.app_context():
        operations.reveal(public_id, "Mette Holm")
    agreed = ["goal-e", "clear", "go", "asked", "shown"]
    for name in agreed:
        post(client, f"/workshops/{public_id}/agree/{name}", go="next", room_reason="Vi ved det")
    with app.app_context():
        there = open_workshop(public_id)
        assert there.agreed.keys() == set(agreed)
        assert {
            spread.answered for spread in (each["all"] for each in there.room_map.questions.values())
        } == {8}


def test_a_page_that_was_begun_before_questions_had_names_of_their_own_is_saved(client):
    address = begin(client)
    page = f"{address}/sections/why"
    posted = {"csrf_token": client.token, "asked": ["goal:", "alone:"], "goal": "3", "alone": "2"}
    assert client.http.post(page, data={**posted, "goal.note": "Fra før"}).status_code == 303
    assert export(client, address)["answers"] == {"goal": {"value": 3, "note": "Fra før"}, "alone": 2}
