"""The questionnaire format, version 1, as pydantic models. See docs/authoring.md for how to write one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, PrivateAttr

from app.engine.conditions import Condition
from app.engine.items import BaseItem, Item, ScoredItem
from app.engine.items.base import Id, Strict
from app.engine.texts import Text

FORMAT = "overvej-questionnaire/1"
MOST_CRITERIA = 10
"""With more than these, robustness.py could no longer try its grid of weightings in full."""
MOST_ITEMS_IN_CRITERION = 60
MOST_SCORED_ITEMS = 400
MOST_QUESTIONS = 1_000
LONGEST_FILE = 5_000_000
"""Characters in the file. A thousand questions of twenty options, in two languages, have fewer."""
"""Within these limits a file is checked and its answers are explained in the time that a page may take."""

Role = Literal[
    "partner",
    "proposal",
    "goal",
    "period",
    "contact",
    "prepared-by",
    "case-number",
    "decided-by",
    "decide-by",
    "money",
    "hours",
    "funding",
    "running-costs",
    "owner",
    "alternative",
    "disqualification",
]
"""What a field means to the documents, so that they find it whatever the field is called."""


class SubjectField(Strict):
    """A fact about the partner or the proposal, asked before the questions and never scored.

    ``item`` is of any kind that gives no scores.
    """

    item: Item
    required: bool = False
    role: Role | None = None
    group: Text | None = None


class Scale(Strict):
    """Points shared by several items, worst first."""

    points: tuple[Text, ...] = Field(min_length=2, max_length=9)
    scores: tuple[float, ...] | None = None


class Section(Strict):
    """One page of questions. A section asks ``items`` or ``gates``."""

    id: Id
    title: Text
    intro: Text | None = None
    items: tuple[Item, ...] = ()
    gates: tuple[str, ...] = ()

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The ids of everything that the section asks, in order."""
        return (*self.gates, *(item.id for item in self.items))


class Gate(Strict):
    """A condition that must be in order whatever the scores. Its answer is yes, no or unknown."""

    id: Id
    text: Text
    title: Text
    help: Text | None = None
    breach_when: Literal["yes", "no"]
    open_at_most: str
    because: Text
    ask: Text
    basis: str | None = None


class WeightedItem(Strict):
    """An item in a criterion, with its weight among the criterion's items."""

    item: str
    weight: float = Field(1, gt=0, le=1000)


class Aggregate(Strict):
    """How a criterion's items become one score. ``k`` belongs to ``top_mean``."""

    by: Literal["mean", "top_mean", "min"] = "mean"
    k: int | None = Field(None, ge=1)


class Criterion(Strict):
    """What is judged, 0–100. ``pitfall`` is the trap that it guards against.

    ``axis``: where the overview of many proposals counts it: what a proposal is worth, or how ready it is.
    """

    id: Id
    title: Text
    meaning: Text
    pitfall: Text | None = None
    axis: Literal["value", "readiness"] | None = None
    weight: float = Field(gt=0, le=1000)
    aggregate: Aggregate = Aggregate()
    items: tuple[str | WeightedItem, ...] = Field(min_length=1, max_length=MOST_ITEMS_IN_CRITERION)

    @cached_property
    def weighted_items(self) -> tuple[WeightedItem, ...]:
        """The items with their weights (1 where none is written)."""
        return tuple(WeightedItem(item=x) if isinstance(x, str) else x for x in self.items)


class Outcome(Strict):
    """One of the ordered results. ``nickname`` is the short word beside the plain title."""

    id: Id
    title: Text
    nickname: Text | None = None
    meaning: Text
    motion: Text
    next_steps: tuple[Text, ...] = Field(min_length=1)
    letter: Text | None = None


class Boundary(Strict):
    """The line between two neighbouring outcomes."""

    between: tuple[str, str]
    majority: float = Field(ge=0.5, le=1)
    profiles: dict[str, float]
    vetoes: dict[str, float] = Field(default_factory=dict)


class Cap(Strict):
    """A condition that keeps the outcome down: "nothing tried together yet, so at most a date"."""

    id: Id
    at_most: str
    when: Condition
    because: Text


