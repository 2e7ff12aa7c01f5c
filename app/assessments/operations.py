"""Every write to an assessment. Each names who did it, and adds what it changed to the history."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Table, bindparam, exists, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import catalogue
from app.assessments import linking
from app.assessments.answered import AnsweredQuestionnaire
from app.assessments.changes import Change, saved_over
from app.assessments.models import (
    DECISIONS,
    Assessment,
    AssessmentChange,
    Definition,
    Kind,
    Origin,
    Summary,
    Variant,
)
from app.assessments.opening import answers_in, answers_of, questionnaire_with
from app.assessments.past import Differences, differences, flat, flat_after, flat_of, parts_of
from app.assessments.summaries import summarise
from app.engine.answers import Answers, gate_state, to_json
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded
from app.partners.operations import partner_after_merging
from app.platform.conflicts import must_be_as_shown
from app.platform.database import Base, db, now, writing
from app.platform.named_lock import named_lock

LOCKED = select(Assessment).where(Assessment.public_id == bindparam("public_id")).with_for_update()

log = logging.getLogger(__name__)


class VersionTaken(ValueError):
    """A questionnaire was changed and kept its version: another of that id and version is here already."""

    def __init__(self, questionnaire: str, version: str) -> None:
        super().__init__(f"{questionnaire} {version} was changed without a new version")
        self.questionnaire = questionnaire
        self.version = version


class Gone(LookupError):
    """The assessment was deleted in the meantime, or was never there."""


class NoSuchChange(LookupError):
    """The history of the assessment has no such entry."""


class Decided(ValueError):
    """Leadership decided on the assessment: it is part of the case, and stays in the bin."""


@dataclass(frozen=True)
class _Edit:
    """Somebody writing to an assessment, in one transaction."""

    session: Session
    assessment: Assessment
    actor: str


def create(  # noqa: PLR0913 - each is a fact about the new row
    loaded: Loaded,
    answers: Answers,
    *,
    language: str,
    variant: Variant,
    origin: Origin,
    actor: str,
    partner_id: int | None = None,
) -> str:
    """Store a new assessment with its definition and return its public id. Raises :class:`VersionTaken`.

    It belongs to the partner with ``partner_id``, else to the one that its field about the partner names,
    who is added to the register where nobody there has that name. An example belongs to none.
    """
    with writing() as session:
        new = Assessment(
            definition_id=pinned(session, loaded), language=language, variant=variant, origin=origin
        )
        new.partner_id = partner_after_merging(session, partner_id) if partner_id is not None else None
        return _begun(session, new, loaded.questionnaire, answers, actor)


def create_many(answered: Sequence[AnsweredQuestionnaire], *, language: str, actor: str) -> list[str]:
    """Store some hundreds of answers files in one transaction, and return their public ids in order.

    All of them or none: raises :class:`VersionTaken`, and then nothing is stored.
    """
    with writing() as session:
        definitions: dict[str, int] = {}
        for each in answered:
            digest = each.loaded.questionnaire.digest
            definitions[digest] = definitions.get(digest) or pinned(session, each.loaded)
        return [
            _begun(
                session,
                Assessment(
                    definition_id=definitions[each.loaded.questionnaire.digest],
                    language=language,
                    variant="full",
                    origin="import",
                ),
                each.loaded.questionnaire,
                each.answers,
                actor,
            )
            for each in answered
        ]


def from_workshop(  # noqa: PLR0913 - each is a fact about the new row
    session: Session,
    definition_id: int,
    questionnaire: Questionnaire,
    answers: Answers,
    *,
    language: str,
    variant: str,
    partner_id: int | None,
    actor: str,
) -> Assessment:
    """Store what a room agreed on as an assessment, reviewed, inside the workshop's own transaction.

    The room talked of every gate that somebody flagged, so a breach counts as confirmed.
    """
    new = Assessment(definition_id=definition_id, language=language, variant=variant, origin="workshop")
    new.partner_id = partner_id
    _begun(session, new, questionnaire, answers, actor)
    new.reviewed_at = now()
    new.confirmed_gates = sorted(_breached(questionnaire, answers))
    _summarise(session, new, questionnaire, answers)
    _remember(_Edit(session, new, actor), "reviewed", {})
    return new


def pinned(session: Session, loaded: Loaded) -> int:
    """Return the id of the stored definition, storing it at its first use. Raises :class:`VersionTaken`.

    For rooms that pin a definition inside a transaction of their own.
    """
    questionnaire = loaded.questionnaire
    installed = _is_installed(questionnaire)
    named_lock(session, "definitions")
    same_version = session.execute(
        select(Definition)
        .where(Definition.questionnaire == questionnaire.id, Definition.version == questionnaire.version)
        .with_for_update()
    ).scalars()
    by_digest = {each.digest: each for each in same_version}
    if installed and any(x.installed and x.digest != questionnaire.digest for x in by_digest.values()):
        raise VersionTaken(questionnaire.id, questionnaire.version)
    known = by_digest.get(questionnaire.digest)
    if known is None:
        known = Definition(
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            digest=questionnaire.digest,
            source=loaded.source,
            installed=installed,
        )
        session.add(known)
        session.flush()
    known.installed = known.installed or installed
    return known.id


def save_answers(
    public_id: str,
    questionnaire: Questionnaire,
    changes: Sequence[Change],
    actor: str,
    *,
    read: Assessment | None = None,
) -> Answers:
    """Write what a page changed, and nothing else; return the answers as they are then.

    Raises :class:`ChangedMeanwhile` where somebody else changed the same question, and then writes nothing.

    ``read``: the row as this request has read it already. It is not read again, unless somebody wrote to it
    since: its ``row_version`` tells.
    """
    if read is not None:
        db.session.expunge(read)
        try:
            with writing() as session:
                session.add(read)
                return _saved(_Edit(session, read, actor), questionnaire, changes)
        except StaleDataError:
            pass
    with writing() as session:
        return _saved(_Edit(session, _locked(session, public_id), actor), questionnaire, changes)


def set_variant(public_id: str, variant: Variant, actor: str) -> None:
    """Ask the whole questionnaire, or its short variant. Answers are kept either way."""
    with writing() as session:
        assessment = _locked(session, public_id)
        if assessment.variant != variant:
            assessment.variant = variant
            _touch(assessment, actor)
            _remember(_Edit(session, assessment, actor), "variant", {})


def finish_review(public_id: str, confirmed_gates: Sequence[str], actor: str) -> None:
    """Remember that the review was made, and which breached gates were confirmed in it.

    A review that was made before, with the same gates confirmed, changes nothing.
    """
    confirmed = list(confirmed_gates)
    with writing() as session:
        assessment = _locked(session, public_id)
        if assessment.reviewed_at is not None and assessment.confirmed_gates == confirmed:
            return
        assessment.reviewed_at = now()
        assessment.confirmed_gates = confirmed
        assessment.updated_by = actor
        questionnaire = _questionnaire_of(session, assessment)
        _summarise(session, assessment, questionnaire, answers_of(assessment, questionnaire))
        _remember(_Edit(session, assessment, actor), "reviewed", {})


def copy(public_id: str, actor: str) -> str:
    """Begin a new assessment from an old one's answers, under the same definition; return its public id."""
    with writing() as session:
        old = _locked(session, public_id)
        questionnaire = _questionnaire_of(session, old)
        new = Assessment(
            definition_id=old.definition_id, language=old.language, variant=old.variant, origin="copy"
        )
        new.partner_id, new.goal_id = old.partner_id, old.goal_id
        answers = replace(answers_of(old, questionnaire), date=today(), respondents=1)
        return _begun(session, new, questionnaire, answers, actor)


