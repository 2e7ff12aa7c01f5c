"""What a room may see of its answers: the spread at each question, and what each comes to alone.

It is pure: sheets in, a map out. Nothing of a side is shown, or counted, where fewer than the smallest group
answered: not at a question, and not in the verdicts. A total is the sum of the sides that are shown, so that
nobody can subtract one from the other and find the few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.engine.agreement import Agreement, agree, merged
from app.engine.answers import (
    Answer,
    Answers,
    GateAnswer,
    from_json,
    to_json,
    visible_items,
    without_hidden,
)
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.items import BaseItem
from app.engine.scoring import item_value
from app.engine.yes_no import YES_NO
from app.workshops.models import SIDES

EVERYBODY = "all"
TOO_LITTLE_KNOWN = "too-little-known"
APART = 25.0
"""How far (0–100) two sides' answers must lie from each other to be called apart: one point of five."""

SheetAnswer = Answer | GateAnswer


@dataclass(frozen=True)
class Sheet:
    """What one person answered. ``name`` is empty in a workshop without names."""

    side: str
    answers: Answers
    name: str = ""


@dataclass(frozen=True)
class Spread:
    """How a group answered one question. All of it is JSON data.

    ``answered``: how many answered it, "don't know yet" included. ``counts``: how many chose each of
    ``options``, in their order; a gate's are "yes" and "no"; both are empty where there are no options.
    ``median``: what the group says, ``None`` where it says nothing. ``agreement``: A, −1 to 1, where there
    are enough answers. ``cells``: of a table, how many said 0, 1, 2, … of each row, by column.
    ``said``: the values of a question without options, in their own order: in the order of the participants,
    what one of them wrote at two questions could be put together.
    """

    answered: int
    unknown: int
    na: int = 0
    options: list[Any] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    median: Any = None
    agreement: float | None = None
    cells: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    said: list[Any] = field(default_factory=list)

    @property
    def place(self) -> int | None:
        """The place among the options of what the group says, ``None`` where it is none of them."""
        return self.options.index(self.median) if self.median in self.options else None


@dataclass(frozen=True)
class RoomMap:
    """What the room sees after the reveal.

    ``sides``: how many answered on each side that is shown. ``too_few``: how many on each that is not.
    ``verdicts``: for ``all`` and each side, how many came to each outcome, and to ``too-little-known``,
    alone. ``questions``: each question that somebody may see, with its spread for ``all`` and each side.
    ``divided``: the items to talk about, those that divide most first; ``straddling``: those of them with
    answers on both sides of the profile that decides. ``apart``: the items at which library and partner lie
    apart, the widest first. ``flagged``: the gates that somebody said are not in order. ``notes``: what was
    remarked at each question. In a workshop with names ``people`` holds ``[name, side, outcome]`` of each,
    and ``by_name`` at each question ``[name, the answer as an answers file has it]``.
    """

    sides: dict[str, int]
    too_few: dict[str, int]
    verdicts: dict[str, dict[str, int]]
    questions: dict[str, dict[str, Spread]]
    divided: list[str]
    straddling: list[str]
    apart: list[str]
    flagged: list[str]
    notes: dict[str, list[str]]
    people: list[list[str]]
    by_name: dict[str, list[list[Any]]]

    @property
    def respondents(self) -> int:
        """How many are counted in all."""
        return sum(self.sides.values())


def several(groups: Iterable[str]) -> list[str]:
    """Return ``groups`` (everybody, then the sides) without everybody where that is one side alone."""
    found = list(groups)
    return found if len(found) > 2 else found[1:]


def to_plain(room_map: RoomMap) -> dict[str, Any]:
    """Return the map as JSON data."""
    return asdict(room_map)


def from_plain(data: Mapping[str, Any]) -> RoomMap:
    """Return the map that :func:`to_plain` wrote."""
    questions = {
        question: {group: Spread(**spread) for group, spread in groups.items()}
        for question, groups in data["questions"].items()
    }
    return RoomMap(**{**data, "questions": questions})


