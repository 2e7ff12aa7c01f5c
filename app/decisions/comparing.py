"""Recommendations beside what came of them: counted, and never more than that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.orm import aliased

from app.assessments.models import Assessment
from app.decisions.models import WENT, Decision, FollowUp
from app.decisions.reading import kept
from app.decisions.words import outcome_words
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.platform.database import db
from app.platform.i18n import language

ENOUGH = 10
"""With fewer cases no percentage is given: one more would move it too far."""

NOT_ASKED = ""
"""How it went with a decision that was not followed up yet."""


@dataclass(frozen=True)
class Kind:
    """Decisions that came about alike, and how many they are. Outcomes are ids.

    ``recommended`` is ``""`` where too little was known; ``went``: one of ``WENT``, or ``NOT_ASKED``.
    """

    recommended: str
    proposed: str
    decided: str
    went: str
    count: int


@dataclass(frozen=True)
class Row:
    """A row of a table: its title, its counts in the table's order, and their sum."""

    title: str
    counts: list[int]
    total: int


@dataclass(frozen=True)
class Share:
    """How many of how many. ``percent`` is ``None`` where they are too few, and rounded down."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """The share in percent."""
        return self.count * 100 // self.of if self.of >= ENOUGH else None


@dataclass(frozen=True)
class Comparison:
    """What came of one questionnaire's recommendations. ``outcomes``: ids and titles, the worst first."""

    title: str
    outcomes: Sequence[tuple[str, str]]
    unknown: str
    kinds: Sequence[Kind]

    @cached_property
    def total(self) -> int:
        """How many decisions there are."""
        return sum(kind.count for kind in self.kinds)

    @property
    def is_small(self) -> bool:
        """Whether they are too few for percentages."""
        return self.total < ENOUGH

    @property
    def columns(self) -> list[str]:
        """The titles of what can be decided."""
        return [title for _, title in self.outcomes]

    @property
    def by_recommendation(self) -> list[Row]:
        """For each recommendation, how often each outcome was decided; last where too little was known."""
        rows = [*self.outcomes, ("", self.unknown)]
        counted = _counted((kind.recommended, kind.decided, kind.count) for kind in self.kinds)
        return [_row(title, [counted[id_, decided] for decided, _ in self.outcomes]) for id_, title in rows]

    @property
    def by_went(self) -> list[Row]:
        """For each decided outcome, how often it went in each of ``WENT``, and last the ones not asked."""
        counted = _counted((kind.decided, kind.went, kind.count) for kind in self.kinds)
        went = (*WENT, NOT_ASKED)
        return [_row(title, [counted[id_, each] for each in went]) for id_, title in self.outcomes]

    @property
    def motions_apart(self) -> Share:
        """How often the motion was not what Overvej recommended."""
        return self._share(lambda kind: kind.proposed != kind.recommended)

    @property
    def decisions_apart(self) -> Share:
        """How often leadership decided something else than the motion."""
        return self._share(lambda kind: kind.decided != kind.proposed)

    @property
    def asked(self) -> Share:
        """How many were followed up."""
        return self._share(lambda kind: kind.went != NOT_ASKED)

    def _share(self, counts: Callable[[Kind], bool]) -> Share:
        return Share(sum(kind.count for kind in self.kinds if counts(kind)), self.total)


def comparisons() -> list[Comparison]:
    """Return what came of the recommendations, each questionnaire by itself; two queries in all."""
    kinds: dict[str, list[Kind]] = {}
    for name, *parts in db.session.execute(_counted_kinds()):
        kinds.setdefault(name, []).append(Kind(*parts))
    newest = _newest(kinds) if kinds else {}
    return [_comparison(newest[name], kinds[name]) for name in sorted(kinds)]


def _counted_kinds() -> Select[Any]:
    newest = select(func.max(FollowUp.id)).where(FollowUp.decision_id == Decision.id).scalar_subquery()
    last = aliased(FollowUp)
    columns: tuple[Any, ...] = (
        Definition.questionnaire,
        Decision.recommended,
        Decision.proposed,
        Decision.outcome,
        func.coalesce(last.went, literal_column("''")),  # a parameter could not be grouped by
    )
    return (
        select(*columns, func.count())
        .select_from(Decision)
        .join(Assessment, Assessment.id == Decision.assessment_id)
        .join(Definition, Definition.id == Assessment.definition_id)
        .outerjoin(last, last.id == newest)
        .where(*kept(Decision.assessment_id), Decision.verdict != "postponed")
        .group_by(*columns)
        .order_by(*columns)
    )


def _newest(names: Iterable[str]) -> dict[str, Questionnaire]:
    """Return the newest definition of each questionnaire that is used here."""
    ids = select(func.max(Definition.id)).where(Definition.questionnaire.in_(list(names)))
    rows = db.session.execute(
        select(Definition.questionnaire, Definition.digest).where(
            Definition.id.in_(ids.group_by(Definition.questionnaire))
        )
    )
    return {name: questionnaire_with(digest) for name, digest in rows}


def _comparison(questionnaire: Questionnaire, kinds: Sequence[Kind]) -> Comparison:
    """Return the comparison under the newest version's titles; what only an older one had comes last."""
    used = {outcome for kind in kinds for outcome in (kind.recommended, kind.decided) if outcome}
    ids = [*questionnaire.outcome_ids, *sorted(used - set(questionnaire.outcome_ids))]
    return Comparison(
        title=say(questionnaire.title, language()),
        outcomes=[(id_, outcome_words(questionnaire, id_)) for id_ in ids],
        unknown=outcome_words(questionnaire, ""),
        kinds=kinds,
    )


def _counted(found: Iterable[tuple[str, str, int]]) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for row, column, count in found:
        counted[row, column] += count
    return counted


def _row(title: str, counts: list[int]) -> Row:
    return Row(title, counts, sum(counts))
