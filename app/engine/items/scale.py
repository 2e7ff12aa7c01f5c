"""A scale: one of several described behaviours, worst first. Its answer is the zero-based point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Literal, cast

from pydantic import Field

from app.engine.faults import Finding
from app.engine.items.base import (
    InvalidAnswer,
    ScoredItem,
    Value,
    even_scores,
    lower_median,
    register,
    score_faults,
)
from app.engine.texts import Text, say

LEAST_POINTS = 2
BORROWED = ("points", "scores")
"""What a shared scale gives to the items that name it."""


@register
class ScaleItem(ScoredItem):
    """Has its own ``points`` or names a shared ``scale``, which the loader puts in their place."""

    kind: Literal["scale"] = "scale"
    scale: str | None = None
    points: tuple[Text, ...] = Field((), max_length=9)
    scores: tuple[float, ...] | None = None

    numbered: ClassVar[bool] = True
    beside_answers: ClassVar[Mapping[str, Any]] = {"scale": True, "scores": True}

    @classmethod
    def complete(cls, written: dict[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
        name, own = written.get("scale"), written.get("id", "")
        if name is None:
            if "points" not in written:
                yield Finding((), "scale_or_points", {"id": own, "known": list(scales)})
        elif any(key in written for key in BORROWED):
            yield Finding(("scale",), "scale_and_points", {"id": own, "scale": name})
        elif not isinstance(name, str):
            return  # the models report that it must be a name
        elif name not in scales:
            yield Finding(("scale",), "no_such_scale", {"given": name, "known": list(scales)})
        elif isinstance(scales[name], dict):
            written.update({key: scales[name][key] for key in BORROWED if key in scales[name]})

    @property
    def shared_scale(self) -> str | None:
        return self.scale

    def faults(self) -> Iterator[Finding]:
        if self.scale is not None or not self.points:
            return
        if len(self.points) < LEAST_POINTS:
            yield Finding(("points",), "too_few_points", {"id": self.id, "least": LEAST_POINTS})
        elif self.scores is not None:
            yield from score_faults(("scores",), self.scores, len(self.points))

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
