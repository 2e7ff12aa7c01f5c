"""Every write of a phone: joining, answering, being done. A phone's own answers name no actor.

A phone reaches its own row and no other: it is found by the hash of the token in the phone's cookie.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.assessments.changes import AnyAnswer, Change, saved_over
from app.engine.answers import to_json
from app.engine.definition import Questionnaire
from app.platform.database import now, writing
from app.workshops.loaded import answers_in, may_answer
from app.workshops.models import Participant, Workshop
from app.workshops.operations import Gone, WrongStage, locked, next_number
from app.workshops.phones.reading import hash_of

MOST = 500
"""The most that can be in one workshop."""

THIS_PHONE = (
    select(Participant)
    .where(
        Participant.workshop_id == bindparam("workshop"),
        Participant.token_hash == bindparam("token"),
        Participant.removed_at.is_(None),
    )
    .with_for_update()
)


STAGE = select(Workshop.stage).where(Workshop.public_id == bindparam("public_id"))

HELD = select(Workshop).where(Workshop.public_id == bindparam("public_id")).with_for_update(read=True)
"""A workshop that cannot go on until the transaction ends; other phones may hold it at the same time."""


class Full(ValueError):
    """The workshop is full."""


def join(public_id: str, side: str, name: str) -> str:
    """Let a phone in and return its token, of which only the hash is stored.

    Raises :class:`WrongStage` where nobody may answer now or that side takes no part, and :class:`Full`.
    """
    token = secrets.token_urlsafe(32)
    with writing() as session:
        workshop = locked(session, public_id)
        if not may_answer(workshop) or side not in workshop.sides:
            raise WrongStage(workshop.stage)
        if _joined(session, workshop) >= MOST:
            raise Full(MOST)
        new = Participant(workshop_id=workshop.id, side=side, kind="phone", token_hash=hash_of(token))
        new.number = next_number(session, workshop)
        new.name = name if workshop.named else ""
        session.add(new)
        workshop.answer_count += 1
    return token


def save(public_id: str, questionnaire: Questionnaire, token: str, changes: Sequence[Change]) -> None:
    """Write what a page changed, and nothing else.

    Raises :class:`Gone` for a phone that was removed or whose workshop is closed, :class:`WrongStage` where
    nobody may answer now, and :class:`app.platform.conflicts.ChangedMeanwhile` where it would lose what
    another page wrote. Then nothing is written.
    """
    with writing() as session:
        workshop, phone = _at_work(session, public_id, token)
        parts = {"answers": phone.answers, "gates": phone.gates}
        before = answers_in(questionnaire, {"subject": workshop.subject, **parts})
        answers = saved_over(questionnaire, before, changes, _keeps_what_was_written(questionnaire))
        if answers is not before:
            _write(workshop, phone, to_json(answers))


def done(public_id: str, token: str) -> None:
    """Remember that they are done; what they said before is kept. Raises as :func:`save` does."""
    with writing() as session:
        workshop, phone = _at_work(session, public_id, token)
        if phone.done_at is None:
            phone.done_at = now()
            _tell(workshop)


def _at_work(session: Session, public_id: str, token: str) -> tuple[Workshop, Participant]:
    """Return workshop and phone where this phone may answer now; neither changes before the end."""
    workshop = _held(session, public_id)
    phone = session.execute(
        THIS_PHONE, {"workshop": workshop.id, "token": hash_of(token)}
    ).scalar_one_or_none()
    if phone is None:
        raise Gone(public_id)
    if not may_answer(workshop):
        raise WrongStage(workshop.stage)
    return workshop, phone


def _held(session: Session, public_id: str) -> Workshop:
    """Return the workshop; before the reveal other phones may hold it too: a room that answers is no queue.

    After it an answer changes the picture, and the workshop's row with it, so each waits for the other.
    """
    stage = session.execute(STAGE, {"public_id": public_id}).scalar_one_or_none()
    if stage != "open":
        return locked(session, public_id)
    held = session.execute(HELD, {"public_id": public_id}).scalar_one()
    if held.stage != "open":
        raise WrongStage(held.stage)
    return held


def _write(workshop: Workshop, phone: Participant, parts: Mapping[str, Any]) -> None:
    phone.answers, phone.gates = parts["answers"], parts["gates"]
    phone.answered = bool(phone.answers or phone.gates)
    _tell(workshop)


def _tell(workshop: Workshop) -> None:
    """Let the screens know of an answer, where they show any."""
    if workshop.stage == "revealed":
        workshop.answer_count += 1


def _joined(session: Session, workshop: Workshop) -> int:
    counted = select(func.count()).where(
        Participant.workshop_id == workshop.id, Participant.removed_at.is_(None)
    )
    return session.execute(counted).scalar_one()


def _keeps_what_was_written(questionnaire: Questionnaire) -> Callable[[Change, AnyAnswer], bool]:
    """Return what says whether a later answer takes nothing away that was written or pieced together.

    A phone whose network fails may not hear that it was saved, and then saves on from what it last heard. It
    is the same person, so the last tap counts; but a remark, a text or a cell of another page is not lost.
    """

    def keeps(change: Change, there: AnyAnswer) -> bool:
        answer = change.answer
        if there is None:
            return True
        if answer is None or there.note not in answer.note:
            return False
        item = questionnaire.items.get(change.question)
        return item is None or there.value is None or item.keeps(answer.value, there.value)

    return keeps
