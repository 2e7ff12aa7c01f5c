"""Two assessments side by side: both outcomes, and the answers that changed. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.assessments.changes import AnyAnswer, is_same, stored
from app.assessments.comparisons.definitions import Difference, differences, part_of, questions_of, text_of
from app.assessments.comparisons.method import changes_of_method
from app.assessments.loaded import LoadedAssessment
from app.assessments.words import answer_without_note
from app.engine.assess import assess
from app.engine.texts import say
from app.partners.names import key
from app.platform.i18n import language
from app.wording.codes import question_codes
from app.wording.read import read
from app.wording.reading import CriterionWords, ExchangeWords, GateWords, Reading


@dataclass(frozen=True)
class Side:
    """One of the two. ``reading`` is ``None`` before its review: until then there is no outcome to show."""

    opened: LoadedAssessment
    reading: Reading | None
    why: str

    @property
    def version(self) -> str:
        """Return the title and version of its questionnaire."""
        questionnaire = self.opened.questionnaire
        return f"{say(questionnaire.title, language())} {questionnaire.version}"


@dataclass(frozen=True)
class CriterionRow:
    """One criterion in both. A side is ``None`` where its version has no such criterion."""

    title: str
    a: CriterionWords | None
    b: CriterionWords | None

    @property
    def step(self) -> int | None:
        """How many points up (or down, below 0) from a to b; ``None`` where they cannot be compared."""
        if self.a is None or self.b is None or self.a.point is None or self.b.point is None:
            return None
        return self.b.point - self.a.point

    @property
    def step_words(self) -> str:
        """The step with its sign, "–" where there is none."""
        return "–" if self.step is None else f"{self.step:+d}".replace("-", "−") if self.step else "0"


@dataclass(frozen=True)
class GateRow:
    """One gate in both, ``None`` where a version has no such gate."""

    title: str
    a: GateWords | None
    b: GateWords | None


@dataclass(frozen=True)
class AnswerRow:
    """One question with both answers in words and both notes. ``differs``: why they cannot be compared."""

    id: str
    code: str
    text: str
    before: str
    after: str
    note_before: str
    note_after: str
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class ExchangeRow:
    """Give and get of one question in both; ``None`` where it was not answered."""

    text: str
    a: ExchangeWords | None
    b: ExchangeWords | None


@dataclass(frozen=True)
class Comparison:
    """Everything that is said of two assessments. With another questionnaire only the sides are there.

    ``changed``: answers to the same question that differ; ``same``: how many do not. ``otherwise``:
    questions that are not the same in both. ``only_a`` and ``only_b``: what one of them alone asks, as far as
    it was answered. ``method``: what weighs or is required differently.
    """

    a: Side
    b: Side
    is_other_questionnaire: bool
    is_other_partner: bool
    criteria: list[CriterionRow]
    gates: list[GateRow]
    exchanges: list[ExchangeRow]
    changed: list[AnswerRow]
    same: int
    otherwise: list[AnswerRow]
    only_a: list[AnswerRow]
    only_b: list[AnswerRow]
    method: list[str]


def compare(first: LoadedAssessment, second: LoadedAssessment) -> Comparison:
    """Return what can be said of two assessments, in the reader's language."""
    a, b = _side(first), _side(second)
    is_other = first.questionnaire.id != second.questionnaire.id
    none: list[AnswerRow] = []
    bare = Comparison(
        a, b, is_other, _is_other_partner(first, second), [], [], [], none, 0, none, none, none, []
    )
    if is_other:
        return bare
    return replace(
        bare,
        criteria=_criteria(a.reading, b.reading),
        gates=_gates(a.reading, b.reading),
        exchanges=_exchanges(a.reading, b.reading),
        method=changes_of_method(first.questionnaire, second.questionnaire),
        **_answers(first, second),
    )


def _side(opened: LoadedAssessment) -> Side:
    if not opened.may_see_result:
        return Side(opened, None, "")
    result = assess(opened.questionnaire, opened.answers)
    reading = read(opened.questionnaire, opened.answers, result, language())
    return Side(opened, reading, reading.why[0] if reading.in_time else reading.why[-1])


def _is_other_partner(first: LoadedAssessment, second: LoadedAssessment) -> bool:
    ids = {first.assessment.partner_id, second.assessment.partner_id}
    if None not in ids:
        return len(ids) > 1
    return key(first.partner) != key(second.partner)


def _criteria(a: Reading | None, b: Reading | None) -> list[CriterionRow]:
    if a is None or b is None:
        return []
    before, after = ({each.id: each for each in reading.criteria} for reading in (a, b))
    return [
        CriterionRow((after.get(name) or before[name]).title, before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
    ]


def _gates(a: Reading | None, b: Reading | None) -> list[GateRow]:
    if a is None or b is None:
        return []
    before, after = ({each.id: each for each in reading.gates} for reading in (a, b))
    return [
        GateRow((after.get(name) or before[name]).title, before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
    ]


def _exchanges(a: Reading | None, b: Reading | None) -> list[ExchangeRow]:
    if a is None or b is None:
        return []
    before, after = ({each.item: each for each in reading.exchanges} for reading in (a, b))
    return [
        ExchangeRow((after.get(name) or before[name]).text, before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
    ]


def _answers(first: LoadedAssessment, second: LoadedAssessment) -> dict[str, Any]:
    old, new = first.questionnaire, second.questionnaire
    changed, otherwise, only_a, only_b, same = [], [], [], [], 0
    for question in dict.fromkeys([*questions_of(new), *questions_of(old)]):
        before, after = stored(first.answers, question), stored(second.answers, question)
        in_old, in_new = part_of(old, question) is not None, part_of(new, question) is not None
        if not in_new and before:
            only_a.append(_row(first, second, question, before, after))
        elif not in_old and after:
            only_b.append(_row(first, second, question, before, after))
        elif in_old and in_new and (before or after):
            differs = differences(old, new, question)
            if differs:
                otherwise.append(
                    replace(_row(first, second, question, before, after), differs=tuple(differs))
                )
            elif not is_same(before, after):
                changed.append(_row(first, second, question, before, after))
            else:
                same += 1
    return {"changed": changed, "otherwise": otherwise, "only_a": only_a, "only_b": only_b, "same": same}


def _row(
    first: LoadedAssessment, second: LoadedAssessment, question: str, before: AnyAnswer, after: AnyAnswer
) -> AnswerRow:
    shown = second if part_of(second.questionnaire, question) else first
    return AnswerRow(
        id=question,
        code=question_codes(shown.questionnaire).get(question, ""),
        text=say(text_of(shown.questionnaire, question), language()),
        before=words_of(first, question, before),
        after=words_of(second, question, after),
        note_before=note_of(before),
        note_after=note_of(after),
    )


def words_of(opened: LoadedAssessment, question: str, answer: AnyAnswer) -> str:
    """Return an answer in words, its note aside."""
    if part_of(opened.questionnaire, question) is None:
        return ""
    return answer_without_note(opened.questionnaire, question, answer, language())


def note_of(answer: AnyAnswer) -> str:
    """Return an answer's note, ``""`` for none."""
    return answer.note if answer else ""
