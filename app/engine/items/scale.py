"""A scale: one of several described behaviours, worst first. Its answer is the zero-based point."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, cast

from pydantic import Field

from app.engine.items.base import InvalidAnswer, ScoredItem, Value, even_scores, lower_median, register
from app.engine.texts import Text, say


@register
class ScaleItem(ScoredItem):
    """Has its own ``points`` or names a shared ``scale``, which the loader puts in their place."""

    kind: Literal["scale"] = "scale"
    scale: str | None = None
    points: tuple[Text, ...] = Field((), max_length=9)
    scores: tuple[float, ...] | None = None

    def parse(self, raw: object) -> Value:
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < len(self.points):
            raise InvalidAnswer("answer_not_a_point", highest=len(self.points) - 1)
        return raw

    def words(self, value: Value, language: str) -> str:
        return say(self.points[cast(int, value)], language)

    def options(self) -> list[Value]:
        return list(range(len(self.points)))

    def rank(self, value: Value) -> float | None:
        return float(cast(int, value))

    def merge(self, values: Sequence[Value]) -> Value | None:
        return cast(int, lower_median(values))

    def score(self, value: Value) -> float | None:
        return self.possible_points[cast(int, value)]

    def better(self, value: Value) -> Value | None:
        point = cast(int, value) + 1
        return point if point < len(self.points) else None

    def worse(self, value: Value) -> Value | None:
        point = cast(int, value) - 1
        return point if point >= 0 else None

    @cached_property
    def possible_points(self) -> Sequence[float]:
        """The score of each point: even, unless the scale gives scores."""
        return self.scores or even_scores(len(self.points))

    def possible_scores(self) -> list[float]:
        return sorted(set(self.possible_points))
