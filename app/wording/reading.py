"""What is read: a result with its questionnaire and answers, put into one language.

Pages and documents show a :class:`Reading` and know no rules. It is plain data, so that it can be handed to
the process that prints. Scores and percentages are whole numbers, rounded down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from app.engine.result import CapState, GateState, Status

Rung = Literal["now", "later", "possible", ""]


@dataclass(frozen=True)
class OutcomeWords:
    """An outcome. ``rank`` of ``highest`` (0 is the worst) draws its mark."""

    id: str
    title: str
    nickname: str
    meaning: str
    motion: str
    next_steps: list[str]
    letter: str
    rank: int
    highest: int


@dataclass(frozen=True)
class FactWords:
    """One field about the partner or the proposal. ``value`` is ``""`` where nothing was written."""

    id: str
    role: str
    group: str
    label: str
    value: str


@dataclass(frozen=True)
class BarWords:
    """One criterion at one boundary: what it should reach (``profile``) and must be above (``veto``)."""

    to: str
    title: str
    profile: int
    veto: int | None
    reached: bool
    vetoed: bool

    @property
    def place(self) -> int:
        """Where its mark, one wide, stands on a line of 100; at the end it is moved in, to be seen."""
        return min(self.profile, 99)


@dataclass(frozen=True)
class CriterionWords:
    """One criterion. ``point`` is ``None`` while nothing is known.

    ``judged_kind``: ``met`` | ``short`` | ``vetoed`` | ``unknown`` at the deciding boundary; ``judged`` says
    it in words.
    """

    id: str
    title: str
    meaning: str
    pitfall: str
    weight: str
    share: int
    point: int | None
    low: int
    high: int
    bars: list[BarWords]
    judged_kind: Literal["met", "short", "vetoed", "unknown"]
    judged: str
    advice: list[str]

    @property
    def unsure(self) -> int:
        """How far what is not known can move it."""
        return self.high - self.low


@dataclass(frozen=True)
class BoundaryWords:
    """One boundary: support and majority in percent, and the sentence that says what came of it."""

    to: str
    title: str
    support: int
    majority: int
    passed: bool
    sentence: str


@dataclass(frozen=True)
class GateWords:
    """Something that must be in place. ``sentence`` is empty for a gate that is clear."""

    id: str
    title: str
    text: str
    state: GateState
    state_words: str
    answer: str
    note: str
    ask: str
    sentence: str


@dataclass(frozen=True)
class CapWords:
    """Something that keeps the outcome down."""

    id: str
    state: CapState
    sentence: str


@dataclass(frozen=True)
class PointWords:
    """A reason for, or a doubt: what it is about, and a sentence. ``remedy``: what can be done about it."""

    kind: str
    id: str
    title: str
    sentence: str
    remedy: str = ""


@dataclass(frozen=True)
class QuestionWords:
    """A question for the meeting. ``why`` says how it can move the outcome; empty unless it ``decides``.

    ``section`` is ``""`` for a field about the partner or the proposal, which a cap may ask about.
    """

    kind: Literal["gate", "item"]
    id: str
    section: str
    ask: str
    text: str
    why: str
    decides: bool


@dataclass(frozen=True)
class StepWords:
    """One answer to change: the question, the present answer, and the one that it would take."""

    item: str
    section: str
    text: str
    now: str
    then: str


@dataclass(frozen=True)
class ChangeWords:
    """Steps that together lead to ``outcome``, and one sentence that says so."""

    steps: list[StepWords]
    outcome: str
    sentence: str


@dataclass(frozen=True)
class ResourceWords:
    """One kind of resource, 0–3 each way; ``None`` where it was not answered."""

    label: str
    give: int | None
    get: int | None
    give_words: str
    get_words: str


@dataclass(frozen=True)
class ExchangeWords:
    """Give and get: the rows, both totals, and one sentence on the balance."""

    item: str
    text: str
    give: str
    get: str
    rows: list[ResourceWords]
    give_total: int
    get_total: int
    most: int
    sentence: str


@dataclass(frozen=True)
class CountWords:
    """How many weightings gave an outcome."""

    title: str
    count: int


@dataclass(frozen=True)
class RobustnessWords:
    """How firm the outcome is: one sentence, what would flip it, and the counts behind."""

    sentence: str
    flip: str
    same: int
    tested: int
    counts: list[CountWords]


@dataclass(frozen=True)
class AnswerWords:
    """One answer as it is read. ``state``: ``known`` | ``unknown`` | ``na`` | ``unanswered``.

    ``code`` is the number that the printed form gives the question ("2.3"). ``kind``: the item's or ``gate``.
    """

    id: str
    kind: str
    code: str
    side: str
    criterion: str
    text: str
    answer: str
    state: Literal["known", "unknown", "na", "unanswered"]
    note: str


@dataclass(frozen=True)
class SectionWords:
    """One section's answers, in the order of the questionnaire; hidden questions are left out."""

    id: str
    title: str
    answers: list[AnswerWords]


