"""Every write to an assessment. Each names who did it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import library
from app.assessments.forms import Change, mark, stored
from app.assessments.models import Assessment, Definition
from app.assessments.opening import answers_of
from app.engine.answers import Answer, Answers, GateAnswer, gate_state, to_json
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded
from app.platform.database import now, writing

Origin = Literal["new", "import", "example", "copy"]
Variant = Literal["full", "short"]


LOCKED = select(Assessment).where(Assessment.public_id == bindparam("public_id")).with_for_update()


class VersionTaken(ValueError):
    """A questionnaire was changed and kept its version: another of that id and version is here already."""

    def __init__(self, questionnaire: str, version: str) -> None:
        super().__init__(f"{questionnaire} {version} was changed without a new version")
        self.questionnaire = questionnaire
        self.version = version


class Gone(LookupError):
    """The assessment was deleted in the meantime."""


@dataclass(frozen=True)
class Saved:
    """What came of saving a page. ``conflicts``: what stands at questions that someone else had changed."""

    answers: Answers
    conflicts: Mapping[str, Answer | GateAnswer | None] = field(default_factory=dict)


def create(  # noqa: PLR0913 - each is a fact about the new row
    loaded: Loaded,
    answers: Answers,
    *,
    language: str,
    variant: Variant,
    origin: Origin,
    actor: str,
) -> str:
    """Store a new assessment with its definition and return its public id. Raises :class:`VersionTaken`."""
    parts = to_json(answers)
    with writing() as session:
        assessment = Assessment(
            definition_id=_pinned(session, loaded),
            language=language,
            variant=variant,
            origin=origin,
            date=answers.date or today(),
            respondents=answers.respondents,
            subject=parts["subject"],
            answers=parts["answers"],
            gates=parts["gates"],
            created_by=actor,
            updated_by=actor,
        )
        session.add(assessment)
        session.flush()
        return assessment.public_id


def save_answers(
    public_id: str, questionnaire: Questionnaire, changes: Sequence[Change], actor: str
) -> Saved:
    """Write what a page changed, and nothing else; nothing where someone else changed the same question."""
    with writing() as session:
        assessment = _locked(session, public_id)
        answers = answers_of(assessment, questionnaire)
        fresh = [each for each in changes if mark(stored(answers, each.question)) != mark(each.said)]
        there = {each.question: stored(answers, each.question) for each in fresh}
        conflicts = {
            each.question: there[each.question] for each in fresh if mark(there[each.question]) != each.shown
        }
        if fresh and not conflicts:
            answers = _changed(questionnaire, answers, fresh)
            _write(assessment, questionnaire, answers, actor)
    return Saved(answers, conflicts)


def set_variant(public_id: str, variant: Variant, actor: str) -> None:
    """Ask the whole questionnaire, or its short variant. Answers are kept either way."""
    with writing() as session:
        assessment = _locked(session, public_id)
        assessment.variant = variant
        _touch(assessment, actor)


def finish_review(public_id: str, confirmed_gates: Sequence[str], actor: str) -> None:
    """Remember that the review was made, and which breached gates were confirmed in it."""
    with writing() as session:
        assessment = _locked(session, public_id)
        assessment.reviewed_at = now()
        assessment.confirmed_gates = list(confirmed_gates)
        assessment.updated_by = actor


def copy(public_id: str, actor: str) -> str:
    """Begin a new assessment from an old one's answers, under the same definition; return its public id."""
    with writing() as session:
        old = _locked(session, public_id)
        new = Assessment(
            definition_id=old.definition_id,
            language=old.language,
            variant=old.variant,
            origin="copy",
            date=today(),
            respondents=1,
            subject=old.subject,
            answers=old.answers,
            gates=old.gates,
            created_by=actor,
            updated_by=actor,
        )
        session.add(new)
        session.flush()
        return new.public_id


def delete(public_id: str) -> None:
    """Remove an assessment for good. Its definition stays: others may pin it."""
    with writing() as session:
        session.delete(_locked(session, public_id))


def today() -> str:
    """Return today's date where the server stands, ISO 8601."""
    return datetime.datetime.now().astimezone().date().isoformat()


def _locked(session: Session, public_id: str) -> Assessment:
    found = session.execute(LOCKED, {"public_id": public_id}).scalar_one_or_none()
    if found is None:
        raise Gone(public_id)
    return found


def _pinned(session: Session, loaded: Loaded) -> int:
    """Return the id of the stored definition, storing it at its first use."""
    questionnaire = loaded.questionnaire
    installed = _is_installed(questionnaire)
    same_version = session.execute(
        select(Definition)
        .where(Definition.questionnaire == questionnaire.id, Definition.version == questionnaire.version)
        .with_for_update()
    ).scalars()
    by_digest = {each.digest: each for each in same_version}
    if installed and any(x.installed and x.digest != questionnaire.digest for x in by_digest.values()):
        raise VersionTaken(questionnaire.id, questionnaire.version)
    known = by_digest.get(questionnaire.digest)
    if known is None:
        known = Definition(
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            digest=questionnaire.digest,
            source=loaded.source,
            installed=installed,
        )
        session.add(known)
        session.flush()
    known.installed = known.installed or installed
    return known.id


def _is_installed(questionnaire: Questionnaire) -> bool:
    """Say whether this very text is a file here; otherwise it came inside a file that someone brought."""
    found = library.find(questionnaire.id, questionnaire.version)
    return found is not None and found.questionnaire.digest == questionnaire.digest


def _changed(questionnaire: Questionnaire, answers: Answers, changes: Sequence[Change]) -> Answers:
    items, gates, subject = dict(answers.items), dict(answers.gates), dict(answers.subject)
    for change in changes:
        for part in (items, gates, subject):
            part.pop(change.question, None)
        if isinstance(change.said, GateAnswer):
            gates[change.question] = change.said
        elif change.said is None:
            continue
        elif change.question not in questionnaire.subject_items:
            items[change.question] = change.said
        elif change.said.value is not None:
            subject[change.question] = change.said.value
    return replace(answers, items=items, gates=gates, subject=subject)


def _write(assessment: Assessment, questionnaire: Questionnaire, answers: Answers, actor: str) -> None:
    """Put answers into the row. A gate that is in order again loses its confirmation."""
    parts = to_json(answers)
    assessment.subject, assessment.answers, assessment.gates = (
        parts["subject"],
        parts["answers"],
        parts["gates"],
    )
    breached = {gate.id for gate in questionnaire.gates if gate_state(gate, answers) == "breached"}
    assessment.confirmed_gates = [gate for gate in assessment.confirmed_gates if gate in breached]
    _touch(assessment, actor)


def _touch(assessment: Assessment, actor: str) -> None:
    assessment.date = today()
    assessment.updated_at = now()
    assessment.updated_by = actor
