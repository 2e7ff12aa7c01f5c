"""Reading motions, decisions and follow-ups. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.assessments.loaded import LoadedAssessment
from app.assessments.models import Assessment
from app.decisions.models import Decision, FollowUp, Motion
from app.decisions.words import changed_words, decided_words, outcome_words
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.definition import Questionnaire, Role
from app.organisation.reading import must_decide
from app.partners.models import Partner
from app.platform.database import db
from app.platform.days import local_day, today
from app.platform.list_pages import some_of
from app.printing.record import DecisionRecord, FollowUpRecord, MotionRecord, Record


@dataclass(frozen=True)
class Case:
    """What became of one assessment: its motion, its decisions and its follow-ups, the oldest first."""

    motion: Motion | None
    decisions: list[Decision]
    follow_ups: list[FollowUp]

    @property
    def final(self) -> Decision | None:
        """The decision that settled it, ``None`` while one is awaited."""
        last = self.decisions[-1] if self.decisions else None
        return last if last and not last.is_postponed else None

    def follow_ups_of(self, decision: Decision) -> list[FollowUp]:
        """Return how it went with one decision."""
        return [each for each in self.follow_ups if each.decision_id == decision.id]

    def next_on(self, decision: Decision) -> str:
        """Return the day on which to ask how it went, ISO 8601; ``""`` for never."""
        asked = self.follow_ups_of(decision)
        return asked[-1].next_on if asked else decision.follow_up_on


def case_of(assessment_id: int) -> Case:
    """Return what became of an assessment; three queries."""
    motion = db.session.scalar(select(Motion).where(Motion.assessment_id == assessment_id))
    decisions = db.session.scalars(
        select(Decision).where(Decision.assessment_id == assessment_id).order_by(Decision.id)
    )
    follow_ups = db.session.scalars(
        select(FollowUp)
        .join(Decision, Decision.id == FollowUp.decision_id)
        .where(Decision.assessment_id == assessment_id)
        .order_by(FollowUp.id)
    )
    return Case(motion, list(decisions), list(follow_ups))


def is_settled(assessment: Assessment) -> bool:
    """Say whether leadership has decided on an assessment; one query."""
    return _final_decision(assessment) is not None


def changed_since(opened: LoadedAssessment, recommended: str) -> str:
    """Return what is said where another outcome is ``recommended`` than at the decision, else ``""``.

    ``recommended`` is an outcome's id, ``""`` where too little is known. One query.
    """
    final = _final_decision(opened.assessment)
    return changed_words(opened.questionnaire, final.recommended, recommended) if final else ""


def _final_decision(assessment: Assessment) -> Decision | None:
    of_it = select(Decision).where(Decision.assessment_id == assessment.id)
    last = db.session.scalar(of_it.order_by(Decision.id.desc()).limit(1))
    return last if last and not last.is_postponed else None


def who_must_decide(opened: LoadedAssessment) -> str:
    """Return who must decide on the money of an assessment, ``""`` where it passes no threshold."""
    money = _written(opened.questionnaire, opened.answers.subject, "money")
    return must_decide(money if isinstance(money, int | float) else None)


def record_of(assessment_id: int) -> Record | None:
    """Return what became of an assessment as a document is handed it; ``None`` without a motion.

    A motion that was changed after it had been postponed awaits a decision again.
    """
    case = case_of(assessment_id)
    if case.motion is None:
        return None
    last = case.decisions[-1] if case.decisions else None
    is_put_again = bool(last and last.verdict == "postponed" and case.motion.updated_at > last.updated_at)
    decisions = tuple(map(_decision_record, case.decisions))
    return Record(
        motion=MotionRecord(
            outcome=case.motion.outcome,
            text=case.motion.text,
            why=case.motion.why,
            by=case.motion.updated_by,
            on=local_day(case.motion.updated_at),
        ),
        decisions=decisions,
        follow_ups=tuple(FollowUpRecord(each.on, each.went, each.text) for each in case.follow_ups),
        current=decisions[-1] if decisions and not is_put_again else None,
    )


def is_corrected(decision: Decision) -> bool:
    """Say whether a decision was changed after it had been stored."""
    return decision.row_version > 1


def _decision_record(decision: Decision) -> DecisionRecord:
    corrected = is_corrected(decision)
    return DecisionRecord(
        verdict=decision.verdict,
        outcome=decision.outcome,
        reasons=decision.reasons,
        conditions=decision.conditions,
        habilitet=decision.habilitet,
        case_number=decision.case_number,
        decided_by=decision.decided_by,
        decided_on=decision.decided_on,
        follow_up_on=decision.follow_up_on,
        recommended=decision.recommended,
        corrected_on=local_day(decision.updated_at) if corrected else "",
        corrected_by=decision.updated_by if corrected else "",
    )


# Lists of many


@dataclass(frozen=True)
class Awaited:
    """A motion without a final decision. ``decide_by``: a day, ISO 8601, or ``""``.

    ``postponed``: leadership has looked at it and put it off. ``is_late``: the day has passed.
    """

    public_id: str
    partner: str
    proposal: str
    proposed: str
    put_on: str
    put_by: str
    decide_by: str
    is_late: bool
    postponed: bool


@dataclass(frozen=True)
class ToFollowUp:
    """A decision that is to be followed up ``on`` a day, ISO 8601, or ``is_due`` already.

    ``public_id`` is the decision's own.
    """

    public_id: str
    assessment: str
    partner: str
    proposal: str
    decided: str
    decided_on: str
    on: str
    is_due: bool


def kept(assessment_id: InstrumentedAttribute[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that every list makes: what is in the bin or was only a try is in none.

    Those few are looked up once and left out, rather than each of the many others read.
    """
    binned = select(Assessment.id).where(Assessment.deleted_at.is_not(None))
    tried = select(Assessment.id).where(Assessment.origin == "example")
    return assessment_id.not_in(binned), assessment_id.not_in(tried)


