"""What holds for every questionnaire and every set of answers, the shipped questionnaire included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.engine.answers import Answer, Answers, GateAnswer, visible_items
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.result import Result, from_json, to_json
from tests.strategies import answers_for, cases, definitions, item_values, shipped_or_drawn

examples = settings(max_examples=50)


def places(questionnaire: Questionnaire, result: Result) -> tuple[int, int, int]:
    """Return the numbers of the outcome (−1: too little known), and of the ends of the range."""
    ids = questionnaire.outcome_ids
    outcome = -1 if result.outcome is None else ids.index(result.outcome)
    return outcome, ids.index(result.range[0]), ids.index(result.range[1])


@examples
@given(cases())
def test_every_answer_set_has_exactly_one_outcome_or_too_little_is_known(
    case: tuple[Questionnaire, Answers],
) -> None:
    questionnaire, answers = case
    result = assess(questionnaire, answers)
    outcome, low, high = places(questionnaire, result)
    assert (result.outcome is None) == (result.status == "too-little-known")
    assert low <= high
    if result.outcome is not None:
        assert low <= outcome <= high
        assert (result.status == "settled") == (low == high)


@examples
@given(cases())
def test_scores_stay_within_0_and_100_and_a_point_within_its_range(
    case: tuple[Questionnaire, Answers],
) -> None:
    for score in assess(*case, explain=False).criteria.values():
        assert 0 <= score.low <= score.high <= 100 + 1e-9
        if score.point is not None:
            assert score.low - 1e-9 <= score.point <= score.high + 1e-9


@examples
@given(cases())
def test_without_explaining_the_outcome_is_the_same(case: tuple[Questionnaire, Answers]) -> None:
    full, bare = assess(*case), assess(*case, explain=False)
    for name in ("outcome", "status", "range", "before_limits", "gates", "caps", "criteria", "boundaries"):
        assert getattr(full, name) == getattr(bare, name)
    assert bare.questions == [] == bare.changes_up == bare.changes_down == bare.reasons == bare.doubts
    assert bare.robustness is None


@examples
@given(cases(), st.data())
def test_a_better_answer_never_lowers_the_outcome_nor_its_range(
    case: tuple[Questionnaire, Answers], data: st.DataObject
) -> None:
    questionnaire, answers = case
    better = {
        key: value
        for key, item in questionnaire.scored_items.items()
        if key in answers.items
        and answers.items[key].value is not None
        and (value := item.better(answers.items[key].value)) is not None
    }
    assume(better)
    chosen = data.draw(st.sampled_from(sorted(better)))
    improved = answers.with_value(chosen, better[chosen])
    assume(visible_items(questionnaire, improved) == visible_items(questionnaire, answers))
    before = places(questionnaire, assess(questionnaire, answers, explain=False))
    after = places(questionnaire, assess(questionnaire, improved, explain=False))
    assert all(new >= old for new, old in zip(after, before, strict=True))


@examples
@given(cases())
def test_a_breach_an_open_gate_a_cap_and_a_veto_dominate(case: tuple[Questionnaire, Answers]) -> None:
    questionnaire, answers = case
    result = assess(questionnaire, answers)
    outcome, low, high = places(questionnaire, result)
    ids = questionnaire.outcome_ids
    if "breached" in result.gates.values():
        assert (result.outcome, result.status, result.range) == (ids[0], "settled", (ids[0], ids[0]))
        assert result.robustness is None
    for gate in questionnaire.gates:
        if result.gates[gate.id] == "open":
            assert low == 0
            assert outcome <= ids.index(gate.open_at_most)
    for cap in questionnaire.caps:
        if result.caps[cap.id] == "holds":
            assert max(outcome, high) <= ids.index(cap.at_most)
        if result.caps[cap.id] == "undetermined":
            assert low <= ids.index(cap.at_most)
    for place, boundary in enumerate(result.boundaries):
        if boundary.vetoes:
            assert outcome <= place
            assert not boundary.passed


@examples
@given(cases(), st.data())
def test_an_unknown_never_raises_the_pessimistic_outcome(
    case: tuple[Questionnaire, Answers], data: st.DataObject
) -> None:
    questionnaire, answers = case
    assume(answers.items or answers.gates or answers.subject)
    less = data.draw(_forgetting(answers))
    _, before, _ = places(questionnaire, assess(questionnaire, answers, explain=False))
    _, after, _ = places(questionnaire, assess(questionnaire, less, explain=False))
    assert after <= before


@st.composite
def _forgetting(draw: st.DrawFn, answers: Answers) -> Answers:
    """Draw the same answers with one of them unknown."""
    parts = {name: sorted(getattr(answers, name)) for name in ("items", "gates", "subject")}
    name, key = draw(st.sampled_from([(name, key) for name, keys in parts.items() for key in keys]))
    if name == "items":
        return replace(answers, items={**answers.items, key: Answer("unknown")})
    if name == "gates":
        return replace(answers, gates={**answers.gates, key: GateAnswer(None)})
    return replace(answers, subject={k: v for k, v in answers.subject.items() if k != key})


@examples
@given(cases(), st.data())
def test_the_range_contains_every_completion(
    case: tuple[Questionnaire, Answers], data: st.DataObject
) -> None:
    questionnaire, answers = case
    completion = _completed(questionnaire, answers, data.draw(answers_for(questionnaire, complete=True)))
    result = assess(questionnaire, answers, explain=False)
    completed = assess(questionnaire, completion, explain=False)
    _, low, high = places(questionnaire, result)
    assert completed.status == "settled"
    assert low <= places(questionnaire, completed)[0] <= high


def _completed(questionnaire: Questionnaire, answers: Answers, complete: Answers) -> Answers:
    """Return ``answers`` with what is unknown, or hidden and so free to be answered, from ``complete``."""
    shown = visible_items(questionnaire, answers)
    known = {
        key: answer
        for key, answer in answers.items.items()
        if key in shown and answer.state != "unknown" and not _is_half_an_exchange(questionnaire, key, answer)
    }
    return replace(
        answers,
        subject={**complete.subject, **answers.subject},
        items={**complete.items, **known},
        gates={**complete.gates, **{key: gate for key, gate in answers.gates.items() if gate.value}},
    )


def _is_half_an_exchange(questionnaire: Questionnaire, key: str, answer: Answer) -> bool:
    item = questionnaire.scored_items.get(key)
    return item is not None and answer.value is not None and item.score(answer.value) is None


@examples
@given(cases(), st.data())
def test_hidden_answers_never_count(case: tuple[Questionnaire, Answers], data: st.DataObject) -> None:
    questionnaire, answers = case
    hidden = sorted(set(questionnaire.items) - visible_items(questionnaire, answers))
    assume(hidden)
    chosen = questionnaire.items[data.draw(st.sampled_from(hidden))]
    other = answers.with_value(chosen.id, data.draw(item_values(chosen)))
    assert assess(questionnaire, other) == assess(questionnaire, answers)


@examples
@given(definitions(), st.sampled_from([0.001, 0.5, 3, 40]), st.data())
def test_the_scale_of_the_weights_and_the_order_of_things_do_not_matter(
    definition: dict[str, Any], factor: float, data: st.DataObject
) -> None:
    questionnaire = Questionnaire.model_validate(definition)
    answers = data.draw(answers_for(questionnaire))
    other = Questionnaire.model_validate(data.draw(_rearranged(definition, factor)))
    result, same = assess(questionnaire, answers), assess(other, answers)
    for name in ("outcome", "status", "range", "before_limits", "deciding", "next_outcome", "close_call"):
        assert getattr(same, name) == getattr(result, name), name
    assert [len(each.reached) for each in same.boundaries] == [
        len(each.reached) for each in result.boundaries
    ]
    assert {each.id for each in same.questions} == {each.id for each in result.questions}
    assert {each.item for each in same.changes_down} == {each.item for each in result.changes_down}
    if result.robustness is not None and same.robustness is not None:
        assert same.robustness.outcomes == result.robustness.outcomes
    assert (same.robustness is None) == (result.robustness is None)


@st.composite
def _rearranged(draw: st.DrawFn, definition: dict[str, Any], factor: float) -> dict[str, Any]:
    """Draw the same definition in another order, all criteria weighing so many times as much."""
    questions, *gates = definition["sections"]
    scored = [item for item in questions["items"] if item["id"].startswith("c")]
    unscored = [item for item in questions["items"] if item not in scored]
    criteria = [
        {**each, "weight": each["weight"] * factor, "items": draw(st.permutations(each["items"]))}
        for each in definition["criteria"]
    ]
    return {
        **definition,
        "sections": [{**questions, "items": [*draw(st.permutations(scored)), *unscored]}, *gates],
        "criteria": draw(st.permutations(criteria)),
        "caps": draw(st.permutations(definition["caps"])),
        "gates": draw(st.permutations(definition["gates"])),
    }


@examples
@given(cases())
def test_a_result_survives_json(case: tuple[Questionnaire, Answers]) -> None:
    result = assess(*case)
    assert from_json(to_json(result)) == result


@given(shipped_or_drawn())
@settings(max_examples=20)
def test_an_untouched_questionnaire_has_no_outcome(questionnaire: Questionnaire) -> None:
    result = assess(questionnaire, Answers(questionnaire.id, questionnaire.version))
    assert result.outcome is None
    assert result.coverage.known == 0
    assert result.changes_up == result.changes_down == []
    assert {each.id for each in result.questions} >= {*questionnaire.criterion_of, *questionnaire.gates_by_id}
