"""Every write of the paper: a sheet keyed in, corrected, or taken out. Each names who did it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.database import now, writing
from app.workshops.loaded import may_answer
from app.workshops.models import Participant, Workshop
from app.workshops.operations import Gone, WrongStage, locked, next_number, send_out
from app.workshops.sheets.reading import side_of


class NoSuchSheet(ValueError):
    """No sheet of this workshop has that number."""


class KeyedAlready(ValueError):
    """A sheet of that number is keyed in. It never says what the first one says.

    ``by`` and ``at``: who keyed it in, and when. ``is_same``: the two say exactly the same. Not where they
    differ: by keying in one answer after another one could read the sheet.
    """

    def __init__(self, row: Participant, is_same: bool) -> None:
        super().__init__(row.sheet)
        self.by, self.at = row.actor, row.done_at
        self.is_same = is_same


def key_in(  # noqa: PLR0913, PLR0917 - each is a part of the sheet
    public_id: str,
    sheet: int,
    name: str,
    answers: Mapping[str, Any],
    gates: Mapping[str, Any],
    actor: str,
    replace: bool = False,
) -> int | None:
    """Store a sheet, and return the number of another one that says exactly the same, if there is one.

    ``answers`` and ``gates``: parts of an answers file, as :func:`app.workshops.sheets.reading.read` returns
    them.
    ``replace``: in place of the sheet of that number. Raises :class:`KeyedAlready` where there is one and
    nothing is to be replaced, :class:`NoSuchSheet`, and :class:`app.workshops.operations.WrongStage` while
    nobody may answer.
    """
    with writing() as session:
        workshop = locked(session, public_id)
        if not may_answer(workshop):
            raise WrongStage(workshop.stage)
        side = side_of(sheet)
        if side is None or side not in workshop.sides:
            raise NoSuchSheet(sheet)
        row = _keyed(session, workshop, sheet)
        if row is not None and not replace:
            raise KeyedAlready(row, (row.answers, row.gates, row.name) == (answers, gates, name))
        if row is None:
            row = Participant(
                workshop_id=workshop.id,
                number=next_number(session, workshop),
                side=side,
                kind="paper",
                sheet=sheet,
            )
            session.add(row)
        row.name = name if workshop.named else ""
        row.answers, row.gates = dict(answers), dict(gates)
        row.answered = bool(answers or gates)
        row.actor, row.done_at = actor, now()
        workshop.answer_count += 1
        session.flush()
        return _twin(session, row)


def take_out(public_id: str, sheet: int, actor: str) -> None:
    """Remove a sheet and what it said; its number is free. Raises as :func:`key_in`, and once it is shown."""
    with writing() as session:
        workshop = locked(session, public_id, "open")
        row = _keyed(session, workshop, sheet)
        if row is None:
            raise Gone(sheet)
        send_out(workshop, row, actor)


def _keyed(session: Session, workshop: Workshop, sheet: int) -> Participant | None:
    of_that_number = select(Participant).where(
        Participant.workshop_id == workshop.id, Participant.sheet == sheet, Participant.removed_at.is_(None)
    )
    return session.execute(of_that_number.with_for_update()).scalar_one_or_none()


def _twin(session: Session, row: Participant) -> int | None:
    """Return the other sheet with the same answers; an empty sheet is like any other empty one."""
    if not row.answered:
        return None
    others = session.execute(
        select(Participant).where(
            Participant.workshop_id == row.workshop_id,
            Participant.side == row.side,
            Participant.sheet.is_not(None),
            Participant.sheet != row.sheet,
            Participant.removed_at.is_(None),
        )
    ).scalars()
    same = (each.sheet for each in others if (each.answers, each.gates) == (row.answers, row.gates))
    return next(same, None)
