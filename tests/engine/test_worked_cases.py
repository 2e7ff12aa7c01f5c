"""Worked cases are run against the questionnaire, and what came out otherwise is told on its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.engine.loading import Loaded, load, load_file
from app.engine.worked_cases import CaseOutcome, run_case, run_cases
from tests.definitions import line_of, minimal_definition, written
from tests.engine.test_loading_answers import GOOD
from tests.strategies import text

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
BEST = {
    **GOOD,
    "answers": {
        "need": 4,
        "owner": 2,
        "prior": "o2",
        "both": {"give": {"money": 1}, "get": {"money": 1}},
        "once": "no",
    },
}
EXPECTED = {
    "outcome": "engagement",
    "range": ["engagement", "engagement"],
    "before_limits": "engagement",
    "gates": {"law": "clear"},
    "caps": {"new": "clear"},
}


@pytest.fixture
def loaded() -> Loaded:
    return load(written(minimal_definition()))


def case_of(**changes: Any) -> dict[str, Any]:
    return {"title": text("case"), "file": BEST, "expect": EXPECTED, "facts": {"need": "Seen."}, **changes}


def ran(loaded: Loaded, folder: Path, case: dict[str, Any]) -> CaseOutcome:
    file = folder / "case.json"
    file.write_text(written(case), encoding="utf-8")
    return run_case(loaded.questionnaire, file)


def test_a_case_that_comes_out_as_expected_passes(loaded: Loaded, tmp_path: Path) -> None:
    outcome = ran(loaded, tmp_path, case_of())
    assert outcome.passed
    assert outcome.title == text("case")
    assert outcome.result is not None
    assert outcome.result.outcome == "engagement"


def test_what_is_not_expected_may_be_anything(loaded: Loaded, tmp_path: Path) -> None:
    assert ran(loaded, tmp_path, case_of(expect={"outcome": "engagement"})).passed


@pytest.mark.parametrize(
    ("key", "value", "where", "said"),
    [
        ("outcome", "date", "expect.outcome", "Expected date, got engagement."),
        ("outcome", None, "expect.outcome", "Expected too little known, got engagement."),
        (
            "range",
            ["date", "engagement"],
            "expect.range",
            "Expected the range date, engagement, got engagement, engagement.",
        ),
        (
            "before_limits",
            "date",
            "expect.before_limits",
            "Expected date without gates and caps, got engagement.",
        ),
        ("gates", {"law": "open"}, "expect.gates.law", "Expected the gate “law” to be open, it is clear."),
        ("caps", {"new": "holds"}, "expect.caps.new", "Expected the cap “new” to be holds, it is clear."),
        (
            "conditions",
            ["ask-more"],
            "expect.conditions.0",
            "Expected the condition “ask-more”; the conditions are: (none).",
        ),
    ],
)
def test_what_came_out_otherwise_is_told_on_its_line(
    loaded: Loaded, tmp_path: Path, *, key: str, value: Any, where: str, said: str
) -> None:
    case = case_of(expect={**EXPECTED, key: value})
    (fault,) = ran(loaded, tmp_path, case).faults
    assert fault.line_for("en") == f"{tmp_path / 'case.json'}:{line_of(case, where)}:{fault.column}: {said}"
    assert fault.message("da") != said


def test_a_difference_is_told_in_danish(loaded: Loaded, tmp_path: Path) -> None:
    (fault,) = ran(loaded, tmp_path, case_of(expect={"outcome": "date"})).faults
    assert fault.message("da") == "Forventede date, fik engagement."


def test_a_case_that_is_misspelt_is_told_all_at_once(loaded: Loaded, tmp_path: Path) -> None:
    expect = {"outcome": "dat", "gates": {"lov": "clear"}, "caps": {"x": "holds"}, "conditions": ["y"]}
    case = case_of(expect=expect, facts={"nead": "Seen."}, file={**BEST, "answers": {"need": 9}})
    wrong = {
        "expect.outcome": "no_such_outcome",
        "expect.gates.lov": "no_such_gate",
        "expect.caps.x": "no_such_cap",
        "expect.conditions.0": "no_such_advice",
        "facts.nead": "no_such_item",
        "file.answers.need": "answer_not_a_point",
    }
    told = {(fault.code, fault.line) for fault in ran(loaded, tmp_path, case).faults}
    assert told == {(code, line_of(case, where)) for where, code in wrong.items()}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expects": {}}, "extra_forbidden"),
        ({"expect": {}}, "missing"),
        ({"expect": {"outcome": "date", "gates": {"law": "closed"}}}, "literal_error"),
        ({"file": []}, "dict_type"),
        ({"facts": {"need": 3}}, "string_type"),
    ],
)
def test_a_case_of_another_shape_is_refused(
    loaded: Loaded, tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    outcome = ran(loaded, tmp_path, case_of(**changes))
    assert [fault.code for fault in outcome.faults] == [code]
    assert outcome.faults[0].message("da") != outcome.faults[0].message("en")


def test_every_suite_of_the_questionnaire_is_run_and_no_other(loaded: Loaded, tmp_path: Path) -> None:
    for name in ("small/stated/a", "small/stated/b", "small/inferred/c", "other/stated/d"):
        file = tmp_path / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(case_of()), encoding="utf-8")
    (tmp_path / "small" / "stated" / "b.json").write_text("{", encoding="utf-8")
    outcomes = run_cases(loaded, tmp_path)
    assert [(case.suite, Path(case.file).stem, case.passed) for case in outcomes] == [
        ("inferred", "c", True),
        ("stated", "a", True),
        ("stated", "b", False),
    ]


def test_a_questionnaire_without_cases_has_none(loaded: Loaded, tmp_path: Path) -> None:
    assert run_cases(loaded, tmp_path / "nowhere") == []


def test_the_shipped_questionnaire_comes_out_as_its_cases_say() -> None:
    outcomes = run_cases(load_file(QUESTIONNAIRES / "new-partner.json"), QUESTIONNAIRES / "cases")
    assert {case.suite for case in outcomes} == {"stated", "inferred"}
    assert [fault.line_for("en") for case in outcomes for fault in case.faults] == []
