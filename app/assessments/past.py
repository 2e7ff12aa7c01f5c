"""What an assessment said at an earlier time, found by undoing what came after. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.assessments.models import Assessment, AssessmentChange
from app.engine.definition import Questionnaire
from app.platform.database import db

Flat = dict[str, Any]
"""Everything that was answered, by question, as an answers file writes it: items, gates and fields alike."""

Differences = dict[str, Any]
"""For each question that differs ``[before, after]``, ``None`` for no answer."""


def flat(parts: Mapping[str, Any]) -> Flat:
    """Return the ``subject``, ``answers`` and ``gates`` of an answers file by question."""
    return {**parts["subject"], **parts["answers"], **parts["gates"]}


def flat_of(assessment: Assessment) -> Flat:
    """Return everything that an assessment says now, by question."""
    return {**assessment.subject, **assessment.answers, **assessment.gates}


def differences(before: Flat, after: Flat) -> Differences:
    """Return what changes between two states, by question."""
    return {
        question: [before.get(question), after.get(question)]
        for question in before | after
        if before.get(question) != after.get(question)
    }


def flat_after(assessment: Assessment, change_id: int) -> Flat | None:
    """Return what ``assessment`` said right after one of its changes; ``None`` where that is not one of them.

    Hidden questions are as they were then, too.
    """
    since = db.session.execute(
        select(AssessmentChange.id, AssessmentChange.changes)
        .where(AssessmentChange.assessment_id == assessment.id, AssessmentChange.id >= change_id)
        .order_by(AssessmentChange.id.desc())
    ).all()
    if not since or since[-1].id != change_id:
        return None
    return undone(flat_of(assessment), [each.changes for each in since[:-1]])


def undone(state: Flat, changes: Sequence[Differences]) -> Flat:
    """Return ``state`` as it was before ``changes``, given the newest first."""
    for change in changes:
        state = state | {question: before for question, (before, _) in change.items()}
    return {question: answer for question, answer in state.items() if answer is not None}


def parts_of(questionnaire: Questionnaire, state: Flat) -> dict[str, Flat]:
    """Return a state as the ``subject``, ``answers`` and ``gates`` of an answers file."""
    known = {
        "subject": questionnaire.subject_items,
        "answers": questionnaire.items,
        "gates": questionnaire.gates_by_id,
    }
    return {part: {key: state[key] for key in ids if key in state} for part, ids in known.items()}
