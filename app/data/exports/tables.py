"""What there is to export, table by table. The rows come in the order of the database, never all at once.

A cell is text, a whole number, a decimal number, a day, a moment in the server's own time, or nothing.
What lies in the bin is left out everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.assessments.models import Assessment, Definition, Summary
from app.assessments.opening import answers_of, questionnaire_with
from app.assessments.subject import subject_text
from app.data.exports.words import gate_words, origin_words, state_words, variant_words
from app.decisions.models import Decision, FollowUp, Motion
from app.decisions.words import outcome_words, verdict_words, went_words
from app.engine.answers import Answers, gate_state, visible_items
from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.organisation.models import Goal
from app.organisation.reading import goals_by_id
from app.partners.models import CONTACT_PERSON, LevelChange, Partner, PartnerContact
from app.partners.reading import contact_words, level_words, sector_words
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.codes import question_codes
from app.wording.given import answer_words
from app.wording.limits import gate_answer
from app.wording.speech import Speech

Cell = str | int | float | date | datetime | None
Row = list[Cell]

Statement = Select[*tuple[Any, ...]]

AT_ONCE = 200
"""Rows that are held in memory at a time."""


@dataclass(frozen=True)
class Table:
    """One table: title, columns, and how many things it is made of; ``groups`` yields the rows of each."""

    title: str
    columns: list[str]
    count: int
    groups: Callable[[], Iterator[list[Row]]]


def wide_columns() -> frozenset[str]:
    """Return the titles of the columns that hold sentences."""
    about = {_("About the partner"), _("About the goal"), _("Reason"), _("What there is to know")}
    room = {_("The view of the minority"), _("Remark"), _("What is done")}
    answers = {_("Question"), _("Answer"), _("Note"), _("Must be in place"), _("What it is based on")}
    return frozenset(
        {*about, *room, *answers, _("Wording"), _("Why it differs"), _("Reasons"), _("Conditions")}
    )


@dataclass(frozen=True)
class ExportOptions:
    """What of all there is: ``persons`` are the contact persons at the partners."""

    persons: bool = True


def tables(wanted: ExportOptions) -> list[Table]:
    """Return every table, in the reader's language."""
    return [
        _partners(wanted),
        _contacts(),
        _levels(),
        _assessments(),
        _answers(wanted),
        _gates(),
        _motions(),
        _decisions(),
        _follow_ups(),
        _goals(),
    ]


def in_the_bin() -> int:
    """Return how many assessments lie in the bin."""
    return count(select(Assessment.id).where(Assessment.deleted_at.is_not(None)))


# The register


def _partners(wanted: ExportOptions) -> Table:
    statement = select(Partner).order_by(Partner.id)
    names = {number: name for number, name in _pairs(select(Partner.id, Partner.name))}  # noqa: C416
    person = [_("Contact person"), _("Contact person’s role"), _("E-mail"), _("Phone")]

    def row(partner: Partner) -> Row:
        return [
            partner.public_id,
            partner.name,
            sector_words(partner.sector),
            level_words(partner.level).title,
            partner.owner,
            partner.about,
            *([getattr(partner, column) for column in CONTACT_PERSON] if wanted.persons else []),
            names.get(partner.merged_into_id or 0, ""),
            *who(partner),
        ]

    columns = [_("Partner’s number"), _("Partner"), _("Sector"), _("Level"), _("Owner")]
    columns += [_("About the partner")]
    columns += [*(person if wanted.persons else []), _("Merged with"), *who_columns()]
    return Table(_("Partners"), columns, count(statement), lambda: ([row(each)] for each in _one(statement)))


def _contacts() -> Table:
    statement = (
        select(PartnerContact, Partner.public_id, Partner.name)
        .join(Partner, Partner.id == PartnerContact.partner_id)
        .order_by(PartnerContact.id)
    )

    def row(contact: PartnerContact, number: str, partner: str) -> Row:
        kind = contact_words(contact.kind)
        return [number, partner, day_cell(contact.on), kind, contact.text, *_made(contact)]

    columns = [_("Partner’s number"), _("Partner"), _("Day"), _("Kind of contact"), _("Note")]
    columns += made_columns()
    return Table(_("Contacts"), columns, count(statement), lambda: ([row(*each)] for each in many(statement)))


