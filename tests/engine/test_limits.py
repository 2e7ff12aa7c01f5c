"""How large a questionnaire may be: all of that works; one more is refused before anything is looked at."""

from __future__ import annotations

import json
from functools import cache, reduce
from typing import Any

import pytest

from app.engine.answers import Answers
from app.engine.assess import assess
from app.engine.definition import (
    LONGEST_FILE,
    MOST_CRITERIA,
    MOST_ITEMS_IN_CRITERION,
    MOST_QUESTIONS,
    MOST_SCORED_ITEMS,
    Questionnaire,
)
from app.engine.faults import MOST_FAULTS, written_path
from app.engine.items.base import LONGEST_ID
from app.engine.json_text import MOST_VALUES, decode
from app.engine.loading import Fault, LoadingFailed, load, read_answers
from app.engine.texts import LONGEST_TEXT
from tests.strategies import answers_to, boundary, criterion, definition, fact, scale


def sized(
    scored: int, questions: int, in_criterion: int = MOST_ITEMS_IN_CRITERION, **aggregate: Any
) -> dict[str, Any]:
    """Return a definition with so many scored items, so many in a criterion, and so many things to answer."""
    items = [scale(f"i{place}") for place in range(scored)]
    groups = [items[start : start + in_criterion] for start in range(0, scored, in_criterion)]
    criteria = [criterion(f"c{place}", [item["id"] for item in group]) for place, group in enumerate(groups)]
    made = definition(
        items,
        criteria,
        [
            boundary(("none", "some"), {each["id"]: 50 for each in criteria}),
            boundary(("some", "more"), {each["id"]: 75 for each in criteria}, 0.6),
        ],
    )
    del made["sections"][1]
    facts = questions - scored - len(made["subject"])
    items += [fact(f"f{place}") for place in range(facts)]
    return made


def refused(data: Any) -> list[Fault]:
    with pytest.raises(LoadingFailed) as failed:
        load(json.dumps(data))
    return failed.value.faults


