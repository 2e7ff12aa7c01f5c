"""``overvej check``: questionnaires with their worked cases, and sets of answers, held against the rules."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from app.cli.answers_input import answers_in
from app.cli.files import PDF_MARK, STANDARD_INPUT, as_text, displayed, read_bytes
from app.cli.language import locale_language
from app.cli.problem import Problem, complain, one_line
from app.engine.answers import FORMAT as ANSWERS
from app.engine.faults import Fault, LoadingFailed
from app.engine.json_text import decode
from app.engine.loading import Loaded, load
from app.engine.worked_cases import run_case, run_cases
from app.library import files, installed

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
    try:
        content = read_bytes(name)
        summary, faults = _findings(content, name)
    except LoadingFailed as failed:
        summary, faults = "", failed.faults
    except Problem as problem:
        complain(problem)
        return UNUSABLE
    _print(faults)
    if faults:
        summary = ngettext("{number} fault", "{number} faults", len(faults)).format(number=len(faults))
    print(one_line(f"{displayed(name)}: {summary}"))
    return FAULTY if faults else IN_ORDER


def _findings(content: bytes, name: str) -> tuple[str, list[Fault]]:
    """Return what to say of a file that is in order, and what is wrong with it. Prints its warnings."""
    data = {} if content.startswith(PDF_MARK) else decode(as_text(content, displayed(name)), displayed(name)).data
    if content.startswith(PDF_MARK) or data.get("format") == ANSWERS or "expect" in data:
        given = answers_in(content, displayed(name)).questionnaire
        summary = _("answers to {id} {version}, in order").format(id=given.id, version=given.version)
        return summary, run_case(given, Path(name)).faults if "expect" in data else []
    loaded = load(as_text(content, displayed(name)), displayed(name))
    for warning in loaded.warnings:
        place = f"{warning.file}:{warning.line}:{warning.column}"
        said = _("{place}: worth a look: {message}").format(place=place, message=warning.message(locale_language()))
        print(one_line(said))
    return _with_cases(loaded, name)


def _with_cases(loaded: Loaded, name: str) -> tuple[str, list[Fault]]:
    cases = [] if name == STANDARD_INPUT else run_cases(loaded, Path(name).parent / "cases")
    told = ngettext("{number} worked case", "{number} worked cases", len(cases)).format(number=len(cases))
    questionnaire = loaded.questionnaire
    summary = _("{id} {version} with {cases}, in order").format(
        id=questionnaire.id, version=questionnaire.version, cases=told
    )
    return summary, [fault for case in cases for fault in case.faults]


def _print(faults: Iterable[Fault]) -> None:
    for fault in faults:
        print(one_line(fault.line_for(locale_language())))
