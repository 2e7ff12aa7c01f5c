"""The tables of the assessments: each with what it comes to, its answers, and what must be in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from app.assessments.loaded import LoadedAssessment, opened
from app.assessments.models import Assessment, Summary
from app.data.exports.columns import changed_columns, day_cell, moment_cell, number_cell
from app.data.exports.reading import Statement, count, of_assessments, rows
from app.data.exports.table import Cell, Column, Table
from app.data.exports.words import gate_words, origin_words, state_words, variant_words, yes_or_no
from app.decisions.words import outcome_words
from app.engine.answers import Answer, GateAnswer, gate_state
from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem
from app.engine.texts import say
from app.organisation.reading import goals_by_id
from app.partners.models import Partner
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.answer_words import answer_words
from app.wording.codes import question_codes
from app.wording.limits import gate_answer
from app.wording.speech import Speech


@dataclass(frozen=True)
class OfAssessment:
    """An assessment, and the row that it was read with: ``row.Motion`` where a motion was asked for."""

    opened: LoadedAssessment
    row: Any


@dataclass(frozen=True)
class _Answered:
    """An answer to a question, or what was written in a field about partner and proposal."""

    opened: LoadedAssessment
    part: str
    code: str
    item: BaseItem
    words: str
    answer: Answer


@dataclass(frozen=True)
class _AnsweredGate:
    opened: LoadedAssessment
    gate: Gate
    answer: GateAnswer | None


def each_opened(statement: Statement) -> Iterator[OfAssessment]:
    """Yield what a statement of :func:`of_assessments` finds, with questionnaires and answers."""
    for row in rows(statement):
        yield OfAssessment(opened(row.Assessment, row.digest, ""), row)


def name_columns() -> list[Column[Any]]:
    """Return which assessment something is of. Each thing has it as ``opened``."""
    return [
        Column(_("Assessment’s number"), lambda each: each.opened.assessment.public_id),
        Column(_("Partner"), lambda each: each.opened.partner),
        Column(_("Proposal"), lambda each: each.opened.proposal),
    ]


def assessments() -> Table[OfAssessment]:
    """Return the assessments, each with what it comes to."""
    statement = (
        of_assessments(Summary, Partner.public_id)
        .outerjoin(Summary, Summary.assessment_id == Assessment.id)
        .outerjoin(Partner, Partner.id == Assessment.partner_id)
        .order_by(Assessment.id)
    )
    goals = goals_by_id()

    def goal(each: OfAssessment) -> str:
        found = goals.get(each.opened.assessment.goal_id or 0)
        return found.title if found else ""

    columns: list[Column[OfAssessment]] = [
        *name_columns(),
        Column(_("Partner’s number"), lambda each: each.row.public_id),
        Column(_("Questionnaire"), lambda each: say(each.opened.questionnaire.title, language())),
        Column(_("Version"), lambda each: each.opened.questionnaire.version),
        Column(_("Date"), lambda each: day_cell(each.opened.assessment.date)),
        Column(_("Extent"), lambda each: variant_words(each.opened.assessment.variant)),
        Column(_("How it began"), lambda each: origin_words(each.opened.assessment.origin)),
        Column(_("Respondents"), lambda each: each.opened.assessment.respondents),
        Column(_("The library’s goal"), goal),
        Column(_("Reviewed"), lambda each: moment_cell(each.opened.assessment.reviewed_at)),
        _of_summary(_("Recommendation"), lambda found, of: outcome_words(of, found.outcome)),
        _of_summary(_("At the lowest"), lambda found, of: outcome_words(of, found.low)),
        _of_summary(_("At the highest"), lambda found, of: outcome_words(of, found.high)),
        _of_summary(
            _("In time"), lambda found, of: outcome_words(of, found.in_time) if found.in_time else ""
        ),
        _of_summary(_("Value"), lambda found, _of: found.value),
        _of_summary(_("Readiness"), lambda found, _of: found.readiness),
        _of_summary(_("Questions known"), lambda found, _of: found.known),
        _of_summary(_("Questions asked"), lambda found, _of: found.asked),
        *changed_columns(attrgetter("opened.assessment")),
    ]
    return Table(
        _("Assessments"), columns, count(statement), lambda: ([each] for each in each_opened(statement))
    )


def _of_summary(title: str, cell: Callable[[Summary, Questionnaire], Cell]) -> Column[OfAssessment]:
    """Return a column of what a reviewed assessment comes to; its cells are empty before the review."""

    def cell_of(each: OfAssessment) -> Cell:
        summary = each.row.Summary
        return cell(summary, each.opened.questionnaire) if summary else None

    return Column(title, cell_of)


def answers(*, persons: bool) -> Table[_Answered]:
    """Return what was answered; of contact persons only where ``persons`` are wanted."""
    statement = of_assessments().order_by(Assessment.id)
    columns: list[Column[_Answered]] = [
        *name_columns(),
        Column(_("Part of the questionnaire"), lambda each: each.part),
        Column(_("Question’s number"), lambda each: each.code),
        Column(_("Question’s id"), lambda each: each.item.id),
        Column(_("Question"), lambda each: say(each.item.text, language()), wide=True),
        Column(_("Answer"), lambda each: each.words, wide=True),
        Column(_("As a number"), lambda each: number_cell(each.answer.value)),
        Column(_("State"), lambda each: state_words(each.answer.state)),
        Column(_("Counts in the result"), lambda each: yes_or_no(each.item.id in each.opened.visible)),
        Column(_("Note"), lambda each: each.answer.note, wide=True),
    ]
    return Table(
        _("Answers"),
        columns,
        count(statement),
        lambda: (
            [*_facts(each.opened, persons=persons), *_answered(each.opened)]
            for each in each_opened(statement)
        ),
    )


def _facts(opened: LoadedAssessment, *, persons: bool) -> Iterator[_Answered]:
    """Yield each field about partner and proposal that was filled in."""
    for field in opened.questionnaire.subject:
        item, value = field.item, opened.subject.get(field.item.id)
        if value is None or (field.role == "contact" and not persons):
            continue
        part = say(field.group, language()) or _("The proposal")
        yield _Answered(opened, part, "", item, item.words(value, language()), Answer("known", value))


def _answered(opened: LoadedAssessment) -> Iterator[_Answered]:
    """Yield each question that was answered, in the order of the questionnaire."""
    speech, codes = Speech(language()), question_codes(opened.questionnaire)
    for section in opened.questionnaire.sections:
        part = say(section.title, language())
        for item in section.items:
            answer = opened.answers.items.get(item.id)
            if answer is not None:
                words = answer_words(item, answer, speech)
                yield _Answered(opened, part, codes[item.id], item, words, answer)


def gates() -> Table[_AnsweredGate]:
    """Return what must be in place, and whether it is."""
    statement = of_assessments().order_by(Assessment.id)
    speech = Speech(language())

    def in_words(each: _AnsweredGate) -> str:
        return gate_answer(each.gate, each.answer.value, speech) if each.answer else state_words("unanswered")

    columns: list[Column[_AnsweredGate]] = [
        *name_columns(),
        Column(_("Condition’s id"), lambda each: each.gate.id),
        Column(_("Must be in place"), lambda each: say(each.gate.text, language()), wide=True),
        Column(_("Answer"), in_words, wide=True),
        Column(_("How it stands"), lambda each: gate_words(gate_state(each.gate, each.opened.answers))),
        Column(
            _("Confirmed at the review"),
            lambda each: yes_or_no(each.gate.id in each.opened.assessment.confirmed_gates),
        ),
        Column(_("What it is based on"), lambda each: each.answer.note if each.answer else "", wide=True),
    ]
    return Table(
        _("Must be in place"),
        columns,
        count(statement),
        lambda: (_gates_of(each.opened) for each in each_opened(statement)),
    )


def _gates_of(opened: LoadedAssessment) -> list[_AnsweredGate]:
    answers = opened.answers.gates
    return [_AnsweredGate(opened, gate, answers.get(gate.id)) for gate in opened.questionnaire.gates]
