"""Going back to what an assessment said before."""

from __future__ import annotations

from app.assessments.loaded import answers_in
from app.assessments.operations import Edit, locked, questionnaire_of, write_answers
from app.assessments.past import flat_after, flat_of, parts_of
from app.platform.conflicts import must_be_as_shown
from app.platform.database import writing


class NoSuchChange(LookupError):
    """The history of the assessment has no such entry."""


def restore(public_id: str, change_id: int, actor: str, *, shown: int | None = None) -> None:
    """Bring back what the assessment said right after one entry of its history, as a new entry.

    Answers to hidden questions come back as they were, too. ``shown``: the ``row_version`` that the reader
    saw. Raises :class:`NoSuchChange`, and :class:`ChangedMeanwhile` where it is another by now.
    """
    with writing() as session:
        assessment = locked(session, public_id)
        must_be_as_shown(shown, assessment.row_version)
        state = flat_after(assessment, change_id)
        if state is None:
            raise NoSuchChange(change_id)
        questionnaire = questionnaire_of(session, assessment)
        answers = answers_in(parts_of(questionnaire, state), assessment, questionnaire)
        if state != flat_of(assessment):
            write_answers(Edit(session, assessment, actor), questionnaire, answers, "restored")
