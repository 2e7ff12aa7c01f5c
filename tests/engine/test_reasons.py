"""What speaks for and against, and which advice applies."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import Doubt, Reason, Result
from tests.strategies import answers_to, boundary, cap, criterion, fact, gate, questionnaire_of, scale, text


def example(**more: Any) -> Questionnaire:
    """Criteria of one scale each, weighing 40, 30, 20 and 10."""
    return questionnaire_of(
        [*(scale(name) for name in "abcd"), fact("f"), fact("g")],
        [
            criterion(f"c{name}", [name], weight)
            for name, weight in zip("abcd", (40, 30, 20, 10), strict=True)
        ],
        [
            boundary(("none", "some"), {"ca": 25, "cb": 25, "cc": 25, "cd": 0}, 0.5),
            boundary(("some", "more"), {"ca": 75, "cb": 50, "cc": 50, "cd": 0}, 0.8, {"cc": 25}),
        ],
        **more,
    )


def result_of(questionnaire: Questionnaire, gates: Any = None, **items: Any) -> Result:
    return assess(questionnaire, answers_to(questionnaire, gates, **items))


def test_reasons_are_weight_times_margin_at_the_boundary_that_failed() -> None:
    result = result_of(example(), a=3, b=4, c=0, d=4)
    assert result.deciding == "more"
    # A profile of 0 (cd) asks for nothing; a margin of 0 (ca) still reaches.
    assert result.reasons == [Reason("cb", 100, 50, 1500), Reason("ca", 75, 75, 0)]


def test_reasons_at_the_top_are_those_of_the_last_boundary() -> None:
    result = result_of(example(), a=4, b=4, c=4, d=0)
    assert (result.outcome, result.deciding) == ("more", "more")
    assert [(each.criterion, each.strength) for each in result.reasons] == [
        ("cb", 1500),
        ("ca", 1000),
        ("cc", 1000),
    ]


def test_doubts_come_gates_vetoes_caps_shortfalls_and_then_what_nobody_knows() -> None:
    caps = [cap("perhaps", "some", {"item": "g", "is": "no"}), cap("sure", "some", {"item": "f", "is": "no"})]
    gates = [gate("open", "some"), gate("shut", "some"), gate("fine", "some")]
    questionnaire = example(caps=caps, gates=gates)
    result = result_of(questionnaire, {"shut": "no", "fine": "yes"}, a=2, c=1, d=0, f="no")
    assert result.deciding == "more"
    assert result.doubts == [
        Doubt("gate", "shut"),
        Doubt("gate", "open"),
        Doubt("veto", "cc", 25, 25, 20 * 25),
        Doubt("cap", "sure"),
        Doubt("cap", "perhaps"),
        Doubt("criterion", "ca", 50, 75, 40 * 25),
        Doubt("unknown", "cb", None, 50, 30 * 50),
    ]


def test_shortfalls_are_ordered_by_weight_times_what_is_missing() -> None:
    result = result_of(example(), a=2, b=0, c=2, d=0)
    assert [(each.id, each.strength) for each in result.doubts] == [("cb", 1500), ("ca", 1000)]


ADVICE: list[dict[str, Any]] = [
    {"id": "always"},
    {"id": "low-a", "criterion": "ca", "below": 75},
    {"id": "with-f", "kind": "condition", "when": {"item": "f", "is": "no"}},
    {"id": "for-some", "kind": "condition", "outcomes": ["some"]},
    {"id": "both", "criterion": "cb", "below": 50, "when": {"item": "f", "is": "no"}},
]


@pytest.mark.parametrize(
    ("items", "advice", "conditions"),
    [
        ({"a": 2, "b": 4, "c": 4, "f": "no"}, ["always", "low-a"], ["with-f", "for-some"]),
        # A score exactly at "below" is not below it; what nobody knows is below nothing.
        ({"a": 3, "b": 4, "c": 4, "f": "yes"}, ["always"], []),
        ({"b": 4, "c": 4}, ["always"], ["for-some"]),
        ({"a": 3, "b": 1, "c": 4, "f": "no"}, ["always", "both"], ["with-f", "for-some"]),
        # An unknown answer is no reason to advise.
        ({"a": 3, "b": 1, "c": 4}, ["always"], ["for-some"]),
    ],
)
def test_advice_applies_where_all_of_its_parts_hold(
    items: dict[str, Any], advice: list[str], conditions: list[str]
) -> None:
    questionnaire = example(advice=[{"text": text(each["id"]), **each} for each in ADVICE])
    result = result_of(questionnaire, **items)
    assert (result.advice, result.conditions) == (advice, conditions)


def test_no_advice_without_an_outcome() -> None:
    questionnaire = example(advice=[{"text": text("always"), "id": "always"}], enough=0.9)
    result = result_of(questionnaire, a=4)
    assert (result.outcome, result.advice) == (None, [])
