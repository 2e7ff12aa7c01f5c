"""What a questionnaire must not be, and what its author may want to know: a module for each part of it.

A check takes a :class:`~app.engine.draft.Draft` and yields findings with paths in its questionnaire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from app.engine.checks import (
    advice,
    boundaries,
    conditions,
    criteria,
    gates,
    limits,
    matters,
    minutes,
    names,
    reachable,
    scores,
    subject,
    texts,
)
from app.engine.draft import Draft
from app.engine.faults import MOST_FAULTS, Finding

Check = Callable[[Draft], Iterator[Finding]]

FOUNDATIONS: tuple[Check, ...] = (names.check, scores.check, criteria.check, boundaries.check)
"""What the sorting itself rests on; only where these are in order can it be asked what answers can reach."""

PARTS: tuple[Check, ...] = (texts.check, conditions.check, gates.check, subject.check, advice.check)

WARNINGS: tuple[Check, ...] = (
    texts.advise,
    boundaries.advise,
    criteria.advise,
    gates.advise,
    matters.advise,
    minutes.advise,
)


def refusals(draft: Draft) -> list[Finding]:
    """Return everything that the questionnaire is refused for; of one that is too large, only that.

    No check reports more than ``MOST_FAULTS``.
    """
    too_many = list(limits.check(draft))
    if too_many:
        return too_many
    founding = [finding for check in FOUNDATIONS for finding in islice(check(draft), MOST_FAULTS)]
    rest = [finding for check in PARTS for finding in islice(check(draft), MOST_FAULTS)]
    unreachable = list(reachable.check(draft)) if draft.whole and not founding else []
    return [*founding, *rest, *unreachable]


def warnings(draft: Draft) -> list[Finding]:
    """Return what may be worth another look in a questionnaire that nothing is wrong with."""
    return [finding for check in WARNINGS for finding in check(draft)]
