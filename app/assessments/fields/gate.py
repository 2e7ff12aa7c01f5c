"""A gate: in order, not in order, or still to be asked. No item, but a question like the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value

from app.assessments.fields.base import UNKNOWN, Control, Unreadable, lines, only
from app.assessments.fields.names import answer_name
from app.engine.answers import GateAnswer, read_gate
from app.engine.definition import Gate
from app.engine.items import InvalidAnswer
from app.engine.messages import message
from app.platform.i18n import gettext as _
from app.platform.i18n import language


class GateField(Field):
    """The answer to one gate. ``data`` is the :class:`GateAnswer`, ``None`` where nothing was answered."""

    data: GateAnswer | None
    kind = "gate"

    def __init__(self, gate: Gate, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gate = gate
        self.written = ""
        self.note = ""

    @property
    def html_name(self) -> str:
        """What it is posted as, and its HTML id."""
        return answer_name(self.name)

    @property
    def has_answer(self) -> bool:
        """Whether there is something to clear."""
        return bool(self.written)

    @property
    def state_name(self) -> str:
        """The name that "we must ask" is posted by."""
        return self.name

    @property
    def controls(self) -> Sequence[Control]:
        """Its radios."""
        return [Control(self.name, [(value, words) for value, words, _sort in self.options])]

    def posted(self) -> dict[str, str]:
        """Return what a page posts of it as it is shown, its note aside."""
        return {self.name: self.written}

    @property
    def options(self) -> list[tuple[str, str, str]]:
        """Each answer: what is posted, its words, and whether it is ``good``, ``bad`` or ``ask``.

        The good answer comes first, whichever way the question is put.
        """
        if self.gate.breach_when == "no":
            first, second = ("yes", _("Yes, it is in place"), "good"), ("no", _("No"), "bad")
        else:
            first, second = ("no", _("No, it is in order"), "good"), ("yes", _("Yes"), "bad")
        return [first, second, (UNKNOWN, _("We must ask"), "ask")]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the field from a posted form, or without one from the stored answer."""
        self.process_errors: list[str] = []
        if formdata is None:
            self.data = None if data is unset_value else data
            if self.data is not None:
                self.written, self.note = self.data.value or UNKNOWN, self.data.note
        else:
            self._take(formdata)

    def _take(self, formdata: Any) -> None:
        self.data = None
        self.written = next(iter(formdata.getlist(self.name)), "")
        try:
            posted = only(formdata.getlist(self.name))
            self.note = lines(only(formdata.getlist(f"{self.name}.note")))
            if posted or self.note:
                value = "unknown" if posted in ("", UNKNOWN) else posted
                self.data = read_gate({"value": value, "note": self.note})
        except Unreadable as unreadable:
            self.process_errors.append(str(unreadable))
        except InvalidAnswer as invalid:
            self.process_errors.append(message(invalid.code, invalid.details, language()))
