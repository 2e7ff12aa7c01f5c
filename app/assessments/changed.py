"""Questionnaires that were changed and kept their version. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.assessments.models import Definition
from app.engine.definition import Questionnaire
from app.platform.database import db


def changed_since_used(installed: Iterable[Questionnaire]) -> list[Questionnaire]:
    """Return those that were answered in the very same version when it had another text."""
    stored = select(Definition.questionnaire, Definition.version, Definition.digest).where(
        Definition.installed
    )
    used = {(name, version): digest for name, version, digest in db.session.execute(stored)}
    return [each for each in installed if used.get((each.id, each.version), each.digest) != each.digest]