def move(public_id: str, loaded: Loaded, answers: Answers, actor: str) -> str:
    """Begin a new assessment under a newer version of the questionnaire, and return its public id.

    ``answers``: what comes along. The old one stays what it was. Raises :class:`VersionTaken`.
    """
    with writing() as session:
        old = _locked(session, public_id)
        new = Assessment(
            definition_id=pinned(session, loaded),
            language=old.language,
            variant=old.variant if loaded.questionnaire.short else "full",
            origin="example" if old.origin == "example" else "move",
        )
        new.partner_id, new.goal_id = old.partner_id, old.goal_id
        return _begun(session, new, loaded.questionnaire, replace(answers, date=today()), actor)


def restore(public_id: str, change_id: int, actor: str, *, shown: int | None = None) -> None:
    """Bring back what the assessment said right after one entry of its history, as a new entry.

    Answers to hidden questions come back as they were, too. ``shown``: the ``row_version`` that the reader
    saw. Raises :class:`NoSuchChange`, and :class:`ChangedMeanwhile` where it is another by now.
    """
    with writing() as session:
        assessment = _locked(session, public_id)
        must_be_as_shown(shown, assessment.row_version)
        state = flat_after(assessment, change_id)
        if state is None:
            raise NoSuchChange(change_id)
        questionnaire = _questionnaire_of(session, assessment)
        answers = answers_in(parts_of(questionnaire, state), assessment, questionnaire)
        if state != flat_of(assessment):
            _write(_Edit(session, assessment, actor), questionnaire, answers, "restored")


