"""The recommendations of many assessments in words, each pinned to the questionnaire it was made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.texts import say
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language


@dataclass(frozen=True)
class RankedTitle:
    """One recommendation in words. ``height`` orders them: 0 the lowest, 1 the highest, -1 none."""

    title: str
    height: float


class Outcomes:
    """Says the recommendations of the given definitions in the reader's language; one query."""

    def __init__(self, definition_ids: Iterable[int]) -> None:
        ids = set(definition_ids)
        named = select(Definition.id, Definition.digest).where(Definition.id.in_(ids))
        rows = db.session.execute(named).all() if ids else []
        # What a digest names never changes: each is read once while the program runs.
        self._questionnaires = {row.id: questionnaire_with(row.digest) for row in rows}

    def ranked_title(self, definition_id: int, outcome: str) -> RankedTitle:
        """Return one in words: by its id, ``""`` where too little was known."""
        questionnaire = self._questionnaires[definition_id]
        ids = questionnaire.outcome_ids
        if outcome not in ids:
            return RankedTitle(_("Ask first"), -1.0)
        place = ids.index(outcome)
        return RankedTitle(say(questionnaire.outcomes[place].title, language()), place / (len(ids) - 1))

    def proposal(self, definition_id: int, subject: Mapping[str, Any]) -> str:
        """Return what an assessment is about, ``""`` where it was not written."""
        field = self._questionnaires[definition_id].field_with_role("proposal")
        written = subject.get(field.item.id) if field else None
        return written if isinstance(written, str) else ""