@cache
def largest(by: str = "mean") -> Questionnaire:
    more = {"by": by, "k": MOST_ITEMS_IN_CRITERION // 2} if by == "top_mean" else {}
    return load(json.dumps(sized(MOST_SCORED_ITEMS, MOST_QUESTIONS, **more))).questionnaire


def test_a_questionnaire_at_every_limit_is_loaded() -> None:
    questionnaire = largest()
    assert len(questionnaire.scored_items) == MOST_SCORED_ITEMS
    assert len(questionnaire.items) + len(questionnaire.subject) == MOST_QUESTIONS
    assert max(len(each.items) for each in questionnaire.criteria) == MOST_ITEMS_IN_CRITERION


@pytest.mark.parametrize(("aggregate", "point"), [("mean", 0), ("mean", 2), ("top_mean", 0)])
def test_a_result_at_every_limit_is_explained(aggregate: str, point: int) -> None:
    questionnaire = largest(aggregate)
    answers = answers_to(questionnaire, **dict.fromkeys(questionnaire.scored_items, point))
    result = assess(questionnaire, answers)
    assert result.robustness is not None
    assert result.robustness.tested == 3 ** len(questionnaire.criteria) * 3
    assert result.next_outcome is not None
    assert reached(questionnaire, answers, result.changes_up[0]) == result.next_outcome
    for step in result.changes_up[0]:
        without = [other for other in result.changes_up[0] if other != step]
        assert reached(questionnaire, answers, without) == result.outcome


def reached(questionnaire: Questionnaire, answers: Answers, steps: list[Any]) -> str | None:
    for step in steps:
        answers = answers.with_value(step.item, step.to)
    return assess(questionnaire, answers, explain=False).outcome


def test_what_is_unknown_at_every_limit_is_asked() -> None:
    questionnaire = largest()
    known = list(questionnaire.scored_items)[::2]
    result = assess(questionnaire, answers_to(questionnaire, **dict.fromkeys(known, 1)))
    assert len(result.questions) == MOST_SCORED_ITEMS / 2


def test_one_scored_item_more_is_refused_where_it_stands() -> None:
    (fault,) = refused(sized(MOST_SCORED_ITEMS + 1, MOST_QUESTIONS, in_criterion=41))
    assert (fault.code, fault.where) == ("too_many_scored_items", "sections[0].items[400]")
    assert fault.message("da") == (
        "Der er 401 spørgsmål med værdi; der er plads til 400. Fjern nogle, eller lav to spørgeskemaer."
    )
    assert fault.message("en") == (
        "There are 401 questions with a value; there is room for 400. Remove some, or make two "
        "questionnaires."
    )


def test_one_item_more_in_a_criterion_is_refused() -> None:
    (fault,) = refused(sized(61, 100, in_criterion=61))
    assert (fault.code, fault.where) == ("too_long", "criteria[0].items")
    assert fault.message("da") == "»items« har 61, men må højst have 60. Fjern nogle."
    assert fault.message("en") == "“items” has 61 but may have at most 60. Remove some."


def test_one_criterion_more_is_refused() -> None:
    (fault,) = refused(sized(MOST_CRITERIA + 1, 100, in_criterion=1))
    assert fault.message("en") == "“criteria” has 11 but may have at most 10. Remove some."


def test_one_question_more_is_refused_and_nothing_else_is_looked_at() -> None:
    data = sized(10, MOST_QUESTIONS + 1)
    data["sections"][0]["items"][-1]["id"] = "Not an id"
    (fault,) = refused(data)
    assert (fault.code, fault.line) == ("too_many_questions", 1)
    assert fault.message("da") == (
        "Der er 1001 spørgsmål og felter i alt; der er plads til 1000. Fjern nogle, eller lav to "
        "spørgeskemaer."
    )
    assert fault.message("en") == (
        "There are 1001 questions and fields in all; there is room for 1000. Remove some, or make two "
        "questionnaires."
    )


@pytest.mark.parametrize("part", ["subject", "gates"])
def test_fields_and_gates_are_questions_too(part: str) -> None:
    data = sized(10, MOST_QUESTIONS)
    data.setdefault(part, []).append({})
    assert [fault.code for fault in refused(data)] == ["too_many_questions"]


@pytest.mark.parametrize("part", ["caps", "sections", "advice", "boundaries"])
def test_a_file_that_holds_far_too_much_is_refused_and_nothing_else_is_looked_at(part: str) -> None:
    (fault,) = refused({**sized(10, 100), part: [{}] * MOST_VALUES})
    assert (fault.code, fault.line) == ("too_many_values", 1)
    assert "200000" in fault.message("da")
    assert "200000" in fault.message("en")


def test_values_that_a_repeated_key_replaces_count_too() -> None:
    parts = ",".join(['"a": [[]]'] * (MOST_VALUES // 2 + 1))
    with pytest.raises(LoadingFailed) as failed:
        decode(f'{{"part": {{{parts}}}}}', "file")
    assert [fault.code for fault in failed.value.faults] == ["too_many_values"]


def test_an_answers_file_that_holds_far_too_much_is_refused_and_its_lines_are_not_looked_up() -> None:
    questionnaire = load(json.dumps(sized(10, 100))).questionnaire
    answers = dict.fromkeys(map(str, range(MOST_VALUES)), 1)
    with pytest.raises(LoadingFailed) as failed:
        read_answers(json.dumps({"format": "overvej-answers/1", "answers": answers}), questionnaire)
    assert [fault.code for fault in failed.value.faults] == ["too_many_values"]


Place = tuple[str | int, ...]
FIRST: Place = ("sections", 0, "items", 0)
TEXTS: list[Place] = [("title", "en"), (*FIRST, "text", "en"), ("outcomes", 0, "letter", "en")]
IDS: list[Place] = [("id",), ("sections", 0, "items", 50, "id"), ("outcomes", 1, "id")]


def with_text(place: Place, text: str) -> dict[str, Any]:
    data: Any = sized(10, 100)
    data["outcomes"][0]["letter"] = {"da": "Venlig hilsen", "en": "Kind regards"}
    last = reduce(lambda part, step: part[step], place[:-1], data)
    if place == IDS[-1]:
        data["boundaries"][0]["between"][1] = data["boundaries"][1]["between"][0] = text
    last[place[-1]] = text
    return data


@pytest.mark.parametrize("place", [*TEXTS, *IDS])
def test_a_text_and_an_id_have_room_for_so_many_characters_and_no_more(place: Place) -> None:
    most = LONGEST_ID if place in IDS else LONGEST_TEXT
    load(json.dumps(with_text(place, "x" * most)))
    fault, *others = refused(with_text(place, "x" * (most + 1)))
    assert fault.where == written_path(place)
    assert fault.message("da") == (f"Her er {most + 1} tegn; der er plads til {most}. Skriv det kortere.")
    assert fault.message("en") == (
        f"There are {most + 1} characters here; there is room for {most}. Make it shorter."
    )
    assert others == []


def test_a_file_has_room_for_so_many_characters_and_one_more_is_refused_unread() -> None:
    text = json.dumps(sized(10, 100)).ljust(LONGEST_FILE)
    load(text)
    with pytest.raises(LoadingFailed) as failed:
        load(text.replace("{", "[", 1) + " ")
    (fault,) = failed.value.faults
    assert (fault.code, fault.line) == ("file_too_long", 1)
    assert "5000001 tegn; der er plads til 5000000" in fault.message("da")
    assert "5000001 characters; there is room for 5000000" in fault.message("en")


def test_a_message_quotes_no_more_than_somebody_could_read() -> None:
    data = sized(10, 100)
    data["x" * 100_000] = 1
    (fault,) = refused(data)
    assert len(fault.message("da")) < 1_000


def test_no_more_faults_are_told_than_somebody_could_read() -> None:
    data = sized(10, 100)
    assert len(refused({**data, "caps": [{}] * MOST_FAULTS})) == MOST_FAULTS
    data["title"] = {"en": "{" * (MOST_FAULTS + 10)}
    assert len(refused(data)) == MOST_FAULTS
    repeated = json.dumps(sized(10, 100))[:-1] + ', "minutes": 1' * (MOST_FAULTS + 10) + "}"
    with pytest.raises(LoadingFailed) as failed:
        load(repeated)
    assert len(failed.value.faults) == MOST_FAULTS


def test_no_more_faults_of_answers_are_told_either() -> None:
    questionnaire = largest()
    file = {
        "format": "overvej-answers/1",
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "answers": {f"unknown-{place}": 1 for place in range(MOST_FAULTS + 10)},
    }
    with pytest.raises(LoadingFailed) as failed:
        read_answers(json.dumps(file), questionnaire)
    assert len(failed.value.faults) == MOST_FAULTS
