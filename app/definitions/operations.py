"""Storing a definition when it is used for the first time."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import catalogue
from app.definitions.models import Definition
from app.engine.definition import Questionnaire
from app.engine.loading import Loaded
from app.platform.named_lock import named_lock


class VersionTaken(ValueError):
    """A questionnaire was changed and kept its version: another of that id and version is here already."""

    def __init__(self, questionnaire: str, version: str) -> None:
        super().__init__(f"{questionnaire} {version} was changed without a new version")
        self.questionnaire = questionnaire
        self.version = version


def pinned(session: Session, loaded: Loaded) -> int:
    """Return the id of the stored definition, storing it at its first use. Raises :class:`VersionTaken`.

    ``session``: of the transaction that stores what pins it.
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


def _is_installed(questionnaire: Questionnaire) -> bool:
    """Say whether this very text is a file here; otherwise it came inside a file that someone brought."""
    found = catalogue.find(questionnaire.id, questionnaire.version)
    return found is not None and found.questionnaire.digest == questionnaire.digest
