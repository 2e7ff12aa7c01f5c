"""How long the method takes on the shipped questionnaire. Targets stand beside; none is asserted here."""

from __future__ import annotations

import json
import random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.engine.agreement import agree
from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.definition import MOST_QUESTIONS, MOST_SCORED_ITEMS, Questionnaire
from app.engine.judging import judge
from app.engine.loading import LoadingFailed, load
from app.engine.robustness import robustness_of
from tests.engine.test_limits import largest, sized
from tests.strategies import answers_to, shipped


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return shipped()


def drawn(questionnaire: Questionnaire, seed: int, unknown: float = 0.15) -> Answers:
    """Return a fixed set of answers, some of them unknown."""
    draw = random.Random(seed)
    items = {}
    for item in questionnaire.items.values():
        if draw.random() < unknown:
            continue
        items[item.id] = Answer("known", item.drawn(draw.choice, whole=True))
    gates = {
        gate.id: GateAnswer("no" if gate.breach_when == "yes" else "yes") for gate in questionnaire.gates
    }
    return Answers(questionnaire.id, questionnaire.version, items=items, gates=gates)


@pytest.fixture(scope="module")
def answers(questionnaire: Questionnaire) -> Answers:
    return drawn(questionnaire, seed=1)


def test_assess_without_explaining(
    benchmark: BenchmarkFixture, questionnaire: Questionnaire, answers: Answers
) -> None:
    """Target: 0.12 ms."""
    assert benchmark(lambda: assess(questionnaire, answers, explain=False)).range


def test_assess_with_everything(
    benchmark: BenchmarkFixture, questionnaire: Questionnaire, answers: Answers
) -> None:
    """Target: 5 ms."""
    assert benchmark(lambda: assess(questionnaire, answers)).questions


def test_assess_with_everything_over_many_answer_sets(
    benchmark: BenchmarkFixture, questionnaire: Questionnaire
) -> None:
    """Target: 5 ms each, 500 ms in all; the answers differ in how far they are from the next outcome."""
    many = [drawn(questionnaire, seed, unknown=seed % 4 / 10) for seed in range(100)]
    assert len(benchmark(lambda: [assess(questionnaire, each) for each in many])) == 100


def test_all_weightings(benchmark: BenchmarkFixture, questionnaire: Questionnaire, answers: Answers) -> None:
    judgement = judge(questionnaire, answers)
    assert benchmark(lambda: robustness_of(judgement)).tested == 19_683


@pytest.mark.parametrize("by", ["mean", "top_mean"])
def test_explaining_at_every_limit(benchmark: BenchmarkFixture, by: str) -> None:
    """Target: 1 s. Every answer is the worst, so that the way up is as long as it can be."""
    questionnaire = largest(by)
    worst = answers_to(questionnaire, **dict.fromkeys(questionnaire.scored_items, 0))
    assert benchmark(lambda: assess(questionnaire, worst)).changes_up


def test_loading_at_every_limit(benchmark: BenchmarkFixture) -> None:
    """Target: 1 s."""
    source = json.dumps(sized(MOST_SCORED_ITEMS, MOST_QUESTIONS))
    assert benchmark(lambda: load(source)).questionnaire


def test_refusing_10_000_questions(benchmark: BenchmarkFixture) -> None:
    """Target: well under 5 s."""
    source = json.dumps(sized(10_000, 10_000))

    def refused() -> bool:
        try:
            load(source)
        except LoadingFailed:
            return True
        return False

    assert benchmark(refused)


def test_a_group_of_30(benchmark: BenchmarkFixture, questionnaire: Questionnaire) -> None:
    people = [drawn(questionnaire, seed) for seed in range(30)]
    assert benchmark(lambda: agree(questionnaire, people)).answers.respondents >= 30
