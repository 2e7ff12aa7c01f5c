"""Criterion scores: what is known, at worst and at best, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.answers import Answer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import CriterionScore
from tests.strategies import answers_to, boundary, choice, criterion, exchange, questionnaire_of, scale

NA = Answer("na")
SCALES = [scale(name, may_be_na=True) for name in ("a", "b", "c", "d")]


def scored(questionnaire: Questionnaire, **items: Any) -> CriterionScore:
    return assess(questionnaire, answers_to(questionnaire, **items), explain=False).criteria["one"]


def of(items: list[Any], named: list[Any], **aggregate: Any) -> Questionnaire:
    return questionnaire_of(
        items, [criterion("one", named, **aggregate)], [boundary(("none", "some"), {"one": 50})]
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({"a": 4, "b": 2, "c": 0, "d": 2}, CriterionScore(50, 50, 50)),
        ({"a": 4, "b": 2}, CriterionScore(75, 37.5, 87.5)),
        ({"a": 4, "b": 2, "c": NA, "d": NA}, CriterionScore(75, 75, 75)),
        ({"a": 1, "b": NA}, CriterionScore(25, 25 / 3, 75)),
        ({}, CriterionScore(None, 0, 100)),
    ],
)
def test_a_mean(items: dict[str, Any], expected: CriterionScore) -> None:
    assert scored(of(SCALES, ["a", "b", "c", "d"]), **items) == expected


def test_a_mean_with_item_weights() -> None:
    questionnaire = of(SCALES, [{"item": "a", "weight": 3}, "b"])
    assert scored(questionnaire, a=4, b=0) == CriterionScore(75, 75, 75)
    assert scored(questionnaire, b=2) == CriterionScore(50, 12.5, 87.5)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({"a": 4, "b": 2, "c": 0, "d": 0}, CriterionScore(75, 75, 75)),
        # Fewer known than k: their mean; at worst the other of the two is 0.
        ({"a": 4}, CriterionScore(100, 50, 100)),
        ({"a": 1, "b": 2}, CriterionScore(37.5, 37.5, 100)),
        ({"a": 1, "b": NA, "c": NA, "d": NA}, CriterionScore(25, 25, 25)),
        ({}, CriterionScore(None, 0, 100)),
    ],
)
def test_a_mean_of_the_two_strongest(items: dict[str, Any], expected: CriterionScore) -> None:
    assert scored(of(SCALES, ["a", "b", "c", "d"], by="top_mean", k=2), **items) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({"a": 4, "b": 2, "c": 1, "d": 3}, CriterionScore(25, 25, 25)),
        ({"a": 4, "b": 2}, CriterionScore(50, 0, 50)),
        ({"a": NA, "b": 2, "c": NA, "d": NA}, CriterionScore(50, 50, 50)),
        ({}, CriterionScore(None, 0, 100)),
    ],
)
def test_the_weakest(items: dict[str, Any], expected: CriterionScore) -> None:
    assert scored(of(SCALES, ["a", "b", "c", "d"], by="min"), **items) == expected


def test_points_lie_evenly_unless_the_scale_gives_scores() -> None:
    questionnaire = of([scale("a", 4), scale("b", 4, scores=[0, 10, 80, 100])], ["a", "b"])
    assert scored(questionnaire, a=1, b=1).point == pytest.approx((100 / 3 + 10) / 2)


def test_a_choice_is_worth_what_its_option_says() -> None:
    assert scored(of([choice("a", [0, 20, 100])], ["a"]), a="o1") == CriterionScore(20, 20, 20)


@pytest.mark.parametrize(
    ("give", "get", "expected"),
    [
        ({"money": 0, "hours": 0}, {"money": 0, "hours": 0}, 0),
        ({"money": 3}, {"hours": 2}, 100),
        ({"money": 3, "hours": 1}, {"hours": 2}, 75),
        ({"money": 3}, {"hours": 0}, 0),
        ({"money": 2, "hours": 3}, {"money": 2}, 60),
        # Each side needs at least one answered cell.
        ({"money": 3}, {}, None),
    ],
)
def test_an_exchange_is_worth_its_balance(
    give: dict[str, int], get: dict[str, int], expected: float | None
) -> None:
    score = scored(of([exchange("x")], ["x"]), x={"give": give, "get": get})
    assert score.point == expected
    assert (score.low, score.high) == ((0, 100) if expected is None else (expected, expected))


def test_what_was_answered_is_counted_by_kind() -> None:
    questionnaire = of([*SCALES, exchange("x")], ["a", "b", "c", "d", "x"])
    half = {"give": {"money": 1}, "get": {}}
    coverage = assess(questionnaire, answers_to(questionnaire, a=1, b=NA, c=None, x=half)).coverage
    assert (coverage.asked, coverage.known, coverage.unknown, coverage.na) == (5, 1, 3, 1)


def test_the_highest_score_is_100_whatever_the_weights() -> None:
    questionnaire = of(SCALES, [{"item": "a", "weight": 0.1}, {"item": "b", "weight": 7}, "c"])
    assert scored(questionnaire, a=4, b=4, c=4).point == pytest.approx(100, abs=1e-9)