def delete(public_id: str, actor: str) -> None:
    """Put an assessment into the bin. Nothing of it is lost, and it can be taken back."""
    with writing() as session:
        assessment = _locked(session, public_id)
        assessment.deleted_at = now()
        assessment.updated_by = actor
        _remember(_Edit(session, assessment, actor), "deleted", {})


def take_back(public_id: str, actor: str) -> None:
    """Take an assessment out of the bin, as it was. One that is not there stays as it is."""
    with writing() as session:
        assessment = _found(session, public_id)
        if assessment.deleted_at is not None:
            assessment.deleted_at = None
            assessment.updated_by = actor
            _remember(_Edit(session, assessment, actor), "taken-back", {})


def erase(public_id: str, actor: str) -> None:
    """Remove an assessment for good, with its history and everything else that hangs on it.

    Only from the bin (:class:`Gone`), and only where nothing was decided on it (:class:`Decided`): what
    leadership decided on belongs to the case. Its definition stays, others may pin it; so do its partner and
    the workshop that it came from.
    """
    with writing() as session:
        assessment = _found(session, public_id)
        if assessment.deleted_at is None:
            raise Gone(public_id)
        hanging = dict(_hanging())
        decided = hanging[Base.metadata.tables[DECISIONS]]
        if session.execute(select(exists().where(decided == assessment.id))).scalar_one():
            raise Decided(public_id)
        for table, link in hanging.items():
            on_it = link == assessment.id
            if link.nullable:
                session.execute(update(table).where(on_it).values({link.name: None}))
            else:
                session.execute(delete_from(table).where(on_it))
        session.delete(assessment)
    log.info("%s erased an assessment for good", actor or "somebody")


def today() -> str:
    """Return today's date where the server is, ISO 8601."""
    return datetime.datetime.now().astimezone().date().isoformat()


def _locked(session: Session, public_id: str) -> Assessment:
    """Return the row, locked until the end of the transaction. Raises :class:`Gone` where it is deleted."""
    found = _found(session, public_id)
    if found.deleted_at is not None:
        raise Gone(public_id)
    return found


def _found(session: Session, public_id: str) -> Assessment:
    """Return the row, locked until the end of the transaction, also one that is in the bin."""
    found = session.execute(LOCKED, {"public_id": public_id}).scalar_one_or_none()
    if found is None:
        raise Gone(public_id)
    return found


def _questionnaire_of(session: Session, assessment: Assessment) -> Questionnaire:
    digest = select(Definition.digest).where(Definition.id == assessment.definition_id)
    return questionnaire_with(session.execute(digest).scalar_one())