def map_of(questionnaire: Questionnaire, sheets: Sequence[Sheet], smallest_group: int) -> RoomMap:
    """Return what may be seen of ``sheets``, which hold at least one answer each."""
    shown, too_few = _shown(questionnaire, sheets, smallest_group)
    together = _group(questionnaire, shown)
    sides = {side: [each for each in shown if each.side == side] for side in SIDES}
    groups = {side: _group(questionnaire, each) for side, each in sides.items() if each}
    groups = {EVERYBODY: together, **groups} if together else {}
    members = {EVERYBODY: shown, **sides}
    questions = {
        question: {
            group: _spread(questionnaire, question, members[group], agreement)
            for group, agreement in groups.items()
            if any(_answer_to(sheet.answers, question) for sheet in members[group])
        }
        for question in (*questionnaire.items, *questionnaire.gates_by_id)
    }
    questions = {question: spreads for question, spreads in questions.items() if spreads}
    verdicts = [[sheet.name, sheet.side, _verdict(questionnaire, sheet)] for sheet in shown]
    is_named = any(sheet.name for sheet in shown)
    return RoomMap(
        sides={side: len(each) for side, each in sides.items() if each},
        too_few=too_few,
        verdicts={group: _counted(questionnaire, verdicts, group) for group in groups},
        questions=questions,
        divided=together.divided if together else [],
        straddling=[each for each in together.divided if together.items[each].straddles] if together else [],
        apart=_apart(questionnaire, questions),
        flagged=[gate.id for gate in questionnaire.gates if _flags(questions, gate.id, gate.breach_when)],
        notes=_notes(shown, questions),
        people=sorted(verdicts) if is_named else [],
        by_name=_by_name(shown, questions) if is_named else {},
    )


def answers_together(  # noqa: PLR0913 - each is a part of what the room says
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
    smallest_group: int,
    *,
    agreed: Mapping[str, SheetAnswer],
    subject: Mapping[str, Any],
    date: str,
) -> Answers:
    """Return the room's answers: what it agreed on, else the lower median of what may be shown.

    A gate that anyone flagged stays open until the room has agreed on the fact that settles it, also where
    all who know flagged it. ``agreed``: by item or gate. ``subject``: partner and proposal. ``date``: ISO
    8601.
    """
    shown, _ = _shown(questionnaire, sheets, smallest_group)
    items = {key: answer for key, answer in agreed.items() if isinstance(answer, Answer)}
    gates = {key: answer for key, answer in agreed.items() if isinstance(answer, GateAnswer)}
    if shown:
        together = merged(questionnaire, [each.answers for each in shown], items, gates)
        of_items = {key: answer for key, answer in together.items.items() if key in items or _tells(answer)}
        known = {
            key: answer
            for key, answer in together.gates.items()
            if key in gates or _is_clear(questionnaire, key, answer)
        }
        together = replace(together, items=of_items, gates=known)
    else:
        together = Answers(
            questionnaire.id, questionnaire.version, questionnaire.digest, items=items, gates=gates
        )
    # As an answers file has it, so that the same counts now as after it was stored.
    written = to_json(replace(together, date=date, respondents=max(1, len(shown))))
    return from_json({**written, "subject": dict(subject)}, questionnaire, stored=True)


def _is_clear(questionnaire: Questionnaire, gate: str, answer: GateAnswer) -> bool:
    return answer.value not in (None, questionnaire.gates_by_id[gate].breach_when)


def _tells(answer: Answer) -> bool:
    return answer.state != "unknown"


def _shown(
    questionnaire: Questionnaire, sheets: Sequence[Sheet], smallest_group: int
) -> tuple[list[Sheet], dict[str, int]]:
    """Return the sheets of each side that has enough, without what too few of a side answered."""
    shown: list[Sheet] = []
    too_few: dict[str, int] = {}
    for side in SIDES:
        of_side = [sheet for sheet in sheets if sheet.side == side]
        if len(of_side) >= smallest_group:
            shown += _that_may_be_shown(questionnaire, of_side, smallest_group)
        elif of_side:
            too_few[side] = len(of_side)
    return shown, too_few


def _that_may_be_shown(
    questionnaire: Questionnaire, sheets: Sequence[Sheet], smallest_group: int
) -> list[Sheet]:
    """Return one side's sheets without hidden answers, and without what too few of them answered.

    Taking either away can hide more, so it is done until nothing more goes: a question that enough answered,
    but that is hidden now for most of them, would otherwise show the few for whom it is not.
    """
    left = list(sheets)
    while True:
        counted = [
            replace(
                sheet,
                answers=without_hidden(
                    questionnaire, sheet.answers, visible_items(questionnaire, sheet.answers)
                ),
            )
            for sheet in left
        ]
        fewer = list(_without_few(counted, smallest_group))
        if fewer == left:
            return left
        left = fewer


