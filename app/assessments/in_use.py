"""Which text of a questionnaire new assessments begin with: its file's, or the one that was used last."""

from __future__ import annotations

from sqlalchemy import select

from app import library
from app.assessments.models import Definition
from app.engine.loading import Loaded, load
from app.platform.database import db


def questionnaire_in_use(questionnaire: str) -> Loaded | None:
    """Return the newest installed version of a questionnaire.

    Where there is none, but a file that cannot be used, it is the newest version that was ever begun with
    here: an edit that went wrong stops nobody's work, not even after a restart.
    """
    found = library.find(questionnaire)
    if found is None and library.installed().faulty:
        return newest_stored(questionnaire)
    return found


def newest_stored(questionnaire: str, version: str | None = None) -> Loaded | None:
    """Return a questionnaire as it was begun with here, in the newest version or in ``version``."""
    if "\x00" in questionnaire:
        return None
    stored = select(Definition.version, Definition.digest).where(
        Definition.questionnaire == questionnaire, Definition.installed
    )
    rows = [row for row in db.session.execute(stored) if version in (None, row.version)]
    if not rows:
        return None
    newest = max(rows, key=lambda row: _numbers(row.version))
    source = select(Definition.source).where(Definition.digest == newest.digest)
    return load(db.session.execute(source).scalar_one())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
