"""A kind of item that Overvej does not have: a mark between two ends, scored, written as one number.

It is all that a new kind has to be: one engine class, one form field, one partial for the page and one for
print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Literal, Union, cast

from pydantic import Field

from app.assessments import fields
from app.assessments.fields import AnswerField
from app.assessments.fields.base import only
from app.engine import items
from app.engine.definition import Questionnaire, Section, SubjectField
from app.engine.items import KINDS, InvalidAnswer, ScoredItem, Value
from app.engine.items.base import Choose, lower_median
from app.engine.texts import Text, say

PAGE = """{% macro value(field) %}
<p class="ends">{{ field.item.ends[0] | said }} – {{ field.item.ends[1] | said }}</p>
<input type="number" id="{{ field.html_name }}.v" name="{{ field.html_name }}" value="{{ field.written }}" \
min="0" max="{{ field.item.highest }}"{{ field.attributes() }}>
{% endmacro %}"""

PRINT = """{% from "fields/_tick.html" import ticks, unsure %}
<p class="help">{{ field.details.ends|join(' – ') }}</p>
{% if field.options %}{{ ticks(field, "radio") }}
{% else %}<input type="text" class="line" name="{{ field.name }}" title="{{ field.text }}">
{{ unsure(field, "checkbox") }}{% endif %}"""

MOST_OPTIONS = 20


class SliderItem(ScoredItem):
    """Its answer is a whole number from 0, worst, to ``highest``. A long one has no options."""

    kind: Literal["slider"] = "slider"
    highest: int = Field(10, ge=2, le=100)
    ends: tuple[Text, Text]

    def parse(self, raw: object) -> Value:
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= self.highest:
            raise InvalidAnswer("answer_out_of_range", minimum=0, maximum=self.highest)
        return raw

    def words(self, value: Value, language: str) -> str:
        return f"{value} / {self.highest}, {say(self.ends[cast(int, value) > self.highest / 2], language)}"

    def options(self) -> list[Value]:
        return list(range(self.highest + 1)) if self.highest <= MOST_OPTIONS else []

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        return choose(range(self.highest + 1))

    def rank(self, value: Value) -> float | None:
        return float(cast(int, value))

    def merge(self, values: Sequence[Value]) -> Value | None:
        return cast(int, lower_median(values))

    def score(self, value: Value) -> float | None:
        return 100 * cast(int, value) / self.highest

    def better(self, value: Value) -> Value | None:
        return cast(int, value) + 1 if cast(int, value) < self.highest else None

    def worse(self, value: Value) -> Value | None:
        return cast(int, value) - 1 if value else None

    def possible_scores(self) -> list[float]:
        return [100 * value / self.highest for value in range(self.highest + 1)]


class SliderField(AnswerField):
    """A number in a box, and beside it a box for not knowing."""

    kind = "slider"
    single = True

    def take_value(self, posted: Sequence[str]) -> Any:
        written = only(posted).strip()
        return int(written) if written.isdecimal() else written or None


@contextmanager
def registered() -> Iterator[None]:
    """Have the slider among the kinds meanwhile."""
    items.register(SliderItem)
    fields.register(SliderField)
    _format_with(KINDS)
    try:
        yield
    finally:
        del KINDS["slider"], fields.FIELDS["slider"]
        _format_with(KINDS)


def _format_with(kinds: dict[str, Any]) -> None:
    """Let the models of the format know these kinds, as they do of themselves when they are imported."""
    every = Union[tuple(kinds.values())]  # noqa: UP007
    Section.model_fields["items"].annotation = tuple[Annotated[every, Field(discriminator="kind")], ...]
    SubjectField.model_fields["item"].annotation = every
    for model in (Section, SubjectField, Questionnaire):
        model.model_rebuild(force=True)