def _begun(
    session: Session, new: Assessment, questionnaire: Questionnaire, answers: Answers, actor: str
) -> str:
    """Store ``new`` with its answers and the first entry of its history, and return its public id."""
    parts = to_json(answers)
    new.date = answers.date or today()
    new.respondents = answers.respondents
    new.subject, new.answers, new.gates = parts["subject"], parts["answers"], parts["gates"]
    new.created_by = new.updated_by = actor
    new.search_key = linking.search_key(questionnaire, answers)
    if new.origin != "example":
        new.partner_id = new.partner_id or linking.partner_of(session, questionnaire, answers, actor)
        new.goal_id = new.goal_id or linking.goal_of(session, questionnaire, answers)
    session.add(new)
    session.flush()
    kind: Kind = "moved" if new.origin == "move" else "created"
    _remember(_Edit(session, new, actor), kind, differences({}, flat(parts)))
    return new.public_id


def _remember(edit: _Edit, kind: Kind, changes: Differences) -> None:
    """Add an entry to the history of an assessment."""
    edit.session.add(
        AssessmentChange(assessment_id=edit.assessment.id, kind=kind, changes=changes, actor=edit.actor)
    )


def _summarise(
    session: Session, assessment: Assessment, questionnaire: Questionnaire, answers: Answers
) -> None:
    """Keep the summary there exactly while the result may be seen; see
    ``LoadedAssessment.may_see_result``."""
    if assessment.reviewed_at is None:
        return
    if _breached(questionnaire, answers) <= set(assessment.confirmed_gates):
        values = asdict(summarise(questionnaire, answers))
        session.merge(Summary(assessment_id=assessment.id, **values))
    else:
        session.execute(delete_from(Summary).where(Summary.assessment_id == assessment.id))


def _breached(questionnaire: Questionnaire, answers: Answers) -> set[str]:
    return {gate.id for gate in questionnaire.gates if gate_state(gate, answers) == "breached"}


def _hanging() -> Iterator[tuple[Table, Any]]:
    """Yield every table whose rows point at an assessment, with the column that does.

    Rows belong to the assessment, unless the column may be empty.
    """
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is Assessment.__table__.c.id for key in column.foreign_keys):
                yield table, column


def _is_installed(questionnaire: Questionnaire) -> bool:
    """Say whether this very text is a file here; otherwise it came inside a file that someone brought."""
    found = catalogue.find(questionnaire.id, questionnaire.version)
    return found is not None and found.questionnaire.digest == questionnaire.digest


def _saved(edit: _Edit, questionnaire: Questionnaire, changes: Sequence[Change]) -> Answers:
    before = answers_of(edit.assessment, questionnaire)
    answers = saved_over(questionnaire, before, changes)
    if answers is not before:
        _write(edit, questionnaire, answers, "answers")
        edit.session.flush()
    return answers


def _write(edit: _Edit, questionnaire: Questionnaire, answers: Answers, kind: Kind) -> None:
    """Put answers into the row, and what they change into its history.

    A gate that is in order again loses its confirmation.
    """
    assessment, parts = edit.assessment, to_json(answers)
    changes = differences(flat_of(assessment), flat(parts))
    assessment.subject, assessment.answers, assessment.gates = (
        parts["subject"],
        parts["answers"],
        parts["gates"],
    )
    breached = _breached(questionnaire, answers)
    assessment.confirmed_gates = [gate for gate in assessment.confirmed_gates if gate in breached]
    if not changes.keys().isdisjoint(questionnaire.subject_items):
        assessment.search_key = linking.search_key(questionnaire, answers)
        if assessment.origin != "example":
            _link(edit, questionnaire, answers, changes)
    _touch(assessment, edit.actor)
    _remember(edit, kind, changes)
    _summarise(edit.session, assessment, questionnaire, answers)


def _link(edit: _Edit, questionnaire: Questionnaire, answers: Answers, changes: Differences) -> None:
    """Point at the partner, where none is known yet, and at the goal, where another is named now.

    A goal whose words are unchanged is kept: it may be out of use by now.
    """
    if edit.assessment.partner_id is None:
        edit.assessment.partner_id = linking.partner_of(edit.session, questionnaire, answers, edit.actor)
    goal = questionnaire.field_with_role("goal")
    if goal is not None and goal.item.id in changes:
        edit.assessment.goal_id = linking.goal_of(edit.session, questionnaire, answers)


def _touch(assessment: Assessment, actor: str) -> None:
    assessment.date = today()
    assessment.updated_at = now()
    assessment.updated_by = actor
