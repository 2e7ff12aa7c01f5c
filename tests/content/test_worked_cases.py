"""What the sources say of the published cases is what Overvej says of them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.engine import answers as answering
from app.engine.answers import Answer, Answers
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.items import ScoredItem
from app.engine.loading import load_file
from app.engine.result import Result
from app.engine.worked_cases import run_cases

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "questionnaires"

STATED = {
    "den-grimmeste-festival": "date",
    "aarhus-took-it": "engagement",
    "aarhus-took-it-with-agreement": "engagement",
    "mellem-rummet": "engagement",
    "ekko-af-byen-after": "engagement",
    "ekko-af-byen-before": "date",
}
"""The level that each source itself gives its case, as far as a tool used beforehand can go."""

INFERRED = {
    "sansefortaellingen": "date",
    "national-broadcaster": "engagement",
    "homework-cafe": "none",
    "linkedin-learning-2019": "none",
    "general-sponsorship": "none",
}
"""Our reading of the others."""

EVERY_CASE = [f"stated/{name}" for name in STATED] + [f"inferred/{name}" for name in INFERRED]


@cache
def new_partner() -> Questionnaire:
    return load_file(SHIPPED / "new-partner.json").questionnaire


@cache
def case_file(case: str) -> dict[str, Any]:
    text = (SHIPPED / "cases" / "new-partner" / f"{case}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def answers_of(case: str) -> Answers:
    return answering.from_json(case_file(case)["file"], new_partner())


def result_of(case: str) -> Result:
    return assess(new_partner(), answers_of(case))


@pytest.mark.parametrize("name", STATED)
def test_a_case_comes_out_as_its_source_says(name: str) -> None:
    assert result_of(f"stated/{name}").outcome == STATED[name]


@pytest.mark.parametrize("name", INFERRED)
def test_a_case_comes_out_as_we_read_it(name: str) -> None:
    assert result_of(f"inferred/{name}").outcome == INFERRED[name]


def test_every_case_file_comes_out_as_it_expects() -> None:
    outcomes = run_cases(load_file(SHIPPED / "new-partner.json"), SHIPPED / "cases")
    assert len(outcomes) > len(EVERY_CASE)  # the variant without LinkedIn's gate is a file of its own
    assert [case.file for case in outcomes if not case.passed] == []


@pytest.mark.parametrize("name", STATED)
def test_where_the_source_is_clear_the_outcome_does_not_hang_on_the_weights(name: str) -> None:
    robustness = result_of(f"stated/{name}").robustness
    assert robustness is not None
    assert robustness.same / robustness.tested > 0.95


@pytest.mark.parametrize("case", EVERY_CASE)
def test_a_written_agreement_never_changes_an_outcome(case: str) -> None:
    agreement = new_partner().items["agreement"]
    answers = answers_of(case)
    said = [Answer("unknown"), *(Answer("known", option) for option in agreement.options())]
    variants = [replace(answers, items={**answers.items, "agreement": answer}) for answer in said]
    results = [assess(new_partner(), variant, explain=False) for variant in variants]
    assert {(each.outcome, each.range) for each in results} == {(results[0].outcome, results[0].range)}


def test_ekko_before_the_exhibition_is_a_date_that_points_at_an_engagement() -> None:
    result = result_of("stated/ekko-af-byen-before")
    assert (result.outcome, result.status) == ("date", "settled")
    assert result.before_limits == result.next_outcome == "engagement"
    assert [(blocker.kind, blocker.id) for blocker in result.blocked_by] == [("cap", "nothing-tried-yet")]


def test_ekko_after_the_exhibition_lacks_a_common_goal_and_says_so() -> None:
    result = result_of("stated/ekko-af-byen-after")
    assert "shared-goal" in result.conditions


def test_mellem_rummet_resumes_on_condition_that_the_vision_is_renewed() -> None:
    conditions = result_of("stated/mellem-rummet").conditions
    assert "renewed-vision" in conditions
    assert "shared-goal" not in conditions


def test_aarhus_is_warned_of_forgetting_to_develop() -> None:
    assert "keep-it-fresh" in result_of("stated/aarhus-took-it").advice


def test_linkedin_stops_at_the_terms_and_at_nothing_else() -> None:
    result = result_of("inferred/linkedin-learning-2019")
    assert [gate for gate, state in result.gates.items() if state != "clear"] == ["user-data"]
    assert result.criteria["benefits"].point == 75
    assert result_of("inferred/linkedin-learning-2019-without-the-gate").outcome != "none"


def test_sponsorship_stops_at_the_goal_and_not_at_what_is_unknown() -> None:
    result = result_of("inferred/general-sponsorship")
    assert result.boundaries[0].vetoes == ["goals"]


@pytest.mark.parametrize("case", EVERY_CASE)
def test_every_known_answer_of_a_case_says_where_it_comes_from(case: str) -> None:
    answers = answers_of(case)
    known = {item for item, answer in answers.items.items() if answer.state == "known"}
    assert known - set(case_file(case)["facts"]) == set()


@pytest.mark.parametrize("case", ["stated/ekko-af-byen-before", "stated/ekko-af-byen-after"])
def test_the_examples_have_something_to_read(case: str) -> None:
    answers = answers_of(case)
    assert sum(1 for answer in answers.items.values() if answer.note) >= 20
    assert {"partner", "proposal", "library-goal", "target-group", "prepared-by"} <= set(answers.subject)
    assert answers.date


def test_what_a_case_does_not_know_it_does_not_guess() -> None:
    """Nobody wrote down whether there was time, or whom the partner was chosen among."""
    for name in STATED:
        answers = answers_of(f"stated/{name}")
        assert answers.items["time"].state == answers.items["chosen"].state == "unknown"


@pytest.mark.parametrize("name", STATED)
def test_no_single_answer_of_ours_carries_what_a_source_says(name: str) -> None:
    """Each answer unknown, one step worse or one step better: the level stays what the source says.

    The one exception is what makes Ekko new: that nothing had been tried before.
    """
    answers = answers_of(f"stated/{name}")
    turned = set()
    for item_id, answer in answers.items.items():
        item = new_partner().items[item_id]
        others = [Answer("unknown")]
        if answer.value is not None and isinstance(item, ScoredItem) and item.has_values:
            moved = (item.worse(answer.value), item.better(answer.value))
            others += [Answer("known", value) for value in moved if value is not None]
        for other in others:
            variant = replace(answers, items={**answers.items, item_id: other})
            if assess(new_partner(), variant, explain=False).outcome != STATED[name]:
                turned.add(item_id)
    assert turned == ({"prior-activity"} if name == "ekko-af-byen-before" else set())
