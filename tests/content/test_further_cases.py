"""Proposals that were not used to set the parameters come out as a sensible library leader would say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.engine import answers as answering
from app.engine.assess import assess
from app.engine.loading import load_file
from tests.content.further_cases import CASES, FurtherCase

NEW_PARTNER = load_file(Path(__file__).parents[2] / "questionnaires" / "new-partner.json").questionnaire


def answers_file(case: FurtherCase) -> dict[str, Any]:
    return {
        "format": answering.FORMAT,
        "questionnaire": NEW_PARTNER.id,
        "version": NEW_PARTNER.version,
        "subject": {"partner": case.name},
        "answers": case.answers,
        "gates": {gate: case.gates.get(gate, "yes") for gate in NEW_PARTNER.gates_by_id},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sensible_leader_would_say_so_too(case: FurtherCase) -> None:
    result = assess(NEW_PARTNER, answering.from_json(answers_file(case), NEW_PARTNER))
    assert result.outcome == case.outcome
    if case.before_limits is not None:
        assert result.before_limits == case.before_limits


def test_the_cases_cover_every_outcome_and_too_little_known() -> None:
    assert {case.outcome for case in CASES} == {*NEW_PARTNER.outcome_ids, None}
