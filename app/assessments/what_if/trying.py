"""Answers that are tried: read from an address that holds only what differs from the saved ones.

A question's part of the address is what its field on a page would post: ``time=3``, ``user-data=?``,
``exchange.give.hours=2``. What is not named is as it is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.assessments.changes import Change, is_same, stored, with_changes
from app.assessments.fields import FIELDS, AnswerField
from app.assessments.fields.gate import GateField
from app.assessments.forms import QuestionForm, question_form
from app.assessments.loaded import LoadedAssessment
from app.engine.answers import Answers
from app.engine.definition import Questionnaire
from app.engine.result import Fall, Step

Pairs = dict[str, str]
"""What is posted of one question or of several, by the names of their controls."""


class UnreadableAddress(ValueError):
    """An address that says something no answer can be made of."""


@dataclass(frozen=True)
class Trial:
    """Answers that are tried beside the saved ones.

    ``form`` shows them. ``different`` holds, by question, what the address says of each that differs.
    """

    opened: LoadedAssessment
    form: QuestionForm
    answers: Answers
    different: Mapping[str, Pairs]

    @property
    def address(self) -> Pairs:
        """What is in the address."""
        return self.without("")

    def without(self, question: str) -> Pairs:
        """Return what is in the address once one question is as it is saved."""
        return {
            name: value
            for each, pairs in self.different.items()
            if each != question
            for name, value in pairs.items()
        }

    def changes(self, shown: Mapping[str, str]) -> list[Change]:
        """Return what to save; ``shown``: the fingerprint of each answer that the page had shown."""
        answers = {each.name: each.data for each in self.form.questions}
        return [Change(name, answers[name], shown.get(name, "")) for name in self.different]


def try_out(opened: LoadedAssessment, given: Mapping[str, str]) -> Trial:
    """Return the saved answers with ``given`` in their place. Raises :class:`UnreadableAddress`."""
    names = tried_questions(opened)
    saved = question_form(opened.questionnaire, names).show(opened.answers)
    form = question_form(opened.questionnaire, names)
    different = {each.name: _different(each.posted(), given) for each in saved.questions}
    posted: Pairs = {}
    for field in saved.questions:
        posted |= _posted(field, different[field.name])
    if not form.fill(MultiDict(posted)):
        raise UnreadableAddress
    changed = {  # only what is tried: an answer that fills in no cell posts nothing, and would seem changed
        each.name: each.data
        for each in form.questions
        if different[each.name] and not is_same(each.data, stored(opened.answers, each.name))
    }
    changes = [Change(name, answer, "") for name, answer in changed.items()]
    answers = with_changes(opened.questionnaire, opened.answers, changes)
    return Trial(opened, form, answers, {name: different[name] for name in changed})


def steps_in_address(opened: LoadedAssessment, steps: Iterable[Step | Fall]) -> Pairs:
    """Return what is in the address when each of ``steps`` is taken."""
    answers = opened.answers
    for step in steps:
        answers = answers.with_value(step.item, opened.questionnaire.items[step.item].parse(step.to))
    return address_between(opened, answers)


def address_between(opened: LoadedAssessment, answers: Answers) -> Pairs:
    """Return what is in the address when ``answers`` are tried; what moves no outcome is left out."""
    names = tried_questions(opened)
    before = question_form(opened.questionnaire, names).show(opened.answers)
    after = question_form(opened.questionnaire, names).show(answers)
    pairs: Pairs = {}
    for old, new in zip(before.questions, after.questions, strict=True):
        pairs |= _different(old.posted(), new.posted())
    return pairs


def tried_questions(opened: LoadedAssessment) -> list[str]:
    """Return what can be tried, in the order of the questionnaire: all that the outcome can rest on.

    These are scored questions, gates, what a cap asks about, and what shows or hides such a question. The
    short variant offers the questions that it asks, and those that were answered all the same.
    """
    questionnaire = opened.questionnaire
    asked = opened.asked | set(opened.answers.items)
    wanted = {name for name in questionnaire.scored_items if name in asked} | set(_behind_caps(questionnaire))
    fields = [name for name in questionnaire.subject_items if name in wanted]
    questions = [name for section in questionnaire.sections for name in section.questions]
    return [*fields, *(name for name in questions if name in wanted or name in questionnaire.gates_by_id)]


def _behind_caps(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield what caps test, and what those are shown or hidden by, as far as it is one option or a number."""
    waiting = [leaf for cap in questionnaire.caps for leaf in cap.when.leaves()]
    while waiting:  # it ends: no question is shown by a later one
        test = waiting.pop()
        item = questionnaire.item_or_field(str(test.item))
        if test.answered is None or FIELDS[item.kind].shares_radios:
            yield item.id
        if item.show_if is not None:
            waiting += item.show_if.leaves()


def _different(saved: Pairs, given: Mapping[str, str]) -> Pairs:
    return {name: given[name] for name in saved if name in given and given[name] != saved[name]}


def _posted(field: AnswerField | GateField, different: Pairs) -> Pairs:
    """Return what is posted of a question when it differs so. A state that is chosen puts the value aside."""
    plain = isinstance(field, AnswerField) and field.plain
    note = {} if plain else {f"{field.name}.note": field.note}
    if isinstance(field, AnswerField) and different.get(field.state_name) and not field.shares_radios:
        return {field.state_name: different[field.state_name], **note}
    return {**field.posted(), **different, **note}
