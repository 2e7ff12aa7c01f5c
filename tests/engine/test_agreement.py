"""A group's answers: the lower median, gates that are never outvoted, and how far apart people are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import spread
from app.engine.agreement import agree, merged
from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from tests.strategies import (
    answers_for,
    answers_to,
    boundary,
    cases,
    choice,
    criterion,
    exchange,
    fact,
    gate,
    questionnaire_of,
    scale,
    shipped_or_drawn,
)

# The example of van der Eijk (2001).
PUBLISHED = (30, 40, 210, 130, 530, 50, 10)


def test_the_index_gives_the_published_value() -> None:
    assert spread.agreement(PUBLISHED) == pytest.approx(0.6113333, abs=1e-7)


@pytest.mark.parametrize(
    ("counts", "agreement"),
    [((5, 0, 0, 0, 5), -1), ((2, 2, 2, 2, 2), 0), ((0, 0, 7, 0, 0), 1), ((3, 3), 0), ((0, 4), 1)],
)
def test_the_index_at_its_ends(counts: tuple[int, ...], agreement: float) -> None:
    assert spread.agreement(counts) == pytest.approx(agreement)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=9).filter(any))
def test_the_index_does_not_depend_on_which_end_is_which(counts: list[int]) -> None:
    assert spread.agreement(counts) == pytest.approx(spread.agreement(counts[::-1]))
    assert -1 <= spread.agreement(counts) <= 1


@settings(max_examples=40)
@given(cases(), st.integers(1, 4))
def test_a_group_of_clones_equals_one(case: tuple[Questionnaire, Answers], count: int) -> None:
    questionnaire, answers = case
    group = agree(questionnaire, [answers] * count)
    assert assess(questionnaire, group.answers) == assess(questionnaire, answers)
    assert group.answers.respondents == count
    assert group.divided == []


@settings(max_examples=40)
@given(st.data())
def test_the_order_of_people_does_not_matter(data: st.DataObject) -> None:
    questionnaire = data.draw(shipped_or_drawn())
    people = data.draw(st.lists(answers_for(questionnaire), min_size=1, max_size=4))
    group = agree(questionnaire, people)
    assert merged(questionnaire, people, {}, {}) == group.answers
    other = agree(questionnaire, data.draw(st.permutations(people)))
    assert (other.items, other.divided) == (group.items, group.divided)
    assert assess(questionnaire, other.answers) == assess(questionnaire, group.answers)


def small() -> Questionnaire:
    return questionnaire_of(
        [scale("a", may_be_na=True), scale("b"), exchange("x"), choice("kind", [None, None]), fact("f")],
        [criterion("c", ["b", "a"], 1), criterion("d", ["x"], 1)],
        [boundary(("none", "some"), {"c": 50, "d": 0}), boundary(("some", "more"), {"c": 75, "d": 50})],
        gates=[gate("g", "some")],
        enough=0.1,
    )


def people(questionnaire: Questionnaire, **said: list[object]) -> list[Answers]:
    """Return respondents from one list of answers an item; ``None`` is "not known yet"."""
    count = len(next(iter(said.values())))
    return [answers_to(questionnaire, **{key: said[key][n] for key in said}) for n in range(count)]


def test_the_lower_median_of_those_who_know() -> None:
    questionnaire = small()
    group = agree(questionnaire, people(questionnaire, b=[1, 4, None, 3, 2]))
    assert group.answers.items["b"] == Answer("known", 2)
    assert group.items["b"].median == 2
    assert group.items["b"].counts == [0, 1, 1, 1, 1]


def test_nobody_knows_and_nobody_answers_is_unknown() -> None:
    questionnaire = small()
    group = agree(questionnaire, people(questionnaire, b=[None, None]))
    assert group.answers.items["b"].state == "unknown"
    assert group.answers.items["a"].state == "unknown"
    assert assess(questionnaire, group.answers).outcome is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([Answer("na"), Answer("na"), 4], Answer("na")),
        ([Answer("na"), 4], Answer("known", 4)),
        ([Answer("na"), None, None], Answer("na")),
    ],
)
def test_not_applicable_where_most_of_those_who_say_anything_say_so(
    said: list[object], expected: Answer
) -> None:
    questionnaire = small()
    group = agree(questionnaire, people(questionnaire, a=said))
    assert group.answers.items["a"] == expected


def test_an_exchange_is_merged_cell_by_cell() -> None:
    questionnaire = small()
    said = [
        {"give": {"money": 3}, "get": {"hours": 1}},
        {"give": {"money": 1, "hours": 2}, "get": {"hours": 2}},
        {"give": {}, "get": {"hours": 3}},
    ]
    group = agree(questionnaire, people(questionnaire, x=said))
    assert group.answers.items["x"].value == {"give": {"money": 1, "hours": 2}, "get": {"hours": 2}}


def test_an_unscored_choice_goes_by_the_most_and_a_tie_is_unknown() -> None:
    questionnaire = small()
    most = agree(questionnaire, people(questionnaire, kind=["o0", "o1", "o1"], f=["yes", "no", None]))
    assert most.answers.items["kind"] == Answer("known", "o1")
    assert most.answers.items["f"].state == "unknown"
    assert most.items["kind"].counts == [1, 2]
    assert most.items["kind"].agreement is None


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["no", "no"], "breached"),
        (["no", None], "breached"),
        (["no", "yes", "yes", "yes", "yes"], "open"),
        (["yes", "yes", None], "clear"),
        ([None, None], "open"),
    ],
)
def test_a_gate_is_never_outvoted(said: list[str | None], state: str) -> None:
    questionnaire = small()
    group = agree(questionnaire, [answers_to(questionnaire, {"g": each}) for each in said])
    assert assess(questionnaire, group.answers).gates == {"g": state}


def test_what_the_room_agrees_on_overrides_and_keeps_its_reason() -> None:
    questionnaire = small()
    settled = Answer("known", 4, "We heard from the partner on Monday")
    answers = merged(questionnaire, people(questionnaire, b=[0, 0, 0]), {"b": settled}, {})
    assert answers.items["b"] == settled
    assert assess(questionnaire, answers).criteria["c"].point == 100


@pytest.mark.parametrize("said", [["no", "no"], ["no", "yes", "yes"], ["yes", "yes"], [None, None]])
@pytest.mark.parametrize(("settled", "state"), [("yes", "clear"), ("no", "breached"), (None, "open")])
def test_a_settled_gate_stands_whatever_was_flagged(
    said: list[str | None], settled: str | None, state: str
) -> None:
    questionnaire = small()
    fact = GateAnswer(settled, "It stands in the contract")
    flagged = [answers_to(questionnaire, {"g": each}) for each in said]
    answers = merged(questionnaire, flagged, {}, {"g": fact})
    assert answers.gates["g"] == fact
    assert assess(questionnaire, answers).gates == {"g": state}


def test_under_three_answers_there_is_no_index() -> None:
    questionnaire = small()
    two = agree(questionnaire, people(questionnaire, b=[0, 4, None])).items["b"]
    assert two.agreement is None
    three = agree(questionnaire, people(questionnaire, b=[0, 4, 4])).items["b"]
    assert three.agreement is not None


def test_straddling_items_come_first_and_then_the_least_agreement() -> None:
    questionnaire = questionnaire_of(
        [scale("a"), scale("b"), scale("c"), scale("d")],
        [criterion("one", ["a", "b", "c"]), criterion("two", ["d"])],
        [boundary(("none", "some"), {"one": 25, "two": 75})],
    )
    group = agree(questionnaire, people(questionnaire, a=[2, 2, 2], b=[1, 1, 4], c=[1, 2, 2], d=[3, 3, 2]))
    # Only d lies on both sides of its profile; b is further apart than c; all said the same of a.
    assert [group.items[each].straddles for each in "abcd"] == [False, False, False, True]
    assert group.divided == ["d", "b", "c"]


def test_hidden_answers_of_a_respondent_do_not_count() -> None:
    questionnaire = questionnaire_of(
        [scale("a"), fact("f"), choice("how", [None, None], show_if={"item": "f", "is": "yes"})],
        [criterion("c", ["a"])],
        [boundary(("none", "some"), {"c": 50})],
    )
    group = agree(
        questionnaire, people(questionnaire, f=["yes", "yes", "no", "no"], how=["o0", None, "o1", "o1"])
    )
    assert group.items["how"].counts == [1, 0]


def test_a_group_needs_somebody() -> None:
    with pytest.raises(ValueError, match="at least one respondent"):
        agree(small(), [])


def test_the_group_counts_its_respondents_and_takes_the_latest_date() -> None:
    questionnaire = small()
    one, two = people(questionnaire, b=[1, 2])
    group = agree(
        questionnaire, [replace(one, date="2026-11-22", respondents=3), replace(two, date="2026-11-20")]
    )
    assert (group.answers.respondents, group.answers.date) == (4, "2026-11-22")
    assert group.answers.gates == {"g": GateAnswer(None)}
