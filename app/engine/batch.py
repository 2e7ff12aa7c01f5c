"""Many sets of answers at once, as arrays: row by row the same as :func:`app.engine.assess.assess`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from app.engine.columns import PERHAPS, YES, Bools, Column, Columns
from app.engine.definition import Boundary, Criterion, Questionnaire
from app.engine.items import ScoredItem
from app.engine.items.base import EPSILON
from app.engine.items.exchange import ExchangeItem

GATE_CLEAR, GATE_OPEN, GATE_BREACHED = 0, 1, 2

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What n sets of answers come to.

    ``outcome``, ``low``, ``high`` and ``before_limits``: numbers of outcomes, 0 for the worst; n long. The
    first and the last are −1 where too little is known. ``points`` (NaN where nothing is known), ``lows`` and
    ``highs``: the criteria's scores, 0–100; n rows, one column a criterion, in the order of the file.
    """

    outcome: Places
    low: Places
    high: Places
    before_limits: Places
    points: Floats
    lows: Floats
    highs: Floats


def assess_batch(
    questionnaire: Questionnaire, items: Mapping[str, NDArray[Any]], gates: Mapping[str, NDArray[Any]]
) -> BatchResult:
    """Score and sort n sets of answers, each array having one row a set.

    ``items``, by the id of an item or a subject field: the place of the chosen option, −1 for unknown, −2 for
    not applicable. An exchange takes n × 2 × resources: give and get, cells 0–3, −1 for a cell not answered,
    −2 in any cell for not applicable. A number takes the number itself, NaN for unknown. What has no options
    takes 0 for answered, −1 for not. ``gates``: 0 clear, 1 open, 2 breached. What is left out is unknown or
    open. Raises ``ValueError`` for arrays that do not fit.
    """
    length = _length([*items.values(), *gates.values()])
    columns = Columns(questionnaire, items, length)
    limits = _Limits(questionnaire, columns, gates, length)
    scores = [_criterion_scores(questionnaire, criterion, columns) for criterion in questionnaire.criteria]
    points, lows, highs = zip(*scores, strict=True)
    reached = _climbed(questionnaire, points)
    enough = _share(questionnaire, [~np.isnan(score) for score in points]) >= questionnaire.enough - EPSILON
    held = limits.cap_ceiling(YES)
    point = np.minimum(reached, np.minimum(held, limits.gate_ceiling()))
    low = np.minimum(_climbed(questionnaire, lows), limits.cap_ceiling(PERHAPS))
    high = np.minimum(_climbed(questionnaire, highs), held)
    return BatchResult(
        outcome=np.where(limits.breached, 0, np.where(enough, point, -1)),
        low=np.where(limits.open | limits.breached, 0, low),
        high=np.where(limits.breached, 0, high),
        before_limits=np.where(enough, reached, -1),
        points=np.stack(points, axis=1),
        lows=np.stack(lows, axis=1),
        highs=np.stack(highs, axis=1),
    )


def _length(arrays: Iterable[NDArray[Any]]) -> int:
    lengths = {len(array) for array in arrays}
    if len(lengths) != 1:
        raise ValueError(f"one length for all arrays, and at least one array; there are {sorted(lengths)}")
    return lengths.pop()


def _criterion_scores(
    questionnaire: Questionnaire, criterion: Criterion, columns: Columns
) -> tuple[Floats, Floats, Floats]:
    """Return a criterion's point, low and high scores."""
    items = [questionnaire.scored_items[part.item] for part in criterion.weighted_items]
    values = np.stack([_values(item, columns[item.id]) for item in items])
    unknown = np.stack([columns[item.id].unknown for item in items])
    return (
        _aggregated(criterion, values),
        _aggregated(criterion, np.where(unknown, 0.0, values)),
        _aggregated(criterion, np.where(unknown, 100.0, values)),
    )


def _values(item: ScoredItem, column: Column) -> Floats:
    """Return what each answer is worth, 0–100; NaN where it is not known."""
    if isinstance(item, ExchangeItem):
        worth = _balances(column.given) if column.given.ndim > 1 else np.zeros(len(column.given))
    else:
        scores = np.array([item.score(option) for option in item.options()], dtype=np.float64)
        worth = scores[np.where(column.known, column.given, 0)]
    return cast(Floats, np.where(column.known, worth, np.nan))


def _balances(cells: NDArray[Any]) -> Floats:
    """Return what each exchange is worth (``exchange.balance``); cells not answered count for nothing."""
    give, get = np.moveaxis(np.maximum(cells, 0).sum(axis=2), 1, 0)
    greater = np.maximum(give, get)
    return cast(Floats, 100 * np.minimum(1.0, 1.5 * np.minimum(give, get) / np.maximum(greater, 1)))


