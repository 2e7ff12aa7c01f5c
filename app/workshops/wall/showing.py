"""The whole wall after the reveal, in words: made of the room map and of what was agreed, of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app import charts
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.read import read
from app.wording.reading import Reading
from app.workshops.loaded import LoadedWorkshop, agreed_answer
from app.workshops.room_map import EVERYBODY, TOO_LITTLE_KNOWN, several
from app.workshops.wall.prompts import prompt, prompt_apart
from app.workshops.wall.questions import (
    Beside,
    WallQuestion,
    beside,
    group_words,
    groups_of,
    question_seen,
)
from app.workshops.wall.timing import Clock, clock_of
from app.workshops.words import side_words

MOST_DIVIDED = 3
BOTH = ("library", "partner")


@dataclass(frozen=True)
class Gate:
    """Something that somebody said is not in order, and the fact that settles it, ``""`` while it is open."""

    question: WallQuestion
    is_settled: bool
    settled: str


@dataclass(frozen=True)
class Apart:
    """A question at which library and partner lie apart, and both on one scale."""

    question: WallQuestion
    beside: Beside | None


@dataclass(frozen=True)
class Verdicts:
    """How many of a group came to each outcome alone: title, nickname, mark, and number."""

    name: str
    answered: int
    counts: list[tuple[str, str, Markup, int]]


@dataclass(frozen=True)
class WallSection:
    """A section of the questionnaire with its questions."""

    id: str
    title: str
    questions: list[WallQuestion]


@dataclass(frozen=True)
class Together:
    """What the room's answers come to as they stand now, with its mark."""

    title: str
    mark: Markup


@dataclass(frozen=True)
class Room:
    """The whole screen after the reveal."""

    divided: list[WallQuestion]
    verdicts: list[Verdicts]
    together: Together
    too_few: list[str]
    apart: list[Apart]
    talk_apart: str
    flagged: list[Gate]
    parts: list[WallSection]
    is_for_library: bool
    clock: Clock | None


def is_shared(opened: LoadedWorkshop) -> bool:
    """Say whether the screen is looked at by others than the library."""
    return len(opened.workshop.sides) > 1


def shown_room(opened: LoadedWorkshop, *, own: bool = False) -> Room:
    """Return what the room may see. 404 before the reveal.

    Where others than the library are in the room, that is what they were asked, too: what the library thinks
    of its partner, its people and its gates is not for the partner to read. ``own``: all of it.
    """
    found, visible = opened.room_map, _visible(opened, own)
    reading = read(opened.questionnaire, opened.answers, opened.result, language())
    return Room(
        divided=[
            question_seen(opened, each, [EVERYBODY], prompt(place, straddles=each in found.straddling))
            for place, each in enumerate([each for each in found.divided if each in visible][:MOST_DIVIDED])
        ],
        verdicts=_verdicts(opened, reading),
        together=Together(reading.headline, charts.mark(reading.outcome, reading.language)),
        too_few=too_few(opened),
        apart=[_apart(opened, each) for each in found.apart],
        talk_apart=prompt_apart(),
        flagged=[_gate(opened, each) for each in found.flagged if each in visible],
        parts=_parts(opened, visible),
        is_for_library=own,
        clock=clock_of(opened),
    )


def shown_question(opened: LoadedWorkshop, question: str) -> WallQuestion:
    """Return one question with every group that may be seen, and in a workshop with names who said what."""
    return question_seen(opened, question, groups_of(opened, question), _talk(opened, question), names=True)


def _talk(opened: LoadedWorkshop, question: str) -> str:
    found = opened.room_map
    if question in found.divided:
        return prompt(found.divided.index(question), straddles=question in found.straddling)
    return prompt_apart() if question in found.apart else ""


def too_few(opened: LoadedWorkshop) -> list[str]:
    """Say of each side that is not shown how many answered there."""
    return [
        _(
            "%(side)s: only %(count)s answered. That is too few for anything of it to be shown.",
            side=side_words(side),
            count=count,
        )
        for side, count in opened.room_map.too_few.items()
    ]


def _visible(opened: LoadedWorkshop, own: bool) -> frozenset[str]:
    """Return the questions that stand on the screen: all, or those that others were asked, too."""
    others = [side for side in opened.workshop.sides if side != "library"]
    if own or not others:
        return frozenset(opened.room_map.questions)
    asked = {each for side in others for part in opened.asked(side) for each in part.questions}
    return frozenset(asked & opened.room_map.questions.keys())


def _parts(opened: LoadedWorkshop, visible: frozenset[str]) -> list[WallSection]:
    every = opened.questionnaire.sections
    parts = [
        WallSection(
            section.id,
            say(section.title, language()),
            [
                question_seen(opened, each, groups_of(opened, each))
                for each in section.questions
                if each in visible
            ],
        )
        for section in every
    ]
    return [part for part in parts if part.questions]


def _apart(opened: LoadedWorkshop, question: str) -> Apart:
    has_options = bool(opened.questionnaire.items[question].options())
    groups = [] if has_options else BOTH
    return Apart(
        question_seen(opened, question, groups), beside(opened, question, BOTH) if has_options else None
    )


def _gate(opened: LoadedWorkshop, gate: str) -> Gate:
    row = opened.agreed.get(gate)
    is_settled = row is not None and agreed_answer(opened.questionnaire, row).value is not None
    question = question_seen(opened, gate, groups_of(opened, gate)[:1])
    return Gate(question, is_settled, row.reason if row is not None and is_settled else "")


def _verdicts(opened: LoadedWorkshop, reading: Reading) -> list[Verdicts]:
    found = opened.room_map.verdicts
    return [
        Verdicts(group_words(group), sum(found[group].values()), _counts(reading, found[group]))
        for group in several(found)
    ]


def _counts(reading: Reading, counts: Mapping[str, int]) -> list[tuple[str, str, Markup, int]]:
    """Return the outcomes, the highest first, and last those with too little to go on."""
    outcomes = [
        (each.title, each.nickname, charts.mark(each, reading.language), counts[each.id])
        for each in reversed(reading.outcomes)
    ]
    nothing = charts.mark(None, reading.language)
    return [*outcomes, (_("Too little to go on"), "", nothing, counts[TOO_LITTLE_KNOWN])]
