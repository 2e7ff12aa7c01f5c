"""One question on the wall, in words: made of the room map and of what was agreed, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from app import charts
from app.assessments.words import answer_from
from app.engine.answers import Answer, GateAnswer
from app.engine.texts import say
from app.engine.yes_no import WORDS
from app.platform.i18n import gettext as _
from app.platform.i18n import language, ngettext
from app.wording.speech import Speech
from app.workshops.loaded import LoadedWorkshop, agreed_answer
from app.workshops.room_map import EVERYBODY, Spread, several
from app.workshops.words import agreement_figure, agreement_meaning, question_words, side_words

MOST_DOTS = 12


@dataclass(frozen=True)
class Cell:
    """How many said each level of one cell of a table, and what the group says of it."""

    counts: list[int]
    median: int | None


@dataclass(frozen=True)
class TableAnswers:
    """A table that was filled in: its words, and for each row what it is of and a cell for each column."""

    columns: list[str]
    levels: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class GroupAnswers:
    """How one group answered one question. ``facts``: sentences on it; ``said``: answers that were typed."""

    name: str
    chart: Markup
    facts: list[str]
    said: list[str]
    table: TableAnswers | None


@dataclass(frozen=True)
class Count:
    """How many gave one answer, as dots in a row too; ``is_crowd``: so many that they are set closer."""

    number: int

    @property
    def dots(self) -> str:
        """A dot for each."""
        return "●" * self.number

    @property
    def is_crowd(self) -> bool:
        """Whether they are too many to stand side by side as they are."""
        return self.number > MOST_DOTS


@dataclass(frozen=True)
class Beside:
    """Groups on one scale: the options in words, and for each group its name, its counts and its median."""

    options: list[str]
    rows: list[tuple[str, list[Count], int | None]]


@dataclass(frozen=True)
class Agreed:
    """What the room agreed on at a question."""

    answer: str
    reason: str
    minority: str


@dataclass(frozen=True)
class WallQuestion:
    """One question of the wall. ``names``: of everybody, what they answered, in a workshop with names."""

    id: str
    text: str
    address: str
    groups: list[GroupAnswers]
    ask: str
    straddles: bool
    talk: str
    notes: str
    agreed: Agreed | None
    names: list[tuple[str, str]]


def groups_of(opened: LoadedWorkshop, question: str) -> list[str]:
    """Return the groups with something to see: all and each side, or the only side that there is."""
    return several(opened.room_map.questions.get(question, {}))


def beside(opened: LoadedWorkshop, question: str, groups: Sequence[str]) -> Beside:
    """Return the answers of several groups under each other, for a question with options."""
    spreads = opened.room_map.questions[question]
    options = spreads[groups[0]].options
    return Beside(
        [option_words(opened, question, each) for each in options],
        [
            (group_words(group), [Count(each) for each in spreads[group].counts], spreads[group].place)
            for group in groups
        ],
    )


def question_seen(
    opened: LoadedWorkshop, question: str, groups: Sequence[str], talk: str = "", *, names: bool = False
) -> WallQuestion:
    """Return one question as these groups answered it.

    ``talk``: what to begin a talk with. ``names``: also who answered what, where that was promised.
    """
    found = opened.room_map
    spreads = found.questions.get(question, {})
    gate = opened.questionnaire.gates_by_id.get(question)
    ask = gate.ask if gate else opened.questionnaire.items[question].ask
    text = question_words(opened.questionnaire, question, language())
    return WallQuestion(
        id=question,
        text=text,
        address=url_for("wall.big_screen", public_id=opened.workshop.public_id, question=question),
        groups=[_group(opened, question, each, spreads[each], text) for each in groups if each in spreads],
        ask=say(ask, language()),
        straddles=question in found.straddling,
        talk=talk,
        notes=_notes(len(found.notes.get(question, []))),
        agreed=_agreed(opened, question),
        names=_names(opened, question) if names else [],
    )


def _group(opened: LoadedWorkshop, question: str, group: str, spread: Spread, text: str) -> GroupAnswers:
    options = [option_words(opened, question, each) for each in spread.options]
    name = group_words(group)
    chart = Markup()
    if options:
        title = f"{text} {name}"
        chart = charts.spread(options, spread.counts, median=spread.place, language=language(), title=title)
    return GroupAnswers(
        name=name,
        chart=chart,
        facts=_facts(opened, question, spread),
        said=[value_words(opened, question, each) for each in spread.said],
        table=_table(opened, question, spread),
    )


def _facts(opened: LoadedWorkshop, question: str, spread: Spread) -> list[str]:
    """Return the sentences under a group's dots."""
    facts = [ngettext("%(num)s answer.", "%(num)s answers.", spread.answered)]
    if middle := _middle(opened, question, spread):
        facts.append(middle)
    if spread.agreement is not None:
        facts.append(index_words(spread.agreement))
    if spread.unknown:
        facts.append(ngettext("%(num)s does not know yet.", "%(num)s do not know yet.", spread.unknown))
    if spread.na:
        facts.append(
            ngettext(
                "%(num)s says that it is not relevant.", "%(num)s say that it is not relevant.", spread.na
            )
        )
    return facts