def _levels() -> Table:
    statement = (
        select(LevelChange, Partner.public_id, Partner.name)
        .join(Partner, Partner.id == LevelChange.partner_id)
        .order_by(LevelChange.id)
    )

    def row(change: LevelChange, number: str, partner: str) -> Row:
        before = level_words(change.before).title if change.before else ""
        after = level_words(change.after).title
        return [number, partner, day_cell(change.on), before, after, change.reason, *_made(change)]

    columns = [_("Partner’s number"), _("Partner"), _("Day"), _("Level before"), _("Level after")]
    columns += [_("Reason"), *made_columns()]
    return Table(_("Levels"), columns, count(statement), lambda: ([row(*each)] for each in many(statement)))


# Assessments


KEPT = Assessment.deleted_at.is_(None)


def _opened(statement: Statement) -> Iterator[tuple[Assessment, Questionnaire, Answers, Any]]:
    """Give each assessment of a statement that selects it, its definition's digest, and something else."""
    for assessment, digest, *more in many(statement):
        questionnaire = questionnaire_with(digest)
        yield assessment, questionnaire, answers_of(assessment, questionnaire), more


def _every_assessment() -> Statement:
    return (
        select(Assessment, Definition.digest)
        .join(Definition, Definition.id == Assessment.definition_id)
        .where(KEPT)
        .order_by(Assessment.id)
    )


def _assessments() -> Table:
    statement = (
        _every_assessment()
        .add_columns(Summary, Partner.public_id)
        .outerjoin(Summary, Summary.assessment_id == Assessment.id)
        .outerjoin(Partner, Partner.id == Assessment.partner_id)
    )
    goals = goals_by_id()

    def row(assessment: Assessment, questionnaire: Questionnaire, answers: Answers, more: list[Any]) -> Row:
        summary, partner = more
        goal = goals.get(assessment.goal_id or 0)
        return [
            *_names(assessment, questionnaire, answers),
            partner,
            say(questionnaire.title, language()),
            questionnaire.version,
            day_cell(assessment.date),
            variant_words(assessment.variant),
            origin_words(assessment.origin),
            assessment.respondents,
            goal.title if goal else "",
            moment_cell(assessment.reviewed_at),
            *_come_to(questionnaire, summary),
            *who(assessment),
        ]

    columns = [*_name_columns(), _("Partner’s number"), _("Questionnaire"), _("Version"), _("Date")]
    columns += [_("Extent"), _("How it began"), _("Respondents"), _("The library’s goal"), _("Reviewed")]
    columns += [_("Recommendation"), _("At the lowest"), _("At the highest"), _("In time")]
    columns += [_("Value"), _("Readiness"), _("Questions known"), _("Questions asked"), *who_columns()]
    return Table(
        _("Assessments"), columns, count(statement), lambda: ([row(*each)] for each in _opened(statement))
    )


def _come_to(questionnaire: Questionnaire, summary: Summary | None) -> Row:
    """Return what a reviewed assessment comes to; empty cells before the review."""
    if summary is None:
        return [None] * 8
    in_time = outcome_words(questionnaire, summary.in_time) if summary.in_time else ""
    outcomes = [outcome_words(questionnaire, each) for each in (summary.outcome, summary.low, summary.high)]
    return [*outcomes, in_time, summary.value, summary.readiness, summary.known, summary.asked]


def _answers(wanted: ExportOptions) -> Table:
    statement = _every_assessment()

    def rows(
        assessment: Assessment, questionnaire: Questionnaire, answers: Answers, _more: list[Any]
    ) -> list[Row]:
        names = _names(assessment, questionnaire, answers)
        shown = visible_items(questionnaire, answers)
        answered = [*_facts(questionnaire, answers, shown, wanted), *_given(questionnaire, answers, shown)]
        return [[*names, *each] for each in answered]

    columns = [*_name_columns(), _("Part of the questionnaire"), _("Question’s number"), _("Question’s id")]
    columns += [
        _("Question"),
        _("Answer"),
        _("As a number"),
        _("State"),
        _("Counts in the result"),
        _("Note"),
    ]
    return Table(
        _("Answers"), columns, count(statement), lambda: (rows(*each) for each in _opened(statement))
    )