_LAST = aliased(FollowUp)
_next_on: ColumnElement[str] = func.coalesce(_LAST.next_on, Decision.follow_up_on)


_decision = select(Decision.id).where(Decision.assessment_id == Motion.assessment_id)


def awaited_motions() -> Select[Any]:
    """Return the numbers of the motions without a final decision, the oldest first."""
    return (
        select(Motion.id)
        .where(*kept(Motion.assessment_id), ~exists(_decision.where(Decision.verdict != "postponed")))
        .order_by(Motion.created_at, Motion.id)
    )


def awaited_rows(wanted: Select[Any]) -> Select[Any]:
    """Return :func:`awaited_motions` with what :func:`awaited_row` needs."""
    columns: tuple[Any, ...] = (
        *(Motion, Assessment.public_id, Assessment.subject, Definition.digest, Partner.name),
        exists(_decision).label("postponed"),
    )
    return (
        wanted.with_only_columns(*columns)
        .select_from(Motion)
        .join(Assessment, Assessment.id == Motion.assessment_id)
        .join(Definition, Definition.id == Assessment.definition_id)
        .outerjoin(Partner, Partner.id == Assessment.partner_id)
    )


def awaited_row(row: Any) -> Awaited:
    """Return a row of :func:`awaited_rows` as a list shows it."""
    motion, public_id, subject, digest, partner, postponed = row
    questionnaire = questionnaire_with(digest)
    decide_by = _text(questionnaire, subject, "decide-by")
    return Awaited(
        public_id=public_id,
        partner=partner or _text(questionnaire, subject, "partner"),
        proposal=_text(questionnaire, subject, "proposal"),
        proposed=outcome_words(questionnaire, motion.outcome),
        put_on=local_day(motion.created_at),
        put_by=motion.updated_by,
        decide_by=decide_by,
        is_late="" < decide_by < today(),
        postponed=postponed,
    )


def awaited(most: int | None = None) -> list[Awaited]:
    """Return the motions without a final decision, the oldest first; two queries."""
    return [awaited_row(row) for row in some_of(awaited_motions(), awaited_rows, most)]


def decisions_to_follow_up(today: str | None = None) -> Select[Any]:
    """Return the numbers of the decisions that are to be followed up, the longest due first.

    With ``today`` (ISO 8601) only those that are due; else those to come as well.
    """
    newest = select(func.max(FollowUp.id)).where(FollowUp.decision_id == Decision.id).scalar_subquery()
    statement = (
        select(Decision.id)
        .select_from(Decision)
        .outerjoin(_LAST, _LAST.id == newest)
        .where(*kept(Decision.assessment_id), Decision.verdict != "postponed", _next_on != "")
        .order_by(_next_on, Decision.id)
    )
    return statement if today is None else statement.where(_next_on <= today)


def follow_up_rows(wanted: Select[Any]) -> Select[Any]:
    """Return :func:`decisions_to_follow_up` with what :func:`follow_up_row` needs."""
    columns: tuple[Any, ...] = (
        *(Decision, Assessment.public_id, Assessment.subject, Definition.digest, Partner.name),
        _next_on,
    )
    return (
        wanted.with_only_columns(*columns)
        .join(Assessment, Assessment.id == Decision.assessment_id)
        .join(Definition, Definition.id == Assessment.definition_id)
        .outerjoin(Partner, Partner.id == Assessment.partner_id)
    )


def follow_up_row(row: Any) -> ToFollowUp:
    """Return a row of :func:`follow_up_rows` as a list shows it."""
    decision, public_id, subject, digest, partner, on = row
    questionnaire = questionnaire_with(digest)
    return ToFollowUp(
        public_id=decision.public_id,
        assessment=public_id,
        partner=partner or _text(questionnaire, subject, "partner"),
        proposal=_text(questionnaire, subject, "proposal"),
        decided=decided_words(questionnaire, decision.verdict, decision.outcome),
        decided_on=decision.decided_on,
        on=on,
        is_due=on <= today(),
    )


def due(today: str, most: int | None = None) -> list[ToFollowUp]:
    """Return the decisions whose follow-up is due on ``today``, the longest due first; two queries."""
    return [follow_up_row(row) for row in some_of(decisions_to_follow_up(today), follow_up_rows, most)]


def follow_ups_counted(today: str) -> tuple[int, int]:
    """Return how many decisions are due on ``today``, and how many are to be followed up at all."""
    counts = func.count().filter(_next_on <= today), func.count()
    counted = decisions_to_follow_up().with_only_columns(*counts).order_by(None)
    due_count, all_count = db.session.execute(counted).one()
    return due_count, all_count


def _written(questionnaire: Questionnaire, subject: Any, role: Role) -> Any:
    field = questionnaire.field_with_role(role)
    return subject.get(field.item.id) if field else None


def _text(questionnaire: Questionnaire, subject: Any, role: Role) -> str:
    found = _written(questionnaire, subject, role)
    return found if isinstance(found, str) else ""
