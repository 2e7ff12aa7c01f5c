"""Free text, on one line or several."""

from __future__ import annotations

from typing import Literal, cast

from pydantic import Field

from app.engine.items.base import BaseItem, Choose, InvalidAnswer, Value, register


@register
class TextItem(BaseItem):
    """Its answer is what was written, at most ``longest`` characters."""

    kind: Literal["text"] = "text"
    lines: int = Field(1, ge=1, le=20)
    longest: int = Field(3000, ge=1, le=20000)

    def parse(self, raw: object) -> Value:
        if not isinstance(raw, str):
            raise InvalidAnswer("answer_not_text")
        if len(raw) > self.longest:
            raise InvalidAnswer("answer_too_long", longest=self.longest, length=len(raw))
        if "\x00" in raw:
            raise InvalidAnswer("answer_not_text")
        return raw

    def words(self, value: Value, language: str) -> str:
        return cast(str, value)

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        return choose(("x", "Å", "x" * self.longest))

    def from_words(self, written: str) -> Value | None:
        return written[: self.longest]

    def keeps(self, value: Value | None, earlier: Value) -> bool:
        return value is not None and cast(str, earlier) in cast(str, value)
