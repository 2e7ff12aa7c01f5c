"""Every write of motions, decisions and follow-ups. Each names who did it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.assessments.operations import Gone
from app.decisions.models import Decision, FollowUp, Motion
from app.partners.operations import set_level
from app.platform.conflicts import ChangedMeanwhile, must_be_as_shown
from app.platform.database import now, writing


class OnlyTheLast(ValueError):
    """A decision that another follows was postponed, and stays so."""


@dataclass(frozen=True)
class Proposal:
    """A motion as it is written. ``recommended``: the recommendation that was made."""

    outcome: str
    recommended: str
    text: str
    why: str


@dataclass(frozen=True)
class Decided:
    """A decision as it is written; the fields of :class:`Decision`."""

    verdict: str
    outcome: str
    reasons: str
    conditions: str
    habilitet: str
    case_number: str
    decided_by: str
    decided_on: str
    follow_up_on: str


@dataclass(frozen=True)
class Shown:
    """What a form of a decision was shown with: the motion's version, and how many decisions there were."""

    motion: int
    decisions: int


@dataclass(frozen=True)
class LevelStep:
    """The level that the partner is to have, and why. ``level`` is ``""`` where it stays."""

    level: str = ""
    reason: str = ""


def propose(assessment_id: int, shown: int, proposal: Proposal, actor: str) -> None:
    """Store the motion. ``shown``: the row version that the page had, ``0`` where there was none.

    Raises :class:`ChangedMeanwhile` where it is another by now, or where leadership has decided meanwhile.
    """
    with writing() as session:
        _locked(session, assessment_id)
        motion = session.scalar(select(Motion).where(Motion.assessment_id == assessment_id).with_for_update())
        _must_be_undecided(session, assessment_id)
        must_be_as_shown(shown, motion.row_version if motion else 0)
        if motion is None:
            session.add(
                Motion(assessment_id=assessment_id, created_by=actor, updated_by=actor, **asdict(proposal))
            )
        elif _write(motion, proposal):
            motion.updated_at, motion.updated_by = now(), actor


def decide(  # noqa: PLR0913 - each is a fact about the new row
    assessment_id: int, shown: Shown, decided: Decided, *, recommended: str, step: LevelStep, actor: str
) -> None:
    """Store leadership's decision, and move the partner's level with it.

    Raises :class:`ChangedMeanwhile` where the motion is another by now, or another decision was stored.
    """
    with writing() as session:
        assessment = _locked(session, assessment_id)
        motion = session.scalar(select(Motion).where(Motion.assessment_id == assessment_id))
        there = session.scalar(select(func.count()).where(Decision.assessment_id == assessment_id))
        _must_be_undecided(session, assessment_id)
        if motion is None:
            raise ChangedMeanwhile
        must_be_as_shown(shown, Shown(motion.row_version, there or 0))
        session.add(
            Decision(
                assessment_id=assessment_id,
                recommended=recommended,
                proposed=motion.outcome,
                created_by=actor,
                updated_by=actor,
                **asdict(decided),
            )
        )
        _move(session, assessment, step, decided.decided_on, actor)


def correct(decision_id: int, shown: int, decided: Decided, actor: str) -> None:
    """Correct a decision that was written wrongly. Who did it, and when, is shown beside it from then on.

    Raises :class:`ChangedMeanwhile` where it is another by now, and :class:`OnlyTheLast`.
    """
    with writing() as session:
        decision = _decision(session, decision_id)
        must_be_as_shown(shown, decision.row_version)
        newer = select(Decision.id).where(
            Decision.assessment_id == decision.assessment_id, Decision.id > decision.id
        )
        if decided.verdict != "postponed" and session.scalar(newer.limit(1)) is not None:
            raise OnlyTheLast
        if _write(decision, decided):
            decision.updated_at, decision.updated_by = now(), actor


def follow_up(  # noqa: PLR0913 - each is a fact about the new row
    decision_id: int, shown: int, *, on: str, went: str, text: str, next_on: str, step: LevelStep, actor: str
) -> None:
    """Store how it went. ``shown``: how many follow-ups the page had.

    Raises :class:`ChangedMeanwhile` where there is another by now, or the decision was postponed after all.
    """
    with writing() as session:
        decision = _decision(session, decision_id)
        there = session.scalar(select(func.count()).where(FollowUp.decision_id == decision_id))
        must_be_as_shown((shown, False), (there, decision.verdict == "postponed"))
        session.add(
            FollowUp(decision_id=decision_id, on=on, went=went, text=text, next_on=next_on, created_by=actor)
        )
        _move(session, _locked(session, decision.assessment_id), step, on, actor)


def _locked(session: Session, assessment_id: int) -> Assessment:
    found = session.scalar(
        select(Assessment)
        .where(Assessment.id == assessment_id, Assessment.deleted_at.is_(None))
        .with_for_update()
    )
    if found is None:
        public_id = session.scalar(select(Assessment.public_id).where(Assessment.id == assessment_id))
        raise Gone(public_id or "")
    return found


def _decision(session: Session, decision_id: int) -> Decision:
    found = session.scalar(select(Decision).where(Decision.id == decision_id).with_for_update())
    if found is None:
        raise Gone
    return found


def _must_be_undecided(session: Session, assessment_id: int) -> None:
    """Raise :class:`ChangedMeanwhile` once leadership has decided: no page offers to write over that."""
    final = select(Decision.id).where(
        Decision.assessment_id == assessment_id, Decision.verdict != "postponed"
    )
    if session.scalar(final.limit(1)) is not None:
        raise ChangedMeanwhile


def _write(row: Motion | Decision, written: Proposal | Decided) -> bool:
    """Put what was written into a row, and say whether anything is new."""
    fresh = {name: value for name, value in asdict(written).items() if getattr(row, name) != value}
    for name, value in fresh.items():
        setattr(row, name, value)
    return bool(fresh)


def _move(session: Session, assessment: Assessment, step: LevelStep, on: str, actor: str) -> None:
    if step.level and assessment.partner_id is not None:
        set_level(session, assessment.partner_id, step.level, step.reason, actor, on)
