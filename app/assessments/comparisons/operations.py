"""Moving an assessment to a newer version of its questionnaire."""

from __future__ import annotations

from dataclasses import replace

from app.assessments.models import Assessment
from app.assessments.operations import locked, store
from app.definitions.operations import pinned
from app.engine.answers import Answers
from app.engine.loading import Loaded
from app.platform.database import writing
from app.platform.days import today


def move(public_id: str, loaded: Loaded, answers: Answers, actor: str) -> str:
    """Begin a new assessment under a newer version of the questionnaire, and return its public id.

    ``answers``: what comes along. The old one stays what it was. Raises ``VersionTaken``.
    """
    with writing() as session:
        old = locked(session, public_id)
        new = Assessment(
            definition_id=pinned(session, loaded),
            language=old.language,
            variant=old.variant if loaded.questionnaire.short else "full",
            origin="example" if old.origin == "example" else "move",
        )
        new.partner_id, new.goal_id = old.partner_id, old.goal_id
        return store(session, new, loaded.questionnaire, replace(answers, date=today()), actor)
