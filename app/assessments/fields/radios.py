"""One of several: a scale's points, a choice's options, yes or no. All are radios, and so are the states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.assessments.fields.base import STATES, AnswerField, only, register
from app.platform.i18n import gettext as _


class RadioField(AnswerField):
    """Value and state share one group of radios, so that there is never both."""

    shares_radios = True

    def take_state(self, formdata: Any) -> str:
        """Return the state where the chosen radio is one."""
        chosen = only(formdata.getlist(self.name))
        return chosen if chosen in STATES else ""

    def posted(self) -> dict[str, str]:
        """Return the radio that is chosen: an option's or a state's."""
        return {self.name: self.state or self.written}

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return the chosen option; a state is no value."""
        chosen = only(posted)
        return None if chosen in STATES or not chosen else chosen

    def take_written(self, formdata: Any) -> Any:
        """Return the chosen option for showing it again."""
        chosen = super().take_written(formdata)
        return "" if chosen in STATES else chosen


@register
class ScaleField(RadioField):
    """Described points, by their number."""

    kind = "scale"

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return the point as a number where it is one."""
        chosen = super().take_value(posted)
        digits = chosen is not None and len(chosen) == 1 and chosen in "0123456789"
        return int(chosen) if digits else chosen


@register
class ChoiceField(RadioField):
    """Named options, by their id."""

    kind = "choice"


@register
class FactField(RadioField):
    """Yes or no."""

    kind = "fact"

    @property
    def options(self) -> list[tuple[str, str]]:
        """Each answer with its words."""
        return [("yes", _("Yes")), ("no", _("No"))]
