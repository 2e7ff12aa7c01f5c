"""A choice: one of several named options, scored when every option has a score (then worst first)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, cast

from pydantic import Field

from app.engine.faults import Finding
from app.engine.items.base import (
    Id,
    InvalidAnswer,
    ScoredItem,
    Strict,
    Value,
    lower_median,
    register,
    score_faults,
)
from app.engine.texts import Text, say


class Option(Strict):
    """One answer that can be chosen. ``score``: 0–100."""

    id: Id
    text: Text
    score: float | None = Field(None, ge=0, le=100)


WITHOUT_SCORES = {"choices": {"__all__": {"score"}}}


@register
class ChoiceItem(ScoredItem):
    """Its answer is the option's id."""

    kind: Literal["choice"] = "choice"
    choices: tuple[Option, ...] = Field(alias="options", min_length=2, max_length=20)

    scores_optional: ClassVar[bool] = True
    beside_answers: ClassVar[Mapping[str, Any]] = WITHOUT_SCORES

    @property
    def has_values(self) -> bool:
        return all(option.score is not None for option in self.choices)

    @property
    def gives_scores(self) -> bool:
        return any(option.score is not None for option in self.choices)

    def faults(self) -> Iterator[Finding]:
        without = [option.id for option in self.choices if option.score is None]
        scores = [option.score for option in self.choices if option.score is not None]
        if not without:
            yield from score_faults(("options",), scores, len(self.choices))
        elif scores:
            yield Finding(("options",), "some_options_scored", {"id": self.id, "without": without})

    @property
    def ids(self) -> list[str]:
        """The options' ids, in the order of the file."""
        return [option.id for option in self.choices]

    def parse(self, raw: object) -> Value:
        if not isinstance(raw, str) or raw not in self.ids:
            raise InvalidAnswer("answer_not_an_option", options=self.ids)
        return raw

    def words(self, value: Value, language: str) -> str:
        return say(self.choices[self._place(value)].text, language)

    def options(self) -> list[Value]:
        return list(self.ids)

    def rank(self, value: Value) -> float | None:
        return float(self._place(value))

    def merge(self, values: Sequence[Value]) -> Value | None:
        if not self.has_values:
            return super().merge(values)
        place: int = lower_median([self._place(value) for value in values])
        return self.ids[place]

    def score(self, value: Value) -> float | None:
        return self.choices[self._place(value)].score

    def better(self, value: Value) -> Value | None:
        place = self._place(value) + 1
        return self.ids[place] if place < len(self.choices) else None

    def worse(self, value: Value) -> Value | None:
        place = self._place(value) - 1
        return self.ids[place] if place >= 0 else None

    def possible_scores(self) -> list[float]:
        return sorted({option.score for option in self.choices if option.score is not None})

    def _place(self, value: Value) -> int:
        return self.ids.index(cast(str, value))
