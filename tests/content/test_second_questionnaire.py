"""The engine knows nothing about partnerships: another field, four outcomes of other names, other rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import answers as answering
from app.engine.answers import Answer, Answers
from app.engine.assess import assess
from app.engine.conditions import Condition
from app.engine.items import KINDS
from app.engine.loading import Loaded, load_file
from app.engine.worked_cases import run_cases

FOLDER = Path(__file__).parents[1] / "questionnaires"
SHIPPED = FOLDER.parents[1] / "questionnaires"
NEW_PARTNER = load_file(SHIPPED / "new-partner.json").questionnaire
ROOMS = load_file(FOLDER / "rooms.json")
SMALLEST = load_file(FOLDER / "smallest.json")


@pytest.mark.parametrize("loaded", [ROOMS, SMALLEST], ids=lambda loaded: loaded.questionnaire.id)
def test_the_loader_has_nothing_to_say(loaded: Loaded) -> None:
    assert loaded.warnings == []


def test_the_cases_of_the_rooms_come_out_as_expected() -> None:
    outcomes = run_cases(ROOMS, FOLDER / "cases")
    assert [case.file for case in outcomes if not case.passed] == []
    assert {case.result.outcome for case in outcomes if case.result} == {
        "decline",
        "once",
        "season",
        "own-key",
    }


def test_the_rooms_share_no_name_with_the_shipped_questionnaire() -> None:
    rooms = ROOMS.questionnaire
    assert not set(rooms.outcome_ids) & set(NEW_PARTNER.outcome_ids)
    assert not set(rooms.criteria_by_id) & set(NEW_PARTNER.criteria_by_id)
    assert not set(rooms.items) & set(NEW_PARTNER.items)


def conditions(condition: Condition | None) -> Iterator[Condition]:
    if condition is not None:
        yield condition
        for part in condition.parts:
            yield from conditions(part)


def test_together_the_questionnaires_use_everything_that_the_format_offers() -> None:
    both = [ROOMS.questionnaire, NEW_PARTNER]
    items = [item for each in both for item in [*each.subject_items.values(), *each.items.values()]]
    caps_and_advice = [cap.when for each in both for cap in each.caps]
    caps_and_advice += [advice.when for each in both for advice in each.advice]
    used = [part for when in caps_and_advice for part in conditions(when)]
    assert {item.kind for item in items} == set(KINDS)
    assert {c.aggregate.by for each in both for c in each.criteria} == {"mean", "top_mean", "min"}
    assert {gate.breach_when for each in both for gate in each.gates} == {"yes", "no"}
    for test in ("is_", "in_", "at_least", "at_most", "all_", "any_", "not_"):
        assert any(getattr(condition, test) is not None for condition in used), test
    assert any(item.show_if for item in items)
    assert any(scale.scores for scale in ROOMS.questionnaire.scales.values())
    assert not all(boundary.vetoes for boundary in ROOMS.questionnaire.boundaries)
    assert not any(outcome.nickname for outcome in ROOMS.questionnaire.outcomes)


@pytest.mark.parametrize(("point", "outcome"), [(0, "no"), (1, "yes")])
def test_one_question_in_one_language_is_a_questionnaire(point: int, outcome: str) -> None:
    smallest = SMALLEST.questionnaire
    answers = Answers(smallest.id, smallest.version, items={"good": Answer("known", point)})
    assert assess(smallest, answers).outcome == outcome
    assert assess(smallest, Answers(smallest.id, smallest.version)).outcome is None


def test_answers_to_one_questionnaire_are_no_answers_to_another() -> None:
    written = {"format": answering.FORMAT, "questionnaire": "rooms", "version": "1.0.0"}
    with pytest.raises(answering.InvalidAnswers):
        answering.from_json(written, NEW_PARTNER)
