"""Worked cases: answers with the outcome that they should come to, the author's test bench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import Field, ValidationError

from app.engine import answers as answering
from app.engine.answers import Answers, InvalidAnswers
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.faults import Fault, Finding, LoadingFailed, located, repeated_keys
from app.engine.items.base import Strict
from app.engine.json_positions import Path
from app.engine.json_text import decode, read_text
from app.engine.loading import Loaded
from app.engine.result import CapState, GateState, Result
from app.engine.shapes import shape_findings
from app.engine.texts import Text


class Expectation(Strict):
    """What a case should come to; what is left out may be anything.

    ``outcome`` and ``before_limits`` are ``null`` where too little is known. ``conditions``: advice that must
    be among the result's conditions.
    """

    outcome: str | None
    range: tuple[str, str] | None = None
    before_limits: str | None = None
    gates: dict[str, GateState] = Field(default_factory=dict)
    caps: dict[str, CapState] = Field(default_factory=dict)
    conditions: tuple[str, ...] = ()


class WorkedCase(Strict):
    """One case: its answers file and, for each answer, the fact that it rests on."""

    title: Text
    file: dict[str, Any]
    expect: Expectation
    facts: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How one case came out. ``faults``: what is wrong with its file, or where the result was another."""

    suite: str
    file: str
    title: Text = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    result: Result | None = None

    @property
    def passed(self) -> bool:
        """Whether the case came out as it should."""
        return not self.faults


def run_cases(loaded: Loaded, folder: FilePath) -> list[CaseOutcome]:
    """Run every worked case of a questionnaire: ``<folder>/<questionnaire>/<suite>/*.json``."""
    files = sorted((folder / loaded.questionnaire.id).glob("*/*.json"))
    return [run_case(loaded.questionnaire, path) for path in files]


def run_case(questionnaire: Questionnaire, path: FilePath) -> CaseOutcome:
    """Run one worked case and say where it differs from what it expects."""
    suite, name = path.parent.name, str(path)
    try:
        text = read_text(path)
        case, answers = read_case(questionnaire, text, name)
    except LoadingFailed as failed:
        return CaseOutcome(suite, name, faults=failed.faults)
    result = assess(questionnaire, answers)
    differences = located(_differences(case.expect, result), text, name)
    return CaseOutcome(suite, name, case.title, differences, result)


def read_case(questionnaire: Questionnaire, text: str, name: str) -> tuple[WorkedCase, Answers]:
    """Read the worked case that ``text`` is, and its answers. Raises :class:`LoadingFailed`."""
    decoded = decode(text, name)
    repeated = repeated_keys(text, name) if decoded.repeats_keys else []
    found: list[Finding] = []
    try:
        case = WorkedCase.model_validate_json(decoded.canonical, strict=True)
        found += _dangling(questionnaire, case)
        answers = answering.from_json(case.file, questionnaire)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        found += [finding for finding, _ in shape_findings(errors, decoded.data, WorkedCase)]
    except InvalidAnswers as invalid:
        found += [Finding(("file", *fault.where), fault.code, fault.details) for fault in invalid.faults]
    if repeated or found:
        raise LoadingFailed([*repeated, *located(found, text, name)])
    return case, answers


def _dangling(questionnaire: Questionnaire, case: WorkedCase) -> Iterator[Finding]:
    """Yield a finding for everything that the case names and the questionnaire lacks."""
    expect = case.expect
    outcomes: list[tuple[Path, str | None]] = [
        (("expect", "outcome"), expect.outcome),
        (("expect", "before_limits"), expect.before_limits),
        *((("expect", "range", i), end) for i, end in enumerate(expect.range or ())),
    ]
    conditions: list[tuple[Path, str | None]] = [
        (("expect", "conditions", i), name) for i, name in enumerate(expect.conditions)
    ]
    yield from _unknown(outcomes, questionnaire.outcome_ids, "no_such_outcome")
    yield from _unknown(_keys(("expect", "gates"), expect.gates), questionnaire.gates_by_id, "no_such_gate")
    yield from _unknown(
        _keys(("expect", "caps"), expect.caps), [cap.id for cap in questionnaire.caps], "no_such_cap"
    )
    yield from _unknown(conditions, [advice.id for advice in questionnaire.advice], "no_such_advice")
    asked = [*questionnaire.subject_items, *questionnaire.items, *questionnaire.gates_by_id]
    yield from _unknown(_keys(("facts",), case.facts), asked, "no_such_item")


def _keys(path: Path, names: Iterable[str]) -> list[tuple[Path, str | None]]:
    return [((*path, name), name) for name in names]


def _unknown(named: Iterable[tuple[Path, str | None]], known: Iterable[str], code: str) -> Iterator[Finding]:
    known = list(known)
    for path, name in named:
        if name is not None and name not in known:
            yield Finding(path, code, {"given": name, "known": known})


def _differences(expect: Expectation, result: Result) -> Iterator[Finding]:
    for key, code in (("outcome", "case_outcome"), ("before_limits", "case_before_limits")):
        expected, got = getattr(expect, key), getattr(result, key)
        if key in expect.model_fields_set and expected != got:
            yield Finding(("expect", key), code, {"expected": expected, "got": got})
    if expect.range not in (None, result.range):
        yield Finding(("expect", "range"), "case_range", {"expected": expect.range, "got": result.range})
    yield from _state_differences("gates", "case_gate", expect.gates, result.gates)
    yield from _state_differences("caps", "case_cap", expect.caps, result.caps)
    for place, name in enumerate(expect.conditions):
        if name not in result.conditions:
            where = ("expect", "conditions", place)
            yield Finding(where, "case_condition", {"id": name, "got": result.conditions})


def _state_differences(
    key: str, code: str, expected: dict[str, Any], got: dict[str, Any]
) -> Iterator[Finding]:
    for name, state in expected.items():
        if got[name] != state:
            yield Finding(("expect", key, name), code, {"id": name, "expected": state, "got": got[name]})
