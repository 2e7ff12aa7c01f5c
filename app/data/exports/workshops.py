"""What there is to export of workshops: what the room was told, and nothing of any one person.

Before the answers are shown there are numbers alone; afterwards what the room agreed on, its actions, and the
remarks that it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.data.exports.columns import RowOf, changed_columns, day_cell, moment_cell
from app.data.exports.reading import Statement, count, rows
from app.data.exports.table import Column, Table
from app.data.exports.words import variant_words
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.answer_words import any_answer_words
from app.wording.speech import Speech
from app.workshops.loaded import LoadedWorkshop, agreed_answer
from app.workshops.models import SIDES, Participant, RoomAnswer, Workshop, WorkshopAction
from app.workshops.words import question_words, side_words, stage_words

SHOWN = Workshop.stage.in_(("revealed", "closed"))


class _OfWorkshop(NamedTuple):
    """A workshop, and the row that it was read with: ``row.RoomAnswer`` where that was asked for."""

    opened: LoadedWorkshop
    row: Any


class _Remark(NamedTuple):
    opened: LoadedWorkshop
    question: str
    text: str


def workshop_tables() -> list[Table[Any]]:
    """Return every table of workshops, in the reader's language."""
    return [_workshops(), _agreed(), _actions(), _remarks()]


def _workshops() -> Table[_OfWorkshop]:
    statement = _of_workshops().order_by(Workshop.id)
    people = _people()

    def joined(side: str) -> Column[_OfWorkshop]:
        title = _("Joined: %(side)s", side=side_words(side))
        return Column(title, lambda each: people.get((each.row.Workshop.id, side), (None, 0))[0])

    columns: list[Column[_OfWorkshop]] = [
        *_name_columns(),
        Column(_("Day"), lambda each: day_cell(each.row.Workshop.on)),
        Column(_("Stage"), lambda each: stage_words(each.row.Workshop.stage)),
        Column(_("Extent"), lambda each: variant_words(each.row.Workshop.variant)),
        Column(_("Sides"), lambda each: ", ".join(side_words(side) for side in each.row.Workshop.sides)),
        *(joined(side) for side in SIDES),
        Column(
            _("Said that they are done"),
            lambda each: sum(people.get((each.row.Workshop.id, side), (None, 0))[1] for side in SIDES),
        ),
        Column(_("Opened for answers"), lambda each: moment_cell(each.row.Workshop.opened_at)),
        Column(_("Answers were shown"), lambda each: moment_cell(each.row.Workshop.revealed_at)),
        Column(_("Workshop was closed"), lambda each: moment_cell(each.row.Workshop.closed_at)),
        *changed_columns(attrgetter("row.Workshop")),
    ]
    return Table(_("Workshops"), columns, count(statement), lambda: ([each] for each in _each(statement)))


def _agreed() -> Table[_OfWorkshop]:
    statement = (
        _of_workshops(RoomAnswer)
        .join(RoomAnswer, RoomAnswer.workshop_id == Workshop.id)
        .where(SHOWN)
        .order_by(RoomAnswer.id)
    )
    speech = Speech(language())
    columns: list[Column[_OfWorkshop]] = [
        *_name_columns(),
        *_question_columns(lambda each: each.row.RoomAnswer.question),
        Column(_("Answer"), lambda each: _in_words(each, speech), wide=True),
        Column(_("Reason"), lambda each: each.row.RoomAnswer.reason, wide=True),
        Column(_("The view of the minority"), lambda each: each.row.RoomAnswer.minority, wide=True),
        *_written_columns(attrgetter("row.RoomAnswer")),
    ]
    return Table(
        _("Agreed in workshops"), columns, count(statement), lambda: ([each] for each in _each(statement))
    )


def _actions() -> Table[_OfWorkshop]:
    statement = (
        _of_workshops(WorkshopAction)
        .join(WorkshopAction, WorkshopAction.workshop_id == Workshop.id)
        .where(SHOWN)
        .order_by(WorkshopAction.id)
    )
    columns: list[Column[_OfWorkshop]] = [
        *_name_columns(),
        Column(_("What is done"), lambda each: each.row.WorkshopAction.what, wide=True),
        Column(_("Who"), lambda each: each.row.WorkshopAction.who),
        Column(_("By when"), lambda each: day_cell(each.row.WorkshopAction.due)),
        *_written_columns(attrgetter("row.WorkshopAction")),
    ]
    return Table(
        _("Actions of workshops"), columns, count(statement), lambda: ([each] for each in _each(statement))
    )


def _remarks() -> Table[_Remark]:
    """Return what was remarked, as the room saw it: of no side with too few answers, and without names."""
    statement = _of_workshops().where(SHOWN).order_by(Workshop.id)
    columns: list[Column[_Remark]] = [
        *_name_columns(),
        *_question_columns(lambda each: each.question),
        Column(_("Remark"), lambda each: each.text, wide=True),
    ]
    return Table(
        _("Remarks in workshops"),
        columns,
        count(statement),
        lambda: (_remarks_of(each.opened) for each in list(_each(statement))),
    )


def _remarks_of(opened: LoadedWorkshop) -> list[_Remark]:
    notes = opened.room_map.notes
    return [_Remark(opened, question, text) for question, texts in notes.items() for text in texts]


def _of_workshops(*more: Any) -> Statement:
    """Return the statement of workshops, each with its definition's digest and something more."""
    return select(Workshop, Definition.digest, *more).join(
        Definition, Definition.id == Workshop.definition_id
    )


def _each(statement: Statement) -> Iterator[_OfWorkshop]:
    for row in rows(statement):
        yield _OfWorkshop(LoadedWorkshop(row.Workshop, questionnaire_with(row.digest)), row)


def _people() -> Mapping[tuple[int, str], tuple[int, int]]:
    """Return how many joined and how many are done, for each side of each workshop where anybody is."""
    found = db.session.execute(
        select(Participant.workshop_id, Participant.side, func.count(), func.count(Participant.done_at))
        .where(Participant.removed_at.is_(None))
        .group_by(Participant.workshop_id, Participant.side)
    )
    return {(workshop, side): (joined, done) for workshop, side, joined, done in found}


def _in_words(each: _OfWorkshop, speech: Speech) -> str:
    questionnaire, agreed = each.opened.questionnaire, each.row.RoomAnswer
    found = questionnaire.gates_by_id.get(agreed.question) or questionnaire.items[agreed.question]
    return any_answer_words(found, agreed_answer(questionnaire, agreed), speech)


def _name_columns() -> list[Column[Any]]:
    """Return which workshop something is of. Each thing has it as ``opened``."""
    return [
        Column(_("Workshop’s number"), lambda each: each.opened.workshop.public_id),
        Column(_("Partner"), lambda each: each.opened.partner),
        Column(_("Proposal"), lambda each: each.opened.proposal),
    ]


def _written_columns(row: RowOf) -> list[Column[Any]]:
    """Return who wrote a row last, and when: of what a room agrees on, that alone is kept."""
    return [
        Column(_("Written by"), lambda each: row(each).actor),
        Column(_("Written"), lambda each: moment_cell(row(each).at)),
    ]


def _question_columns(question: Callable[[Any], str]) -> list[Column[Any]]:
    """Return the question that something is about. ``question`` finds its id."""
    return [
        Column(_("Question’s id"), question),
        Column(
            _("Question"),
            lambda each: question_words(each.opened.questionnaire, question(each), language()),
            wide=True,
        ),
    ]
