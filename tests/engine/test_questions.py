"""What to ask, most deciding first."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from app.engine.answers import Answer, Answers
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from tests.strategies import (
    answers_to,
    boundary,
    cap,
    cases,
    choice,
    criterion,
    exchange,
    fact,
    gate,
    questionnaire_of,
    scale,
)

KINDS = ["gate", "cap", "veto", "profile", "rest"]


def asked(questionnaire: Questionnaire, gates: Any = None, **items: Any) -> list[tuple[str, str]]:
    result = assess(questionnaire, answers_to(questionnaire, gates, **items))
    return [(each.id, each.because) for each in result.questions]


def example() -> Questionnaire:
    """Four criteria: heavy and light, one with a veto, one that the boundaries ask nothing of."""
    return questionnaire_of(
        [scale("h1"), scale("h2"), scale("l1"), scale("v1"), scale("v2"), scale("z1"), fact("f"), fact("g")],
        [
            criterion("heavy", [{"item": "h1", "weight": 1}, {"item": "h2", "weight": 3}], 40),
            criterion("light", ["l1"], 20),
            criterion("vetoing", ["v1", "v2"], 10, by="top_mean", k=2),
            criterion("idle", ["z1"], 30, by="min"),
        ],
        [
            boundary(
                ("none", "some"), {"heavy": 50, "light": 50, "vetoing": 75, "idle": 0}, 0.7, {"vetoing": 25}
            )
        ],
        gates=[gate("second", "none"), gate("first", "none")],
        caps=[cap("k", "none", {"any": [{"item": "f", "is": "no"}, {"item": "l1", "at_most": 0}]})],
        enough=0.1,
    )


def test_gates_then_caps_then_vetoes_then_profiles_by_weight_then_the_rest() -> None:
    questionnaire = example()
    clear = {"first": "yes", "second": "yes"}
    assert asked(questionnaire, v1=1) == [
        ("second", "gate"),
        ("first", "gate"),
        ("f", "cap"),
        ("l1", "cap"),
        ("v2", "veto"),
        # 40 · 3/4 and 40 · 1/4; the idle criterion reaches its profile of 0 whatever is said.
        ("h2", "profile"),
        ("h1", "profile"),
        ("z1", "rest"),
    ]
    # With l1 known the cap hangs on f alone, and the light criterion is settled.
    assert asked(questionnaire, clear, v1=2, v2=3, l1=3) == [
        ("f", "cap"),
        ("h2", "profile"),
        ("h1", "profile"),
        ("z1", "rest"),
    ]


def test_where_the_range_is_settled_nothing_is_deciding() -> None:
    questionnaire = example()
    clear = {"first": "yes", "second": "yes"}
    settled = asked(questionnaire, clear, h1=4, h2=4, v1=4, v2=4, l1=3, f="yes")
    assert settled == [("z1", "rest")]
    breached = asked(questionnaire, {"first": "no"}, h2=4, v1=4, v2=4, l1=3, f="yes")
    assert breached == [("second", "gate"), ("z1", "rest"), ("h1", "rest")]


def test_the_branch_of_a_cap_that_no_longer_matters_is_not_asked_for() -> None:
    when = {
        "any": [
            {"all": [{"item": "f", "is": "yes"}, {"item": "g", "is": "yes"}]},
            {"item": "kind", "is": "o0"},
        ]
    }
    questionnaire = questionnaire_of(
        [scale("a"), fact("f"), fact("g"), choice("kind", [None, None])],
        [criterion("one", ["a"])],
        [boundary(("none", "some"), {"one": 50})],
        caps=[cap("k", "none", when)],
    )
    assert asked(questionnaire, a=4, g="no") == [("kind", "cap"), ("f", "rest")]
    assert asked(questionnaire, a=4, kind="o1") == [("f", "cap"), ("g", "cap")]


def test_not_applicable_and_hidden_are_not_asked_and_half_an_exchange_is() -> None:
    questionnaire = questionnaire_of(
        [
            scale("a"),
            scale("b", may_be_na=True),
            exchange("x"),
            fact("f"),
            fact("g", show_if={"item": "f", "is": "yes"}),
        ],
        [criterion("one", ["a", "b", "x"])],
        [boundary(("none", "some"), {"one": 60})],
        caps=[cap("k", "none", {"item": "g", "is": "no"})],
    )
    half = {"give": {"money": 1}, "get": {}}
    assert asked(questionnaire, a=4, b=Answer("na"), x=half, f="no") == [("x", "profile")]
    assert asked(questionnaire, a=4, b=4, x={"give": {"money": 1}, "get": {"money": 1}}) == [("f", "cap")]


@settings(max_examples=60)
@given(cases())
def test_everything_unknown_is_asked_exactly_once_in_order(case: tuple[Questionnaire, Answers]) -> None:
    questionnaire, answers = case
    result = assess(questionnaire, answers)
    ids = [each.id for each in result.questions]
    assert len(ids) == len(set(ids))
    assert [KINDS.index(each.because) for each in result.questions] == sorted(
        KINDS.index(each.because) for each in result.questions
    )
    assert len([each for each in ids if each in questionnaire.scored_items]) == result.coverage.unknown
    assert {each for each in ids if each in questionnaire.gates_by_id} == {
        gate_id for gate_id, state in result.gates.items() if state == "open"
    }
    if result.status == "settled" and "undetermined" not in result.caps.values():
        assert {each.because for each in result.questions} <= {"gate", "rest"}
    if result.status == "open":
        assert result.questions[0].because != "rest"


def test_an_item_weighs_more_where_others_of_its_criterion_do_not_apply() -> None:
    """Of the mean of the two strongest, one item is half; where the other does not apply, it is all."""
    questionnaire = questionnaire_of(
        [scale("a1"), scale("a2", may_be_na=True), scale("b1")],
        [criterion("a", ["a1", "a2"], 3, by="top_mean", k=2), criterion("b", ["b1"], 2)],
        [boundary(("none", "some"), {"a": 50, "b": 50})],
        enough=0.1,
    )
    assert asked(questionnaire) == [("b1", "profile"), ("a1", "profile"), ("a2", "profile")]
    assert asked(questionnaire, a2=Answer("na")) == [("a1", "profile"), ("b1", "profile")]
