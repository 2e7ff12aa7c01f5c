"""The tables of what was proposed to leadership, what it decided, and how it went."""

from __future__ import annotations

from operator import attrgetter

from app.assessments.models import Assessment
from app.data.exports.assessments import OfAssessment, each_opened, name_columns
from app.data.exports.columns import changed_columns, day_cell, written_columns
from app.data.exports.reading import Statement, count, of_assessments
from app.data.exports.table import Column, Table
from app.decisions.models import Decision, FollowUp, Motion
from app.decisions.words import outcome_words, verdict_words, went_words
from app.platform.i18n import gettext as _


def motions() -> Table[OfAssessment]:
    """Return what was proposed to leadership."""
    statement = of_assessments(Motion).join(Motion, Motion.assessment_id == Assessment.id).order_by(Motion.id)
    columns: list[Column[OfAssessment]] = [
        *name_columns(),
        Column(_("Recommendation"), lambda each: _outcome(each, each.row.Motion.recommended)),
        Column(_("Motion"), lambda each: _outcome(each, each.row.Motion.outcome)),
        Column(_("Wording"), lambda each: each.row.Motion.text, wide=True),
        Column(_("Why it differs"), lambda each: each.row.Motion.why, wide=True),
        *changed_columns(attrgetter("row.Motion")),
    ]
    return _table(_("Motions"), columns, statement)


def decisions() -> Table[OfAssessment]:
    """Return what leadership decided."""
    statement = (
        of_assessments(Decision).join(Decision, Decision.assessment_id == Assessment.id).order_by(Decision.id)
    )
    columns: list[Column[OfAssessment]] = [
        Column(_("Decision’s number"), lambda each: each.row.Decision.public_id),
        *name_columns(),
        Column(_("Recommendation"), lambda each: _outcome(each, each.row.Decision.recommended)),
        Column(_("Motion"), lambda each: _outcome(each, each.row.Decision.proposed)),
        Column(_("Verdict"), lambda each: verdict_words(each.row.Decision.verdict)),
        Column(_("What was decided"), _decided),
        Column(_("Reasons"), lambda each: each.row.Decision.reasons, wide=True),
        Column(_("Conditions"), lambda each: each.row.Decision.conditions, wide=True),
        Column(_("Conflicts of interest"), lambda each: each.row.Decision.habilitet),
        Column(_("Case number"), lambda each: each.row.Decision.case_number),
        Column(_("Decided by"), lambda each: each.row.Decision.decided_by),
        Column(_("Decided on"), lambda each: day_cell(each.row.Decision.decided_on)),
        Column(_("Follow-up on"), lambda each: day_cell(each.row.Decision.follow_up_on)),
        *changed_columns(attrgetter("row.Decision")),
    ]
    return _table(_("Decisions"), columns, statement)


def follow_ups() -> Table[OfAssessment]:
    """Return how it went."""
    statement = (
        of_assessments(FollowUp, Decision.public_id)
        .join(Decision, Decision.assessment_id == Assessment.id)
        .join(FollowUp, FollowUp.decision_id == Decision.id)
        .order_by(FollowUp.id)
    )
    columns: list[Column[OfAssessment]] = [
        Column(_("Decision’s number"), lambda each: each.row.public_id),
        *name_columns(),
        Column(_("Day"), lambda each: day_cell(each.row.FollowUp.on)),
        Column(_("How it went"), lambda each: went_words(each.row.FollowUp.went)),
        Column(_("Note"), lambda each: each.row.FollowUp.text, wide=True),
        Column(_("Ask again on"), lambda each: day_cell(each.row.FollowUp.next_on)),
        *written_columns(attrgetter("row.FollowUp")),
    ]
    return _table(_("Follow-ups"), columns, statement)


def _table(title: str, columns: list[Column[OfAssessment]], statement: Statement) -> Table[OfAssessment]:
    return Table(title, columns, count(statement), lambda: ([each] for each in each_opened(statement)))


def _outcome(each: OfAssessment, outcome: str) -> str:
    return outcome_words(each.opened.questionnaire, outcome)


def _decided(each: OfAssessment) -> str:
    decided = each.row.Decision.outcome
    return _outcome(each, decided) if decided else ""
