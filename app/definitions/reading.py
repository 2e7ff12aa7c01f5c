"""Reading the stored definitions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.definitions.models import Definition
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded, load
from app.engine.versions import version_numbers
from app.platform.database import db

_known: dict[str, Questionnaire] = {}
"""Every definition that was used, by digest: what it is never changes."""


def questionnaire_with(digest: str) -> Questionnaire:
    """Return the stored definition with this digest."""
    if digest not in _known:
        _known[digest] = load(definition_source(digest)).questionnaire
    return _known[digest]


def definition_source(digest: str) -> str:
    """Return the JSON of the stored definition with this digest."""
    return db.session.execute(select(Definition.source).where(Definition.digest == digest)).scalar_one()


def newest_stored(questionnaire: str) -> Loaded | None:
    """Return the newest version of a questionnaire that was begun with here, from a file of this machine."""
    stored = select(Definition.version, Definition.source).where(
        Definition.questionnaire == questionnaire, Definition.installed
    )
    rows = db.session.execute(stored).all() if "\x00" not in questionnaire else []
    newest = max(rows, key=lambda row: version_numbers(row.version), default=None)
    return load(newest.source) if newest else None


def stored_version(questionnaire: str, version: str) -> Loaded | None:
    """Return one version of a questionnaire as an assessment here uses it, wherever it came from."""
    if "\x00" in questionnaire + version:
        return None
    stored = (
        select(Definition.source)
        .where(Definition.questionnaire == questionnaire, Definition.version == version)
        .order_by(Definition.installed.desc(), Definition.id)
        .limit(1)
    )
    source = db.session.execute(stored).scalar_one_or_none()
    return load(source) if source else None


def changed_since_used(installed: Iterable[Questionnaire]) -> list[Questionnaire]:
    """Return those that were answered in the very same version when it had another text."""
    stored = select(Definition.questionnaire, Definition.version, Definition.digest).where(
        Definition.installed
    )
    used = {(name, version): digest for name, version, digest in db.session.execute(stored)}
    return [each for each in installed if used.get((each.id, each.version), each.digest) != each.digest]
