"""Whether the rows of workshops are consistent: each function says so of one row, and raises nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row

from app.engine.answers import InvalidAnswers, from_json, read_answer, read_gate
from app.engine.definition import Questionnaire
from app.engine.items import InvalidAnswer
from app.engine.yes_no import YES_NO
from app.workshops.loaded import agreed_answer, answers_in
from app.workshops.models import SIDES, STEPS
from app.workshops.plan import LONGEST_STEP
from app.workshops.room_map import EVERYBODY, TOO_LITTLE_KNOWN, RoomMap, Spread, to_plain

ROOM_MAP: TypeAdapter[RoomMap] = TypeAdapter(RoomMap)


def is_workshop(row: Row[Any], questionnaire: Questionnaire) -> bool:
    """Say whether a workshop is one that was prepared here, and came so far as it says."""
    return (
        _are_some_of(row.sections, [section.id for section in questionnaire.sections])
        and _are_some_of(row.sides, SIDES)
        and "library" in row.sides
        and row.section in ("", *row.sections)
        and _is_plan(row.plan)
        and _reads(lambda: answers_in(questionnaire, {"subject": row.subject}))
        and bool(row.kept) == (row.stage == "closed")
        and (row.stage != "closed" or _is_kept(row.kept, questionnaire))
    )


def is_participant(row: Row[Any], workshop: Row[Any], questionnaire: Questionnaire) -> bool:
    """Say whether somebody could have answered so, in that workshop. After closing nothing is left of it."""
    said = {"answers": row.answers, "gates": row.gates}
    is_erased = not (row.answers or row.gates or row.name or row.token_hash)
    return (
        row.side in workshop.sides
        and workshop.stage != "prepared"
        and (workshop.stage != "closed" or is_erased)
        and _reads(lambda: answers_in(questionnaire, said))
    )


def is_room_answer(row: Row[Any], workshop: Row[Any], questionnaire: Questionnaire) -> bool:
    """Say whether a room could have agreed on that."""
    is_asked = row.question in questionnaire.items or row.question in questionnaire.gates_by_id
    return is_asked and _is_shown(workshop) and _reads(lambda: agreed_answer(questionnaire, row))  # type: ignore[arg-type]


def is_action(_row: Row[Any], workshop: Row[Any], _questionnaire: Questionnaire) -> bool:
    """Say whether a workshop came so far that it had something to do next."""
    return _is_shown(workshop)


def _is_shown(workshop: Row[Any]) -> bool:
    return workshop.stage in ("revealed", "closed")


def _is_plan(plan: Any) -> bool:
    return isinstance(plan, dict) and all(
        step in STEPS and type(minutes) is int and 0 <= minutes <= LONGEST_STEP
        for step, minutes in plan.items()
    )


def _is_kept(kept: Any, questionnaire: Questionnaire) -> bool:
    """Say whether a closed workshop keeps a map that its pages can draw, and answers that can be read."""
    if not isinstance(kept, dict) or kept.keys() != {"map", "answers"}:
        return False
    try:
        room_map = ROOM_MAP.validate_json(json.dumps(kept["map"]), strict=True)
        from_json(kept["answers"], questionnaire, stored=True)
    except (ValidationError, InvalidAnswers):
        return False
    return to_plain(room_map) == kept["map"] and _is_map(room_map, questionnaire)


def _is_map(room_map: RoomMap, questionnaire: Questionnaire) -> bool:
    gates, items = questionnaire.gates_by_id.keys(), questionnaire.items.keys()
    groups = {EVERYBODY, *SIDES}
    outcomes = {*questionnaire.outcome_ids, TOO_LITTLE_KNOWN}
    return (
        {*room_map.sides, *room_map.too_few} <= set(SIDES)
        and room_map.questions.keys() <= {*gates, *items}
        and {*room_map.divided, *room_map.straddling, *room_map.apart} <= items
        and {*room_map.flagged} <= gates
        and {*room_map.notes, *room_map.by_name} <= room_map.questions.keys()
        and room_map.verdicts.keys() <= groups
        and all(counts.keys() == outcomes for counts in room_map.verdicts.values())
        and all(len(each) == 3 and each[1] in SIDES and each[2] in outcomes for each in room_map.people)
        and all(
            _are_answers_by_name(questionnaire, key, answers) for key, answers in room_map.by_name.items()
        )
        and all(
            spreads.keys() <= groups
            and all(_is_spread(questionnaire, question, spread) for spread in spreads.values())
            for question, spreads in room_map.questions.items()
        )
    )


def _is_spread(questionnaire: Questionnaire, question: str, spread: Spread) -> bool:
    if question in questionnaire.gates_by_id:
        options: Sequence[Any] = YES_NO
    else:
        options = [
            list(each) if isinstance(each, tuple) else each
            for each in questionnaire.items[question].options()
        ]
    return (
        spread.options == list(options)
        and len(spread.counts) in ({len(options)} if options else {0})
        and min([spread.answered, spread.unknown, spread.na, *spread.counts]) >= 0
        and _are_cells(questionnaire, question, spread.cells)
        and (spread.median is None or _is_answer(questionnaire, question, spread.median))
        and all(_is_answer(questionnaire, question, value) for value in spread.said)
    )


def _are_cells(
    questionnaire: Questionnaire, question: str, cells: Mapping[str, Mapping[str, list[int]]]
) -> bool:
    item = questionnaire.items.get(question)
    table = item.table if item else None
    if table is None:
        return not cells
    return cells.keys() == table.columns.keys() and all(
        rows.keys() == table.rows.keys() and all(len(counts) == len(table.levels) for counts in rows.values())
        for rows in cells.values()
    )


def _are_answers_by_name(
    questionnaire: Questionnaire, question: str, answers: Iterable[Sequence[Any]]
) -> bool:
    return all(
        len(pair) == 2 and isinstance(pair[0], str) and _is_answer(questionnaire, question, pair[1])
        for pair in answers
    )


def _is_answer(questionnaire: Questionnaire, question: str, answer: Any) -> bool:
    if question in questionnaire.gates_by_id:
        return _reads(lambda: read_gate(answer))
    return _reads(lambda: read_answer(questionnaire.items[question], answer, stored=True))


def _are_some_of(found: Any, known: Sequence[str]) -> bool:
    """Say whether a list holds some of the known words, each once."""
    return (
        isinstance(found, list)
        and all(isinstance(each, str) and each in known for each in found)
        and len(set(found)) == len(found)
    )


def _reads(read: Callable[[], object]) -> bool:
    try:
        read()
    except (InvalidAnswer, InvalidAnswers):
        return False
    return True
