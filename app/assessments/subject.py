"""What an assessment or a workshop is about: the partner and the proposal, as their fields say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.definition import Questionnaire, Role


class AboutProposal:
    """Anything that is about one proposal and has a ``questionnaire``."""

    questionnaire: Questionnaire

    @property
    def subject(self) -> Mapping[str, Any]:
        """What was written in each field about partner and proposal, by its id."""
        raise NotImplementedError

    @property
    def partner(self) -> str:
        """The partner's name, ``""`` where none was written."""
        return subject_text(self.questionnaire, self.subject, "partner")

    @property
    def proposal(self) -> str:
        """What is proposed, ``""`` where it was not written."""
        return subject_text(self.questionnaire, self.subject, "proposal")


def subject_text(questionnaire: Questionnaire, subject: Mapping[str, Any], role: Role) -> str:
    """Return what was written in the field with a role, ``""`` where there is none or nothing was."""
    field = questionnaire.field_with_role(role)
    return str(subject.get(field.item.id, "")) if field else ""
