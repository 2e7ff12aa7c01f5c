"""The compact page of questions: a list to choose from for each, with the present answer marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeGuard

from app.assessments.fields import AnswerField
from app.assessments.fields.base import NOT_APPLICABLE, UNKNOWN
from app.assessments.fields.base import Control as FieldControl
from app.assessments.fields.gate import GateField
from app.assessments.forms import question_form
from app.assessments.what_if.trying import Trial
from app.engine.answers import visible_items
from app.engine.definition import Questionnaire
from app.engine.items import ScoredItem
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.codes import question_codes


@dataclass(frozen=True)
class Choice:
    """One answer to choose. ``present``: it is the saved one."""

    value: str
    words: str
    present: bool
    chosen: bool


@dataclass(frozen=True)
class Control:
    """One control by the name that it is posted under. Without ``choices`` something is typed.

    ``saved`` is what the control says while nothing is tried; ``label`` tells it from the question's others.
    """

    name: str
    label: str
    saved: str
    written: str
    choices: Sequence[Choice] = ()


@dataclass(frozen=True)
class Row:
    """Controls that belong together under a question, and what they are of."""

    label: str
    controls: Sequence[Control]


@dataclass(frozen=True)
class TriedQuestion:
    """One question to try: its control, and where it needs more than one, the rows under it.

    ``summary``: what the rows are called.
    """

    id: str
    code: str
    text: str
    control: Control
    summary: str
    rows: Sequence[Row]
    is_changed: bool
    is_hidden: bool


@dataclass(frozen=True)
class TriedSection:
    """The questions of one section, or with no id the fields about partner and proposal."""

    id: str
    title: str
    questions: Sequence[TriedQuestion]


def parts_of(trial: Trial) -> list[TriedSection]:
    """Return the whole page, section by section; hidden questions are there too, and marked so."""
    questionnaire = trial.opened.questionnaire
    questions = list(_questions(trial))
    sections = {section.id: say(section.title, language()) for section in questionnaire.sections}
    titles = {"": _("The proposal"), **sections}
    found = []
    for section, title in titles.items():
        inside = [each for each in questions if questionnaire.section_of.get(each.id, "") == section]
        if inside:
            found.append(TriedSection(section, title, inside))
    return found


def hidden_in(trial: Trial) -> list[str]:
    """Return the ids of the questions that the tried answers hide."""
    shown = visible_items(trial.opened.questionnaire, trial.answers)
    return [
        each.name
        for each in trial.form.questions
        if not isinstance(each, GateField) and each.name not in shown
    ]


def _questions(trial: Trial) -> Iterator[TriedQuestion]:
    questionnaire = trial.opened.questionnaire
    names = [each.name for each in trial.form.questions]
    saved = question_form(questionnaire, names).show(trial.opened.answers).questions
    codes, hidden, given = question_codes(questionnaire), hidden_in(trial), trial.address
    for field in saved:
        before = field.posted()
        written = {name: given.get(name, value) for name, value in before.items()}
        yield TriedQuestion(
            id=field.name,
            code=codes.get(field.name, ""),
            text=_text(questionnaire, field.name),
            control=_control(field, before, written),
            summary=_summary(field),
            rows=_rows(field, before, written) if _has_rows(field) else [],
            is_changed=field.name in trial.different,
            is_hidden=field.name in hidden,
        )


def _text(questionnaire: Questionnaire, name: str) -> str:
    thing = questionnaire.gates_by_id.get(name) or questionnaire.item_or_field(name)
    return say(thing.text, language())


def _has_rows(field: AnswerField | GateField) -> TypeGuard[AnswerField]:
    """Say whether its value has controls of its own beside the list of what else can be said."""
    return isinstance(field, AnswerField) and not field.shares_radios and not field.plain


def _summary(field: AnswerField | GateField) -> str:
    table = field.item.table if isinstance(field, AnswerField) else None
    return say(table.title, language()) if table else _("Answer")


def _control(field: AnswerField | GateField, before: dict[str, str], written: dict[str, str]) -> Control:
    name = field.state_name if _has_rows(field) else field.name
    return _filled(name, "", list(_answers(field, before[name])), before, written)


def _answers(field: AnswerField | GateField, saved: str) -> Iterator[tuple[str, str]]:
    """Yield what can be chosen: the answers, then "not known", and no answer where there is none yet."""
    if isinstance(field, GateField):
        yield from ([("", _("Not answered"))] if not saved else [])
        yield from ((value, words) for value, words, _sort in field.options)
        return
    if field.shares_radios:
        yield from ([("", _("Not answered"))] if not saved or field.plain else [])
        yield from field.controls[0].options
    elif not field.plain:
        yield "", _("As filled in below")
    if not field.plain:
        yield UNKNOWN, _("Don’t know yet")
    if not field.plain and isinstance(field.item, ScoredItem) and field.item.may_be_na:
        yield NOT_APPLICABLE, _("Not relevant")


def _rows(field: AnswerField, before: dict[str, str], written: dict[str, str]) -> list[Row]:
    return [
        Row(row, [_part(each, before, written) for each in together])
        for row, together in groupby(field.controls, lambda each: each.row)
    ]


def _part(part: FieldControl, before: dict[str, str], written: dict[str, str]) -> Control:
    answers = [("", "–"), *part.options] if part.options else []
    return _filled(part.name, part.label, answers, before, written)


def _filled(
    name: str,
    label: str,
    answers: Sequence[tuple[str, str]],
    before: dict[str, str],
    written: dict[str, str],
) -> Control:
    choices = [
        Choice(value, words, value == before[name], value == written[name]) for value, words in answers
    ]
    return Control(name, label, before[name], written[name], choices)
