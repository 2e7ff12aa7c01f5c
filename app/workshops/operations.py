"""Every write of the facilitator to a workshop. Each names who did it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from app.assessments.operations import from_workshop
from app.assessments.subject import subject_text
from app.definitions.models import Definition
from app.definitions.operations import pinned
from app.definitions.reading import questionnaire_with
from app.engine.answers import to_json
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded
from app.partners.operations import partner_after_merging, partner_named
from app.platform.conflicts import must_be_as_shown
from app.platform.database import now, writing
from app.workshops.loaded import answers_in, nobody_joined, sheets_of, together
from app.workshops.models import Participant, RoomAnswer, Workshop
from app.workshops.room_map import map_of, to_plain

log = logging.getLogger(__name__)

LOCKED = select(Workshop).where(Workshop.public_id == bindparam("public_id")).with_for_update()


class Gone(LookupError):
    """There is no such workshop, or no such participant in it."""


class WrongStage(ValueError):
    """The workshop has gone on, or has not come so far: what was asked for cannot be done now."""


@dataclass(frozen=True)
class Preparation:
    """What is chosen before a workshop; see :class:`app.workshops.models.Workshop`."""

    variant: str
    sections: list[str]
    sides: list[str]
    named: bool
    smallest_group: int
    may_change: bool
    in_step: bool
    plan: Mapping[str, int]
    on: str
    subject: Mapping[str, Any]


def prepare(
    loaded: Loaded, chosen: Preparation, *, language: str, actor: str, partner_id: int | None = None
) -> str:
    """Store a new workshop with its definition and return its public id.

    It belongs to the partner with ``partner_id``, else to the one that its subject names. Raises
    :class:`app.definitions.operations.VersionTaken`.
    """
    with writing() as session:
        new = Workshop(definition_id=pinned(session, loaded), language=language, created_by=actor)
        known = partner_after_merging(session, partner_id) if partner_id is not None else None
        new.partner_id = known or _partner_of(session, loaded.questionnaire, chosen, actor)
        _fill(new, chosen, actor)
        session.add(new)
        session.flush()
        return new.public_id


def edit(public_id: str, chosen: Preparation, actor: str, shown: str | None = None) -> None:
    """Change what was prepared. ``shown``: the :func:`version_of` the preparation that the change began from.

    Raises :class:`WrongStage` once the workshop is open, for people were told, and :class:`ChangedMeanwhile`.
    """
    with writing() as session:
        workshop = locked(session, public_id, "prepared")
        must_be_as_shown(shown, version_of(workshop))
        before = workshop.subject
        _fill(workshop, chosen, actor)
        if workshop.subject != before:
            questionnaire = questionnaire_of(session, workshop)
            workshop.partner_id = _partner_of(session, questionnaire, chosen, actor)


def open_room(public_id: str, actor: str) -> None:
    """Let phones join and answer."""
    with writing() as session:
        workshop = locked(session, public_id, "prepared")
        workshop.stage, workshop.opened_at = "open", now()
        _moved_on(workshop, actor)


def delete(public_id: str, actor: str, shown: str | None = None) -> None:
    """Remove a workshop that nobody has joined, for good; its partner stays.

    ``shown``: the :func:`version_of` the workshop that was to be removed. Raises :class:`WrongStage` where
    somebody has joined, for then it holds what people said, and :class:`ChangedMeanwhile`.
    """
    with writing() as session:
        workshop = locked(session, public_id)
        if not nobody_joined(session, workshop):
            raise WrongStage(workshop.stage)
        must_be_as_shown(shown, version_of(workshop))
        session.delete(workshop)
    log.info("%s deleted a workshop that nobody had joined", actor or "somebody")


def show_section(public_id: str, section: str, actor: str) -> None:
    """Show this section on every phone. Raises :class:`WrongStage` where each goes at their own pace."""
    with writing() as session:
        workshop = locked(session, public_id, "open", "revealed")
        if not workshop.in_step or section not in workshop.sections:
            raise WrongStage(section)
        if workshop.section != section:
            workshop.section = section
            _moved_on(workshop, actor)


def reveal(public_id: str, actor: str) -> None:
    """Show the room what it answered."""
    with writing() as session:
        workshop = locked(session, public_id, "open")
        workshop.stage, workshop.revealed_at = "revealed", now()
        _moved_on(workshop, actor)


def remove(public_id: str, number: int, actor: str) -> None:
    """Send a participant out, as :func:`send_out` does."""
    with writing() as session:
        workshop = locked(session, public_id, "open", "revealed")
        found = session.execute(
            select(Participant)
            .where(Participant.workshop_id == workshop.id, Participant.number == number)
            .with_for_update()
        ).scalar_one_or_none()
        if found is None:
            raise Gone(number)
        send_out(workshop, found, actor)


def close(public_id: str, actor: str) -> str:
    """End the workshop and return the public id of the assessment that the room's answers became.

    The map of the room and its answers are kept; each person's answers, names and tokens are erased.
    """
    with writing() as session:
        workshop = locked(session, public_id, "revealed")
        questionnaire = questionnaire_of(session, workshop)
        agreed = {
            row.question: row
            for row in session.execute(
                select(RoomAnswer).where(RoomAnswer.workshop_id == workshop.id)
            ).scalars()
        }
        sheets = sheets_of(session, workshop, questionnaire)
        answers = together(workshop, questionnaire, sheets, agreed)
        workshop.kept = {
            "map": to_plain(map_of(questionnaire, sheets, workshop.smallest_group)),
            "answers": to_json(answers),
        }
        made = from_workshop(
            session,
            workshop.definition_id,
            questionnaire,
            answers,
            language=workshop.language,
            variant=workshop.variant,
            partner_id=workshop.partner_id,
            actor=actor,
        )
        workshop.assessment_id = made.id
        workshop.stage, workshop.closed_at = "closed", now()
        _moved_on(workshop, actor)
        session.execute(
            update(Participant)
            .where(Participant.workshop_id == workshop.id)
            .values(token_hash=None, name="", answers={}, gates={})
        )
        return made.public_id


def version_of(workshop: Workshop) -> str:
    """Return the version of a workshop: another one after each change."""
    return workshop.updated_at.isoformat()


# Inside the transactions of the rooms that stand on this one


def locked(session: Session, public_id: str, *stages: str) -> Workshop:
    """Return the row, locked until the transaction ends. Whoever writes to a workshop begins here.

    Raises :class:`Gone`, and :class:`WrongStage` where its stage is none of ``stages`` (none: any will do).
    """
    found = session.execute(LOCKED, {"public_id": public_id}).scalar_one_or_none()
    if found is None:
        raise Gone(public_id)
    if stages and found.stage not in stages:
        raise WrongStage(found.stage)
    return found


def send_out(workshop: Workshop, participant: Participant, actor: str) -> None:
    """Take a participant out of a workshop that is locked: the phone's token is erased.

    Before the reveal the answers leave with it. After the reveal they stay where everybody saw them: a
    picture that changed with one phone would tell what that phone had said.
    """
    participant.token_hash = None
    if workshop.stage == "open":
        participant.removed_at, participant.answers, participant.gates = now(), {}, {}
        participant.answered, participant.sheet = False, None
    workshop.answer_count += 1
    _moved_on(workshop, actor)


def questionnaire_of(session: Session, workshop: Workshop) -> Questionnaire:
    """Return the questionnaire that a workshop pins."""
    digest = select(Definition.digest).where(Definition.id == workshop.definition_id)
    return questionnaire_with(session.execute(digest).scalar_one())


def next_number(session: Session, workshop: Workshop) -> int:
    """Return the number for whoever comes next; the workshop must be locked."""
    numbers = select(func.max(Participant.number)).where(Participant.workshop_id == workshop.id)
    return (session.execute(numbers).scalar_one() or 0) + 1


def _fill(workshop: Workshop, chosen: Preparation, actor: str) -> None:
    workshop.variant, workshop.sections = chosen.variant, list(chosen.sections)
    workshop.sides, workshop.named = list(chosen.sides), chosen.named
    workshop.smallest_group, workshop.may_change = chosen.smallest_group, chosen.may_change
    workshop.in_step, workshop.plan, workshop.on = chosen.in_step, dict(chosen.plan), chosen.on
    workshop.subject = dict(chosen.subject)
    workshop.updated_by, workshop.updated_at = actor, now()


def _partner_of(
    session: Session, questionnaire: Questionnaire, chosen: Preparation, actor: str
) -> int | None:
    answers = answers_in(questionnaire, {"subject": dict(chosen.subject)})
    return partner_named(session, subject_text(questionnaire, answers.subject, "partner"), actor)


def _moved_on(workshop: Workshop, actor: str) -> None:
    """Let every phone know that something is different now."""
    workshop.state_count += 1
    workshop.updated_by, workshop.updated_at = actor, now()