def _aggregated(criterion: Criterion, values: Floats) -> Floats:
    """Return one score a set from one row an item; NaN is left out, a set of nothing else has no score."""
    there = ~np.isnan(values)
    if criterion.aggregate.by == "min":
        lowest = np.where(there, values, np.inf).min(axis=0)
        return cast(Floats, np.where(there.any(axis=0), lowest, np.nan))
    if criterion.aggregate.by == "top_mean":
        # NaN sorts last, so that the strongest of the negated values stand first.
        values = -np.sort(-values, axis=0)[: criterion.aggregate.k]
        there = ~np.isnan(values)
        weights = np.ones(len(values))
    else:
        weights = np.array([part.weight for part in criterion.weighted_items])
    carried = weights @ there
    total = weights @ np.where(there, values, 0.0)
    return cast(Floats, np.divide(total, carried, out=np.full(values.shape[1], np.nan), where=carried > 0))


def _climbed(questionnaire: Questionnaire, scores: Sequence[Floats]) -> Places:
    """Return the outcome that scores alone reach: the first boundary that fails ends the climb."""
    climbing = np.ones(len(scores[0]), dtype=np.bool_)
    outcome = np.zeros(len(scores[0]), dtype=np.intp)
    for boundary in questionnaire.boundaries:
        climbing &= _passed(questionnaire, boundary, scores)
        outcome += climbing
    return outcome


def _passed(questionnaire: Questionnaire, boundary: Boundary, scores: Sequence[Floats]) -> Bools:
    reached, vetoed = [], np.zeros(len(scores[0]), dtype=np.bool_)
    for criterion, score in zip(questionnaire.criteria, scores, strict=True):
        profile, veto = boundary.profiles[criterion.id], boundary.vetoes.get(criterion.id)
        # No comparison with NaN holds: what has no score fires no veto and reaches only a profile of 0.
        reached.append((score >= profile - EPSILON) | (profile <= EPSILON))
        if veto is not None:
            vetoed |= score <= veto + EPSILON
    return ~vetoed & (_share(questionnaire, reached) >= boundary.majority - EPSILON)


def _share(questionnaire: Questionnaire, marked: Sequence[Bools]) -> Floats:
    """Return the share of all weight, 0–1, that the criteria marked in each set carry."""
    carried = np.zeros(len(marked[0]))
    for criterion, where in zip(questionnaire.criteria, marked, strict=True):
        carried += criterion.weight * where
    return carried / questionnaire.total_weight


class _Limits:
    """The gates and caps of every row."""

    def __init__(
        self, questionnaire: Questionnaire, columns: Columns, gates: Mapping[str, NDArray[Any]], length: int
    ) -> None:
        for wrong in gates.keys() - questionnaire.gates_by_id.keys():
            raise ValueError(f"the questionnaire has no gate {wrong!r}")
        self.questionnaire = questionnaire
        self.columns = columns
        self.length = length
        self.gates = {
            gate.id: self._states(gate.id, np.asarray(gates.get(gate.id, np.full(length, GATE_OPEN))))
            for gate in questionnaire.gates
        }
        self.open = self._any_gate(GATE_OPEN)
        self.breached = self._any_gate(GATE_BREACHED)

    def _states(self, gate: str, states: NDArray[Any]) -> NDArray[Any]:
        if (
            states.shape != (self.length,)
            or not np.isin(states, (GATE_CLEAR, GATE_OPEN, GATE_BREACHED)).all()
        ):
            raise ValueError(f"gate {gate!r}: 0, 1 or 2 for each set")
        return states

    def _any_gate(self, state: int) -> Bools:
        found = np.zeros(self.length, dtype=np.bool_)
        for states in self.gates.values():
            found |= states == state
        return found

    def gate_ceiling(self) -> Places:
        """Return the highest outcome that open gates allow."""
        gates = self.questionnaire.gates
        return self._ceiling([(gate.open_at_most, self.gates[gate.id] == GATE_OPEN) for gate in gates])

    def cap_ceiling(self, least: int) -> Places:
        """Return the highest outcome that caps allow which hold (``YES``), or at least may (``PERHAPS``)."""
        caps = self.questionnaire.caps
        return self._ceiling([(cap.at_most, self.columns.holds(cap.when) >= least) for cap in caps])

    def _ceiling(self, limits: Iterable[tuple[str, Bools]]) -> Places:
        ids = self.questionnaire.outcome_ids
        highest = np.full(self.length, len(ids) - 1)
        for at_most, where in limits:
            highest = np.minimum(highest, np.where(where, ids.index(at_most), len(ids)))
        return highest
