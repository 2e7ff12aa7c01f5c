"""Answers → everything the method finds in them, before it is explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.answers import Answers, visible_items, without_hidden
from app.engine.definition import Boundary, Questionnaire
from app.engine.result import CriterionScore
from app.engine.scoring import ItemScore, criterion_scores, item_scores
from app.engine.sorting import (
    BoundaryTest,
    Limits,
    Scores,
    boundary_test,
    climb,
    climbed,
    is_enough,
    limited_high,
    limited_low,
    limited_point,
    limits_of,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one set of answers. Outcomes are numbers, 0 for the worst.

    ``tests``: the point scores at every boundary, lowest first. ``reached``: the outcome of the point scores
    alone. ``point``, ``low`` and ``high``: the outcome and its range, within gates and caps. ``answers`` are
    without those that are hidden: they do not count, nor would they if a changed answer showed them again.
    """

    questionnaire: Questionnaire
    answers: Answers
    shown: frozenset[str]
    parts: Mapping[str, Sequence[ItemScore]]
    scores: Mapping[str, CriterionScore]
    points: Scores
    limits: Limits
    tests: tuple[BoundaryTest, ...]
    reached: int
    point: int
    low: int
    high: int

    @property
    def enough_known(self) -> bool:
        """Whether criteria of which something is known carry enough of the weight for an outcome."""
        questionnaire = self.questionnaire
        known = sum(c.weight for c in questionnaire.criteria if self.points[c.id] is not None)
        return is_enough(known / questionnaire.total_weight, questionnaire.enough)

    @property
    def has_outcome(self) -> bool:
        """Whether there is an outcome: a breached gate gives one, however little else is known."""
        return self.limits.breached or self.enough_known

    @property
    def deciding(self) -> int:
        """The place of the deciding boundary: the first that failed, else the last."""
        return min(self.reached, len(self.tests) - 1)

    @property
    def deciding_boundary(self) -> Boundary:
        """The boundary at which the point scores were stopped, else the last."""
        return self.questionnaire.boundaries[self.deciding]


def judge(questionnaire: Questionnaire, answers: Answers) -> Judgement:
    """Score and sort one set of answers, for what is known, at worst and at best."""
    shown = visible_items(questionnaire, answers)
    answers = without_hidden(questionnaire, answers, shown)
    parts = {c.id: item_scores(questionnaire, c, answers) for c in questionnaire.criteria}
    scores = criterion_scores(questionnaire, parts)
    points = {criterion: score.point for criterion, score in scores.items()}
    limits = limits_of(questionnaire, answers, shown)
    tests = tuple(boundary_test(questionnaire, boundary, points) for boundary in questionnaire.boundaries)
    reached = climbed(test.passed for test in tests)
    worst = climb(questionnaire, {criterion: score.low for criterion, score in scores.items()})
    best = climb(questionnaire, {criterion: score.high for criterion, score in scores.items()})
    return Judgement(
        questionnaire=questionnaire,
        answers=answers,
        shown=shown,
        parts=parts,
        scores=scores,
        points=points,
        limits=limits,
        tests=tests,
        reached=reached,
        point=limited_point(questionnaire, reached, limits),
        low=limited_low(questionnaire, worst, limits),
        high=limited_high(questionnaire, best, limits),
    )
