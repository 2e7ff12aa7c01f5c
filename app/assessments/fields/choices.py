"""Several of a list: boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from app.assessments.fields.base import AnswerField, register
from app.engine.items import Value


@register
class ChoicesField(AnswerField):
    """The ticked options' ids. No box ticked is no answer."""

    kind = "choices"
    empty: ClassVar[Any] = ()

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return the ticked options, ``None`` for none."""
        return list(posted) or None

    def take_written(self, formdata: Any) -> Any:
        """Return the ticked options for showing them again."""
        return tuple(formdata.getlist(self.name))

    def show_value(self, value: Value) -> Any:
        """Return the stored options."""
        return tuple(cast(Sequence[str], value))
