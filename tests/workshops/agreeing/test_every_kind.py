"""A room can agree on a question of every kind, and read how it was answered, in both languages."""

import pytest

from app import catalogue
from app.engine.answers import Answer, GateAnswer
from app.workshops import operations as workshops
from app.workshops.agreeing.reading import questions_of
from app.workshops.loaded import open_workshop
from tests.workshops.agreeing.test_pages import agreed, page_of, save, text_of
from tests.workshops.ways import LEADER, answer, opened

PEOPLE = [
    ({"idea": 1, "size": "small", "tried": "yes", "when-tried": "2026-05-02", "how-many": 12.5,
      "places": ["hall", "yard"], "words": "Ét <b>", "trade": {"give": {}, "get": {}}}, {"lawful": "yes"}),
    ({"idea": 2, "size": "large", "tried": "yes", "when-tried": "2026-05-02", "how-many": 3,
      "places": ["yard"], "words": "To & tre", "trade": {"unknown": True}}, {"crowded": "unknown"}),
    ({"idea": {"na": True}, "size": {"unknown": True}, "tried": "no", "places": ["street"]}, {}),
]  # fmt: skip

POSTED = [
    ("idea", {"idea": "2"}, 2),
    ("idea", {"idea": "-"}, {"na": True}),
    ("size", {"size": "large"}, "large"),
    ("tried", {"tried": "no"}, "no"),
    ("when-tried", {"when-tried": "2026-06-01"}, "2026-06-01"),
    ("when-tried", {"when-tried": "", "when-tried.state": "?"}, {"unknown": True}),
    ("how-many", {"how-many": "12.500,5"}, 12500.5),
    ("places", {"places": ["hall", "street"]}, ["hall", "street"]),
    ("words", {"words": "Sådan <b>\r\n& ikke andet"}, "Sådan <b>\n& ikke andet"),
    ("lawful", {"lawful": "no", "room_reason": "§ 3"}, "no"),
]


@pytest.fixture
def kinds(app) -> str:
    """A workshop that asks every kind of question, its answers shown."""
    return kinds_in(app)


def kinds_in(app) -> str:
    public_id = opened(app, "kinds", smallest_group=2, subject={"partner": "Skolen", "proposal": "En dag"})
    answer(app, public_id, "library", *PEOPLE)
    with app.app_context():
        workshops.reveal(public_id, LEADER)
    return public_id


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_has_its_page(client, app, kinds, language):
    client.speak(language)
    client.get(page_of(kinds))
    with app.app_context():
        ids = list(questions_of(open_workshop(kinds)))
    assert len(ids) == 10
    for question in ids:
        client.get(page_of(kinds, question))
    with app.app_context():
        workshops.close(kinds, LEADER)
    client.get(page_of(kinds))
    for question in ids:
        client.get(page_of(kinds, question))


@pytest.mark.parametrize("case", POSTED)
def test_every_kind_is_agreed_on_shown_and_kept(client, app, kinds, case):
    question, posted, stored = case
    save(client, kinds, question, **posted)
    assert agreed(app, kinds, question).answer == stored
    with app.test_request_context():
        found = open_workshop(kinds)
        row = questions_of(found)[question]
        assert row.current_answer == (found.answers.items.get(question) or found.answers.gates.get(question))
        words = row.current_answer_in_words
    assert " ".join(words.split()) in text_of(client, page_of(kinds))
    # Saving the page as it stands changes nothing.
    save(client, kinds, question)
    assert agreed(app, kinds, question).answer == stored
    with app.app_context():
        before = open_workshop(kinds).answers
        workshops.close(kinds, LEADER)
        assert open_workshop(kinds).answers == before


def test_the_same_on_both_databases(stored_app):
    public_id = kinds_in(stored_app)
    questionnaire = catalogue.find("kinds").questionnaire
    with stored_app.app_context():
        found = open_workshop(public_id)
        for question, row in questions_of(found).items():
            said = found.answers.items.get(question) or found.answers.gates.get(question)
            if question in found.room_map.flagged:
                said = None
            assert row.median == said, question
            assert isinstance(said, Answer | GateAnswer | None)
        assert set(questions_of(found)) == {*questionnaire.items, *questionnaire.gates_by_id}