@dataclass(frozen=True)
class Reading:
    """Everything that a page or a document says about one assessment, in ``language``.

    ``headline`` is the outcome's title, or what is said where too little is known. ``in_time``: the outcome
    that the scores point at, where a gate or a cap keeps the recommendation lower.
    """

    language: str
    questionnaire: str
    title: str
    version: str
    digest: str
    date: str
    partner: str
    proposal: str
    subject: list[FactWords]
    status: Status
    headline: str
    meaning: str
    motion: str
    next_steps: list[str]
    letter: str
    outcome: OutcomeWords | None
    low: OutcomeWords
    high: OutcomeWords
    in_time: OutcomeWords | None
    outcomes: list[OutcomeWords]
    why: list[str]
    range_sentence: str
    coverage: str
    rests_on: str
    criteria: list[CriterionWords]
    judged_by: str
    boundaries: list[BoundaryWords]
    gates: list[GateWords]
    caps: list[CapWords]
    reasons: list[PointWords]
    doubts: list[PointWords]
    conditions: list[str]
    advice: list[str]
    questions: list[QuestionWords]
    changes_up: list[ChangeWords]
    blocked_by: list[str]
    changes_down: list[ChangeWords]
    close_call: str
    exchanges: list[ExchangeWords]
    robustness: RobustnessWords | None
    sections: list[SectionWords]
    rules: list[str]

    def fact(self, role: str) -> str:
        """Return what was written in the field with ``role``, ``""`` where there is none."""
        return next((fact.value for fact in self.subject if fact.role == role), "")

    @property
    def ladder(self) -> list[tuple[OutcomeWords, Rung]]:
        """Every outcome, and whether it is recommended now, in time, is possible, or none of it (``""``)."""
        return [(outcome, self._rung(outcome)) for outcome in self.outcomes]

    @property
    def deciding_questions(self) -> list[QuestionWords]:
        """The questions whose answers can move the outcome."""
        return [question for question in self.questions if question.decides]

    @property
    def other_questions(self) -> list[QuestionWords]:
        """The questions whose answers cannot."""
        return [question for question in self.questions if not question.decides]

    def _rung(self, outcome: OutcomeWords) -> Rung:
        if self.outcome and outcome.id == self.outcome.id:
            return "now"
        if self.in_time and outcome.id == self.in_time.id:
            return "later"
        return "possible" if self.low.rank <= outcome.rank <= self.high.rank else ""


_ADAPTER = TypeAdapter(Reading)


def to_json(reading: Reading) -> dict[str, Any]:
    """Return ``reading`` as plain JSON data."""
    written: dict[str, Any] = _ADAPTER.dump_python(reading, mode="json")
    return written


def from_json(data: object) -> Reading:
    """Return the reading that :func:`to_json` wrote."""
    return _ADAPTER.validate_python(data)
