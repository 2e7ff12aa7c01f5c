"""What would change the outcome: the lists are true, and none shorter exists."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.engine.answers import Answers, GateAnswer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import Blocker, Fall, Step
from tests.strategies import (
    answers_for,
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
    questionnaires,
    scale,
)

MOST_COMBINATIONS = 1500


def steps_between(questionnaire: Questionnaire, step: Step) -> int:
    """Return how many times the answer has to become better to get from one end of a step to the other."""
    value: Any = step.from_
    for count in itertools.count():
        if value == step.to:
            return count
        value = questionnaire.scored_items[step.item].better(value)
        assert value is not None, f"{step} leads nowhere"
    raise AssertionError


def length(questionnaire: Questionnaire, changes: list[Step]) -> int:
    return sum(steps_between(questionnaire, step) for step in changes)


def changed(answers: Answers, changes: list[Step]) -> Answers:
    for step in changes:
        answers = answers.with_value(step.item, step.to)
    return answers


def unblocked(
    questionnaire: Questionnaire, answers: Answers, blockers: list[Blocker]
) -> tuple[Questionnaire, Answers]:
    """Return the case with the blocking gates clear and the blocking caps gone."""
    ids = {(blocker.kind, blocker.id) for blocker in blockers}
    caps = tuple(each for each in questionnaire.caps if ("cap", each.id) not in ids)
    clear = {
        each.id: GateAnswer("no" if each.breach_when == "yes" else "yes")
        for each in questionnaire.gates
        if ("gate", each.id) in ids
    }
    return questionnaire.model_copy(update={"caps": caps}), replace(answers, gates={**answers.gates, **clear})


def all_improvements(questionnaire: Questionnaire, answers: Answers) -> Iterator[tuple[int, Answers]]:
    """Yield every way of making known, changeable, scored answers better, and its number of steps."""
    ladders = []
    for key, item in questionnaire.scored_items.items():
        answer = answers.items.get(key)
        if answer is None or answer.value is None or not item.changeable:
            continue
        values = [answer.value]
        while (value := item.better(values[-1])) is not None:
            values.append(value)
        ladders.append([(key, value) for value in values])
    count = 1
    for ladder in ladders:
        count *= len(ladder)
    assume(count <= MOST_COMBINATIONS)
    for levels in itertools.product(*map(enumerate, ladders)):
        improved = answers
        for _, (key, value) in levels:
            improved = improved.with_value(key, value)
        yield sum(level for level, _ in levels), improved


@settings(max_examples=60)
@given(cases())
def test_every_list_reaches_the_next_outcome_once_nothing_blocks(case: tuple[Questionnaire, Answers]) -> None:
    questionnaire, answers = case
    result = assess(questionnaire, answers)
    assume(result.changes_up)
    ids = questionnaire.outcome_ids
    free_questionnaire, free = unblocked(questionnaire, answers, result.blocked_by)
    for changes in result.changes_up:
        after = assess(free_questionnaire, changed(free, changes), explain=False)
        assert after.outcome is not None
        assert ids.index(after.outcome) >= ids.index(result.next_outcome or "")
        assert all(questionnaire.scored_items[step.item].changeable for step in changes)
        for step in changes:
            without = [other for other in changes if other != step]
            less = assess(free_questionnaire, changed(free, without), explain=False).outcome
            assert less is None or ids.index(less) < ids.index(result.next_outcome or "")


@settings(max_examples=60)
@given(st.data())
def test_no_shorter_list_exists(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires(most_criteria=3))
    scored = set(questionnaire.scored_items)
    # What an answer can hide or show is beyond the promise: it holds for a fixed set of questions.
    assume(
        not any(
            leaf.item in scored for each in questionnaire.conditional_items for leaf in each.show_if.leaves()
        )
    )
    answers = data.draw(answers_for(questionnaire))
    result = assess(questionnaire, answers)
    assume(result.next_outcome is not None)
    target = questionnaire.outcome_ids.index(result.next_outcome)
    free_questionnaire, free = unblocked(questionnaire, answers, result.blocked_by)
    shortest = min(
        (
            (steps, sum(answers.items[key] != improved.items[key] for key in answers.items))
            for steps, improved in all_improvements(questionnaire, free)
            if _outcome(free_questionnaire, improved) >= target
        ),
        default=None,
    )
    if result.changes_up:
        first = result.changes_up[0]
        assert shortest == (length(questionnaire, first), len(first))
    else:
        assert shortest is None or shortest == (0, 0)


def _outcome(questionnaire: Questionnaire, answers: Answers) -> int:
    outcome = assess(questionnaire, answers, explain=False).outcome
    return -1 if outcome is None else questionnaire.outcome_ids.index(outcome)


@settings(max_examples=60)
@given(cases())
def test_alternatives_are_no_shorter_and_go_another_way(case: tuple[Questionnaire, Answers]) -> None:
    questionnaire, answers = case
    lists = assess(questionnaire, answers).changes_up
    lengths = [(length(questionnaire, changes), len(changes)) for changes in lists]
    assert lengths == sorted(lengths)
    assert len(lists) <= 3
    levels = [{step.item: steps_between(questionnaire, step) for step in changes} for changes in lists]
    for one, other in itertools.permutations(levels, 2):
        assert any(one.get(item, 0) < level for item, level in other.items()), "one only adds to the other"


@settings(max_examples=60)
@given(cases())
def test_changes_down_are_exactly_the_single_steps_that_lose_the_outcome(
    case: tuple[Questionnaire, Answers],
) -> None:
    questionnaire, answers = case
    result = assess(questionnaire, answers)
    expected = []
    for key, item in questionnaire.scored_items.items():
        answer = answers.items.get(key)
        worse = None if answer is None or answer.value is None else item.worse(answer.value)
        if answer is None or worse is None:
            continue
        after = assess(questionnaire, answers.with_value(key, worse), explain=False).outcome
        if result.outcome is not None and after != result.outcome:
            ids = questionnaire.outcome_ids
            if ids.index(after) < ids.index(result.outcome):
                expected.append(Fall(key, answer.value, worse, after))
    assert result.changes_down == expected


TWO = [("none", "some"), ("some", "more")]


def two_criteria(**more: Any) -> Questionnaire:
    """Two criteria of two five-point scales; "some" asks for 50 in the heavier, "more" for 75 in both."""
    return questionnaire_of(
        [scale("a1"), scale("a2"), scale("b1"), scale("b2")],
        [criterion("a", ["a1", "a2"], 2), criterion("b", ["b1", "b2"], 1)],
        [
            boundary(TWO[0], {"a": 50, "b": 50}, 0.6),
            boundary(TWO[1], {"a": 75, "b": 75}, 1, {"b": 25}),
        ],
        **more,
    )


def test_the_fewest_steps_on_the_fewest_items_earliest_in_the_file() -> None:
    questionnaire = two_criteria()
    result = assess(questionnaire, answers_to(questionnaire, a1=1, a2=1, b1=0, b2=0))
    assert result.outcome == "none"
    assert result.next_outcome == "some"
    # a needs (a1 + a2) · 25 ÷ 2 ≥ 50: two steps, and one item is fewer than two.
    assert result.changes_up == [[Step("a1", 1, 3)]]
    assert result.blocked_by == []
    assert result.close_call is None


def test_one_step_up_is_a_close_call_and_so_is_one_down() -> None:
    questionnaire = two_criteria()
    up = assess(questionnaire, answers_to(questionnaire, a1=2, a2=1, b1=0, b2=0))
    assert up.changes_up == [[Step("a1", 2, 3)]]
    assert (up.close_call, up.changes_down) == ("up", [])
    down = assess(questionnaire, answers_to(questionnaire, a1=2, a2=2, b1=0, b2=0))
    assert down.outcome == "some"
    assert down.changes_down == [Fall("a1", 2, 1, "none"), Fall("a2", 2, 1, "none")]
    assert down.close_call == "down"


def test_close_on_both_sides() -> None:
    questionnaire = questionnaire_of(
        [scale("a1"), scale("a2")],
        [criterion("a", ["a1", "a2"])],
        [boundary(TWO[0], {"a": 50}), boundary(TWO[1], {"a": 60})],
    )
    assert assess(questionnaire, answers_to(questionnaire, a1=2, a2=2)).close_call == "both"


def test_a_veto_is_lifted_even_by_a_criterion_that_need_not_carry() -> None:
    questionnaire = questionnaire_of(
        [scale("a1"), scale("b1")],
        [criterion("a", ["a1"], 2), criterion("b", ["b1"], 1)],
        [boundary(("none", "some"), {"a": 50, "b": 75}, 0.6, {"b": 25})],
    )
    result = assess(questionnaire, answers_to(questionnaire, a1=2, b1=0))
    assert result.boundaries[0].vetoes == ["b"]
    # A point of 25 is still at the veto, which is inclusive: two steps.
    assert result.changes_up == [[Step("b1", 0, 2)]]


def test_alternatives_go_by_other_criteria() -> None:
    questionnaire = questionnaire_of(
        [scale("a1"), scale("b1"), scale("c1")],
        [criterion(name, [f"{name}1"]) for name in "abc"],
        [boundary(("none", "some"), dict.fromkeys("abc", 75), 2 / 3)],
    )
    result = assess(questionnaire, answers_to(questionnaire, a1=2, b1=1, c1=0))
    assert result.changes_up == [
        [Step("a1", 2, 3), Step("b1", 1, 3)],
        [Step("a1", 2, 3), Step("c1", 0, 3)],
        [Step("b1", 1, 3), Step("c1", 0, 3)],
    ]


def test_top_mean_raises_the_strongest_and_min_the_weakest() -> None:
    items = [scale("a1"), scale("a2"), scale("a3")]
    top = questionnaire_of(
        items,
        [criterion("a", ["a1", "a2", "a3"], by="top_mean", k=2)],
        [boundary(("none", "some"), {"a": 75})],
    )
    assert assess(top, answers_to(top, a1=0, a2=2, a3=3)).changes_up == [[Step("a2", 2, 3)]]
    # With fewer known than k the mean is over those known.
    assert assess(top, answers_to(top, a3=2)).changes_up == [[Step("a3", 2, 3)]]
    weakest = questionnaire_of(
        items, [criterion("a", ["a1", "a2", "a3"], by="min")], [boundary(("none", "some"), {"a": 75})]
    )
    found = assess(weakest, answers_to(weakest, a1=0, a2=4, a3=2)).changes_up
    assert found == [[Step("a1", 0, 3), Step("a3", 2, 3)]]


def test_item_weights_decide_which_answer_is_the_shortest_way() -> None:
    questionnaire = questionnaire_of(
        [scale("a1"), scale("a2")],
        [criterion("a", ["a1", {"item": "a2", "weight": 3}])],
        [boundary(("none", "some"), {"a": 50})],
    )
    result = assess(questionnaire, answers_to(questionnaire, a1=0, a2=0))
    # a1 alone gives 25 at most; a2 gives 18.75 a step.
    assert result.changes_up == [[Step("a2", 0, 3)]]


def test_uneven_scales_and_choices_climb_their_own_options() -> None:
    questionnaire = questionnaire_of(
        [scale("a1", 4, scores=[0, 0, 10, 100]), choice("a2", [0, 20, 100])],
        [criterion("a", ["a1", "a2"])],
        [boundary(("none", "some"), {"a": 50})],
    )
    result = assess(questionnaire, answers_to(questionnaire, a1=0, a2="o0"))
    assert result.changes_up == [[Step("a2", "o0", "o2")]]


def test_an_exchange_climbs_by_the_lesser_side_even_where_a_step_moves_nothing() -> None:
    questionnaire = questionnaire_of(
        [exchange("x")], [criterion("a", ["x"])], [boundary(("none", "some"), {"a": 75})]
    )
    empty = {"give": {"money": 0, "hours": 0}, "get": {"money": 0, "hours": 0}}
    result = assess(questionnaire, answers_to(questionnaire, x=empty))
    full = {"give": {"money": 1, "hours": 0}, "get": {"money": 1, "hours": 0}}
    assert result.changes_up == [[Step("x", empty, full)]]
    assert result.close_call is None


def test_what_cannot_be_changed_is_never_a_step() -> None:
    questionnaire = questionnaire_of(
        [scale("a1", changeable=False), scale("a2")],
        [criterion("a", ["a1", "a2"])],
        [boundary(("none", "some"), {"a": 50})],
    )
    assert assess(questionnaire, answers_to(questionnaire, a1=0, a2=3)).changes_up == [[Step("a2", 3, 4)]]
    fixed = assess(questionnaire, answers_to(questionnaire, a1=3, a2=0))
    assert fixed.changes_up == [[Step("a2", 0, 1)]]
    # Going down it counts all the same: what was answered may turn out worse.
    held = assess(questionnaire, answers_to(questionnaire, a1=3, a2=1))
    assert [fall.item for fall in held.changes_down] == ["a1", "a2"]


def test_unknowns_block_only_where_no_steps_are_enough() -> None:
    questionnaire = two_criteria()
    result = assess(questionnaire, answers_to(questionnaire, a1=4, a2=4))
    assert result.outcome == "some"
    assert result.next_outcome == "more"
    assert result.changes_up == []
    assert result.blocked_by == [Blocker("unknown", "b1"), Blocker("unknown", "b2")]


def test_an_open_gate_alone_blocks_and_asks_for_no_steps() -> None:
    questionnaire = two_criteria(gates=[gate("g", "none")])
    result = assess(questionnaire, answers_to(questionnaire, a1=2, a2=2, b1=2, b2=2))
    assert (result.outcome, result.before_limits, result.next_outcome) == ("none", "some", "some")
    assert result.changes_up == []
    assert result.blocked_by == [Blocker("gate", "g")]


def test_a_breach_needs_the_gate_and_whatever_the_scores_need() -> None:
    questionnaire = two_criteria(gates=[gate("g", "some")])
    result = assess(questionnaire, answers_to(questionnaire, {"g": "no"}, a1=2, a2=1, b1=0, b2=0))
    assert (result.outcome, result.status, result.next_outcome) == ("none", "settled", "some")
    assert result.blocked_by == [Blocker("gate", "g")]
    assert result.changes_up == [[Step("a1", 2, 3)]]
    assert result.close_call is None


def test_a_cap_on_a_fact_blocks_and_one_on_an_answer_is_lifted_by_steps() -> None:
    caps = [
        cap("tried", "some", {"item": "f", "is": "no"}),
        cap("once", "some", {"all": [{"item": "b1", "at_most": 2}, {"item": "a1", "at_most": 3}]}),
    ]
    questionnaire = questionnaire_of(
        [scale("a1"), scale("b1"), fact("f")],
        [criterion("a", ["a1"]), criterion("b", ["b1"])],
        [boundary(TWO[0], {"a": 25, "b": 25}), boundary(TWO[1], {"a": 50, "b": 50})],
        caps=caps,
    )
    both = assess(questionnaire, answers_to(questionnaire, a1=2, b1=1, f="no"))
    assert (both.outcome, both.before_limits) == ("some", "more")
    assert both.blocked_by == [Blocker("cap", "tried")]
    # Either answer lifts the cap: a1 from 2 to 4, or b1 from 1 to 3; the earlier one stands first.
    assert both.changes_up == [[Step("a1", 2, 4)]]
    free = assess(questionnaire, answers_to(questionnaire, a1=3, b1=0, f="yes"))
    assert free.changes_up == [[Step("a1", 3, 4)]]
    assert free.close_call == "up"


def test_steps_that_lift_a_cap_and_steps_for_the_scores_are_counted_together() -> None:
    questionnaire = questionnaire_of(
        [scale("a1"), scale("a2"), scale("a3")],
        [criterion("a", ["a1", "a2", "a3"])],
        [boundary(("none", "some"), {"a": 50})],
        caps=[cap("low", "none", {"item": "a3", "at_most": 1})],
    )
    result = assess(questionnaire, answers_to(questionnaire, a1=1, a2=1, a3=1))
    # 50 needs a sum of six points: three steps, of which a3 must take one; then a3 takes them all.
    assert result.changes_up == [[Step("a3", 1, 4)]]


def test_nothing_to_climb_at_the_top() -> None:
    questionnaire = two_criteria()
    result = assess(questionnaire, answers_to(questionnaire, a1=4, a2=4, b1=4, b2=4))
    assert (result.outcome, result.next_outcome) == ("more", None)
    assert result.changes_up == []
    assert result.blocked_by == []
    assert result.close_call is None


@pytest.mark.parametrize("known", [{}, {"b1": 4}])
def test_nothing_is_suggested_while_too_little_is_known(known: dict[str, int]) -> None:
    questionnaire = two_criteria()
    result = assess(questionnaire, answers_to(questionnaire, **known))
    assert result.outcome is None
    assert result.next_outcome is None
    assert result.changes_up == []
    assert result.blocked_by == []
    assert result.robustness is None


def test_a_kept_answer_that_a_step_would_show_again_does_not_stand_in_the_way() -> None:
    questionnaire = questionnaire_of(
        [scale("a"), choice("how", [None, None], show_if={"item": "a", "at_least": 3})],
        [criterion("one", ["a"])],
        [boundary(("none", "some"), {"one": 75})],
        caps=[cap("badly", "none", {"item": "how", "is": "o0"})],
    )
    result = assess(questionnaire, answers_to(questionnaire, a=2, how="o0"))
    assert result.changes_up == [[Step("a", 2, 3)]]
    assert result.blocked_by == []


def test_a_better_answer_that_hides_what_kept_a_cap_away_is_not_suggested() -> None:
    questionnaire = questionnaire_of(
        [scale("a"), scale("b"), choice("how", [None, None], show_if={"item": "a", "at_most": 2})],
        [criterion("one", ["a", "b"])],
        [boundary(("none", "some"), {"one": 62.5})],
        caps=[cap("badly", "none", {"not": {"item": "how", "is": "o1"}})],
    )
    result = assess(questionnaire, answers_to(questionnaire, a=2, b=2, how="o1"))
    # A step on a comes first in the file, but would hide the answer that keeps the cap away.
    assert result.changes_up == [[Step("b", 2, 3)]]