class Advice(Strict):
    """A sentence for those who decide, shown where all of the conditions that it states are met.

    ``criterion`` with ``below``: that criterion has a point under that score. ``when``: that condition holds.
    ``outcomes``: the recommendation is one of these. ``kind`` *condition* makes it a condition of the motion.
    """

    id: Id
    kind: Literal["advice", "condition"] = "advice"
    criterion: str | None = None
    below: float | None = Field(None, gt=0, le=100)
    when: Condition | None = None
    outcomes: tuple[str, ...] = ()
    text: Text


class Questionnaire(Strict):
    """A whole questionnaire. ``enough``: the share of the weight that must be known for an outcome (0–1)."""

    format: Literal["overvej-questionnaire/1"]
    id: Id
    version: str = Field(pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$")
    languages: tuple[str, ...] = Field(min_length=1)
    title: Text
    purpose: Text
    minutes: int = Field(ge=1, le=240)
    enough: float = Field(gt=0, le=1)
    subject: tuple[SubjectField, ...] = Field(min_length=1)
    scales: dict[str, Scale] = Field(default_factory=dict)
    sections: tuple[Section, ...] = Field(min_length=1)
    gates: tuple[Gate, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=MOST_CRITERIA)
    outcomes: tuple[Outcome, ...] = Field(min_length=2)
    boundaries: tuple[Boundary, ...] = Field(min_length=1)
    caps: tuple[Cap, ...] = ()
    advice: tuple[Advice, ...] = ()
    short: tuple[str, ...] = ()

    _digest: str = PrivateAttr("")

    @property
    def digest(self) -> str:
        """SHA-256 of the file's canonical JSON, as the loader found it."""
        return self._digest

    @cached_property
    def items(self) -> Mapping[str, BaseItem]:
        """Every question by id, in the order of the file; subject fields are not among them."""
        return {item.id: item for section in self.sections for item in section.items}

    @cached_property
    def subject_items(self) -> Mapping[str, BaseItem]:
        """Every subject field's item by id."""
        return {field.item.id: field.item for field in self.subject}

    def item_or_field(self, item_id: str) -> BaseItem:
        """Return the question or the subject field of that id. Raises ``KeyError``."""
        return self.items.get(item_id) or self.subject_items[item_id]

    @cached_property
    def scored_items(self) -> Mapping[str, ScoredItem]:
        """Every question whose answers are worth 0 to 100, by id, in the order of the file."""
        return {
            item.id: item for item in self.items.values() if isinstance(item, ScoredItem) and item.has_values
        }

    @cached_property
    def conditional_items(self) -> tuple[BaseItem, ...]:
        """The subject fields and questions that are shown only under a condition, in the order asked."""
        everything = [*self.subject_items.values(), *self.items.values()]
        return tuple(item for item in everything if item.show_if is not None)

    @cached_property
    def total_weight(self) -> float:
        """The sum of all the criteria's weights."""
        return sum(criterion.weight for criterion in self.criteria)

    @cached_property
    def section_of(self) -> Mapping[str, str]:
        """The section that asks each item or gate."""
        return {question: section.id for section in self.sections for question in section.questions}

    @cached_property
    def criterion_of(self) -> Mapping[str, str]:
        """The criterion that each scored item belongs to."""
        return {part.item: c.id for c in self.criteria for part in c.weighted_items}

    @cached_property
    def criteria_by_id(self) -> Mapping[str, Criterion]:
        """Every criterion by id."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def gates_by_id(self) -> Mapping[str, Gate]:
        """Every gate by id."""
        return {gate.id: gate for gate in self.gates}

    @cached_property
    def outcome_ids(self) -> tuple[str, ...]:
        """The outcomes' ids, worst first."""
        return tuple(outcome.id for outcome in self.outcomes)

    def outcome(self, outcome_id: str) -> Outcome:
        """Return the outcome of that id. Raises ``KeyError``."""
        return {outcome.id: outcome for outcome in self.outcomes}[outcome_id]

    def field_with_role(self, role: Role) -> SubjectField | None:
        """Return the subject field that has ``role``, if any."""
        return next((field for field in self.subject if field.role == role), None)
