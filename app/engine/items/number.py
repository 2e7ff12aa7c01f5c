"""A number with a unit, such as an amount or hours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, cast

from pydantic import Field

from app.engine.faults import Finding
from app.engine.items.base import BaseItem, Choose, InvalidAnswer, Value, lower_median, register
from app.engine.texts import Text, say

THIN_SPACE = "\N{NO-BREAK SPACE}"


@register
class NumberItem(BaseItem):
    """Its answer is an int, or a float where ``decimals`` are allowed."""

    kind: Literal["number"] = "number"
    unit: Text | None = None
    minimum: float | None = 0
    maximum: float | None = 1_000_000_000
    decimals: int = Field(0, ge=0, le=4)

    ordered: ClassVar[bool] = True

    def faults(self) -> Iterator[Finding]:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            details = {"minimum": self.minimum, "maximum": self.maximum}
            yield Finding(("minimum",), "minimum_above_maximum", details)

    def parse(self, raw: object) -> Value:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not _is_finite(raw):
            raise InvalidAnswer("answer_not_a_number")
        if (self.minimum is not None and raw < self.minimum) or (
            self.maximum is not None and raw > self.maximum
        ):
            raise InvalidAnswer("answer_out_of_range", minimum=self.minimum, maximum=self.maximum)
        rounded = round(raw, self.decimals)
        if rounded != raw:
            raise InvalidAnswer("answer_too_many_decimals", decimals=self.decimals)
        return int(raw) if rounded == int(rounded) else float(raw)

    def words(self, value: Value, language: str) -> str:
        number = cast(float, value)
        written = f"{number:,}" if language == "en" else _danish(f"{number:,}")
        unit = say(self.unit, language)
        return f"{written}{THIN_SPACE}{unit}" if unit else written

    def hint(self, language: str) -> str:
        return say(self.unit, language)

    def rank(self, value: Value) -> float | None:
        return float(cast(float, value))

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        lowest, highest = self.minimum or 0, 1000 if self.maximum is None else self.maximum
        return choose(range(math.ceil(lowest), math.floor(highest) + 1))

    def merge(self, values: Sequence[Value]) -> Value | None:
        return cast(float, lower_median(values))


def _danish(number: str) -> str:
    return number.replace(",", "\0").replace(".", ",").replace("\0", ".")


def _is_finite(number: float) -> bool:
    """Say whether a number can be calculated with; a whole number of 400 digits has no float."""
    try:
        return math.isfinite(number)
    except OverflowError:
        return False
