"""Every write to an assessment. Each names who did it, and adds what it changed to the history.

The bin, going back in the history, and moving to a newer version are written by the rooms of those names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import bindparam, select
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.assessments import linking
from app.assessments.answered import AnsweredQuestionnaire
from app.assessments.changes import Change, saved_over
from app.assessments.loaded import answers_of
from app.assessments.models import Assessment, AssessmentChange, Kind, Origin, Summary, Variant
from app.assessments.past import Differences, differences, flat, flat_of
from app.assessments.summaries import summarise
from app.definitions.models import Definition
from app.definitions.operations import pinned
from app.definitions.reading import questionnaire_with
from app.engine.answers import Answers, gate_state, to_json
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded
from app.partners.operations import partner_after_merging
from app.platform.database import db, now, writing
from app.platform.days import today

LOCKED = select(Assessment).where(Assessment.public_id == bindparam("public_id")).with_for_update()


class Gone(LookupError):
    """The assessment was deleted in the meantime, or was never there."""


@dataclass(frozen=True)
class Edit:
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
    """Store a new assessment with its definition and return its public id. Raises ``VersionTaken``.

    It belongs to the partner with ``partner_id``, else to the one that its field about the partner names,
    who is added to the register where nobody there has that name. An example belongs to none.
    """
    with writing() as session:
        new = Assessment(
            definition_id=pinned(session, loaded), language=language, variant=variant, origin=origin
        )
        new.partner_id = partner_after_merging(session, partner_id) if partner_id is not None else None
        return store(session, new, loaded.questionnaire, answers, actor)


def create_many(answered: Sequence[AnsweredQuestionnaire], *, language: str, actor: str) -> list[str]:
    """Store some hundreds of answers files in one transaction, and return their public ids in order.

    All of them or none: raises ``VersionTaken``, and then nothing is stored.
    """
    with writing() as session:
        definitions: dict[str, int] = {}
        for each in answered:
            digest = each.loaded.questionnaire.digest
            definitions[digest] = definitions.get(digest) or pinned(session, each.loaded)
        return [
            store(
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
    store(session, new, questionnaire, answers, actor)
    new.reviewed_at = now()
    new.confirmed_gates = sorted(_breached(questionnaire, answers))
    _summarise(session, new, questionnaire, answers)
    remember(Edit(session, new, actor), "reviewed", {})
    return new


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
                return _saved(Edit(session, read, actor), questionnaire, changes)
        except StaleDataError:
            pass
    with writing() as session:
        return _saved(Edit(session, locked(session, public_id), actor), questionnaire, changes)


def set_variant(public_id: str, variant: Variant, actor: str) -> None:
    """Ask the whole questionnaire, or its short variant. Answers are kept either way."""
    with writing() as session:
        assessment = locked(session, public_id)
        if assessment.variant != variant:
            assessment.variant = variant
            _touch(assessment, actor)
            remember(Edit(session, assessment, actor), "variant", {})


def finish_review(public_id: str, confirmed_gates: Sequence[str], actor: str) -> None:
    """Remember that the review was made, and which breached gates were confirmed in it.

    A review that was made before, with the same gates confirmed, changes nothing.
    """
    confirmed = list(confirmed_gates)
    with writing() as session:
        assessment = locked(session, public_id)
        if assessment.reviewed_at is not None and assessment.confirmed_gates == confirmed:
            return
        assessment.reviewed_at = now()
        assessment.confirmed_gates = confirmed
        assessment.updated_by = actor
        questionnaire = questionnaire_of(session, assessment)
        _summarise(session, assessment, questionnaire, answers_of(assessment, questionnaire))
        remember(Edit(session, assessment, actor), "reviewed", {})


def copy(public_id: str, actor: str) -> str:
    """Begin a new assessment from an old one's answers, under the same definition; return its public id."""
    with writing() as session:
        old = locked(session, public_id)
        questionnaire = questionnaire_of(session, old)
        new = Assessment(
            definition_id=old.definition_id, language=old.language, variant=old.variant, origin="copy"
        )
        new.partner_id, new.goal_id = old.partner_id, old.goal_id
        answers = replace(answers_of(old, questionnaire), date=today(), respondents=1)
        return store(session, new, questionnaire, answers, actor)


def locked(session: Session, public_id: str) -> Assessment:
    """Return the row, locked until the end of the transaction. Raises :class:`Gone` where it is deleted."""
    found = found_even_in_bin(session, public_id)
    if found.deleted_at is not None:
        raise Gone(public_id)
    return found


def found_even_in_bin(session: Session, public_id: str) -> Assessment:
    """Return the row, locked until the end of the transaction, also one that is in the bin."""
    found = session.execute(LOCKED, {"public_id": public_id}).scalar_one_or_none()
    if found is None:
        raise Gone(public_id)
    return found


def questionnaire_of(session: Session, assessment: Assessment) -> Questionnaire:
    """Return the questionnaire that a row pins."""
    digest = select(Definition.digest).where(Definition.id == assessment.definition_id)
    return questionnaire_with(session.execute(digest).scalar_one())


def store(
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
    remember(Edit(session, new, actor), kind, differences({}, flat(parts)))
    return new.public_id


def remember(edit: Edit, kind: Kind, changes: Differences) -> None:
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


def _saved(edit: Edit, questionnaire: Questionnaire, changes: Sequence[Change]) -> Answers:
    before = answers_of(edit.assessment, questionnaire)
    answers = saved_over(questionnaire, before, changes)
    if answers is not before:
        write_answers(edit, questionnaire, answers, "answers")
        edit.session.flush()
    return answers


def write_answers(edit: Edit, questionnaire: Questionnaire, answers: Answers, kind: Kind) -> None:
    """Put answers into the row, and what they change into its history.

    A gate that is in order again loses its confirmation.
    """
    assessment, parts = edit.assessment, to_json(answers)
    changes = differences(flat_of(assessment), flat(parts))
    assessment.subject, assessment.answers = parts["subject"], parts["answers"]
    assessment.gates = parts["gates"]
    breached = _breached(questionnaire, answers)
    assessment.confirmed_gates = [gate for gate in assessment.confirmed_gates if gate in breached]
    if not changes.keys().isdisjoint(questionnaire.subject_items):
        assessment.search_key = linking.search_key(questionnaire, answers)
        if assessment.origin != "example":
            _link(edit, questionnaire, answers, changes)
    _touch(assessment, edit.actor)
    remember(edit, kind, changes)
    _summarise(edit.session, assessment, questionnaire, answers)


def _link(edit: Edit, questionnaire: Questionnaire, answers: Answers, changes: Differences) -> None:
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
