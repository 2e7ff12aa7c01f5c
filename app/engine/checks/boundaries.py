"""Boundaries: one between any two neighbouring outcomes, with profiles that rise and vetoes under them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from app.engine.definition import Boundary
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.json_positions import Path


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse boundaries that leave a gap, are in the wrong order, or ask less of a better outcome."""
    boundaries = draft.questionnaire.boundaries
    if draft.whole:
        yield from _wrong_order(draft)
    for i, boundary in enumerate(boundaries):
        yield from _wrong_figures(draft, boundary, ("boundaries", i))
    for i, (lower, upper) in enumerate(pairwise(boundaries), start=1):
        for name, profile in upper.profiles.items():
            if profile < lower.profiles.get(name, profile):
                yield Finding(
                    ("boundaries", i, "profiles", name),
                    "profile_falls",
                    {"criterion": name, "profile": profile, "lower": lower.profiles[name]},
                    other=("boundaries", i - 1, "profiles", name),
                )


def _wrong_order(draft: Draft) -> Iterator[Finding]:
    ids = draft.questionnaire.outcome_ids
    wanted = list(pairwise(ids))
    first: dict[tuple[str, str], Path] = {}
    for i, boundary in enumerate(draft.questionnaire.boundaries):
        pair, path = boundary.between, ("boundaries", i, "between")
        if pair in first:
            yield Finding(path, "boundary_twice", {"lower": pair[0], "upper": pair[1]}, other=first[pair])
        elif pair in wanted and wanted[i : i + 1] != [pair]:
            yield Finding(
                path, "boundary_out_of_order", {"lower": pair[0], "upper": pair[1], "pairs": _written(wanted)}
            )
        elif pair not in wanted and set(pair) <= set(ids):
            yield Finding(
                path,
                "boundary_not_neighbours",
                {"lower": pair[0], "upper": pair[1], "pairs": _written(wanted)},
            )
        first.setdefault(pair, path)
    for pair in wanted:
        if pair not in first:
            yield Finding(("boundaries",), "boundary_missing", {"lower": pair[0], "upper": pair[1]})


def _written(pairs: list[tuple[str, str]]) -> list[str]:
    return [f'["{lower}", "{upper}"]' for lower, upper in pairs]


def _wrong_figures(draft: Draft, boundary: Boundary, path: Path) -> Iterator[Finding]:
    for name in draft.names.criteria:
        if name not in boundary.profiles:
            yield Finding((*path, "profiles"), "profile_missing", {"criterion": name})
    for key, code in (("profiles", "profile_out_of_range"), ("vetoes", "veto_out_of_range")):
        for name, figure in getattr(boundary, key).items():
            if not 0 <= figure <= 100:
                yield Finding((*path, key, name), code, {"criterion": name, "written": figure})
    for name, veto in boundary.vetoes.items():
        profile = boundary.profiles.get(name)
        if profile is not None and veto >= profile:
            yield Finding(
                (*path, "vetoes", name),
                "veto_not_under_profile",
                {"criterion": name, "veto": veto, "profile": profile},
            )


def advise(draft: Draft) -> Iterator[Finding]:
    """Point at vetoes under those of an earlier boundary: whoever gets that far is above them already.

    They are no fault: the climb stops at the first boundary that fails, so no better answer is punished.
    """
    highest: dict[str, float] = {}
    for i, boundary in enumerate(draft.questionnaire.boundaries):
        for name, veto in boundary.vetoes.items():
            if veto < highest.get(name, 0):
                yield Finding(
                    ("boundaries", i, "vetoes", name),
                    "veto_without_effect",
                    {"criterion": name, "veto": veto, "lower": highest[name]},
                )
            highest[name] = max(veto, highest.get(name, 0))
