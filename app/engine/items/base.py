"""What every kind of item can do: read an answer, put it in words, and, where it has values, score it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Annotated, Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.engine.conditions import Condition
from app.engine.faults import Finding
from app.engine.json_positions import Path
from app.engine.texts import LONGEST_TEXT, Text

Value = int | float | str | tuple[str, ...] | dict[str, dict[str, int]]
"""An answer as stored: a point, an option's id, several ids, a number, a text, a date or give-and-get."""

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
LONGEST_ID = 100
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=LONGEST_ID)]
EPSILON = 1e-9

Element = TypeVar("Element")

Side = Literal["library", "partner", "both"]

Balance = Literal["one-sided", "nothing", "give", "get", "even"]
"""How what is given matches what is got: one side is not filled in, both are nothing, one is far more."""


@dataclass(frozen=True, slots=True)
class Table:
    """A small table to fill in: for each row a level in each column.

    ``title``: what it is called under its question. ``rows`` and ``columns``: their texts by id, in order.
    ``levels``: what 0, 1, … mean. The answer is ``{column: {row: level}}``; a cell that is left out is not
    answered.
    """

    title: Text
    rows: Mapping[str, Text]
    columns: Mapping[str, Text]
    levels: Sequence[Text]


class InvalidAnswer(ValueError):
    """An answer that is no answer to its item.

    ``code`` names the message in ``app/engine/messages/``; ``details`` fills it.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class Choose(Protocol):
    """Picks one of several, such as ``random.choice``."""

    def __call__(self, among: Sequence[Element], /) -> Element: ...


class Strict(BaseModel):
    """A part of a definition: no unknown keys, no endless texts, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_max_length=LONGEST_TEXT)


class BaseItem(Strict):
    """One question. What has to do with scores exists on :class:`ScoredItem` alone.

    What a kind needs beyond this it says here: nothing outside this folder asks for kinds by name.
    """

    id: Id
    kind: str
    text: Text
    text_partner: Text | None = None
    help: Text | None = None
    note: Text | None = None
    side: Side = "library"
    ask: Text | None = None
    basis: str | None = None
    show_if: Condition | None = None

    scored: ClassVar[bool] = False
    """Whether answers to items of this kind can be worth 0 to 100."""
    scores_optional: ClassVar[bool] = False
    """Whether the author decides, item by item, if a scored kind gives scores."""
    ordered: ClassVar[bool] = False
    """Whether its options have an order that ``at_least`` and ``at_most`` can speak of."""
    asked_to_decide: ClassVar[bool] = False
    """Whether it is asked for the sake of what depends on it, rather than to be read by somebody."""
    several: ClassVar[bool] = False
    """Whether more than one of its options can be chosen at once."""
    numbered: ClassVar[bool] = False
    """Whether an option is known by its place alone, so that another may take it."""
    beside_answers: ClassVar[Mapping[str, Any]] = {}
    """The kind's own fields that say what answers are worth, or that are said elsewhere, for ``exclude``."""

    @classmethod
    def complete(cls, _written: dict[str, Any], _scales: Mapping[str, Any]) -> Iterator[Finding]:
        """Put into an item, as the file has it, what it takes from the questionnaire's shared scales.

        Yields what is wrong with that, with paths inside the item.
        """
        yield from ()

    @property
    def shared_scale(self) -> str | None:
        """The name of the shared scale that the item's points and scores come from, if they do."""
        return None

    @property
    def has_values(self) -> bool:
        """Whether answers to this very item are worth 0 to 100."""
        return False

    @property
    def gives_scores(self) -> bool:
        """Whether the author gave any of its answers a value."""
        return self.has_values

    def faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the item in itself, with paths inside it."""
        yield from ()

    @abstractmethod
    def parse(self, raw: object) -> Value:
        """Return the answer that ``raw`` (decoded JSON) stands for, in the form in which it is stored.

        Raises :class:`InvalidAnswer`.
        """

    def accept(self, raw: object) -> Value:
        """Return what :meth:`parse` does, of an answer that is given now.

        Raises :class:`InvalidAnswer` also for what was taken once, so that it may be stored, and is no more.
        """
        return self.parse(raw)

    @abstractmethod
    def words(self, value: Value, language: str) -> str:
        """Return the answer as a person would read it."""

    def options(self) -> list[Value]:
        """Return the answers that can be chosen, lowest first; empty where any answer can be given."""
        return []

    def answer_data(self) -> dict[str, Any]:
        """Return what tells which answers can be given, as plain data: nothing of wording, place or worth."""
        exclude = {**dict.fromkeys(ScoredItem.model_fields, True), **self.beside_answers}
        return self.model_dump(mode="json", exclude=exclude)

    def has_chosen(self, value: Value, option: Value) -> bool:
        """Say whether an answer chooses one of the options."""
        return value == option

    def drawn(self, choose: Choose, *, whole: bool = False) -> Value:
        """Return an answer to try things with: any can come out, as ``choose`` picks.

        A ``whole`` one leaves no part of the answer open.
        """
        return choose(self.options())

    def option_words(self, option: Value, language: str) -> str:
        """Return one of ``options`` as a person would read it."""
        return self.words(option, language)

    @property
    def table(self) -> Table | None:
        """What is filled in where the answer is a small table; ``None`` where it is anything else."""
        return None

    def hint(self, language: str) -> str:
        """Return what is printed beside the line for an answer by hand; ``""`` for nothing."""
        return ""

    def from_words(self, written: str) -> Value | None:
        """Return the answer that freely written words are, cut to what fits; ``None`` where they are none."""
        return None

    def keeps(self, value: Value | None, earlier: Value) -> bool:
        """Say whether ``value`` takes nothing away that was written or pieced together in ``earlier``.

        ``None`` for a value that is not known. What is chosen with one tap is never taken away by another.
        """
        return True

    def balance(self, value: Value) -> Balance | None:
        """Say how give and get match; ``None`` where nothing is given or got.

        Where a kind says it, ``table`` has the columns ``give`` and ``get``.
        """
        return None

    def rank(self, value: Value) -> float | None:
        """Return the place of ``value`` in the item's order, or ``None`` where it has none."""
        return None

    def merge(self, values: Sequence[Value]) -> Value | None:
        """Return the one answer of a group that gave ``values`` (at least one), ``None`` where there is none.

        By default the most frequent value; a tie gives none.
        """
        counts = [(values.count(value), value) for value in values]
        top = max(count for count, _ in counts)
        winners = [value for count, value in counts if count == top]
        return winners[0] if all(value == winners[0] for value in winners) else None


