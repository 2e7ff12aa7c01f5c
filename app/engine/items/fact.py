"""A fact: yes or no. It has no value of its own; caps, advice and hidden questions may depend on it."""

from __future__ import annotations

from typing import ClassVar, Literal, cast

from app.engine.items.base import BaseItem, InvalidAnswer, Value, register
from app.engine.yes_no import WORDS, YES_NO


@register
class FactItem(BaseItem):
    """Its answer is ``"yes"`` or ``"no"``."""

    kind: Literal["fact"] = "fact"

    asked_to_decide: ClassVar[bool] = True

    def parse(self, raw: object) -> Value:
        if raw not in YES_NO:
            raise InvalidAnswer("answer_not_yes_or_no")
        return raw

    def words(self, value: Value, language: str) -> str:
        return WORDS[cast(str, value)][language]

    def options(self) -> list[Value]:
        return list(YES_NO)
