"""What is here already: the questionnaires that a file may answer, and the assessments that it may repeat."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import select

from app import catalogue
from app.assessments.answered import AnsweredQuestionnaire
from app.assessments.models import Assessment
from app.definitions.models import Definition
from app.engine.answers import to_json
from app.engine.loading import Loaded, load
from app.platform.database import db
from app.platform.days import today


def known_questionnaire(questionnaire: str, version: str, digest: str) -> Loaded | None:
    """Return the questionnaire with that digest; without one, as it was first used here or is installed."""
    if "\x00" in questionnaire + version + digest:
        return None
    stored = db.session.execute(
        select(Definition.digest, Definition.installed, Definition.source)
        .where(Definition.questionnaire == questionnaire, Definition.version == version)
        .order_by(Definition.installed.desc(), Definition.id)
    ).all()
    meant = next((row for row in stored if digest in ("", row.digest) and (digest or row.installed)), None)
    return _load_once(meant.source) if meant else catalogue.find(questionnaire, version)


def fingerprints() -> set[bytes]:
    """Return the fingerprint of every assessment that is here and not in the bin."""
    statement = (
        select(
            Definition.digest,
            Assessment.date,
            Assessment.respondents,
            Assessment.subject,
            Assessment.answers,
            Assessment.gates,
        )
        .join(Definition, Definition.id == Assessment.definition_id)
        .where(Assessment.deleted_at.is_(None), Assessment.origin != "example")
    )
    return {_hash(row) for row in db.session.execute(statement.execution_options(yield_per=500))}


def fingerprint(answered: AnsweredQuestionnaire) -> bytes:
    """Return the fingerprint that the answers would have once they are stored."""
    answers, parts = answered.answers, to_json(answered.answers)
    date = answers.date or today()
    content = (parts["subject"], parts["answers"], parts["gates"])
    return _hash((answered.loaded.questionnaire.digest, date, answers.respondents, *content))


def _hash(facts: Iterable[object]) -> bytes:
    # PostgreSQL forgets the order of keys.
    return hashlib.sha256(json.dumps(list(facts), sort_keys=True).encode()).digest()


@lru_cache(maxsize=16)
def _load_once(source: str) -> Loaded:
    """Read a stored definition once: thousands of files may answer it."""
    return load(source)
