"""How large a questionnaire may be: all of that works; one more is refused before anything is looked at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.engine.definition import MOST_CRITERIA, MOST_ITEMS_IN_CRITERION, MOST_QUESTIONS, MOST_SCORED_ITEMS
from app.engine.loading import Fault, LoadingFailed, load
from tests.strategies import boundary, criterion, definition, fact, scale


def sized(scored: int, questions: int, in_criterion: int = MOST_ITEMS_IN_CRITERION) -> dict[str, Any]:
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


def test_a_questionnaire_at_every_limit_is_loaded() -> None:
    loaded = load(json.dumps(sized(MOST_SCORED_ITEMS, MOST_QUESTIONS)))
    assert len(loaded.questionnaire.scored_items) == MOST_SCORED_ITEMS
    assert max(len(each.items) for each in loaded.questionnaire.criteria) == MOST_ITEMS_IN_CRITERION


def test_one_scored_item_more_is_refused_where_it_stands() -> None:
    (fault,) = refused(sized(MOST_SCORED_ITEMS + 1, MOST_QUESTIONS, in_criterion=41))
    assert (fault.code, fault.where) == ("too_many_scored_items", "sections[0].items[400]")
    assert fault.message("da") == (
        "Der er 401 spørgsmål med værdi; der er plads til 400. Fjern nogle, eller lav to skemaer."
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
        "Der er 1001 spørgsmål og felter i alt; der er plads til 1000. Fjern nogle, eller lav to skemaer."
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
