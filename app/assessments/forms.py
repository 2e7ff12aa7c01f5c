"""The forms: one for each section, one for partner and proposal. Made from the questionnaire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from app.assessments.changes import Change, fingerprint_of, stored
from app.assessments.fields import FIELDS, AnswerField
from app.assessments.fields.gate import GateField
from app.assessments.fields.names import answer_name, posted_answers, shown_in
from app.engine.answers import Answers
from app.engine.definition import Gate, Questionnaire, Section
from app.engine.items import BaseItem, Value
from app.engine.texts import Text
from app.platform.i18n import gettext, ngettext
from app.platform.text import writable


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields about partner and proposal that are folded together."""

    title: Text | None
    fields: list[AnswerField]

    @property
    def is_open(self) -> bool:
        """Whether a field has a value that somebody gave, or an error."""
        return any(
            field.errors or (field.has_answer and not field.is_taken_for_granted) for field in self.fields
        )


class _OwnTexts:
    """WTForms' own messages in the reader's language: it has no Danish itself."""

    def gettext(self, text: str) -> str:
        return str(gettext(text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(ngettext(singular, plural, n))


class _Meta(DefaultMeta):
    def get_translations(self, form: BaseForm) -> Any:
        return _OwnTexts()


class QuestionForm(BaseForm):
    """A form of questions; each field is named by the question's id."""

    @property
    def questions(self) -> list[AnswerField | GateField]:
        """The fields in the order of the page."""
        return cast("list[AnswerField | GateField]", list(self._fields.values()))

    def fact(self, name: str) -> AnswerField:
        """Return the field of that name in a form about partner and proposal."""
        return cast(AnswerField, self._fields[name])

    @property
    def first_errors(self) -> dict[str, str]:
        """One error for each field that has any."""
        return {each.name: str(each.errors[0]) for each in self.questions if each.errors}

    @property
    def page_errors(self) -> dict[str, str]:
        """The same by what the fields are called on the page."""
        return {answer_name(name): error for name, error in self.first_errors.items()}

    def show(self, answers: Answers) -> QuestionForm:
        """Fill the form with what is stored."""
        self.process(None, data={name: stored(answers, name) for name in self._fields})
        return self

    def take(self, posted: MultiDict[str, str]) -> bool:
        """Fill the form with what a page posted, and say whether all of it can be used."""
        return self.fill(posted_answers(posted))

    def fill(self, answers: MultiDict[str, str]) -> bool:
        """Fill the form with what is said of each question, by its id, and say whether all can be used."""
        self.process(MultiDict((name, writable(value)) for name, value in answers.items(multi=True)))
        return self.validate()

    def changes(self, posted: MultiDict[str, str]) -> list[Change]:
        """Return what the page says of each question that it showed and that the reader changed."""
        shown = shown_in(posted)
        return [
            Change(each.name, each.data, shown[each.name])
            for each in self.questions
            if each.name in shown and fingerprint_of(each.data) != shown[each.name]
        ]

    def subject(self) -> dict[str, Value]:
        """Return the values of a form about partner and proposal."""
        return {
            each.name: each.data.value for each in self.questions if each.data and each.data.value is not None
        }


def section_form(questionnaire: Questionnaire, section: Section, asked_items: frozenset[str]) -> QuestionForm:
    """Return the form for those questions of a section that are asked."""
    items = [item.id for item in section.items if item.id in asked_items]
    return question_form(questionnaire, [*section.gates, *items])


def question_form(questionnaire: Questionnaire, questions: Iterable[str]) -> QuestionForm:
    """Return the form for chosen items and gates, by id, and for fields about the partner, in that order."""
    return QuestionForm({name: _field(questionnaire, name) for name in questions}, meta=_Meta())


def form_of(gates: Iterable[Gate], items: Iterable[BaseItem]) -> QuestionForm:
    """Return the form for these very gates and items, which may carry other words than the questionnaire."""
    unbound: dict[str, Any] = {gate.id: GateField(gate) for gate in gates}
    return QuestionForm(unbound | {item.id: FIELDS[item.kind](item) for item in items}, meta=_Meta())


def _field(questionnaire: Questionnaire, name: str) -> Any:
    if name in questionnaire.gates_by_id:
        return GateField(questionnaire.gates_by_id[name])
    item = questionnaire.item_or_field(name)
    return FIELDS[item.kind](item, plain=name in questionnaire.subject_items)


def subject_form(questionnaire: Questionnaire) -> QuestionForm:
    """Return the form about partner and proposal."""
    unbound: dict[str, Any] = {
        each.item.id: FIELDS[each.item.kind](each.item, plain=True, required=each.required)
        for each in questionnaire.subject
    }
    return QuestionForm(unbound, meta=_Meta())


def compulsory_fields(questionnaire: Questionnaire, form: QuestionForm) -> list[AnswerField]:
    """Return the fields that must be filled in."""
    return [form.fact(each.item.id) for each in questionnaire.subject if each.required]


def optional_groups(questionnaire: Questionnaire, form: QuestionForm) -> list[FieldGroup]:
    """Return the fields that may be left empty, by group, in the order of the file."""
    optional = [each for each in questionnaire.subject if not each.required]
    return [
        FieldGroup(title, [form.fact(each.item.id) for each in members])
        for title, members in groupby(optional, lambda each: each.group)
    ]