def _without_few(sheets: Sequence[Sheet], smallest_group: int) -> Iterable[Sheet]:
    """Return one side's sheets with only those questions that enough of them answered."""
    asked = {question for sheet in sheets for question in (*sheet.answers.items, *sheet.answers.gates)}
    enough = {
        question
        for question in asked
        if sum(_answer_to(sheet.answers, question) is not None for sheet in sheets) >= smallest_group
    }
    for sheet in sheets:
        answers = replace(
            sheet.answers,
            items={key: answer for key, answer in sheet.answers.items.items() if key in enough},
            gates={key: answer for key, answer in sheet.answers.gates.items() if key in enough},
        )
        yield replace(sheet, answers=answers)


def _group(questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> Agreement | None:
    return agree(questionnaire, [sheet.answers for sheet in sheets]) if sheets else None


def _answer_to(answers: Answers, question: str) -> SheetAnswer | None:
    return answers.items.get(question) or answers.gates.get(question)


def _spread(
    questionnaire: Questionnaire, question: str, sheets: Sequence[Sheet], agreement: Agreement | None
) -> Spread:
    found = [_answer_to(sheet.answers, question) for sheet in sheets]
    answers = [each for each in found if each is not None]
    values = [each.value for each in answers if each.value is not None]
    if question in questionnaire.gates_by_id:
        counts = [values.count(option) for option in YES_NO]
        unknown = len(answers) - len(values)
        together = agreement.answers.gates[question].value if agreement else None
        return Spread(len(answers), unknown, options=list(YES_NO), counts=counts, median=together)
    item = questionnaire.items[question]
    na = sum(isinstance(each, Answer) and each.state == "na" for each in answers)
    group = agreement.items[question] if agreement else None
    return Spread(
        answered=len(answers),
        unknown=len(answers) - len(values) - na,
        na=na,
        options=[_plain(option) for option in item.options()],
        counts=list(group.counts) if group else [],
        median=_plain(group.median) if group else None,
        agreement=group.agreement if group else None,
        cells=_cells(item, values),
        said=[] if item.options() or item.table else sorted(map(_plain, values)),
    )


def _cells(item: BaseItem, values: Sequence[Any]) -> dict[str, dict[str, list[int]]]:
    table = item.table
    if table is None:
        return {}
    levels = range(len(table.levels))

    def counts(column: str, row: str) -> list[int]:
        return [sum(value[column].get(row) == level for value in values) for level in levels]

    return {column: {row: counts(column, row) for row in table.rows} for column in table.columns}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _verdict(questionnaire: Questionnaire, sheet: Sheet) -> str:
    return assess(questionnaire, sheet.answers, explain=False).outcome or TOO_LITTLE_KNOWN


def _counted(questionnaire: Questionnaire, verdicts: Sequence[Sequence[str]], group: str) -> dict[str, int]:
    counts = dict.fromkeys([*questionnaire.outcome_ids, TOO_LITTLE_KNOWN], 0)
    for _name, side, outcome in verdicts:
        counts[outcome] += group in (EVERYBODY, side)
    return counts


def _apart(questionnaire: Questionnaire, questions: Mapping[str, Mapping[str, Spread]]) -> list[str]:
    """Return the items at which library and partner lie apart, the widest first."""
    distances = {}
    for key, item in questionnaire.scored_items.items():
        spreads = questions.get(key, {})
        if "library" in spreads and "partner" in spreads:
            ours, theirs = (_value(item, spreads[side].median) for side in ("library", "partner"))
            if ours is not None and theirs is not None and abs(ours - theirs) >= APART:
                distances[key] = abs(ours - theirs)
    return sorted(distances, key=lambda key: -distances[key])


def _value(item: Any, median: Any) -> float | None:
    return None if median is None else item_value(item, Answer("known", item.parse(median)))


def _flags(questions: Mapping[str, Mapping[str, Spread]], gate: str, breach_when: str) -> bool:
    spread = questions.get(gate, {}).get(EVERYBODY)
    return spread is not None and spread.counts[spread.options.index(breach_when)] > 0


def _notes(sheets: Sequence[Sheet], questions: Iterable[str]) -> dict[str, list[str]]:
    """Return the remarks at each question, in the order of their letters, not of who wrote them."""
    notes = {
        question: sorted(
            answer.note for sheet in sheets if (answer := _answer_to(sheet.answers, question)) and answer.note
        )
        for question in questions
    }
    return {question: written for question, written in notes.items() if written}


def _by_name(sheets: Sequence[Sheet], questions: Iterable[str]) -> dict[str, list[list[Any]]]:
    written = [(sheet.name, to_json(sheet.answers)) for sheet in sheets]
    return {
        question: sorted(
            (
                [name, answer]
                for name, parts in written
                if (answer := parts["answers"].get(question, parts["gates"].get(question))) is not None
            ),
            key=lambda pair: pair[0],
        )
        for question in questions
    }
