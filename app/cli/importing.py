"""``overvej import``: many answers files and decision PDFs at once, while the server runs or not."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.application import application_in_use
from app.cli.files import read_bytes
from app.cli.language import locale_language
from app.cli.problem import Problem, complain
from app.cli.screen import say
from app.data.limits import LARGEST_FILE, MOST_FILES

if TYPE_CHECKING:
    from app.data.imports.importing import Outcome

DONE, SOME_REFUSED = 0, 1


def run(arguments: argparse.Namespace) -> int:
    """Import every file that can be used, and name every other with its reason."""
    from app.data.imports.importing import Outcome, import_many  # noqa: PLC0415 - only this needs a database
    from app.platform.i18n import speak  # noqa: PLC0415

    names = [name for given in arguments.files for name in _files(given)]
    if len(names) > MOST_FILES:
        raise Problem(
            _("more than {most} files at once; bring them in a few at a time").format(most=MOST_FILES)
        )
    outcome = Outcome()
    with application_in_use():
        speak(locale_language())
        told = 0
        for _done in import_many(_read(names, outcome), _who(), outcome):
            told = _tell_refused(outcome, told)
        _tell_refused(outcome, told)
        say(" ".join(outcome.sentences))
    return SOME_REFUSED if outcome.refused else DONE


def _files(given: str) -> list[str]:
    """Return a file's own name, or the names of all in a folder that may be answers, in their order."""
    from app.data.imports.files import is_worth_reading  # noqa: PLC0415

    folder = Path(given)
    if not folder.is_dir():
        return [given]
    found = sorted(path for path in folder.rglob("*") if is_worth_reading(path.relative_to(folder)))
    if not found:
        raise Problem(_("{folder} holds no answers file and no PDF").format(folder=given))
    return [str(path) for path in found]


def _read(names: list[str], outcome: Outcome) -> Iterator[tuple[str, bytes]]:
    for name in names:
        try:
            yield name, read_bytes(name, LARGEST_FILE + 1)
        except Problem as problem:
            outcome.refused.append([str(problem)])


def _tell_refused(outcome: Outcome, told: int) -> int:
    """Say what was refused since the last time, and return how many files that are in all."""
    for lines in outcome.refused[told:]:
        for line in lines:
            complain(line)
    return len(outcome.refused)


def _who() -> str:
    """Return the name of whoever is logged in on this machine, ``""`` where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
