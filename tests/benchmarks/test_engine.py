"""How long the method takes on the shipped questionnaire. Targets stand beside; none is asserted here."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.engine.agreement import agree
from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.batch import assess_batch
from app.engine.definition import Questionnaire
from app.engine.items.exchange import MOST, SIDES
from app.engine.judging import judge
from app.engine.robustness import robustness_of
from tests.strategies import shipped

ROWS = 100_000


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
        if item.kind == "exchange":
            value: Any = {side: {each: draw.randint(0, MOST) for each in item.ids} for side in SIDES}
        else:
            value = draw.choice(item.options())
        items[item.id] = Answer("known", value)
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
    """Target: 0.3 ms."""
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


def test_a_batch_of_100_000_answer_sets(benchmark: BenchmarkFixture, questionnaire: Questionnaire) -> None:
    """Target: 0.5 s."""
    draw = np.random.default_rng(1)
    items = {
        item.id: draw.integers(-1, MOST + 1, (ROWS, 2, len(item.ids)))
        if item.kind == "exchange"
        else draw.integers(-1, len(item.options()), ROWS)
        for item in questionnaire.items.values()
    }
    gates = {gate: draw.integers(0, 3, ROWS) for gate in questionnaire.gates_by_id}
    assert len(benchmark(lambda: assess_batch(questionnaire, items, gates)).outcome) == ROWS


def test_a_group_of_30(benchmark: BenchmarkFixture, questionnaire: Questionnaire) -> None:
    people = [drawn(questionnaire, seed) for seed in range(30)]
    assert sum(benchmark(lambda: agree(questionnaire, people)).outcomes.values()) == 30
