"""What stands in the way of the next outcome is everything that does, and nothing that could not help."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.items import ScoredItem, Value
from app.engine.result import Blocker, Step
from tests.strategies import (
    answers_for,
    answers_to,
    boundary,
    cap,
    criterion,
    fact,
    gate,
    questionnaire_of,
    questionnaires,
    scale,
)


def best_answer(item: ScoredItem) -> Value:
    value = item.drawn(lambda among: among[0], whole=True)
    while (better := item.better(value)) is not None:
        value = better
    assert item.score(value) == 100
    return value


def best_answers(questionnaire: Questionnaire, answers: Answers, unknown: set[str]) -> Answers:
    """Return the answers with those to ``unknown``, and all that can be changed, as good as can be."""
    said = dict(answers.items)
    for item in questionnaire.scored_items.values():
        known = said.get(item.id, Answer("unknown")).state == "known"
        if item.id in unknown or (known and item.changeable):
            said[item.id] = Answer("known", best_answer(item))
    gates = {
        gate.id: GateAnswer({"yes": "no", "no": "yes"}[gate.breach_when]) for gate in questionnaire.gates
    }
    return Answers(questionnaire.id, questionnaire.version, subject=answers.subject, items=said, gates=gates)


@settings(max_examples=100)
@given(st.data())
def test_good_answers_to_what_blocks_do_all_that_good_answers_can(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires().map(lambda drawn: drawn.model_copy(update={"caps": ()})))
    answers = data.draw(answers_for(questionnaire))
    result = assess(questionnaire, answers)
    if result.next_outcome is None:
        return
    blocking = {each.id for each in result.blocked_by if each.kind == "unknown"}
    unknown = {each.id for each in result.questions if each.id in questionnaire.scored_items}
    can_arrive = arrives(questionnaire, answers, unknown, result.next_outcome)
    assert arrives(questionnaire, answers, blocking, result.next_outcome) == can_arrive
    assert can_arrive or not blocking


def arrives(questionnaire: Questionnaire, answers: Answers, answered: set[str], wanted: str) -> bool:
    """Say whether the best answers to what can be changed and to ``answered`` reach an outcome."""
    outcome = assess(questionnaire, best_answers(questionnaire, answers, answered), explain=False).outcome
    ids = questionnaire.outcome_ids
    return outcome is not None and ids.index(outcome) >= ids.index(wanted)


def test_an_unknown_that_could_not_help_blocks_nothing() -> None:
    questionnaire = questionnaire_of(
        [scale("fixed", changeable=False), scale("open")],
        [criterion("a", ["fixed"], 3), criterion("b", ["open"], 1)],
        [boundary(("none", "some"), {"a": 50, "b": 50})],
    )
    result = assess(questionnaire, answers_to(questionnaire, fixed=0))
    assert (result.outcome, result.range) == ("none", ("none", "none"))
    assert (result.changes_up, result.blocked_by) == ([], [])


def test_after_a_breach_what_too_little_is_known_about_blocks_as_well() -> None:
    questionnaire = questionnaire_of(
        [scale("first"), scale("second")],
        [criterion("a", ["first"], 3), criterion("b", ["second"], 1)],
        [boundary(("none", "some"), {"a": 0, "b": 50})],
        gates=[gate("g", "none")],
        enough=1,
    )
    result = assess(questionnaire, answers_to(questionnaire, {"g": "no"}, second=2))
    assert result.outcome == "none"
    assert result.blocked_by == [Blocker("gate", "g"), Blocker("unknown", "first")]


def test_a_cap_on_a_hidden_question_is_lifted_by_the_answer_that_shows_it() -> None:
    """While hidden, "tried" is not yes, so the cap holds; once shown it is unknown, and the cap open."""
    questionnaire = questionnaire_of(
        [scale("wish"), fact("tried", show_if={"item": "wish", "at_least": 2})],
        [criterion("a", ["wish"])],
        [boundary(("none", "some"), {"a": 0})],
        caps=[cap("untried", "none", {"not": {"item": "tried", "is": "yes"}})],
    )
    result = assess(questionnaire, answers_to(questionnaire, wish=0))
    assert (result.outcome, result.caps) == ("none", {"untried": "holds"})
    assert result.changes_up == [[Step("wish", 0, 2)]]
    assert result.blocked_by == []
    after = assess(questionnaire, answers_to(questionnaire, wish=2))
    assert (after.outcome, after.caps) == ("some", {"untried": "undetermined"})
