"""From scores to outcome: the climb, inclusive bars, gates, caps and the range, by hand."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from app.engine.answers import Answer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import BoundaryResult, Result
from tests.strategies import answers_to, boundary, cap, choice, criterion, fact, gate, questionnaire_of, scale

FIRST, SECOND = ("none", "some"), ("some", "more")


def three(majority: float = 0.6, **more: Any) -> Questionnaire:
    """Three criteria of one five-point scale each, weighing 50, 30 and 20 of 100."""
    return questionnaire_of(
        [scale("a"), scale("b"), scale("c"), *more.pop("unscored", [])],
        [criterion("ca", ["a"], 50), criterion("cb", ["b"], 30), criterion("cc", ["c"], 20)],
        [
            boundary(FIRST, {"ca": 50, "cb": 25, "cc": 25}, 0.5),
            boundary(SECOND, {"ca": 75, "cb": 50, "cc": 50}, majority, {"cc": 25}),
        ],
        **more,
    )


def result_of(questionnaire: Questionnaire, gates: Any = None, **items: Any) -> Result:
    return assess(questionnaire, answers_to(questionnaire, gates, **items))


def test_support_is_the_weight_of_the_criteria_at_their_profile() -> None:
    result = result_of(three(), a=3, b=0, c=2)
    assert result.boundaries == [
        BoundaryResult("some", 0.7, 0.5, True, [], ["ca", "cc"]),
        BoundaryResult("more", 0.7, 0.6, True, [], ["ca", "cc"]),
    ]
    assert (result.outcome, result.deciding) == ("more", "more")


def test_the_climb_stops_at_the_first_boundary_that_fails() -> None:
    # The second boundary would be passed; the first is not.
    questionnaire = questionnaire_of(
        [scale("a"), scale("b")],
        [criterion("ca", ["a"]), criterion("cb", ["b"])],
        [boundary(FIRST, {"ca": 50, "cb": 50}, 1), boundary(SECOND, {"ca": 50, "cb": 75}, 0.5)],
    )
    result = result_of(questionnaire, a=4, b=0)
    assert [each.passed for each in result.boundaries] == [False, True]
    assert (result.outcome, result.deciding) == ("none", "some")


@pytest.mark.parametrize(("majority", "outcome"), [(0.7, "more"), (0.70000001, "some"), (0.5, "more")])
def test_support_exactly_at_the_majority_is_enough(majority: float, outcome: str) -> None:
    assert result_of(three(majority), a=3, b=0, c=2).outcome == outcome


def test_a_score_exactly_on_its_profile_reaches_it() -> None:
    assert result_of(three(), a=2, b=0, c=0).boundaries[0].reached == ["ca"]
    assert result_of(three(), a=1, b=0, c=0).boundaries[0].reached == []


def test_a_score_made_of_thirds_reaches_a_profile_written_in_decimals() -> None:
    # 100 · (1 + 1 + 0) / 3 is 66.66…7 as a number; a mean of tenths is no exact 30 either.
    questionnaire = questionnaire_of(
        [scale(name, 2, scores=[0, 100]) for name in "abc"],
        [criterion("one", list("abc"))],
        [boundary(FIRST, {"one": 100 * 2 / 3})],
    )
    assert result_of(questionnaire, a=1, b=1, c=0).outcome == "some"
    tenths = questionnaire_of(
        [scale(name, 3, scores=[0, score, 100]) for name, score in zip("abc", (10, 20, 60.3), strict=True)],
        [criterion("one", list("abc"))],
        [boundary(FIRST, {"one": 30.1})],
    )
    assert result_of(tenths, a=1, b=1, c=1).outcome == "some"


@pytest.mark.parametrize(
    ("c", "vetoes", "outcome"), [(0, ["cc"], "some"), (1, ["cc"], "some"), (2, [], "more")]
)
def test_a_score_exactly_on_its_veto_is_vetoed(c: int, vetoes: list[str], outcome: str) -> None:
    result = result_of(three(), a=4, b=4, c=c)
    assert result.boundaries[1].vetoes == vetoes
    assert result.outcome == outcome


def test_what_nobody_knows_keeps_its_weight_reaches_only_zero_and_vetoes_nothing() -> None:
    result = result_of(three(), a=4, b=4)
    assert result.boundaries[1] == BoundaryResult("more", 0.8, 0.6, True, [], ["ca", "cb"])
    assert (result.outcome, result.range, result.status) == ("more", ("some", "more"), "open")
    nothing_asked = questionnaire_of(
        [scale("a"), scale("b")],
        [criterion("ca", ["a"]), criterion("cb", ["b"])],
        [boundary(FIRST, {"ca": 50, "cb": 0}, 1)],
    )
    assert result_of(nothing_asked, a=2).outcome == "some"


@pytest.mark.parametrize(("enough", "outcome"), [(0.5, "some"), (0.50001, None)])
def test_too_little_known_is_a_share_of_the_weight(enough: float, outcome: str | None) -> None:
    result = result_of(three(enough=enough), a=2)
    assert result.outcome == outcome
    assert result.before_limits == outcome
    assert (result.status == "too-little-known") == (outcome is None)


def test_too_little_known_still_tells_what_there_is_to_tell() -> None:
    questionnaire = three(
        enough=0.9,
        gates=[gate("g", "some")],
        unscored=[fact("f")],
        caps=[cap("k", "some", {"item": "f", "is": "no"})],
    )
    result = result_of(questionnaire, a=4, f="no")
    assert result.outcome is None
    assert result.range == ("none", "some")
    assert (result.gates, result.caps) == ({"g": "open"}, {"k": "holds"})
    assert result.criteria["ca"].point == 100
    assert len(result.boundaries) == 2
    assert [each.id for each in result.questions] == ["g", "b", "c"]
    assert (result.reasons, result.doubts, result.robustness) == ([], [], None)


def test_a_breach_gives_the_lowest_outcome_however_good_or_little_known() -> None:
    questionnaire = three(gates=[gate("g", "some"), gate("h", "some", breach_when="yes")])
    for items in ({"a": 4, "b": 4, "c": 4}, {}):
        result = result_of(questionnaire, {"g": "yes", "h": "yes"}, **items)
        assert (result.outcome, result.status, result.range) == ("none", "settled", ("none", "none"))
        assert result.gates == {"g": "clear", "h": "breached"}
        assert result.robustness is None
    assert result_of(questionnaire, {"g": "no"}, a=4, b=4, c=4).before_limits == "more"
    assert result_of(questionnaire, {"g": "no"}).before_limits is None
    assert result_of(questionnaire, {"g": "no"}).in_time is None


@pytest.mark.parametrize("said", [{}, {"g": None}])
def test_an_open_gate_limits_the_outcome_and_opens_the_range(said: dict[str, None]) -> None:
    result = result_of(three(gates=[gate("g", "some")]), said, a=4, b=4, c=4)
    assert (result.outcome, result.before_limits, result.in_time) == ("some", "more", "more")
    assert (result.range, result.status) == (("none", "more"), "open")


def test_a_cap_that_holds_limits_everything_and_an_undetermined_one_the_worst_only() -> None:
    questionnaire = three(
        unscored=[choice("tried", [None, None])], caps=[cap("k", "some", {"item": "tried", "is": "o0"})]
    )
    best = {"a": 4, "b": 4, "c": 4}
    holds = result_of(questionnaire, tried="o0", **best)
    assert (holds.outcome, holds.range, holds.before_limits) == ("some", ("some", "some"), "more")
    open_ = result_of(questionnaire, tried=None, **best)
    assert (open_.outcome, open_.range, open_.caps) == ("more", ("some", "more"), {"k": "undetermined"})
    assert (holds.in_time, open_.in_time) == ("more", None)
    clear = result_of(questionnaire, tried="o1", **best)
    assert (clear.outcome, clear.range, clear.status) == ("more", ("more", "more"), "settled")


def test_conditions_are_three_valued() -> None:
    both = {"all": [{"item": "f", "is": "yes"}, {"item": "a", "at_most": 1}]}
    questionnaire = three(
        unscored=[fact("f")], caps=[cap("both", "none", both), cap("not", "none", {"not": both})]
    )
    for items, expected in [
        ({"f": "no"}, ["clear", "holds"]),
        ({"f": "yes"}, ["undetermined", "undetermined"]),
        ({"a": 2}, ["clear", "holds"]),
        ({"f": "yes", "a": 1}, ["holds", "clear"]),
    ]:
        assert list(result_of(questionnaire, **items).caps.values()) == expected


def test_a_cap_on_what_may_yet_be_shown_is_undetermined_and_on_what_is_hidden_clear() -> None:
    questionnaire = three(
        unscored=[fact("f"), choice("how", [None, None], show_if={"item": "f", "is": "yes"})],
        caps=[cap("badly", "none", {"item": "how", "is": "o0"})],
    )
    best = {"a": 4, "b": 4, "c": 4}
    assert result_of(questionnaire, how="o0", f="no", **best).caps == {"badly": "clear"}
    assert result_of(questionnaire, how="o0", f="yes", **best).caps == {"badly": "holds"}
    unknown = result_of(questionnaire, how="o0", **best)
    assert (unknown.caps, unknown.outcome, unknown.range) == (
        {"badly": "undetermined"},
        "more",
        ("none", "more"),
    )
    assert [(each.id, each.because, each.cap) for each in unknown.questions] == [("f", "cap", "badly")]


def test_the_range_holds_whatever_a_chain_of_hidden_questions_comes_to() -> None:
    """``why`` is shown only while ``how`` is not answered, and ``how`` only after a yes."""
    questionnaire = questionnaire_of(
        [
            scale("a"),
            fact("f"),
            choice("how", [None, None], show_if={"item": "f", "is": "yes"}),
            choice("why", [None, None], show_if={"item": "how", "answered": False}),
        ],
        [criterion("c", ["a"])],
        [boundary(FIRST, {"c": 50}), boundary(SECOND, {"c": 75})],
        caps=[
            cap("badly", "none", {"item": "how", "is": "o0"}),
            cap("why", "some", {"not": {"item": "why", "is": "o1"}}),
        ],
    )
    answers = {"f": ("yes", "no"), "how": ("o0", "o1"), "why": ("o0", "o1")}
    lows = set()
    for said in itertools.product(*((*options, None) for options in answers.values())):
        given = dict(zip(answers, said, strict=True))
        low, high = map(questionnaire.outcome_ids.index, result_of(questionnaire, a=4, **given).range)
        lows.add(low)
        missing = [key for key, value in given.items() if value is None]
        for rest in itertools.product(*(answers[key] for key in missing)):
            whole = given | dict(zip(missing, rest, strict=True))
            outcome = result_of(questionnaire, a=4, **whole).outcome
            assert outcome is not None
            assert low <= questionnaire.outcome_ids.index(outcome) <= high
    assert lows == {0, 1, 2}


def test_a_number_can_decide_a_cap() -> None:
    hours = {"id": "hours", "kind": "number", "text": {"da": "timer", "en": "hours"}}
    questionnaire = three(unscored=[hours], caps=[cap("few", "none", {"item": "hours", "at_most": 10})])
    best = {"a": 4, "b": 4, "c": 4}
    for said, range_ in [(10, ("none", "none")), (10.5, ("more", "more")), (None, ("none", "more"))]:
        assert result_of(questionnaire, hours=said, **best).range == range_


def test_not_applicable_is_not_unknown() -> None:
    questionnaire = questionnaire_of(
        [scale("a"), scale("b", may_be_na=True)],
        [criterion("one", ["a", "b"])],
        [boundary(FIRST, {"one": 50})],
        caps=[cap("k", "none", {"item": "b", "at_most": 1})],
    )
    result = result_of(questionnaire, a=2, b=Answer("na"))
    assert (result.caps, result.status, result.questions) == ({"k": "clear"}, "settled", [])
