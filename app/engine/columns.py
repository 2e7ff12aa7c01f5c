"""The answers of many sets as arrays, and conditions over them: what ``answers.py`` does for one set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from app.engine.answers import value_passes
from app.engine.conditions import Condition
from app.engine.definition import Questionnaire
from app.engine.items import BaseItem, ScoredItem
from app.engine.items.exchange import MOST, SIDES, ExchangeItem
from app.engine.items.number import NumberItem

UNKNOWN, NOT_APPLICABLE = -1, -2
NO, PERHAPS, YES = 0, 1, 2
"""Three-valued truth (Kleene): "all" is the least, "any" the greatest, "not" what is left to 2."""

Bools = NDArray[np.bool_]
Truths = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Column:
    """What n sets answer to one item: ``given`` as it came, and where that is known or unknown."""

    given: NDArray[Any]
    known: Bools
    unknown: Bools


def column_of(item: BaseItem, given: NDArray[Any], length: int) -> Column:
    """Read one item's answers (see :func:`app.engine.batch.assess_batch`). Raises ``ValueError``."""
    if isinstance(item, ExchangeItem):
        return _exchange_column(item, given, length)
    if given.shape != (length,):
        raise ValueError(f"{item.id!r}: one answer for each set, not an array of shape {given.shape}")
    if isinstance(item, NumberItem):
        return Column(given, ~np.isnan(given), np.isnan(given))
    most = max(len(item.options()) - 1, 0)
    _check(item, given, most)
    return Column(given, given >= 0, given == UNKNOWN)


def _exchange_column(item: ExchangeItem, given: NDArray[Any], length: int) -> Column:
    shape = (length, len(SIDES), len(item.resources))
    if given.shape != shape:
        raise ValueError(f"{item.id!r}: an array of shape {shape}, not {given.shape}")
    _check(item, given, MOST)
    absent = (given == NOT_APPLICABLE).any(axis=(1, 2))
    known = np.all((given >= 0).any(axis=2), axis=1) & ~absent
    return Column(given, known, ~known & ~absent)


def _check(item: BaseItem, given: NDArray[Any], most: int) -> None:
    may_be_na = isinstance(item, ScoredItem) and item.may_be_na
    least = NOT_APPLICABLE if may_be_na else UNKNOWN
    if not np.issubdtype(given.dtype, np.integer) or (given < least).any() or (given > most).any():
        raise ValueError(f"{item.id!r}: whole numbers from {least} to {most}")


class Columns:
    """The answers of n sets to every item and subject field; what nobody answered is unknown.

    Raises ``ValueError`` for an item that the questionnaire does not have, or answers that do not fit.
    """

    def __init__(self, questionnaire: Questionnaire, given: Mapping[str, NDArray[Any]], length: int) -> None:
        asked = {**questionnaire.subject_items, **questionnaire.items}
        for wrong in given.keys() - asked.keys():
            raise ValueError(f"the questionnaire asks no question {wrong!r}")
        self.questionnaire = questionnaire
        self.nothing = Column(
            np.full(length, UNKNOWN), np.zeros(length, dtype=np.bool_), np.ones(length, dtype=np.bool_)
        )
        self._columns = {
            key: column_of(item, np.asarray(given[key]), length) if key in given else self.nothing
            for key, item in asked.items()
        }
        self._hidden: dict[str, Bools] = {}
        self._unsettled: dict[str, Bools] = {}
        for item in questionnaire.conditional_items:
            condition = cast(Condition, item.show_if)
            # Both readings first: neither may see the item that they decide about.
            now, eventually = self.holds(condition, eventually=False), self.holds(condition)
            self._hidden[item.id], self._unsettled[item.id] = now != YES, eventually == PERHAPS

    def __getitem__(self, item_id: str) -> Column:
        return self._columns[item_id]

    def holds(self, condition: Condition, *, eventually: bool = True) -> Truths:
        """Say where a condition holds: as things stand, or as they may come to stand (``eventually``)."""
        if condition.item is not None:
            return self._tested(condition, eventually)
        said = [self.holds(part, eventually=eventually) for part in condition.parts]
        if condition.not_ is not None:
            return YES - said[0]
        joined = np.maximum.reduce(said) if condition.any_ is not None else np.minimum.reduce(said)
        return cast(Truths, joined)

    def _tested(self, test: Condition, eventually: bool) -> Truths:
        item = self.questionnaire.item_or_field(test.item or "")
        column = self._columns[item.id]
        if test.answered is not None:
            said = np.where(column.known == test.answered, YES, NO)
            said = np.where(column.unknown & eventually, PERHAPS, said)
            if_hidden = NO if test.answered else YES
        else:
            said = np.where(self._passes(test, item, column), YES, NO)
            said = np.where(column.unknown, PERHAPS, said)
            if_hidden = NO
        if item.id in self._hidden:
            said = np.where(self._hidden[item.id], if_hidden, said)
            if eventually:
                said = np.where(self._unsettled[item.id], PERHAPS, said)
        return said.astype(np.int8)

    def _passes(self, test: Condition, item: BaseItem, column: Column) -> Bools:
        """Say where a known answer passes one test."""
        if isinstance(item, NumberItem):
            values, places = np.unique(np.where(column.known, column.given, 0), return_inverse=True)
            passes = [value_passes(test, item, value) for value in values.tolist()]
        else:
            passes = [value_passes(test, item, option) for option in item.options()]
            places = np.where(column.known, column.given, 0)
        return np.array(passes)[places] & column.known
