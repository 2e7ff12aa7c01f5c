"""What ties a set of answers to the rest: a partner of the register, a goal, and what is searched."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.assessments.subject import subject_text
from app.engine.answers import Answers
from app.engine.definition import Questionnaire, Role
from app.engine.items import Value
from app.organisation.reading import goal_titled
from app.partners import names
from app.partners.models import Partner
from app.partners.operations import partner_named

SECTOR = "sector"
"""The field about the sector: the format has no role for it."""

OPTIONS = {"public": "public", "private": "private", "civil": "civil-society"}
"""The options of that field by the register's words for the sectors."""


def partner_of(session: Session, questionnaire: Questionnaire, answers: Answers, actor: str) -> int | None:
    """Return the partner that the answers name, added where nobody in the register has that name."""
    return partner_named(
        session,
        subject_text(questionnaire, answers.subject, "partner"),
        actor,
        sector=_sector(answers),
        owner=subject_text(questionnaire, answers.subject, "owner"),
        contact=subject_text(questionnaire, answers.subject, "contact"),
    )


def goal_of(session: Session, questionnaire: Questionnaire, answers: Answers) -> int | None:
    """Return the goal in use that the answers name, if any."""
    return goal_titled(session, subject_text(questionnaire, answers.subject, "goal"))


def search_key(questionnaire: Questionnaire, answers: Answers) -> str:
    """Return partner and proposal as they are looked for."""
    roles: tuple[Role, ...] = ("partner", "proposal")
    return " ".join(names.key(subject_text(questionnaire, answers.subject, role)) for role in roles)


def known_of(partner: Partner, questionnaire: Questionnaire) -> dict[str, Value]:
    """Return what the register knows of a partner, by the fields that ask about it."""
    roles: dict[Role, str] = {
        "partner": partner.name,
        "contact": partner.contact_name,
        "owner": partner.owner,
    }
    known = by_role(questionnaire, roles)
    sector, option = questionnaire.subject_items.get(SECTOR), OPTIONS.get(partner.sector, "")
    return {**known, SECTOR: option} if sector is not None and option in sector.options() else known


def is_named(partner: Partner, questionnaire: Questionnaire, answers: Answers) -> bool:
    """Say whether the answers still name this partner; whoever began from one may have written another."""
    return names.key(subject_text(questionnaire, answers.subject, "partner")) == partner.name_key


def by_role(questionnaire: Questionnaire, said: Mapping[Role, str]) -> dict[str, Value]:
    """Return what is said of some roles by the fields that have them; of several words, only what fits."""
    found = {role: questionnaire.field_with_role(role) for role, words in said.items() if words}
    values = {field.item.id: field.item.from_words(said[role]) for role, field in found.items() if field}
    return {name: value for name, value in values.items() if value is not None}


def _sector(answers: Answers) -> str:
    said = answers.subject.get(SECTOR)
    return next((sector for sector, option in OPTIONS.items() if option == said), "")
