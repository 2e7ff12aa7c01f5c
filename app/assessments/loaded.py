"""Reading an assessment: the row, the questionnaire that it pins, and its answers. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort
from sqlalchemy import bindparam, select
from werkzeug.exceptions import NotFound

from app import catalogue
from app.assessments.models import Assessment
from app.assessments.progress import Progress, asked_items, asked_sections, progress_of
from app.assessments.subject import AboutProposal
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.answers import FORMAT, Answers, from_json, gate_state, visible_items
from app.engine.dates import date_in_words
from app.engine.definition import Questionnaire, Section
from app.partners.models import Partner
from app.platform.database import db

BY_PUBLIC_ID = (
    select(Assessment, Definition.digest, Partner.public_id)
    .join(Definition, Definition.id == Assessment.definition_id)
    .outerjoin(Partner, Partner.id == Assessment.partner_id)
    .where(Assessment.public_id == bindparam("public_id"))
)
NEWEST_FIRST = (Assessment.updated_at.desc(), Assessment.id.desc())


class InBin(NotFound):
    """The assessment was deleted and can be taken back."""

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.public_id = public_id


@dataclass(frozen=True)
class LoadedAssessment(AboutProposal):
    """An assessment, the questionnaire it was begun with, and the answers as they were when it was opened.

    ``partner_id``: its partner's public id, ``""`` where the register knows none.
    """

    assessment: Assessment
    questionnaire: Questionnaire
    answers: Answers
    partner_id: str = ""

    @cached_property
    def asked(self) -> frozenset[str]:
        """The ids of the items that this variant asks."""
        return asked_items(self.questionnaire, self.assessment.variant)

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that have something to ask in this variant."""
        return asked_sections(self.questionnaire, self.assessment.variant)

    @cached_property
    def visible(self) -> frozenset[str]:
        """The ids of the items and fields that are shown."""
        return visible_items(self.questionnaire, self.answers)

    @cached_property
    def progress(self) -> Progress:
        """How far it has come."""
        return progress_of(self.questionnaire, self.answers, self.assessment.variant)

    @property
    def subject(self) -> Mapping[str, Any]:
        """What was written in each field about partner and proposal, by its id."""
        return self.answers.subject

    @property
    def money(self) -> float | None:
        """What it costs the library, in kroner, ``None`` where nothing was written."""
        field = self.questionnaire.field_with_role("money")
        value = self.answers.subject.get(field.item.id) if field else None
        return value if isinstance(value, int | float) else None

    @property
    def breached_gates(self) -> list[str]:
        """The ids of the gates that are not in order."""
        gates = self.questionnaire.gates
        return [gate.id for gate in gates if gate_state(gate, self.answers) == "breached"]

    @property
    def unconfirmed_gates(self) -> list[str]:
        """The ids of the breached gates that the writer has not yet said yes to once more."""
        return [gate for gate in self.breached_gates if gate not in self.assessment.confirmed_gates]

    @property
    def may_see_result(self) -> bool:
        """Whether the review was made, and every breach confirmed."""
        return self.assessment.reviewed_at is not None and not self.unconfirmed_gates

    @property
    def newer_version(self) -> str:
        """The newest installed version of the questionnaire, ``""`` where no newer one is installed."""
        newer = catalogue.newer_than(self.questionnaire)
        return newer.questionnaire.version if newer else ""

    def section_of(self, question: str) -> str:
        """Return the id of the section that asks an item or a gate."""
        return self.questionnaire.section_of[question]

    def date_in(self, language: str) -> str:
        """Return the answers' date in words."""
        return date_in_words(self.assessment.date, language)


def open_assessment(public_id: str) -> LoadedAssessment:
    """Return the assessment with this id; 404 where there is none, or where it is in the bin."""
    row = db.session.execute(BY_PUBLIC_ID, {"public_id": public_id}).one_or_none()
    if row is None:
        abort(404)
    if row[0].deleted_at is not None:
        raise InBin(public_id)
    return opened(*row)


def open_from_bin(public_id: str) -> LoadedAssessment:
    """Return the deleted assessment with this id; 404 where there is none in the bin."""
    row = db.session.execute(BY_PUBLIC_ID, {"public_id": public_id}).one_or_none()
    if row is None or row[0].deleted_at is None:
        abort(404)
    return opened(*row)


def was_deleted(public_id: str) -> bool:
    """Say whether an assessment is in the bin."""
    row = db.session.execute(BY_PUBLIC_ID, {"public_id": public_id}).one_or_none()
    return row is not None and row[0].deleted_at is not None


def opened(assessment: Assessment, digest: str, partner_id: str | None) -> LoadedAssessment:
    """Return a row with its questionnaire and its answers."""
    questionnaire = questionnaire_with(digest)
    return LoadedAssessment(
        assessment, questionnaire, answers_of(assessment, questionnaire), partner_id or ""
    )


def answers_of(assessment: Assessment, questionnaire: Questionnaire) -> Answers:
    """Return the row's answers."""
    parts = {"subject": assessment.subject, "answers": assessment.answers, "gates": assessment.gates}
    return answers_in(parts, assessment, questionnaire)


def answers_in(parts: Mapping[str, Any], assessment: Assessment, questionnaire: Questionnaire) -> Answers:
    """Return ``subject``, ``answers`` and ``gates`` as the answers of an assessment."""
    return from_json(
        {
            "format": FORMAT,
            "questionnaire": questionnaire.id,
            "version": questionnaire.version,
            "digest": questionnaire.digest,
            "date": assessment.date,
            "respondents": assessment.respondents,
            **parts,
        },
        questionnaire,
        stored=True,
    )
