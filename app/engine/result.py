"""The result of an assessment: plain data that every page, document and export shows unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from app.engine.items import Value

Status = Literal["settled", "open", "too-little-known"]
GateState = Literal["clear", "open", "breached"]
CapState = Literal["holds", "clear", "undetermined"]


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """A criterion's scores, 0–100. ``point`` is ``None`` while nothing about it is known."""

    point: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BoundaryResult:
    """How the point scores did at one boundary. ``support`` and ``majority``: shares of the weight, 0–1."""

    to: str
    support: float
    majority: float
    passed: bool
    vetoes: list[str]
    reached: list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One answer to change: from the present option to a better (or, in changes down, a worse) one."""

    item: str
    from_: Annotated[Value, Field(alias="from")]
    to: Value


@dataclass(frozen=True, slots=True)
class Fall:
    """One step worse on one answer, and the outcome that it would lead to."""

    item: str
    from_: Annotated[Value, Field(alias="from")]
    to: Value
    outcome: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that blocks the next outcome and is not an answer to improve."""

    kind: Literal["gate", "cap", "unknown"]
    id: str


@dataclass(frozen=True, slots=True)
class QuestionToAsk:
    """Something to ask. ``because`` is the reason for its place in the order."""

    kind: Literal["gate", "item"]
    id: str
    because: Literal["gate", "cap", "veto", "profile", "rest"]
    cap: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion that speaks for the deciding boundary. ``strength`` = weight × margin."""

    criterion: str
    point: float
    profile: float
    strength: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against. ``id``: a gate, a cap or a criterion; ``bar``: what it had to reach."""

    kind: Literal["gate", "veto", "cap", "criterion", "unknown"]
    id: str
    point: float | None = None
    bar: float | None = None
    strength: float = 0


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of one single weight that gives another outcome."""

    criterion: str
    weight: float
    to: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Robustness:
    """The outcome in ``same`` of ``tested`` weightings; ``outcomes`` counts each. Never a probability."""

    same: int
    tested: int
    outcomes: dict[str, int]
    flip: Flip | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was answered: ``asked`` questions with a value, of them ``known``, ``unknown`` and ``na``."""

    asked: int
    known: int
    unknown: int
    na: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that Overvej says about one set of answers. Outcomes are ids, worst first in the file.

    ``outcome`` is ``None`` exactly when ``status`` is ``too-little-known``. ``range``: the pessimistic and
    the optimistic outcome. ``deciding``: the outcome that the deciding boundary leads to. ``changes_up``
    reach ``next_outcome`` once everything in ``blocked_by`` is out of the way. What explains (``questions``
    and all after it) is empty where no explanation was asked for.
    """

    outcome: str | None
    status: Status
    range: tuple[str, str]
    before_limits: str | None
    gates: dict[str, GateState]
    caps: dict[str, CapState]
    criteria: dict[str, CriterionScore]
    boundaries: list[BoundaryResult]
    deciding: str
    coverage: Coverage
    questions: list[QuestionToAsk]
    next_outcome: str | None
    changes_up: list[list[Step]]
    blocked_by: list[Blocker]
    changes_down: list[Fall]
    close_call: Literal["up", "down", "both"] | None
    reasons: list[Reason]
    doubts: list[Doubt]
    advice: list[str]
    conditions: list[str]
    robustness: Robustness | None

    @property
    def in_time(self) -> str | None:
        """The outcome without gates and caps, where they hold the answers back from it; else ``None``."""
        held_back = self.outcome is not None and self.before_limits != self.outcome
        return self.before_limits if held_back else None


_ADAPTER = TypeAdapter(Result)


def to_json(result: Result) -> dict[str, Any]:
    """Return ``result`` as plain JSON data."""
    written: dict[str, Any] = _ADAPTER.dump_python(result, mode="json", by_alias=True)
    return written


def from_json(data: object) -> Result:
    """Return the result that :func:`to_json` wrote."""
    return _ADAPTER.validate_python(data)
