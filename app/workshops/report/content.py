"""A closed workshop → what its report says, in one language: plain JSON data for the printing process.

Everything about persons comes from the room map, which holds nothing of a side where too few answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.assessments.words import answer_from
from app.engine.dates import date_in_words
from app.engine.definition import Gate
from app.engine.items import BaseItem, Table
from app.wording import reading as readings
from app.wording.answer_words import any_answer_words
from app.wording.codes import question_codes
from app.wording.limits import gate_answer
from app.wording.read import read
from app.wording.speech import Speech
from app.workshops.loaded import LoadedWorkshop, agreed_answer, day_of
from app.workshops.room_map import TOO_LITTLE_KNOWN, RoomMap, SheetAnswer, Spread, several
from app.workshops.words import agreement_figure, agreement_meaning

Json = dict[str, Any]

TALKED_ABOUT_FIRST = 3
"""How many of the questions that divide the room stand on the first page."""


@dataclass(frozen=True)
class TableRow:
    """One row of a table that was filled in. ``counts``: column by column, how many said each level."""

    label: str
    counts: list[int]


@dataclass(frozen=True)
class GroupWords:
    """How one group answered a question. ``group``: ``all`` or a side.

    ``median``: its words, ``""`` where the group says nothing; ``place``: its option's index. ``agreement``:
    A with this language's decimal mark, ``""`` where there is none. ``meaning``: ``camps`` | ``apart`` |
    ``together`` | ``same``, how A is said in words. ``cells``: of a table, its rows. ``said``: the answers to
    a question without options.
    """

    group: str
    answered: int
    unknown: int
    na: int
    counts: list[int]
    median: str
    place: int | None
    agreement: str
    meaning: str
    cells: list[TableRow]
    said: list[str]


@dataclass(frozen=True)
class AgreedWords:
    """What the room agreed on at one question, and why."""

    answer: str
    reason: str
    minority: str


@dataclass(frozen=True)
class AskedWords:
    """One question that was asked, and all that may be said of its answers.

    ``for_partner``: the partner's own wording, where it has one. ``answer``: the room's, agreed or the
    median. ``groups``: everybody first, unless one side alone answered. ``by_name``: ``[answer, names]`` in a
    workshop with names. ``remarks``: ``[name, remark]``, the name ``""`` in a workshop without.
    ``unknown`` and ``na``: whether somebody did not know, or found it not relevant. ``headings``: of a
    table, what is above its figures: each column's name and the levels in it.
    """

    id: str
    code: str
    kind: str
    text: str
    for_partner: str
    answer: str
    options: list[str]
    headings: list[str]
    groups: list[GroupWords]
    unknown: bool
    na: bool
    straddles: bool
    agreed: AgreedWords | None
    remarks: list[list[str]]
    by_name: list[list[Any]]


def content_of(opened: LoadedWorkshop, language: str) -> Json:
    """Return all that the report says, in ``language``. 404 before the reveal."""
    speech, room = Speech(language), opened.room_map
    asked = {each.id: each for each in _asked(opened, speech)}
    titles = {each.id: speech.text(each.title) for each in opened.questionnaire.outcomes}
    divided = [asked[question] for question in room.divided if question in asked]
    settled = [each for each in asked.values() if each.agreed]
    workshop = opened.workshop
    told = readings.to_json(read(opened.questionnaire, opened.answers, opened.result, language))
    return {
        **told,
        **_gates(told["gates"], asked),
        "day": _day(day_of(workshop), language),
        "sides": [[side, count] for side, count in room.sides.items()],
        "too_few": [[side, count] for side, count in room.too_few.items()],
        "absent": [side for side in workshop.sides if side not in {**room.sides, **room.too_few}],
        "respondents": room.respondents,
        "named": workshop.named,
        "smallest_group": workshop.smallest_group,
        "may_change": workshop.may_change,
        "short": workshop.variant == "short",
        "parts": _parts(opened, speech),
        "verdicts": _verdicts(room, titles),
        "people": [[name, side, titles.get(outcome, "")] for name, side, outcome in room.people],
        "divided": [asdict(each) for each in divided],
        "first": [asdict(each) for each in divided[:TALKED_ABOUT_FIRST]],
        "agreed": [asdict(each) for each in settled],
        "apart": room.apart,
        "both": [_beside(each, room) for each in _on_both_sides(asked, room)],
        "actions": [
            {
                "what": each.what,
                "who": each.who,
                "when": date_in_words(each.due, language) if each.due else "",
            }
            for each in opened.actions
        ],
        "answered": [
            {"title": title, "questions": [asdict(asked[question]) for question in questions]}
            for title, questions in _sections(opened, speech)
        ],
    }


def _day(iso: str, language: str) -> str:
    return date_in_words(iso, language) if iso else ""


def _gates(gates: list[Json], asked: dict[str, AskedWords]) -> Json:
    """Return the gates with what was answered, and the titles of those that keep the outcome down."""
    answered = {gate["id"]: asdict(asked[gate["id"]]) for gate in gates if gate["id"] in asked}
    return {
        "gates": [{**gate, "asked": answered.get(gate["id"])} for gate in gates],
        "breached": [gate["title"] for gate in gates if gate["state"] == "breached"],
        "not_known": [gate["title"] for gate in gates if gate["state"] == "open"],
    }


def _beside(question: AskedWords, room: RoomMap) -> Json:
    """Return a question that two sides answered, with what each said in the middle."""
    middle = {each.group: each.median for each in question.groups}
    return {
        **asdict(question),
        "library": middle["library"],
        "partner": middle["partner"],
        "apart": question.id in room.apart,
    }


def _on_both_sides(asked: dict[str, AskedWords], room: RoomMap) -> list[AskedWords]:
    """Return the questions that library and partner both answered, those where they lie apart first."""
    both = [
        question
        for question in asked
        if {"library", "partner"} <= {group.group for group in asked[question].groups}
    ]
    first = [question for question in room.apart if question in both]
    return [asked[question] for question in dict.fromkeys([*first, *both])]


def _parts(opened: LoadedWorkshop, speech: Speech) -> list[str]:
    """Return the titles of the sections that were asked, ``[]`` where it was all of them."""
    sections = opened.questionnaire.sections
    chosen = [each for each in sections if each.id in opened.workshop.sections]
    return [speech.text(each.title) for each in chosen] if len(chosen) < len(sections) else []


def _sections(opened: LoadedWorkshop, speech: Speech) -> Iterator[tuple[str, list[str]]]:
    """Return each section's title with the questions in it that some side was asked."""
    for section in opened.questionnaire.sections:
        questions = [question for question in section.questions if question in opened.all_asked]
        if questions:
            yield speech.text(section.title), questions