def _facts(
    questionnaire: Questionnaire, answers: Answers, shown: frozenset[str], wanted: ExportOptions
) -> Iterator[Row]:
    """Give the row of each field about partner and proposal that was filled in."""
    for field in questionnaire.subject:
        item, value = field.item, answers.subject.get(field.item.id)
        if value is None or (field.role == "contact" and not wanted.persons):
            continue
        part = say(field.group, language()) or _("The proposal")
        words = item.words(value, language())
        counts = _yes(item.id in shown)
        yield [
            part,
            "",
            item.id,
            say(item.text, language()),
            words,
            _number(value),
            _("answered"),
            counts,
            "",
        ]


def _given(questionnaire: Questionnaire, answers: Answers, shown: frozenset[str]) -> Iterator[Row]:
    """Give the row of each question that was answered, in the order of the questionnaire."""
    speech, codes = Speech(language()), question_codes(questionnaire)
    for section in questionnaire.sections:
        part = say(section.title, language())
        for item in section.items:
            answer = answers.items.get(item.id)
            if answer is None:
                continue
            words, state = answer_words(item, answer, speech), state_words(answer.state)
            about = [part, codes[item.id], item.id, say(item.text, language())]
            counts = _yes(item.id in shown)
            yield [*about, words, _number(answer.value), state, counts, answer.note]


def _gates() -> Table:
    statement = _every_assessment()
    speech = Speech(language())

    def rows(
        assessment: Assessment, questionnaire: Questionnaire, answers: Answers, _more: list[Any]
    ) -> Iterator[Row]:
        names = _names(assessment, questionnaire, answers)
        for gate in questionnaire.gates:
            answer = answers.gates.get(gate.id)
            yield [
                *names,
                gate.id,
                say(gate.text, language()),
                gate_answer(gate, answer.value, speech) if answer else state_words("unanswered"),
                gate_words(gate_state(gate, answers)),
                _yes(gate.id in assessment.confirmed_gates),
                answer.note if answer else "",
            ]

    columns = [*_name_columns(), _("Condition’s id"), _("Must be in place"), _("Answer"), _("How it stands")]
    columns += [_("Confirmed at the review"), _("What it is based on")]
    return Table(
        _("Must be in place"),
        columns,
        count(statement),
        lambda: (list(rows(*each)) for each in _opened(statement)),
    )


# Decisions


def _of_assessments(model: Any, *more: Any) -> Statement:
    """Return the statement of what hangs on assessments."""
    return (
        select(Assessment, Definition.digest, model, *more)
        .join(Definition, Definition.id == Assessment.definition_id)
        .where(KEPT)
        .order_by(model.id)
    )


def _motions() -> Table:
    statement = _of_assessments(Motion).join(Motion, Motion.assessment_id == Assessment.id)

    def row(assessment: Assessment, questionnaire: Questionnaire, answers: Answers, more: list[Any]) -> Row:
        (motion,) = more
        outcomes = [outcome_words(questionnaire, each) for each in (motion.recommended, motion.outcome)]
        names = _names(assessment, questionnaire, answers)
        return [*names, *outcomes, motion.text, motion.why, *who(motion)]

    columns = [*_name_columns(), _("Recommendation"), _("Motion"), _("Wording"), _("Why it differs")]
    columns += who_columns()
    return Table(
        _("Motions"), columns, count(statement), lambda: ([row(*each)] for each in _opened(statement))
    )


