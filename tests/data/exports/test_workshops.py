"""Workshops in the exports: what the room saw and agreed on, and nothing of any one person."""

import io

import pytest

from app.platform.database import writing
from app.workshops import operations
from app.workshops.models import RoomAnswer, WorkshopAction
from tests.data.exports.ways import csv_files, made, sheets
from tests.web import count_queries
from tests.workshops import ways

XLSX, CSV = {"format": "xlsx", "persons": "yes"}, {"format": "csv", "persons": "yes"}
REASON, MINORITY, WHAT, WHO = "=1+1 fordi", "+én tøver", "@ring til dem", "-Bodil"
MARK = "Kun ét menneske skrev dette"


def marked(app, public_id: str) -> str:
    """Let six of the library answer; one writes a remark that can be told from all else, and gives a name."""
    people = [ways.of_library(n) for n in range(6)]
    people[0][0]["time"] = {"value": 2, "note": MARK}
    ways.answer(app, public_id, "library", *people, names=[f"Navn {n}" for n in range(6)])
    ways.answer(app, public_id, "partner", ({"common-goal": {"value": 1, "note": "Alene på siden"}}, {}))
    return public_id


def agreed(app, public_id: str) -> str:
    with app.app_context():
        operations.reveal(public_id, ways.LEADER)
        with writing() as session:
            workshop = operations.locked(session, public_id)
            gate = operations.questionnaire_of(session, workshop).gates[0].id
            said = {"workshop_id": workshop.id, "actor": "Karen"}
            session.add(RoomAnswer(question="goal", answer=3, reason=REASON, minority=MINORITY, **said))
            session.add(RoomAnswer(question=gate, answer="yes", reason="Juristen siger det", **said))
            session.add(WorkshopAction(what=WHAT, who=WHO, due="2026-12-01", **said))
    return public_id


def closed(app, **chosen) -> str:
    public_id = agreed(app, marked(app, ways.opened(app, **chosen)))
    with app.app_context():
        operations.close(public_id, ways.LEADER)
    return public_id


def text_of(found) -> str:
    return "\n".join(str(cell) for rows in found.values() for row in rows for cell in row)


def column(rows, title):
    place = list(rows[0]).index(title)
    return [row[place] for row in rows[1:]]


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_an_export_made_while_a_workshop_is_open_holds_none_of_its_answers(stored_client, stored_app, form):
    marked(stored_app, ways.opened(stored_app, named=True))
    content = made(stored_client, stored_app, form)
    found = sheets(content) if form is XLSX else csv_files(content)
    text = text_of(found)
    assert "Teaterforeningen" in text
    assert [each for each in (MARK, "Navn", "Alene på siden", "Set fra plads") if each in text] == []
    shown = [rows for name, rows in found.items() if "orkshops" in name and name.lower() != "workshops"]
    assert [len(rows) for rows in shown] == [1, 1, 1]


def test_before_the_reveal_there_are_numbers(client, app):
    marked(app, ways.opened(app))
    ways.prepared(app)
    rows = sheets(made(client, app, XLSX))["Workshops"]
    assert column(rows, "Deltog: Biblioteket") == [6, None]
    assert column(rows, "Deltog: Partneren") == [1, None]
    assert column(rows, "Har meldt sig færdige") == [7, 0]
    assert column(rows, "Svarene blev vist") == [None, None]


@pytest.mark.parametrize("way", [closed, lambda app: agreed(app, marked(app, ways.opened(app)))])
def test_what_the_room_agreed_on_and_saw_is_in_it(stored_client, stored_app, way):
    public_id = way(stored_app)
    found = sheets(made(stored_client, stored_app, XLSX))
    rows = found["Fælles svar fra workshops"]
    assert column(rows, "Grund") == [REASON, "Juristen siger det"]
    assert column(rows, "Mindretallets syn")[0] == MINORITY
    assert column(rows, "Spørgsmålets id")[0] == "goal"
    assert column(rows, "Svar")[1].startswith("Ja")
    assert set(column(rows, "Workshoppens nummer")) == {public_id}
    assert column(found["Opgaver fra workshops"], "Det skal gøres") == [WHAT]
    assert column(found["Opgaver fra workshops"], "Hvem") == [WHO]
    assert MARK in column(found["Bemærkninger fra workshops"], "Bemærkning")


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_no_person_is_in_it_and_no_side_that_is_too_small(client, app, form):
    closed(app, named=True)
    content = made(client, app, form)
    text = text_of(sheets(content) if form is XLSX else csv_files(content))
    assert MARK in text
    assert [name for name in (f"Navn {n}" for n in range(6)) if name in text] == []
    assert "Alene på siden" not in text


def test_nothing_of_it_becomes_a_formula(client, app):
    closed(app)
    text = text_of(csv_files(made(client, app, CSV)))
    for typed in (REASON, MINORITY, WHAT, WHO):
        assert f"'{typed}" in text


def test_the_assessment_that_came_of_it_says_so(client, app):
    closed(app)
    rows = sheets(made(client, app, XLSX))["Vurderinger"]
    assert column(rows, "Hvordan den begyndte") == ["fra en workshop"]
    assert column(rows, "Antal besvarelser") == [6]


def test_the_answers_file_of_a_workshop_s_assessment_comes_back_the_same(client, app):
    closed(app)
    (number,) = column(sheets(made(client, app, XLSX))["Vurderinger"], "Vurderingens nummer")
    written = client.get(f"/assessments/{number}/answers.json")
    answers = written.get_json()
    assert answers["answers"]["goal"] == {"value": 3, "note": REASON}
    other = client.post("/import", {"file": (io.BytesIO(written.data), "a.json")})
    again = client.get(f"/assessments/{other.headers['Location'].split('/')[2]}/answers.json").get_json()
    assert again == answers


def test_ten_workshops_take_no_more_queries_than_one(client, app):
    counts = []
    for more in (1, 9):
        for _ in range(more):
            closed(app)
        with count_queries(app) as queries:
            made(client, app, CSV)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2