def _asked(opened: LoadedWorkshop, speech: Speech) -> Iterator[AskedWords]:
    codes = question_codes(opened.questionnaire)
    for _title, questions in _sections(opened, speech):
        for question in questions:
            yield _question(opened, question, codes[question], speech)


def _question(opened: LoadedWorkshop, question: str, code: str, speech: Speech) -> AskedWords:
    room = opened.room_map
    found = opened.questionnaire.gates_by_id.get(question) or opened.questionnaire.items[question]
    written = opened.agreed.get(question)
    agreed = agreed_answer(opened.questionnaire, written) if written else None
    table = None if isinstance(found, Gate) else found.table
    named = [
        (name, answer)
        for name, raw in room.by_name.get(question, [])
        if (answer := answer_from(opened.questionnaire, question, raw)) is not None
    ]
    remarks = [(name, answer.note) for name, answer in named if answer.note]
    groups = _groups(found, room.questions.get(question, {}), speech)
    together = opened.answers.gates.get(question) or opened.answers.items.get(question)
    return AskedWords(
        id=question,
        code=code,
        kind="gate" if isinstance(found, Gate) else found.kind,
        text=speech.text(found.text),
        for_partner=_for_partner(opened, found, speech),
        answer=any_answer_words(found, together, speech),
        options=_options(found, speech),
        headings=_headings(table, speech) if table else [],
        groups=groups,
        unknown=any(each.unknown for each in groups),
        na=any(each.na for each in groups),
        straddles=question in room.straddling,
        agreed=AgreedWords(any_answer_words(found, agreed, speech), written.reason, written.minority)
        if written
        else None,
        remarks=[list(each) for each in remarks or [("", note) for note in room.notes.get(question, [])]],
        by_name=_by_answer(found, named, speech),
    )


