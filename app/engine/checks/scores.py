"""Scores of options and points: worst first, from 0 to 100, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.items.choice import ChoiceItem
from app.engine.items.scale import ScaleItem
from app.engine.json_positions import Path
from app.engine.walking import questions

LEAST_POINTS = 2


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse scores that do not rise from 0 to 100, and items of which only some options have one."""
    for name, scale in draft.questionnaire.scales.items():
        if scale.scores is not None:
            yield from _wrong_scores(("scales", name, "scores"), scale.scores, len(scale.points))
    for path, item in questions(draft.questionnaire):
        if isinstance(item, ScaleItem) and item.scale is None and item.points:
            yield from _wrong_points(path, item)
        elif isinstance(item, ChoiceItem):
            yield from _wrong_choice((*path, "options"), item)


def _wrong_points(path: Path, item: ScaleItem) -> Iterator[Finding]:
    if len(item.points) < LEAST_POINTS:
        yield Finding((*path, "points"), "too_few_points", {"id": item.id, "least": LEAST_POINTS})
    elif item.scores is not None:
        yield from _wrong_scores((*path, "scores"), item.scores, len(item.points))


def _wrong_choice(path: Path, item: ChoiceItem) -> Iterator[Finding]:
    without = [option.id for option in item.choices if option.score is None]
    if not without:
        yield from _wrong_scores(path, [option.score or 0.0 for option in item.choices], len(item.choices))
    elif len(without) < len(item.choices):
        yield Finding(path, "some_options_scored", {"id": item.id, "without": without})


def _wrong_scores(path: Path, scores: Sequence[float], count: int) -> Iterator[Finding]:
    if len(scores) != count:
        yield Finding(path, "scores_count", {"scores": len(scores), "points": count})
        return
    if scores[0] != 0 or scores[-1] != 100:
        yield Finding(path, "scores_span", {"first": scores[0], "last": scores[-1]})
    for place, (before, after) in enumerate(pairwise(scores), start=1):
        if after < before:
            yield Finding((*path, place), "scores_fall", {"before": before, "after": after})
