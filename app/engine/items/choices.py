"""Several of a list of named options. Never scored: more ticks are not better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, cast

from pydantic import Field

from app.engine.items.base import BaseItem, Choose, InvalidAnswer, Value, register
from app.engine.items.choice import WITHOUT_SCORES, Option
from app.engine.texts import say


@register
class ChoicesItem(BaseItem):
    """Its answer is the chosen options' ids, kept in the order of the file."""

    kind: Literal["choices"] = "choices"
    choices: tuple[Option, ...] = Field(alias="options", min_length=2, max_length=20)

    several: ClassVar[bool] = True
    beside_answers: ClassVar[Mapping[str, Any]] = WITHOUT_SCORES

    @property
    def ids(self) -> list[str]:
        """The options' ids, in the order of the file."""
        return [option.id for option in self.choices]

    def parse(self, raw: object) -> Value:
        if not isinstance(raw, list | tuple) or not all(x in self.ids for x in raw):
            raise InvalidAnswer("answer_not_options", options=self.ids)
        return tuple(option for option in self.ids if option in raw)

    def words(self, value: Value, language: str) -> str:
        chosen = cast(tuple[str, ...], value)
        return ", ".join(say(option.text, language) for option in self.choices if option.id in chosen)

    def options(self) -> list[Value]:
        return list(self.ids)

    def has_chosen(self, value: Value, option: Value) -> bool:
        return option in cast(tuple[str, ...], value)

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        return tuple(option for option in self.ids if choose((False, True)))

    def option_words(self, option: Value, language: str) -> str:
        return self.words((cast(str, option),), language)

    def keeps(self, value: Value | None, earlier: Value) -> bool:
        return value is not None and set(cast(tuple[str, ...], earlier)) <= set(cast(tuple[str, ...], value))

    def merge(self, values: Sequence[Value]) -> Value | None:
        """Keep each option that more than half have ticked."""
        chosen = cast(Sequence[tuple[str, ...]], values)
        return tuple(x for x in self.ids if 2 * sum(x in each for each in chosen) > len(chosen))
