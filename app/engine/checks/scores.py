"""Scores of options and points: worst first, from 0 to 100, all or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items.base import score_faults
from app.engine.walking import PlacedItem, questions


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse scores that do not rise from 0 to 100, and items where only some options have one."""
    for name, scale in draft.questionnaire.scales.items():
        if scale.scores is not None:
            yield from score_faults(("scales", name, "scores"), scale.scores, len(scale.points))
    for placed in questions(draft.questionnaire):
        if placed.item.scored:
            yield from own_faults(placed)


def own_faults(placed: PlacedItem) -> Iterator[Finding]:
    """Yield what is wrong with an item in itself."""
    path, item = placed
    for finding in item.faults():
        yield replace(finding, where=(*path, *finding.where))
