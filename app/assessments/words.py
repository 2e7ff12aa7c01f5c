"""Answers written out: as a person reads one, and as a file holds them all."""

from __future__ import annotations

import json

from app.assessments.changes import AnyAnswer
from app.definitions.operations import VersionTaken
from app.engine.answers import Answer, Answers, GateAnswer, read_answer, read_gate, to_json
from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.engine.yes_no import WORDS
from app.platform.i18n import gettext as _
from app.platform.i18n import language


def answer_in_words(questionnaire: Questionnaire, question: str, answer: AnyAnswer, language: str) -> str:
    """Return the answer to an item, a gate or a field about the partner, with its note."""
    words = answer_without_note(questionnaire, question, answer, language)
    return f"{words} ({answer.note})" if answer and answer.note else words


def answer_without_note(questionnaire: Questionnaire, question: str, answer: AnyAnswer, language: str) -> str:
    """Return what :func:`answer_in_words` does, its note aside."""
    if answer is None:
        return _("no answer")
    if isinstance(answer, GateAnswer):
        return WORDS[answer.value][language] if answer.value else _("We must ask")
    if answer.value is None:
        return _("Don’t know yet") if answer.state == "unknown" else _("Not relevant")
    return questionnaire.item_or_field(question).words(answer.value, language)


def outcome_title(questionnaire: Questionnaire, outcome: str) -> str:
    """Return the title of an outcome, or what is said where too little is known for one (``""``)."""
    return say(questionnaire.outcome(outcome).title, language()) if outcome else _("Ask first")


def state_words() -> dict[str, str]:
    """Return the words for what a list of assessments can show; ``""`` is all of them."""
    return {
        "": _("All"),
        "begun": _("Begun"),
        "reviewed": _("Reviewed"),
        "decided": _("Decided"),
        "mine": _("Mine"),
    }


def answer_from(questionnaire: Questionnaire, question: str, written: object) -> AnyAnswer:
    """Return an answer that an answers file writes, ``None`` for no answer."""
    if written is None:
        return None
    if question in questionnaire.gates_by_id:
        return read_gate(written)
    item = questionnaire.item_or_field(question)
    if question in questionnaire.subject_items:
        return Answer("known", item.parse(written))
    return read_answer(item, written, stored=True)


def answers_file(answers: Answers) -> str:
    """Return the answers file as text, the same as an export and inside a decision."""
    return json.dumps(to_json(answers), ensure_ascii=False, indent=2)


def version_taken(taken: VersionTaken) -> str:
    """Return what to do about a questionnaire that was changed under the same version."""
    return _(
        "Another questionnaire called %(questionnaire)s %(version)s is in use here already. "
        "A changed questionnaire needs a new version: raise “version” in its file.",
        questionnaire=taken.questionnaire,
        version=taken.version,
    )
