"""Give and get: a small table with a row for each kind of resource and a number 0–3 each way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from app.assessments.fields.base import AnswerField, Control, Unreadable, only, register
from app.engine.items import Value
from app.engine.items.exchange import MOST, SIDES, ExchangeItem
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language

LEVELS = {str(level): level for level in range(MOST + 1)}


@register
class ExchangeField(AnswerField):
    """Cells posted as ``item.give.hours=2``; a cell without a mark is not answered."""

    kind = "exchange"

    item: ExchangeItem
    empty: ClassVar[Any] = {}

    @property
    def _places(self) -> list[tuple[str, str]]:
        return [(side, resource) for side in SIDES for resource in self.item.ids]

    def cell_name(self, side: str, resource: str) -> str:
        """Return the name that a cell is posted by."""
        return f"{self.name}.{side}.{resource}"

    @property
    def controls(self) -> Sequence[Control]:
        """The cells, resource by resource."""
        words = [say(level, language()) for level in self.item.levels]
        options = [(level, f"{level} · {text}") for level, text in zip(LEVELS, words, strict=True)]
        sides = {"give": say(self.item.give, language()), "get": say(self.item.get, language())}
        return [
            Control(self.cell_name(side, resource.id), options, label, f"{label}: {sides[side]}")
            for resource in self.item.resources
            for label in [say(resource.text, language())]
            for side in SIDES
        ]

    def posted_value(self) -> dict[str, str]:
        """Return the mark in each cell."""
        return {self.cell_name(*place): self.written.get(place, "") for place in self._places}

    def read_value(self, formdata: Any) -> Any:
        """Return the cells by side, ``None`` where none is filled in. Raises ``Unreadable``."""
        sides: dict[str, dict[str, int]] = {side: {} for side in SIDES}
        for side, resource in self._places:
            posted = only(formdata.getlist(self.cell_name(side, resource)))
            if posted and posted not in LEVELS:
                raise Unreadable(_("Choose one of the answers."))
            if posted:
                sides[side][resource] = LEVELS[posted]
        return sides if any(sides.values()) else None

    def take_written(self, formdata: Any) -> Any:
        """Return the filled cells for showing them again."""
        filled = {place: formdata.getlist(self.cell_name(*place))[:1] for place in self._places}
        return {place: posted[0] for place, posted in filled.items() if posted and posted[0]}

    def show_value(self, value: Value) -> Any:
        """Return the stored cells."""
        sides = cast(dict[str, dict[str, int]], value)
        return {(side, resource): str(n) for side in SIDES for resource, n in sides[side].items()}
