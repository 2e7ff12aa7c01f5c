"""The batch is the same method as ``assess``, many rows at a time."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import Answer, Answers, gate_state
from app.engine.assess import assess
from app.engine.batch import GATE_BREACHED, GATE_CLEAR, GATE_OPEN, BatchResult, assess_batch
from app.engine.columns import NOT_APPLICABLE, UNKNOWN
from app.engine.definition import Questionnaire
from tests.strategies import (
    answers_for,
    answers_to,
    boundary,
    cap,
    choice,
    criterion,
    exchange,
    fact,
    questionnaire_of,
    scale,
    shipped,
    shipped_or_drawn,
)

GATES = {"clear": GATE_CLEAR, "open": GATE_OPEN, "breached": GATE_BREACHED}


def as_arrays(questionnaire: Questionnaire, rows: Sequence[Answers]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the arrays that stand for ``rows``."""
    items = {
        key: np.array([_code(item, row.items.get(key, Answer("unknown"))) for row in rows])
        for key, item in questionnaire.items.items()
    }
    for key, item in questionnaire.subject_items.items():
        said = [row.subject.get(key) for row in rows]
        answers = [Answer("unknown") if value is None else Answer("known", value) for value in said]
        items[key] = np.array([_code(item, answer) for answer in answers])
    gates = {
        gate.id: np.array([GATES[gate_state(gate, row)] for row in rows]) for gate in questionnaire.gates
    }
    return items, gates


def _code(item: Any, answer: Answer) -> Any:
    if item.kind == "exchange":
        if answer.state != "known":
            cell = NOT_APPLICABLE if answer.state == "na" else UNKNOWN
            return [[cell] * len(item.ids)] * 2
        return [
            [answer.value[side].get(resource, UNKNOWN) for resource in item.ids] for side in ("give", "get")
        ]
    if item.kind == "number":
        return np.nan if answer.value is None else answer.value
    if answer.state != "known":
        return NOT_APPLICABLE if answer.state == "na" else UNKNOWN
    return item.options().index(answer.value) if item.options() else 0


def assert_equal_row(questionnaire: Questionnaire, batch: BatchResult, row: int, answers: Answers) -> None:
    result = assess(questionnaire, answers, explain=False)
    ids = [*questionnaire.outcome_ids, None]
    assert ids[batch.outcome[row]] == result.outcome
    assert (ids[batch.low[row]], ids[batch.high[row]]) == result.range
    assert ids[batch.before_limits[row]] == result.before_limits
    for column, criterion_id in enumerate(questionnaire.criteria_by_id):
        score = result.criteria[criterion_id]
        point = np.nan if score.point is None else score.point
        found = [each[row, column] for each in (batch.points, batch.lows, batch.highs)]
        assert found == pytest.approx([point, score.low, score.high], abs=1e-9, nan_ok=True)


@settings(max_examples=60)
@given(st.data())
def test_every_row_equals_its_assessment(data: st.DataObject) -> None:
    questionnaire = data.draw(shipped_or_drawn())
    rows = data.draw(st.lists(answers_for(questionnaire), min_size=1, max_size=4))
    batch = assess_batch(questionnaire, *as_arrays(questionnaire, rows))
    for row, answers in enumerate(rows):
        assert_equal_row(questionnaire, batch, row, answers)


def test_what_is_left_out_is_unknown_and_open() -> None:
    questionnaire = shipped()
    chosen = next(iter(questionnaire.scored_items))
    batch = assess_batch(questionnaire, {chosen: np.array([0, -1])}, {})
    for row, answers in enumerate([answers_to(questionnaire, **{chosen: 0}), answers_to(questionnaire)]):
        assert_equal_row(questionnaire, batch, row, answers)


def test_a_number_can_decide_a_cap() -> None:
    number = {"id": "hours", "kind": "number", "text": {"da": "timer", "en": "hours"}}
    questionnaire = questionnaire_of(
        [scale("a"), number],
        [criterion("c", ["a"])],
        [boundary(("none", "some"), {"c": 50})],
        caps=[cap("few", "none", {"item": "hours", "at_most": 10})],
    )
    batch = assess_batch(
        questionnaire, {"a": np.array([4, 4, 4, 1]), "hours": np.array([10, 10.5, np.nan, 11])}, {}
    )
    assert batch.outcome.tolist() == [0, 1, 1, 0]
    assert batch.low.tolist() == [0, 1, 0, 0]
    assert batch.high.tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("items", "gates", "words"),
    [
        ({"a": np.array([5])}, {}, "whole numbers from -1 to 4"),
        ({"a": np.array([-2])}, {}, "whole numbers from -1 to 4"),
        ({"a": np.array([0.5])}, {}, "whole numbers"),
        ({"a": np.array([0]), "x": np.array([[0, 0]])}, {}, r"shape \(1, 2, 2\)"),
        ({"a": np.array([0]), "x": np.array([[[4, 0], [0, 0]]])}, {}, "whole numbers from -1 to 3"),
        ({"a": np.array([0, 1]), "x": np.zeros((1, 2, 2), dtype=int)}, {}, "one length"),
        ({"no-such": np.array([0])}, {}, "no question 'no-such'"),
        ({"a": np.array([0])}, {"no-such": np.array([0])}, "no gate 'no-such'"),
        ({}, {}, "one length"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(items: Any, gates: Any, words: str) -> None:
    questionnaire = questionnaire_of(
        [scale("a"), exchange("x")], [criterion("c", ["a", "x"])], [boundary(("none", "some"), {"c": 50})]
    )
    with pytest.raises(ValueError, match=words):
        assess_batch(questionnaire, items, gates)


def test_what_is_hidden_and_what_may_yet_be_shown_count_as_in_one_assessment() -> None:
    questionnaire = questionnaire_of(
        [
            scale("a"),
            fact("f"),
            choice("how", [None, None], show_if={"item": "f", "is": "yes"}),
            choice("why", [None, None], show_if={"item": "how", "answered": False}),
        ],
        [criterion("c", ["a"])],
        [boundary(("none", "some"), {"c": 50}), boundary(("some", "more"), {"c": 75})],
        caps=[
            cap("badly", "none", {"item": "how", "is": "o0"}),
            cap("why", "some", {"not": {"item": "why", "is": "o1"}}),
        ],
    )
    said = itertools.product(["yes", "no", None], ["o0", "o1", None], ["o0", "o1", None])
    rows = [answers_to(questionnaire, a=4, f=f, how=how, why=why) for f, how, why in said]
    batch = assess_batch(questionnaire, *as_arrays(questionnaire, rows))
    for row, answers in enumerate(rows):
        assert_equal_row(questionnaire, batch, row, answers)
    assert set(batch.low.tolist()) == {0, 1, 2}
