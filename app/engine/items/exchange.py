"""Give and get: for each kind of resource, how much we give and how much we get, 0–3.

The value is 100·min(1, 1.5·min(ΣG, ΣT)/max(ΣG, ΣT)): full once the lesser side is two thirds of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from pydantic import Field

from app.engine.items.base import (
    Balance,
    Choose,
    Id,
    InvalidAnswer,
    ScoredItem,
    Strict,
    Table,
    Value,
    lower_median,
    register,
)
from app.engine.texts import Text, say

MOST = 3
UNEVEN = 1.5
"""One side may be this many times the other before the value falls and the exchange is called uneven."""

SIDES = ("give", "get")
TITLE = {"da": "Det, vi giver og får", "en": "What we give and get"}
Cells = dict[str, dict[str, int]]


class Resource(Strict):
    """One kind of resource that can be given and got."""

    id: Id
    text: Text


@register
class ExchangeItem(ScoredItem):
    """Its answer is ``{"give": {"hours": 2}, "get": {"rooms": 3}}``; a cell left out is not answered.

    ``levels`` describes the cells 0 to 3, from nothing to much.
    """

    kind: Literal["exchange"] = "exchange"
    resources: tuple[Resource, ...] = Field(min_length=1, max_length=12)
    levels: tuple[Text, Text, Text, Text]
    give: Text
    get: Text

    @property
    def ids(self) -> list[str]:
        """The resources' ids, in the order of the file."""
        return [resource.id for resource in self.resources]

    @property
    def table(self) -> Table | None:
        return Table(
            title=TITLE,
            rows={resource.id: resource.text for resource in self.resources},
            columns={"give": self.give, "get": self.get},
            levels=self.levels,
        )

    def parse(self, raw: object) -> Value:
        if not isinstance(raw, dict) or not set(raw) <= set(SIDES):
            raise InvalidAnswer("answer_not_an_exchange", resources=self.ids)
        return {side: self._side(raw.get(side, {})) for side in SIDES}

    def _side(self, raw: object) -> dict[str, int]:
        if not isinstance(raw, dict) or not set(raw) <= set(self.ids):
            raise InvalidAnswer("answer_not_an_exchange", resources=self.ids)
        for cell in raw.values():
            if isinstance(cell, bool) or not isinstance(cell, int) or not 0 <= cell <= MOST:
                raise InvalidAnswer("answer_not_a_cell")
        return {resource: raw[resource] for resource in self.ids if resource in raw}

    def words(self, value: Value, language: str) -> str:
        cells = cast(Cells, value)
        return " · ".join(
            f"{say(getattr(self, side), language)}: {self._side_in_words(cells[side], language)}"
            for side in SIDES
        )

    def _side_in_words(self, cells: Mapping[str, int], language: str) -> str:
        filled_in = [
            f"{say(resource.text, language)} ({say(self.levels[cells[resource.id]], language).lower()})"
            for resource in self.resources
            if cells.get(resource.id)
        ]
        return ", ".join(filled_in) or "–"

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        levels: list[int | None] = list(range(MOST + 1))
        if not whole and choose((False, True)):
            levels.append(None)
        cells = {side: {resource: choose(levels) for resource in self.ids} for side in SIDES}
        return self.parse(
            {
                side: {resource: level for resource, level in levels.items() if level is not None}
                for side, levels in cells.items()
            }
        )

    def keeps(self, value: Value | None, earlier: Value) -> bool:
        if value is None:
            return False
        now, before = cast(Cells, value), cast(Cells, earlier)
        return all(set(before[side]) <= set(now[side]) for side in SIDES)

    def balance(self, value: Value) -> Balance | None:
        if self.score(value) is None:
            return "one-sided"
        give, get = (sum(cast(Cells, value)[side].values()) for side in SIDES)
        if not give and not get:
            return "nothing"
        if give > UNEVEN * get:
            return "give"
        return "get" if get > UNEVEN * give else "even"

    def merge(self, values: Sequence[Value]) -> Value | None:
        """Take the lower median of each cell among those who filled it in."""
        merged: Cells = {"give": {}, "get": {}}
        answers = cast(Sequence[Cells], values)
        for side in SIDES:
            for resource in self.ids:
                levels = [cells[side][resource] for cells in answers if resource in cells[side]]
                if levels:
                    merged[side][resource] = lower_median(levels)
        return merged if merged["give"] or merged["get"] else None

    def score(self, value: Value) -> float | None:
        cells = cast(Cells, value)
        if not cells["give"] or not cells["get"]:
            return None
        return balance(sum(cells["give"].values()), sum(cells["get"].values()))

    def better(self, value: Value) -> Value | None:
        """Return the answer with +1 on the lesser side; ``None`` once the value is full."""
        if self.score(value) in (None, 100):
            return None
        return self._moved(cast(Cells, value), 1)

    def worse(self, value: Value) -> Value | None:
        """Return the answer with −1 on the lesser side; ``None`` where there is nothing to take."""
        if self.score(value) in (None, 0):
            return None
        return self._moved(cast(Cells, value), -1)

    def _moved(self, cells: Cells, change: int) -> Value | None:
        lesser = min(SIDES, key=lambda side: sum(cells[side].values()))
        for resource in self.ids:
            level = cells[lesser].get(resource, 0) + change
            if 0 <= level <= MOST:
                moved = {side: dict(cells[side]) for side in SIDES}
                moved[lesser][resource] = level
                return self.parse(moved)
        return None

    def possible_scores(self) -> list[float]:
        sums = range(MOST * len(self.resources) + 1)
        return sorted({balance(give, get) for give in sums for get in sums})


def balance(give: float, get: float) -> float:
    """Return 0–100: how well two sums match, 0 when both are 0."""
    greater = max(give, get)
    return 100 * min(1.0, UNEVEN * min(give, get) / greater) if greater else 0.0
