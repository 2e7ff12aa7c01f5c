"""What there is to export of workshops: what the room was told, and nothing of any one person.

Before the answers are shown there are numbers alone; afterwards what the room agreed on, its actions, and the
remarks that it saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from sqlalchemy import func, select

from app.assessments.models import Definition
from app.assessments.opening import questionnaire_with
from app.data.exports.tables import (
    Row,
    Statement,
    Table,
    count,
    day_cell,
    made_columns,
    many,
    moment_cell,
    who,
    who_columns,
)
from app.data.exports.words import variant_words
from app.engine.answers import Answer, GateAnswer
from app.engine.definition import Questionnaire
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.given import answer_words
from app.wording.limits import gate_answer
from app.wording.speech import Speech
from app.workshops.models import SIDES, Participant, RoomAnswer, Workshop, WorkshopAction
from app.workshops.opening import LoadedWorkshop, said_in
from app.workshops.words import question_words, side_words, stage_words

SHOWN = Workshop.stage.in_(("revealed", "closed"))


def workshop_tables() -> list[Table]:
    """Return every table of workshops, in the reader's language."""
    return [_workshops(), _agreed(), _actions(), _remarks()]


def _workshops() -> Table:
    statement = _of_workshops()
    joined = _joined()

    def row(opened: LoadedWorkshop) -> Row:
        workshop = opened.workshop
        numbers = [joined.get((workshop.id, side)) for side in SIDES]
        return [
            *_names(opened),
            day_cell(workshop.on),
            stage_words(workshop.stage),
            variant_words(workshop.variant),
            ", ".join(side_words(side) for side in workshop.sides),
            *(number[0] if number else None for number in numbers),
            sum(number[1] for number in numbers if number),
            moment_cell(workshop.opened_at),
            moment_cell(workshop.revealed_at),
            moment_cell(workshop.closed_at),
            *who(workshop),
        ]

    columns = [*_name_columns(), _("Day"), _("Stage"), _("Extent"), _("Sides")]
    columns += [_("Joined: %(side)s", side=side_words(side)) for side in SIDES]
    columns += [_("Said that they are done"), _("Opened for answers"), _("Answers were shown")]
    columns += [_("Workshop was closed"), *who_columns()]
    return Table(
        _("Workshops"),
        columns,
        count(statement),
        lambda: ([row(opened)] for opened, _more in _each(statement)),
    )


def _agreed() -> Table:
    statement = (
        _of_workshops(RoomAnswer)
        .join(RoomAnswer, RoomAnswer.workshop_id == Workshop.id)
        .where(SHOWN)
        .order_by(None)
        .order_by(RoomAnswer.id)
    )
    speech = Speech(language())

    def row(opened: LoadedWorkshop, agreed: RoomAnswer) -> Row:
        return [
            *_names(opened),
            agreed.question,
            question_words(opened.questionnaire, agreed.question, language()),
            _in_words(opened.questionnaire, agreed, speech),
            agreed.reason,
            agreed.minority,
            agreed.actor,
            moment_cell(agreed.at),
        ]

    columns = [*_name_columns(), _("Question’s id"), _("Question"), _("Answer"), _("Reason")]
    columns += [_("The view of the minority"), *made_columns()]
    return Table(
        _("Agreed in workshops"),
        columns,
        count(statement),
        lambda: ([row(opened, *more)] for opened, more in _each(statement)),
    )


def _actions() -> Table:
    statement = (
        _of_workshops(WorkshopAction)
        .join(WorkshopAction, WorkshopAction.workshop_id == Workshop.id)
        .where(SHOWN)
        .order_by(None)
        .order_by(WorkshopAction.id)
    )

    def row(opened: LoadedWorkshop, action: WorkshopAction) -> Row:
        cells = [action.what, action.who, day_cell(action.due)]
        return [*_names(opened), *cells, action.actor, moment_cell(action.at)]

    columns = [*_name_columns(), _("What is done"), _("Who"), _("By when"), *made_columns()]
    return Table(
        _("Actions of workshops"),
        columns,
        count(statement),
        lambda: ([row(opened, *more)] for opened, more in _each(statement)),
    )


def _remarks() -> Table:
    """Return what was remarked, as the room saw it: of no side with too few answers, and without names."""
    statement = _of_workshops().where(SHOWN)

    def rows(opened: LoadedWorkshop) -> list[Row]:
        return [
            [*_names(opened), question, question_words(opened.questionnaire, question, language()), remark]
            for question, remarks in opened.room_map.notes.items()
            for remark in remarks
        ]

    columns = [*_name_columns(), _("Question’s id"), _("Question"), _("Remark")]
    return Table(
        _("Remarks in workshops"),
        columns,
        count(statement),
        lambda: (rows(opened) for opened, _more in list(_each(statement))),
    )


def _of_workshops(*more: Any) -> Statement:
    """Return the statement of workshops, each with its definition's digest and something more."""
    return (
        select(Workshop, Definition.digest, *more)
        .join(Definition, Definition.id == Workshop.definition_id)
        .order_by(Workshop.id)
    )


def _each(statement: Statement) -> Iterator[tuple[LoadedWorkshop, list[Any]]]:
    for workshop, digest, *more in many(statement):
        yield LoadedWorkshop(workshop, questionnaire_with(digest)), more


def _joined() -> Mapping[tuple[int, str], tuple[int, int]]:
    """Return how many joined and how many are done, for each side of each workshop where anybody is."""
    found = db.session.execute(
        select(Participant.workshop_id, Participant.side, func.count(), func.count(Participant.done_at))
        .where(Participant.removed_at.is_(None))
        .group_by(Participant.workshop_id, Participant.side)
    )
    return {(workshop, side): (joined, done) for workshop, side, joined, done in found}


def _in_words(questionnaire: Questionnaire, agreed: RoomAnswer, speech: Speech) -> str:
    answer = said_in(questionnaire, agreed)
    gate = questionnaire.gates_by_id.get(agreed.question)
    if gate:
        return gate_answer(gate, cast(GateAnswer, answer).value, speech)
    return answer_words(questionnaire.items[agreed.question], cast(Answer, answer), speech)


def _names(opened: LoadedWorkshop) -> Row:
    return [opened.workshop.public_id, opened.partner, opened.proposal]


def _name_columns() -> list[str]:
    return [_("Workshop’s number"), _("Partner"), _("Proposal")]