def _middle(opened: LoadedWorkshop, question: str, spread: Spread) -> str:
    """Say what the group says: the median where answers have an order and values."""
    if not spread.options or spread.median in (None, []):
        return ""
    item = opened.questionnaire.items.get(question)
    quoted = Speech(language()).quoted(value_words(opened, question, spread.median))
    if item is not None and item.has_values:
        return _("The middle answer: %(answer)s.", answer=quoted)
    return _("The group says: %(answer)s.", answer=quoted)


def index_words(agreement: float) -> str:
    """Say how the dots lie: "A = 0,31: divided". It describes them, and never claims that a few agree."""
    words = {
        "camps": _("you pull apart"),
        "apart": _("divided"),
        "together": _("less divided"),
        "same": _("the same from all who know"),
    }[agreement_meaning(agreement)]
    return f"A = {agreement_figure(agreement, language())}: {words}."


def group_words(group: str) -> str:
    """Return what a group is called."""
    return _("Everybody") if group == EVERYBODY else side_words(group)


def option_words(opened: LoadedWorkshop, question: str, option: Any) -> str:
    """Return one option of a question."""
    item = opened.questionnaire.items.get(question)
    if item is None:
        return WORDS[option][language()]
    return item.option_words(option, language())


def value_words(opened: LoadedWorkshop, question: str, value: Any) -> str:
    """Return a known answer, as the room map has it."""
    item = opened.questionnaire.items.get(question)
    return WORDS[value][language()] if item is None else item.words(item.parse(value), language())


def answer_words(opened: LoadedWorkshop, question: str, answer: Answer | GateAnswer) -> str:
    """Return an answer, known or not."""
    if answer.value is not None:
        return value_words(opened, question, answer.value)
    if isinstance(answer, Answer) and answer.state == "na":
        return _("Not relevant")
    return _("Don’t know yet")


def _table(opened: LoadedWorkshop, question: str, spread: Spread) -> TableAnswers | None:
    item = opened.questionnaire.items.get(question)
    table = item.table if item else None
    if table is None:
        return None
    median: Mapping[str, Mapping[str, int]] = spread.median or {column: {} for column in table.columns}
    return TableAnswers(
        columns=[say(column, language()) for column in table.columns.values()],
        levels=[say(level, language()) for level in table.levels],
        rows=[
            (
                say(text, language()),
                [Cell(spread.cells[column][row], median[column].get(row)) for column in table.columns],
            )
            for row, text in table.rows.items()
        ],
    )


def _notes(number: int) -> str:
    return ngettext("%(num)s remark", "%(num)s remarks", number) if number else ""


def _agreed(opened: LoadedWorkshop, question: str) -> Agreed | None:
    row = opened.agreed.get(question)
    if row is None:
        return None
    answer = answer_words(opened, question, agreed_answer(opened.questionnaire, row))
    return Agreed(answer, row.reason, row.minority)


def _names(opened: LoadedWorkshop, question: str) -> list[tuple[str, str]]:
    """Return who answered what, in a workshop where that was said beforehand."""
    return [
        (name, answer_words(opened, question, answer))
        for name, raw in opened.room_map.by_name.get(question, [])
        if (answer := answer_from(opened.questionnaire, question, raw)) is not None
    ]
