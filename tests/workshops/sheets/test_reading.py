"""From codes to answers: what a person types is what stands on the paper, whatever the questionnaire asks."""

import datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import catalogue
from app.engine.answers import Answer, GateAnswer, answer_to_json, gate_to_json
from app.workshops.asking import asked_sections
from app.workshops.sheets.reading import read, sheet_in, side_of
from tests.strategies import item_answers
from tests.workshops.sheets.keying import as_codes, paper

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NOTES = st.sampled_from(["", "Set fra »plads 3« <b>", "x", "c"])
WRITTEN = {
    "text": st.sampled_from(["Vi ses", "xx", "a", "»Solen« & <b>"]),
    "date": st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)).map(lambda day: day.isoformat()),
}


@pytest.fixture
def danish(app: Flask):
    with app.test_request_context(headers={"Cookie": f"{app.config['LANGUAGE_COOKIE']}=da"}):
        yield


def numbers(item):
    whole = st.integers(int(item.minimum or 0), int(min(item.maximum, 999)))
    return whole.map(lambda n: n + 0.5 if item.decimals and n % 2 else n)


@st.composite
def filled_in(draw, sheet):
    """A sheet as somebody filled it in: by id, what they answered."""
    answers: dict[str, Answer] = {}
    gates: dict[str, GateAnswer] = {}
    for question in sheet.questions:
        note = draw(NOTES) if sheet.notes else ""
        if question.id in sheet.questionnaire.gates_by_id:
            gates[question.id] = GateAnswer(draw(st.sampled_from(["yes", "no", None])), note)
            continue
        if question.asked.kind == "number":
            said = draw(numbers(question.asked).map(lambda value: Answer("known", value)) | st.none())
        elif question.asked.kind in WRITTEN:
            said = draw(WRITTEN[question.asked.kind].map(lambda value: Answer("known", value)) | st.none())
        elif question.asked.kind == "choices":
            ids = [option.id for option in question.asked.choices]
            chosen = draw(st.sets(st.sampled_from(ids), min_size=1))
            said = Answer("known", tuple(sorted(chosen, key=ids.index)))
        else:
            said = draw(item_answers(question.asked))
        if said is not None and said.value != {"give": {}, "get": {}}:
            answers[question.id] = Answer(said.state, said.value, note)
    return answers, gates


@SLOW
@given(data=st.data())
@pytest.mark.parametrize("name", ["new-partner", "kinds", "rooms"])
@pytest.mark.parametrize("side", ["library", "partner", "others"])
def test_whatever_stands_on_paper_is_what_its_codes_say(danish, name, side, data):
    questionnaire = catalogue.find(name).questionnaire
    if not asked_sections(questionnaire, "full", [each.id for each in questionnaire.sections], side):
        return
    sheet = paper(questionnaire, side)
    answers, gates = data.draw(filled_in(sheet))
    shout = data.draw(st.booleans())
    lettered = {box.name for question in sheet.questions for box in question.boxes if box.characters}
    typed = {
        box: [code.upper() if shout and box in lettered else code]
        for box, code in as_codes(sheet, answers, gates).items()
    }
    said = read(sheet, typed)
    assert said.errors == {}
    assert said.answers == {key: answer_to_json(answer) for key, answer in answers.items()}
    assert said.gates == {key: gate_to_json(answer) for key, answer in gates.items()}


@SLOW
@given(data=st.data())
@pytest.mark.parametrize("name", ["new-partner", "kinds"])
def test_whatever_is_typed_is_answered_with_an_answer_or_an_error(danish, name, data):
    sheet = paper(catalogue.find(name).questionnaire)
    boxes = [box.name for question in sheet.questions for box in question.boxes]
    names = st.sampled_from([*boxes, *(question.note for question in sheet.questions), "1.99", "sheet", ""])
    typed = data.draw(st.dictionaries(names, st.lists(st.text(max_size=30), max_size=3), max_size=12))
    said = read(sheet, typed)
    assert set(said.errors) <= {*boxes, *(question.note for question in sheet.questions)}
    asked = {question.id for question in sheet.questions}
    assert {*said.answers, *said.gates} <= asked


def test_wrong_letters_are_refused_with_the_letters_that_can_stand_there(danish):
    sheet = paper(catalogue.find("new-partner").questionnaire)
    said = read(sheet, {"1.1": ["f"], "1.2": ["ab"], "2.1": ["y"], "5.1": ["c"], "1.3": ["a", "b"]})
    assert set(said.errors) == {"1.1", "1.2", "2.1", "5.1", "1.3"}
    assert said.errors["1.1"] == "1.1: skriv a, b, c, d, e, x eller ingenting."
    assert said.errors["5.1"] == "5.1: skriv a, b, x eller ingenting."
    assert (said.answers, said.gates) == ({}, {})


def test_nothing_typed_is_nothing_answered_and_x_is_an_answer(danish):
    sheet = paper(catalogue.find("new-partner").questionnaire)
    assert read(sheet, {}).answers == {}
    assert read(sheet, {"1.1": [" "], "1.2": ["X"]}).answers == {sheet.questions[1].id: {"unknown": True}}


def test_days_and_numbers_are_typed_as_they_are_written(danish):
    sheet = paper(catalogue.find("kinds").questionnaire)
    codes = {question.id: question.field.code for question in sheet.questions}
    typed = {codes["when-tried"]: ["24.12.2025"], codes["how-many"]: ["12,5"], codes["places"]: ["C, a"]}
    assert read(sheet, typed).answers == {
        "when-tried": "2025-12-24",
        "how-many": 12.5,
        "places": ["hall", "street"],
    }


def test_the_partner_is_asked_in_its_own_words_without_gates_and_remarks(danish):
    sheet = paper(catalogue.find("new-partner").questionnaire, "partner")
    assert not sheet.notes
    assert {question.asked.side for question in sheet.questions} <= {"both", "partner"}
    first = sheet.questions[0]
    said = read(sheet, {first.field.code: ["a"], first.note: ["Kun for os"], "5.1": ["a"]})
    assert list(said.answers) == [first.id]
    assert "Kun for os" not in str(said)


def test_a_number_tells_its_side():
    assert [side_of(number) for number in (0, 1, 199, 200, 201, 399, 400, 401, 599, 600)] == [
        None, "library", "library", None, "partner", "partner", None, "others", "others", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "sheet"),
    [("7", 7), (" 007 ", 7), ("7-2", 7), ("201", 201), ("", None), ("0", None), ("-7", None), ("7a", None),
     ("1234", None), ("٧", None), ("7\n8", None)],
)  # fmt: skip
def test_a_sheet_is_found_by_its_number_or_a_page_s_code(written, sheet):
    assert sheet_in(written) == sheet