def _headings(table: Table, speech: Speech) -> list[str]:
    return [
        f"{speech.text(column) if level == 0 else ''} {level}"
        for column in table.columns.values()
        for level in range(len(table.levels))
    ]


def _by_answer(
    found: Gate | BaseItem, named: list[tuple[str, SheetAnswer]], speech: Speech
) -> list[list[Any]]:
    """Return each answer that somebody gave, with the names of those who gave it."""
    names: dict[str, list[str]] = {}
    for name, answer in named:
        names.setdefault(any_answer_words(found, answer, speech), []).append(name or "–")
    return [[answer, who] for answer, who in names.items()]


def _for_partner(opened: LoadedWorkshop, found: Gate | BaseItem, speech: Speech) -> str:
    if isinstance(found, Gate) or "partner" not in opened.workshop.sides or found.side == "library":
        return ""
    words = speech.text(found.text_partner)
    return words if words != speech.text(found.text) else ""


def _options(found: Gate | BaseItem, speech: Speech) -> list[str]:
    if isinstance(found, Gate):
        return [gate_answer(found, value, speech) for value in ("yes", "no")]
    return [found.option_words(option, speech.language) for option in found.options()]


def _groups(found: Gate | BaseItem, spreads: dict[str, Spread], speech: Speech) -> list[GroupWords]:
    """Return how each group answered: one side alone goes by its name, and not as everybody too."""
    return [_group(found, group, spreads[group], speech) for group in several(spreads)]


def _group(found: Gate | BaseItem, group: str, spread: Spread, speech: Speech) -> GroupWords:
    agreement = spread.agreement
    return GroupWords(
        group=group,
        answered=spread.answered,
        unknown=spread.unknown,
        na=spread.na,
        counts=spread.counts,
        median=_median(found, spread.median, speech),
        place=spread.place,
        agreement="" if agreement is None else agreement_figure(agreement, speech.language),
        meaning="" if agreement is None else agreement_meaning(agreement),
        cells=_cells(found, spread, speech),
        said=[_value(found, value, speech) for value in spread.said],
    )


def _median(found: Gate | BaseItem, median: Any, speech: Speech) -> str:
    return "" if median is None else _value(found, median, speech)


def _value(found: Gate | BaseItem, value: Any, speech: Speech) -> str:
    if isinstance(found, Gate):
        return gate_answer(found, value, speech)
    return found.words(found.parse(value), speech.language)


def _cells(found: Gate | BaseItem, spread: Spread, speech: Speech) -> list[TableRow]:
    table = None if isinstance(found, Gate) else found.table
    if table is None or not spread.cells:
        return []
    return [
        TableRow(
            speech.text(text), [count for column in table.columns for count in spread.cells[column][row]]
        )
        for row, text in table.rows.items()
    ]


def _verdicts(room: RoomMap, titles: dict[str, str]) -> Json:
    """Return how many came to each outcome alone, the highest first: of everybody and of each side."""
    groups = several(room.verdicts)
    rows = [
        {"title": titles.get(outcome, ""), "counts": [room.verdicts[group][outcome] for group in groups]}
        for outcome in [*reversed(titles), TOO_LITTLE_KNOWN]
    ]
    return {"groups": groups, "rows": [row for row in rows if any(row["counts"])]}