class ScoredItem(BaseItem):
    """An item whose answers can be worth 0 (lowest option) to 100 (highest)."""

    changeable: bool = True
    may_be_na: bool = False

    scored: ClassVar[bool] = True
    ordered: ClassVar[bool] = True
    asked_to_decide: ClassVar[bool] = True

    @property
    def has_values(self) -> bool:
        return True

    @abstractmethod
    def score(self, value: Value) -> float | None:
        """Return 0–100 for ``value``; ``None`` where it is too incomplete to have a value yet."""

    @abstractmethod
    def better(self, value: Value) -> Value | None:
        """Return the answer one step better than ``value``, ``None`` from the best."""

    @abstractmethod
    def worse(self, value: Value) -> Value | None:
        """Return the answer one step worse than ``value``, ``None`` from the worst."""

    @abstractmethod
    def possible_scores(self) -> list[float]:
        """Return every score that an answer can have, each once, ascending."""


Kind = TypeVar("Kind", bound=BaseItem)

KINDS: dict[str, type[BaseItem]] = {}
"""Every kind by its name, in the order of their modules."""


def register(kind: type[Kind]) -> type[Kind]:
    """Make a class the kind that its ``kind`` field names. Raises ``ValueError`` for a second one."""
    name = kind.model_fields["kind"].default
    if name in KINDS:
        raise ValueError(f"two item kinds are called {name!r}")
    KINDS[name] = kind
    return kind


def lower_median(values: Sequence[Any]) -> Any:
    """Return the middle of ``values``, the lower of two: no group looks better than half of it."""
    return median_low(values)


def even_scores(count: int) -> list[float]:
    """Return ``count`` evenly spaced scores from 0 to 100."""
    return [100 * index / (count - 1) for index in range(count)]


def score_faults(path: Path, scores: Sequence[float], count: int) -> Iterator[Finding]:
    """Yield what is wrong with the scores of ``count`` options: worst first, they rise from 0 to 100."""
    if len(scores) != count:
        yield Finding(path, "scores_count", {"scores": len(scores), "points": count})
        return
    if scores[0] != 0 or scores[-1] != 100:
        yield Finding(path, "scores_span", {"first": scores[0], "last": scores[-1]})
    for place, (before, after) in enumerate(pairwise(scores), start=1):
        if after < before:
            yield Finding((*path, place), "scores_fall", {"before": before, "after": after})
