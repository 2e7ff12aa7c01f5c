"""``overvej score``: what a set of answers comes to, for a person or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from app.cli.answers_input import answers_from
from app.cli.screen import print_json, say
from app.engine.assess import assess
from app.engine.result import to_json
from app.wording.read import read
from app.wording.reading import ChangeWords, Reading, StepWords
from app.wording.speech import Speech

QUESTIONS = 3
CHANGES = 2


def run(arguments: argparse.Namespace) -> int:
    """Print the result of the answers."""
    answered = answers_from(arguments.answers)
    result = assess(answered.questionnaire, answered.answers)
    if arguments.json:
        print_json(to_json(result))
    else:
        reading = read(answered.questionnaire, answered.answers, result, arguments.language)
        _tell(reading, Speech(arguments.language))
    return 0


def _tell(reading: Reading, speech: Speech) -> None:
    say(reading.headline)
    say(" · ".join(part for part in (reading.partner, reading.proposal, _questionnaire(reading)) if part))
    _part("", [*reading.why, reading.range_sentence])
    _part(speech.tell("What must be in place"), (gate.sentence for gate in reading.gates))
    _part(speech.tell("Ask first"), _first_questions(reading, speech))
    _part(speech.tell("What would change it"), [*_changes(reading.changes_up, speech), *reading.blocked_by])
    _part(speech.tell("What it leans on"), _changes(reading.changes_down, speech))
    _part(speech.tell("How firmly it stands"), [reading.robustness.sentence] if reading.robustness else [])


def _questionnaire(reading: Reading) -> str:
    return f"{reading.title} {reading.version}"


def _part(title: str, sentences: Iterable[str]) -> None:
    """Print a heading and its sentences; nothing where there are none."""
    said = [sentence for sentence in sentences if sentence]
    if not said:
        return
    say()
    if title:
        say(title)
    for sentence in said:
        say(sentence, indent="  " if title else "")


def _first_questions(reading: Reading, speech: Speech) -> list[str]:
    asked = [f"{number}. {each.ask or each.text}" for number, each in enumerate(reading.questions, start=1)]
    rest = len(asked) - QUESTIONS
    if rest <= 0:
        return asked
    return [*asked[:QUESTIONS], speech.count("and one more", "and {number} more", rest)]


def _changes(changes: list[ChangeWords], speech: Speech) -> list[str]:
    """Return the first changes in words, with their steps where one takes several."""
    said = []
    for change in changes[:CHANGES]:
        said.append(change.sentence)
        if len(change.steps) > 1:
            said += [_step(step, speech) for step in change.steps]
    return said


def _step(step: StepWords, speech: Speech) -> str:
    return f"– {step.text} {speech.quoted(step.now)} → {speech.quoted(step.then)}"
