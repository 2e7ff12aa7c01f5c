"""Which partner of the register and which goal of the library a set of answers is about."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.assessments.opening import said_of
from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.organisation.reading import goal_titled
from app.partners.operations import partner_named


def partner_of(session: Session, questionnaire: Questionnaire, answers: Answers, actor: str) -> int | None:
    """Return the partner that the answers name, added where nobody in the register has that name."""
    return partner_named(
        session,
        said_of(questionnaire, answers, "partner"),
        actor,
        owner=said_of(questionnaire, answers, "owner"),
        contact=said_of(questionnaire, answers, "contact"),
    )


def goal_of(session: Session, questionnaire: Questionnaire, answers: Answers) -> int | None:
    """Return the goal in use that the answers name, if any."""
    return goal_titled(session, said_of(questionnaire, answers, "goal"))
