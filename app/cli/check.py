"""``overvej check``: questionnaires with their worked cases, and answers, checked against the rules."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from app.catalogue import files, installed
from app.cli.answers_input import answers_in
from app.cli.files import STANDARD_INPUT, as_text, displayed, read_bytes
from app.cli.language import locale_language
from app.cli.problem import Problem, complain, one_line
from app.engine.answers import FORMAT as ANSWERS
from app.engine.definition import Questionnaire
from app.engine.faults import Fault, LoadingFailed
from app.engine.json_text import decode
from app.engine.loading import Loaded, load
from app.engine.worked_cases import run_case, run_cases
from app.platform.files import is_pdf

IN_ORDER, FAULTY, UNUSABLE = 0, 1, 2


def run(arguments: argparse.Namespace) -> int:
    """Check each file and say what was found: faults, warnings, and one line that sums up."""
    if arguments.files:
        return max([_checked(name) for name in arguments.files])
    codes = [_checked(str(path)) for path in files()]
    clashes = installed().clashes
    _print(clashes)
    return max([FAULTY if clashes else IN_ORDER, *codes])


def _checked(name: str) -> int:
    shown = displayed(name)
    try:
        summary, faults = _findings(read_bytes(name), name, shown)
    except LoadingFailed as failed:
        summary, faults = "", failed.faults
    except Problem as problem:
        complain(problem)
        return UNUSABLE
    _print(faults)
    if faults:
        summary = ngettext("{number} fault", "{number} faults", len(faults)).format(number=len(faults))
    print(one_line(f"{shown}: {summary}"))
    return FAULTY if faults else IN_ORDER


def _findings(content: bytes, name: str, shown: str) -> tuple[str, list[Fault]]:
    """Return what to say of a file that is in order, and what is wrong with it. Prints its warnings."""
    if is_pdf(content):
        return _fits(answers_in(content, shown).questionnaire), []
    text = as_text(content, shown)
    data = decode(text, shown).data
    if data.get("format") == ANSWERS:
        return _fits(answers_in(content, shown).questionnaire), []
    if "expect" in data:
        questionnaire = answers_in(content, shown).questionnaire
        return _fits(questionnaire), run_case(questionnaire, Path(name)).faults
    loaded = load(text, shown)
    _print_warnings(loaded.warnings)
    return _with_cases(loaded, name)


def _fits(questionnaire: Questionnaire) -> str:
    message = _("answers to {id} {version}, in order")
    return message.format(id=questionnaire.id, version=questionnaire.version)


def _with_cases(loaded: Loaded, name: str) -> tuple[str, list[Fault]]:
    cases = [] if name == STANDARD_INPUT else run_cases(loaded, Path(name).parent / "cases")
    told = ngettext("{number} worked case", "{number} worked cases", len(cases)).format(number=len(cases))
    questionnaire = loaded.questionnaire
    summary = _("{id} {version} with {cases}, in order").format(
        id=questionnaire.id, version=questionnaire.version, cases=told
    )
    return summary, [fault for case in cases for fault in case.faults]


def _print_warnings(warnings: Iterable[Fault]) -> None:
    for warning in warnings:
        place = f"{warning.file}:{warning.line}:{warning.column}"
        message = warning.message(locale_language())
        print(one_line(_("{place}: worth a look: {message}").format(place=place, message=message)))


def _print(faults: Iterable[Fault]) -> None:
    for fault in faults:
        print(one_line(fault.line_for(locale_language())))
