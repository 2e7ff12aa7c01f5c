"""Two versions of one questionnaire: which questions are still the same, by what they say and not by name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem, ScoredItem
from app.engine.texts import Text

Part = Literal["item", "gate", "field"]

Difference = Literal["kind", "wording", "answers", "scores", "criterion", "rule"]
"""In what a question differs: what sort it is; how it is put; what can be answered; what the answers are
worth; the criterion that it counts for; and for a gate, when it is in order and how far it lets one go open.
"""


def questions_of(questionnaire: Questionnaire) -> list[str]:
    """Return the ids of everything that is asked, in order: fields about the partner, items and gates."""
    questions = [name for section in questionnaire.sections for name in section.questions]
    return [*questionnaire.subject_items, *questions]


def part_of(questionnaire: Questionnaire, question: str) -> Part | None:
    """Return where a question is asked, ``None`` where it is not asked."""
    if question in questionnaire.gates_by_id:
        return "gate"
    if question in questionnaire.items:
        return "item"
    return "field" if question in questionnaire.subject_items else None


def text_of(questionnaire: Questionnaire, question: str) -> Text:
    """Return how a question is put. Raises ``KeyError`` where it is not asked."""
    gate = questionnaire.gates_by_id.get(question)
    return gate.text if gate else questionnaire.item_or_field(question).text


def differences(old: Questionnaire, new: Questionnaire, question: str) -> list[Difference]:
    """Return in what a question that both ask differs between them; nothing where it is the same.

    Texts are compared in the languages that both have, so that a translation that was added changes nothing.
    """
    if part_of(old, question) != part_of(new, question):
        return ["kind"]
    common = set(old.languages) & set(new.languages) or {*old.languages, *new.languages}
    if question in old.gates_by_id:
        return _gate_differences(old.gates_by_id[question], new.gates_by_id[question], common)
    before, after = old.item_or_field(question), new.item_or_field(question)
    if before.kind != after.kind or before.has_values != after.has_values:
        return ["kind"]
    found: list[Difference] = []
    if _in(before.text, common) != _in(after.text, common):
        found.append("wording")
    if answers_of(before, common) != answers_of(after, common):
        found.append("answers")
    if _scores(before) != _scores(after):
        found.append("scores")
    if old.criterion_of.get(question) != new.criterion_of.get(question):
        found.append("criterion")
    return found


def answers_of(item: BaseItem, languages: Collection[str]) -> Any:
    """Return what can be answered to an item, in those languages, as plain data that can be compared."""
    return _in(item.answer_data(), languages)


def _gate_differences(before: Gate, after: Gate, languages: Collection[str]) -> list[Difference]:
    found: list[Difference] = []
    if _in(before.text, languages) != _in(after.text, languages):
        found.append("wording")
    if (before.breach_when, before.open_at_most) != (after.breach_when, after.open_at_most):
        found.append("rule")
    return found


def _scores(item: BaseItem) -> list[float | None]:
    if not isinstance(item, ScoredItem) or not item.has_values:
        return []
    return [item.score(option) for option in item.options()]


def _in(written: Any, languages: Collection[str]) -> Any:
    """Return plain data with its texts in ``languages`` only."""
    if isinstance(written, dict):
        is_text = bool(written) and all(isinstance(each, str) for each in written.values())
        kept = {key: each for key, each in written.items() if key in languages} if is_text else {}
        return kept or {key: _in(each, languages) for key, each in written.items()}
    if isinstance(written, list):
        return [_in(each, languages) for each in written]
    return written
