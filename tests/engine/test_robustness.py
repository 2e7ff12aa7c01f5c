"""How far the outcome hangs on the weights: the whole grid, and the smallest weight that flips it."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.engine.answers import Answers
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.judging import Judgement, judge
from app.engine.result import Flip, Robustness
from app.engine.robustness import robustness_of
from app.engine.sorting import ceiling
from tests.strategies import (
    answers_for,
    answers_to,
    boundary,
    cap,
    criterion,
    definitions,
    fact,
    gate,
    questionnaire_of,
    questionnaires,
    scale,
    shipped,
)


def reweighted(questionnaire: Questionnaire, weights: dict[str, float], shift: float = 0) -> Questionnaire:
    """Return the questionnaire with other weights, and every majority shifted within ½ and 1."""
    definition: dict[str, Any] = questionnaire.model_dump(by_alias=True, exclude_none=True)
    for each in definition["criteria"]:
        each["weight"] = weights[each["id"]]
    for each in definition["boundaries"]:
        each["majority"] = min(1, max(0.5, each["majority"] + shift))
    return Questionnaire.model_validate({**definition, "enough": 0.000001})


def outcome(questionnaire: Questionnaire, answers: Answers) -> str | None:
    return assess(questionnaire, answers, explain=False).outcome


def climbed(judgement: Judgement, weights: dict[str, float], shift: float = 0) -> str:
    """Return the outcome with other weights, which may be 0, and shifted majorities."""
    questionnaire, reached = judgement.questionnaire, 0
    for each, test in zip(questionnaire.boundaries, judgement.tests, strict=True):
        support = sum(weights[key] for key in test.reached) / sum(weights.values())
        if test.vetoes or support < min(1, max(0.5, each.majority + shift)) - 1e-9:
            break
        reached += 1
    return questionnaire.outcome_ids[min(reached, ceiling(questionnaire, judgement.limits))]


@settings(max_examples=25)
@given(st.data())
def test_the_grid_equals_a_plain_loop(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires(most_criteria=3))
    answers = data.draw(answers_for(questionnaire))
    robustness = robustness_of(judge(questionnaire, answers))
    assume(robustness is not None)
    weights = {criterion.id: criterion.weight for criterion in questionnaire.criteria}
    counts: Counter[str | None] = Counter()
    for factors in itertools.product((0.5, 1, 1.5), repeat=len(weights)):
        tried = {key: weight * factor for (key, weight), factor in zip(weights.items(), factors, strict=True)}
        for shift in (-0.05, 0, 0.05):
            counts[outcome(reweighted(questionnaire, tried, shift), answers)] += 1
    assert {key: count for key, count in robustness.outcomes.items() if count} == counts
    assert robustness.tested == 3 ** len(weights) * 3
    assert robustness.same == counts[outcome(questionnaire, answers)]


def assert_equals_a_plain_loop(judgement: Judgement) -> None:
    robustness = robustness_of(judgement)
    assume(robustness is not None)
    assert robustness is not None
    counts = dict.fromkeys(judgement.questionnaire.outcome_ids, 0)
    weights = {criterion.id: criterion.weight for criterion in judgement.questionnaire.criteria}
    for factors in itertools.product((0.5, 1, 1.5), repeat=len(weights)):
        tried = {key: weight * factor for (key, weight), factor in zip(weights.items(), factors, strict=True)}
        for shift in (-0.05, 0, 0.05):
            counts[climbed(judgement, tried, shift)] += 1
    assert robustness.outcomes == counts
    assert robustness.tested == sum(counts.values())


@settings(max_examples=3)
@given(st.data())
def test_the_grid_of_the_shipped_questionnaire_equals_a_plain_loop(data: st.DataObject) -> None:
    questionnaire = shipped()
    assert_equals_a_plain_loop(judge(questionnaire, data.draw(answers_for(questionnaire, complete=True))))


@settings(max_examples=8)
@given(st.data())
def test_the_grid_of_many_weights_that_have_nothing_in_common_equals_a_plain_loop(
    data: st.DataObject,
) -> None:
    weights = data.draw(st.lists(st.floats(0.01, 1000), min_size=6, max_size=7))
    points = data.draw(st.lists(st.sampled_from([0, 2, 3, 4]), min_size=len(weights), max_size=len(weights)))
    ids = [f"i{place}" for place in range(len(weights))]
    profile = st.sampled_from([50, 75])
    questionnaire = questionnaire_of(
        [scale(each) for each in ids],
        [criterion(each, [each], weight) for each, weight in zip(ids, weights, strict=True)],
        [
            boundary(("none", "some"), {each: data.draw(profile) for each in ids}, 0.6),
            boundary(("some", "more"), dict.fromkeys(ids, 75), 0.5),
        ],
    )
    answers = answers_to(questionnaire, **dict(zip(ids, points, strict=True)))
    assert_equals_a_plain_loop(judge(questionnaire, answers))


@settings(max_examples=60)
@given(st.data())
def test_the_flip_is_true_and_no_smaller_change_of_one_weight_flips(data: st.DataObject) -> None:
    definition = data.draw(definitions(most_criteria=3))
    questionnaire = Questionnaire.model_validate({**definition, "gates": [], "caps": []})
    answers = data.draw(answers_for(questionnaire, complete=True))
    judgement = judge(questionnaire, answers)
    robustness = robustness_of(judgement)
    assert robustness is not None
    weights = {criterion.id: criterion.weight for criterion in questionnaire.criteria}
    before, flip, nearest = outcome(questionnaire, answers), robustness.flip, 50.0
    if flip is not None:
        assert climbed(judgement, {**weights, flip.criterion: flip.to}) == flip.outcome != before
        nearest = abs(flip.to - flip.weight) / flip.weight
    for (key, weight), share in itertools.product(weights.items(), (-0.98, -0.5, 0.5, 0.98)):
        to = weight * (1 + nearest * share)
        # The flip is told in hundredths, so that it may lie up to one hundredth beyond the turning point.
        if to > 0 and abs(to - weight) <= nearest * weight - 0.011:
            assert climbed(judgement, {**weights, key: to}) == before


def two(majority: float = 0.6, **more: Any) -> Questionnaire:
    return questionnaire_of(
        [scale("a"), scale("b"), *more.pop("unscored", [])],
        [criterion("ca", ["a"], 70), criterion("cb", ["b"], 30)],
        [boundary(("none", "some"), {"ca": 50, "cb": 50}, majority)],
        **more,
    )


def test_the_grid_by_hand() -> None:
    # Only ca is at its profile. Its share is 7·f ÷ (7·f + 3·g):
    # f: ½ → g ½ 0.70, 1 0.54, 1½ 0.44; f: 1 → 0.82, 0.70, 0.61; f: 1½ → 0.875, 0.78, 0.70.
    # At least 0.55 in seven of nine, 0.6 in seven, 0.65 in six.
    questionnaire = two()
    robustness = robustness_of(judge(questionnaire, answers_to(questionnaire, a=2, b=0)))
    assert robustness == Robustness(
        same=20, tested=27, outcomes={"none": 7, "some": 20}, flip=Flip("ca", 70, 44.99, "none")
    )


def test_a_flip_lands_on_the_side_that_flips() -> None:
    # ca carries: 0.6 is met exactly at 45 (inclusive), so the first weight under it in hundredths is 44.99.
    # cb does not: 70 ÷ (70 + w) < 0.6 from w > 46.666…, a change of 56 %; 70 → 44.99 is one of 36 %.
    questionnaire = two()
    down = robustness_of(judge(questionnaire, answers_to(questionnaire, a=2, b=0)))
    assert down is not None
    assert down.flip == Flip("ca", 70, 44.99, "none")
    # With cb carrying alone the majority is met at w = 105 for cb (+250 %), or at 20 for ca (−71 %).
    up = robustness_of(judge(questionnaire, answers_to(questionnaire, a=0, b=2)))
    assert up is not None
    assert up.flip == Flip("ca", 70, 20, "some")


def test_no_weight_flips_what_every_criterion_says() -> None:
    questionnaire = two()
    robustness = robustness_of(judge(questionnaire, answers_to(questionnaire, a=4, b=4)))
    assert robustness == Robustness(same=27, tested=27, outcomes={"none": 0, "some": 27}, flip=None)


def test_gates_and_caps_apply_in_every_weighting() -> None:
    questionnaire = two(
        gates=[gate("g", "none")], unscored=[fact("f")], caps=[cap("k", "none", {"item": "f", "is": "no"})]
    )
    for gates, said in (({"g": None}, "yes"), ({"g": "yes"}, "no")):
        answers = answers_to(questionnaire, gates, a=4, b=4, f=said)
        robustness = robustness_of(judge(questionnaire, answers))
        assert robustness == Robustness(same=27, tested=27, outcomes={"none": 27, "some": 0}, flip=None)


def test_majorities_stay_within_a_half_and_the_whole() -> None:
    questionnaire = two(majority=1)
    robustness = robustness_of(judge(questionnaire, answers_to(questionnaire, a=4, b=4)))
    assert robustness is not None
    assert robustness.same == 27


@pytest.mark.parametrize(("gates", "items"), [({"g": "no"}, {"a": 4, "b": 4}), ({"g": "yes"}, {})])
def test_there_is_none_for_a_breach_or_too_little_known(gates: dict[str, str], items: dict[str, int]) -> None:
    questionnaire = two(gates=[gate("g", "none")])
    assert assess(questionnaire, answers_to(questionnaire, gates, **items)).robustness is None