def _decisions() -> Table:
    statement = _of_assessments(Decision).join(Decision, Decision.assessment_id == Assessment.id)

    def row(assessment: Assessment, questionnaire: Questionnaire, answers: Answers, more: list[Any]) -> Row:
        (decision,) = more
        stood = [outcome_words(questionnaire, each) for each in (decision.recommended, decision.proposed)]
        return [
            decision.public_id,
            *_names(assessment, questionnaire, answers),
            *stood,
            verdict_words(decision.verdict),
            outcome_words(questionnaire, decision.outcome) if decision.outcome else "",
            decision.reasons,
            decision.conditions,
            decision.habilitet,
            decision.case_number,
            decision.decided_by,
            day_cell(decision.decided_on),
            day_cell(decision.follow_up_on),
            *who(decision),
        ]

    columns = [_("Decision’s number"), *_name_columns(), _("Recommendation"), _("Motion"), _("Verdict")]
    columns += [
        _("What was decided"),
        _("Reasons"),
        _("Conditions"),
        _("Conflicts of interest"),
        _("Case number"),
    ]
    columns += [_("Decided by"), _("Decided on"), _("Follow-up on"), *who_columns()]
    return Table(
        _("Decisions"), columns, count(statement), lambda: ([row(*each)] for each in _opened(statement))
    )


def _follow_ups() -> Table:
    statement = (
        _of_assessments(FollowUp, Decision.public_id)
        .join(Decision, Decision.assessment_id == Assessment.id)
        .join(FollowUp, FollowUp.decision_id == Decision.id)
    )

    def row(assessment: Assessment, questionnaire: Questionnaire, answers: Answers, more: list[Any]) -> Row:
        follow_up, decision = more
        names = _names(assessment, questionnaire, answers)
        went = went_words(follow_up.went)
        days = [day_cell(follow_up.on), went, follow_up.text, day_cell(follow_up.next_on)]
        return [decision, *names, *days, *_made(follow_up)]

    columns = [_("Decision’s number"), *_name_columns(), _("Day"), _("How it went"), _("Note")]
    columns += [_("Ask again on"), *made_columns()]
    return Table(
        _("Follow-ups"), columns, count(statement), lambda: ([row(*each)] for each in _opened(statement))
    )


def _goals() -> Table:
    statement = select(Goal).order_by(Goal.position, Goal.id)
    columns = [_("Goal"), _("About the goal"), _("In use"), *who_columns()]
    return Table(
        _("Goals"),
        columns,
        count(statement),
        lambda: ([[goal.title, goal.text, _yes(goal.active), *who(goal)]] for goal in _one(statement)),
    )


# Rows and cells


def many(statement: Statement) -> Iterator[Any]:
    """Return the rows of a statement, some at a time."""
    return iter(db.session.execute(statement.execution_options(yield_per=AT_ONCE)))


def _one(statement: Statement) -> Iterator[Any]:
    return iter(db.session.execute(statement.execution_options(yield_per=AT_ONCE)).scalars())


def _pairs(statement: Statement) -> list[Any]:
    return list(db.session.execute(statement))


def count(statement: Statement) -> int:
    """Return how many rows a statement has."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return int(db.session.execute(counted).scalar_one())


def _names(assessment: Assessment, questionnaire: Questionnaire, answers: Answers) -> Row:
    return [
        assessment.public_id,
        *(subject_text(questionnaire, answers.subject, role) for role in ("partner", "proposal")),
    ]


def _name_columns() -> list[str]:
    return [_("Assessment’s number"), _("Partner"), _("Proposal")]


def who(row: Any) -> Row:
    """Return who wrote a row and who changed it last, and when."""
    return [*_made(row), row.updated_by, moment_cell(row.updated_at)]


def who_columns() -> list[str]:
    """Return the titles of what :func:`who` returns."""
    return [*made_columns(), _("Last changed by"), _("Last changed")]


def _made(row: Any) -> Row:
    return [row.created_by, moment_cell(row.created_at)]


def made_columns() -> list[str]:
    """Return the titles of who wrote a row, and when."""
    return [_("Written by"), _("Written")]


def day_cell(written: str) -> Cell:
    """Return an ISO day as a day; what is none stays text."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return written


def moment_cell(moment: datetime | None) -> Cell:
    """Return a moment in the server's own time, to the second."""
    return moment.astimezone().replace(tzinfo=None, microsecond=0) if moment else None


def _number(value: object) -> Cell:
    """Return an answer that is a number as one, for sums."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else _("no")
