"""A questionnaire as a blank form, in one language: every question, and a code for every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Any

from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem, ScoredItem, Table
from app.engine.texts import LANGUAGES
from app.wording.codes import question_codes
from app.wording.limits import gate_answer
from app.wording.speech import Speech

UNKNOWN = "x"
NOT_APPLICABLE = "y"
"""The codes of "do not know yet" and "not relevant here", the same at every question."""

GATE = "gate"
"""Not a kind of item, but printed by a partial of its own beside theirs."""


@dataclass(frozen=True)
class BlankOption:
    """An answer to tick. A person keys it in as the question's code and ``code``: "2.3 c"."""

    code: str
    text: str


@dataclass(frozen=True)
class BlankColumn:
    """A column of a table."""

    id: str
    text: str


@dataclass(frozen=True)
class BlankTable:
    """A table to fill in. A row is keyed in by its code; ``levels``: what 0, 1, … ``highest`` mean."""

    rows: Sequence[BlankOption]
    columns: Sequence[BlankColumn]
    levels: Sequence[str]
    highest: int


@dataclass(frozen=True)
class BlankField:
    """One question. ``kind`` names the partial in ``reports/_shared/fields`` that prints it.

    ``several``: more than one of ``options`` can be ticked. ``unknown`` and ``na`` are those answers where
    they can be given; ``note`` is the prompt for a remark, empty where none is asked for. ``hint`` is printed
    beside the line for an answer without options. ``details``: what else the item says of its answers, by the
    names of the file and in the form's language, for the kind's own partial.
    """

    name: str
    code: str
    kind: str
    text: str
    help: str = ""
    required: bool = False
    conditional: bool = False
    options: Sequence[BlankOption] = ()
    unknown: BlankOption | None = None
    na: BlankOption | None = None
    note: str = ""
    several: bool = False
    hint: str = ""
    table: BlankTable | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class BlankSection:
    """Questions that belong together. ``number`` is 0 for the facts about partner and proposal."""

    number: int
    title: str
    intro: str
    fields: Sequence[BlankField]


@dataclass(frozen=True)
class Blank:
    """The whole form."""

    language: str
    title: str
    purpose: str
    version: str
    digest: str
    minutes: int
    short: bool
    sections: Sequence[BlankSection]


def blank(questionnaire: Questionnaire, language: str, short: bool = False) -> Blank:
    """Return the form in ``language``; ``short`` asks only what the short variant asks, and every gate."""
    asked: dict[str, tuple[Gate | BaseItem, ...]] = {
        section.id: (
            *(questionnaire.gates_by_id[gate] for gate in section.gates),
            *(item for item in section.items if not short or item.id in questionnaire.short),
        )
        for section in questionnaire.sections
    }
    whole = blank_of(questionnaire, language, asked, short=short)
    return replace(whole, sections=[*_subject(questionnaire, Speech(language)), *whole.sections])


def blank_of(
    questionnaire: Questionnaire,
    language: str,
    asked: Mapping[str, Iterable[Gate | BaseItem]],
    *,
    short: bool = False,
    notes: bool = True,
) -> Blank:
    """Return the form of just the questions ``asked``, by section id, and nothing of the proposal.

    Every code is the questionnaire's own, whatever is left out. ``notes``: remarks are asked for.
    """
    speech = Speech(language)
    codes = question_codes(questionnaire)
    sections = [
        BlankSection(
            number=number,
            title=speech.text(section.title),
            intro=speech.text(section.intro),
            fields=[
                each if notes else replace(each, note="")
                for each in (_question(one, codes[one.id], speech) for one in asked.get(section.id, ()))
            ],
        )
        for number, section in enumerate(questionnaire.sections, start=1)
    ]
    return Blank(
        language=language,
        title=speech.text(questionnaire.title),
        purpose=speech.text(questionnaire.purpose),
        version=questionnaire.version,
        digest=questionnaire.digest,
        minutes=questionnaire.minutes,
        short=short,
        sections=[section for section in sections if section.fields],
    )


def _question(asked: Gate | BaseItem, code: str, speech: Speech) -> BlankField:
    return (
        _gate(asked, code, speech)
        if isinstance(asked, Gate)
        else _field(asked, code, speech, in_section=True)
    )


def _subject(questionnaire: Questionnaire, speech: Speech) -> Iterable[BlankSection]:
    """Yield the facts about partner and proposal, under their groups' own titles."""
    groups: dict[str, list[BlankField]] = {}
    for place, field in enumerate(questionnaire.subject, start=1):
        written = _field(field.item, f"0.{place}", speech, required=field.required)
        groups.setdefault(speech.text(field.group), []).append(written)
    for title, fields in groups.items():
        yield BlankSection(0, title or speech.tell("About the proposal"), "", fields)


def _gate(gate: Gate, code: str, speech: Speech) -> BlankField:
    return BlankField(
        name=f"gate-{gate.id}",
        code=code,
        kind=GATE,
        text=speech.text(gate.text),
        help=speech.text(gate.help),
        options=_lettered(gate_answer(gate, value, speech) for value in good_first(gate)),
        unknown=BlankOption(UNKNOWN, gate_answer(gate, None, speech)),
        note=speech.tell("What do you base it on?"),
    )


def good_first(gate: Gate) -> tuple[str, str]:
    """Return a gate's answers in the order of their codes."""
    return ("yes", "no") if gate.breach_when == "no" else ("no", "yes")


def _field(
    item: BaseItem, code: str, speech: Speech, *, required: bool = False, in_section: bool = False
) -> BlankField:
    may_be_na = isinstance(item, ScoredItem) and item.may_be_na
    return BlankField(
        name=f"{'item' if in_section else 'subject'}-{item.id}",
        code=code,
        kind=item.kind,
        text=speech.text(item.text),
        help=speech.text(item.help),
        required=required,
        conditional=item.show_if is not None,
        options=_lettered(item.option_words(option, speech.language) for option in item.options()),
        unknown=BlankOption(UNKNOWN, speech.tell("Don’t know yet")) if in_section else None,
        na=BlankOption(NOT_APPLICABLE, speech.tell("Not relevant here"))
        if may_be_na and in_section
        else None,
        note=(speech.text(item.note) or speech.tell("Note")) if in_section else "",
        several=item.several,
        hint=item.hint(speech.language),
        table=_table(item.table, speech) if item.table else None,
        details=_in_one_language(item.answer_data(), speech),
    )


def _table(table: Table, speech: Speech) -> BlankTable:
    return BlankTable(
        rows=_lettered(speech.text(text) for text in table.rows.values()),
        columns=[BlankColumn(column, speech.text(text)) for column, text in table.columns.items()],
        levels=[speech.text(level) for level in table.levels],
        highest=len(table.levels) - 1,
    )


def _in_one_language(data: Any, speech: Speech) -> Any:
    """Return plain data with each of its texts in one language."""
    if isinstance(data, dict):
        is_text = bool(data) and data.keys() <= set(LANGUAGES)
        return (
            speech.text(data)
            if is_text
            else {key: _in_one_language(each, speech) for key, each in data.items()}
        )
    return [_in_one_language(each, speech) for each in data] if isinstance(data, list) else data


def _lettered(texts: Iterable[str]) -> list[BlankOption]:
    return [BlankOption(letter, text) for letter, text in zip(ascii_lowercase, texts, strict=False)]
