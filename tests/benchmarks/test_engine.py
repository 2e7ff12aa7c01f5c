"""How long the method takes on the shipped questionnaire. Targets stand beside; none is asserted here."""

from __future__ import annotations

import random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.engine.agreement import agree
from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.judging import judge
from app.engine.robustness import robustness_of
from tests.strategies import shipped


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


def test_a_group_of_30(benchmark: BenchmarkFixture, questionnaire: Questionnaire) -> None:
    people = [drawn(questionnaire, seed) for seed in range(30)]
    assert sum(benchmark(lambda: agree(questionnaire, people)).outcomes.values()) == 30
