"""One question in a form: what is posted of it, what it means, and what the page shows of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from markupsafe import Markup
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from app.assessments.fields.names import answer_name
from app.engine.answers import Answer, read_answer
from app.engine.items import BaseItem, InvalidAnswer, Value
from app.engine.messages import message
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language

UNKNOWN = "?"
NOT_APPLICABLE = "-"
STATES = {UNKNOWN: "unknown", NOT_APPLICABLE: "na"}
"""What a form posts for an answer without a value. No option can be called so: an id begins with a letter."""

POSTED = {state: posted for posted, state in STATES.items()}


class Unreadable(ValueError):
    """Something posted that no answer can be made of; its text is for the person who wrote it."""


@dataclass(frozen=True)
class Control:
    """One control that a value, or a part of one, is posted by.

    ``options``: what can be chosen in it, as it is posted and in words; none where something is typed.
    ``row``: what it is of, where a value has several. ``label``: its whole name.
    """

    name: str
    options: Sequence[tuple[str, str]] = ()
    row: str = ""
    label: str = ""


class AnswerField(Field):
    """The answer to one item: a value, or "not known yet", or "not applicable", and a note.

    ``name`` is the question's id. ``data`` is the :class:`Answer`, ``None`` where nothing was answered.
    ``state`` is ``""``, ``UNKNOWN`` or ``NOT_APPLICABLE``; ``written`` is what the page shows as the
    value, as it was typed. In a plain field (about the partner or the proposal) there is a value only.
    """

    data: Answer | None
    kind: ClassVar[str]
    empty: ClassVar[Any] = ""
    single: ClassVar[bool] = False
    """Whether the value is one control, which a label can name."""
    shares_radios: ClassVar[bool] = False
    """Whether "not known yet" is one more radio beside the options."""

    def __init__(self, item: BaseItem, *, plain: bool = False, required: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item = item
        self.plain = plain
        self.required = required
        self.state = ""
        self.written: Any = self.empty
        self.note = ""
        self.is_taken_for_granted = False
        """Whether the page filled it in itself with what goes without saying."""
        self.suggestions: Sequence[str] = ()
        """Answers to choose from while writing on one line; any other can be written, too."""

    @property
    def html_name(self) -> str:
        """What it is posted as, and its HTML id."""
        return answer_name(self.name)

    @property
    def has_answer(self) -> bool:
        """Whether there is something to clear."""
        return bool(self.state) or self.written != self.empty

    @property
    def state_name(self) -> str:
        """The name that "not known yet" and "not relevant" are posted by."""
        return self.name if self.shares_radios else f"{self.name}.state"

    @property
    def state_html_name(self) -> str:
        """What they are called on the page."""
        return answer_name(self.state_name)

    @property
    def controls(self) -> Sequence[Control]:
        """What its value is posted by, in the order of the page: a table's cells row by row."""
        options = [(str(each), self.item.option_words(each, language())) for each in self.item.options()]
        return [Control(self.name, options, label=say(self.item.text, language()))]

    def posted(self) -> dict[str, str]:
        """Return what a page posts of it as it is shown, its note aside, by the names of its controls."""
        return {**self.posted_value(), **({} if self.plain else {self.state_name: self.state})}

    def posted_value(self) -> dict[str, str]:
        """Return what a page posts of its value, with ``""`` for each control that says nothing."""
        return {self.name: self.written}

    def attributes(self) -> Markup:
        """Return what ties a single control to its name, help and error, as attributes."""
        name = self.html_name
        described = [f"{name}.e"] * bool(self.errors) + [f"{name}.h"] * bool(self.item.help)
        said = {
            "aria-labelledby": "" if self.plain else f"{name}.l",
            "aria-describedby": " ".join(described) if self.plain else "",
            "aria-invalid": "true" if self.errors else "",
        }
        return Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in said.items() if value)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the field from a posted form, or without one from the stored answer."""
        self.process_errors: list[str] = []
        if formdata is None:
            self.data = None if data is unset_value else data
            self._show(self.data)
        else:
            self._take(formdata)

    def pre_validate(self, form: Any) -> None:
        """Ask for what must be there. Raises ``StopValidation``."""
        if self.required and not self.process_errors and self.data is None:
            raise StopValidation(_("This must be filled in."))

    def take_value(self, posted: Sequence[str]) -> Any:
        """Return what was posted as ``item.parse`` reads it, ``None`` for nothing. Raises ``Unreadable``."""
        return only(posted) or None

    def show_value(self, value: Value) -> Any:
        """Return a stored value as the page writes it."""
        return str(value)

    def take_written(self, formdata: Any) -> Any:
        """Return what is shown again when the form is refused."""
        return next(iter(formdata.getlist(self.name)), "")

    def take_state(self, formdata: Any) -> str:
        """Return the posted state: a box of its own, beside the value."""
        return only(formdata.getlist(self.state_name))

    def read_value(self, formdata: Any) -> Any:
        """Return the value that was posted, as ``item.parse`` reads it."""
        return self.take_value(formdata.getlist(self.name))

    def _show(self, answer: Answer | None) -> None:
        if answer is None:
            return
        self.note = answer.note
        if answer.value is None:
            self.state = POSTED[answer.state]
        else:
            self.written = self.show_value(answer.value)

    def _take(self, formdata: Any) -> None:
        self.data = None
        self.written = self.take_written(formdata)
        try:
            self.note = "" if self.plain else lines(only(formdata.getlist(f"{self.name}.note")))
            self.state = "" if self.plain else self.take_state(formdata)
            self.data = self._answer(self.read_value(formdata))
        except Unreadable as unreadable:
            self.process_errors.append(str(unreadable))
        except InvalidAnswer as invalid:
            self.process_errors.append(message(invalid.code, invalid.details, language()))

    def _answer(self, value: Any) -> Answer | None:
        """Return the answer; a value beats a state, and a note alone says that the answer is not known."""
        if value is not None:
            return read_answer(self.item, {"value": value, "note": self.note})
        if self.state not in ("", *STATES):
            raise Unreadable(_("Choose one of the answers."))
        if not self.state and not self.note:
            return None
        return read_answer(self.item, {STATES[self.state or UNKNOWN]: True, "note": self.note})


def only(posted: Sequence[str]) -> str:
    """Return the one value that was posted, ``""`` for none. Raises ``Unreadable`` for several."""
    if len(posted) > 1:
        raise Unreadable(_("Give one answer only."))
    return posted[0] if posted else ""


def lines(text: str) -> str:
    """Return typed text with plain line ends and no blank ends: browsers post carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


Kind = TypeVar("Kind", bound=type[AnswerField])

FIELDS: dict[str, type[AnswerField]] = {}
"""Every field class by the kind of item that it asks."""


def register(kind: Kind) -> Kind:
    """Make a class the form's side of the item kind that its ``kind`` names."""
    FIELDS[kind.kind] = kind
    return kind
