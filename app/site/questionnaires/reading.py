"""What is installed, in what state, and what is still used that is not installed. Nothing here writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from app import catalogue
from app.assessments.chosen_questionnaire import questionnaire_in_use
from app.assessments.models import Assessment
from app.definitions.models import Definition
from app.definitions.reading import changed_since_used
from app.engine.definition import Questionnaire
from app.engine.faults import Fault, LoadingFailed
from app.engine.loading import Loaded
from app.engine.worked_cases import CaseOutcome, run_cases
from app.platform.database import db
from app.platform.i18n import language

Stamps = list[tuple[Path, int, int]]
"""Each file with its time and its size, which tell whether it was changed."""

_worked: dict[tuple[str, Path], tuple[Stamps, list[CaseOutcome]]] = {}
"""What the worked cases of a questionnaire came to, by its digest and their folder."""

ITS_ID = re.compile(r'"id"\s*:\s*"([^"]*)"')
"""The first id in a file is the questionnaire's own."""

MOST_LINES = 100
"""Of one file's faults. Whoever mends these sees the rest."""


@dataclass(frozen=True)
class Installed:
    """One questionnaire that can be used. ``cases``: what its worked cases came to; ``warnings``: lines.

    ``newest``: the one that new assessments begin with. ``changed``: it was used with another text under
    the same version, so nothing can begin with it. ``uses``: how many assessments were begun with it.
    """

    questionnaire: Questionnaire
    newest: bool
    changed: bool
    uses: int
    cases: list[CaseOutcome]
    warnings: list[str]

    @property
    def cases_failed(self) -> int:
        """How many of its worked cases came out otherwise than they should."""
        return sum(not case.passed for case in self.cases)

    @property
    def questions(self) -> int:
        """How many questions it asks, the gates among them."""
        return len(self.questionnaire.items) + len(self.questionnaire.gates)

    @property
    def failures(self) -> list[str]:
        """A line for each difference between a worked case and what it came to."""
        return lines_of(fault for case in self.cases for fault in case.faults)


@dataclass(frozen=True)
class Faulty:
    """A file that cannot be used, with every fault. ``in_use``: what is used instead, if anything is."""

    name: str
    lines: list[str]
    in_use: Questionnaire | None


@dataclass(frozen=True)
class Former:
    """A version that is installed no longer and that ``uses`` assessments still use."""

    questionnaire: str
    version: str
    uses: int


@dataclass(frozen=True)
class Shelf:
    """Every questionnaire of this machine. ``clashes``: lines about files that are left out."""

    installed: list[Installed]
    faulty: list[Faulty]
    clashes: list[str]
    former: list[Former]


def shelf() -> Shelf:
    """Return what there is. Two queries, and each file is read only when it has changed."""
    found = catalogue.installed()
    uses = _uses()
    changed = {each.digest for each in changed_since_used(one.questionnaire for one in found.loaded)}
    digests = {one.questionnaire.digest for one in found.loaded}
    return Shelf(
        installed=[_installed(loaded, found, changed, uses) for loaded in found.loaded],
        faulty=[_faulty(failed, found) for failed in found.faulty],
        clashes=lines_of(found.clashes),
        former=[
            Former(questionnaire, version, number)
            for digest, (questionnaire, version, number) in uses.items()
            if digest not in digests
        ],
    )


def lines_of(faults: Iterable[Fault]) -> list[str]:
    """Return a line for each fault in the reader's language, without the folders of this machine."""
    return [_without_folders(fault).line_for(language()) for fault in faults]


def _without_folders(fault: Fault) -> Fault:
    details = dict(fault.details)
    if fault.code == "version_taken":
        details["other"] = Path(str(details["other"])).name
    return replace(fault, file=Path(fault.file).name, details=details)


def _installed(
    loaded: Loaded, found: catalogue.Catalogue, changed: set[str], uses: dict[str, tuple[str, str, int]]
) -> Installed:
    questionnaire = loaded.questionnaire
    newest = found.find(questionnaire.id)
    return Installed(
        questionnaire=questionnaire,
        newest=newest is loaded,
        changed=questionnaire.digest in changed,
        uses=uses.get(questionnaire.digest, ("", "", 0))[2],
        cases=_cases(loaded, found.files[questionnaire.digest].parent / "cases"),
        warnings=lines_of(loaded.warnings),
    )


def _uses() -> dict[str, tuple[str, str, int]]:
    """Return, by digest, id and version of each stored definition and how many assessments pin it."""
    counted = (
        select(Definition.digest, Definition.questionnaire, Definition.version, func.count(Assessment.id))
        .join(Assessment, Assessment.definition_id == Definition.id)
        .group_by(Definition.digest, Definition.questionnaire, Definition.version)
        .order_by(Definition.questionnaire, Definition.version)
    )
    return {digest: (name, version, number) for digest, name, version, number in db.session.execute(counted)}


def _faulty(failed: LoadingFailed, found: catalogue.Catalogue) -> Faulty:
    path = Path(failed.faults[0].file)
    instead = _before_the_fault(path, found) or questionnaire_in_use(_id_in(path))
    return Faulty(path.name, lines_of(failed.faults[:MOST_LINES]), instead.questionnaire if instead else None)


def _before_the_fault(path: Path, found: catalogue.Catalogue) -> Loaded | None:
    """Return what a file held while it was whole, if Overvej has read it since it was started."""
    return next((each for each in found.loaded if found.files[each.questionnaire.digest] == path), None)


def _id_in(path: Path) -> str:
    """Return the id in a faulty file, even one that is no longer JSON, else the name it most likely has."""
    try:
        written = ITS_ID.search(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        written = None
    return written[1] if written else path.stem


def _cases(loaded: Loaded, folder: Path) -> list[CaseOutcome]:
    """Return what the worked cases come to; they are worked again only when one of them has changed."""
    key = (loaded.questionnaire.digest, folder)
    stamps = _stamps(folder / loaded.questionnaire.id)
    worked, outcomes = _worked.get(key, (None, []))
    if worked != stamps:
        outcomes = run_cases(loaded, folder)
        _worked[key] = (stamps, outcomes)
    return outcomes


def _stamps(folder: Path) -> Stamps:
    found = []
    for path in sorted(folder.glob("*/*.json")):
        with suppress(OSError):
            stat = path.stat()
            found.append((path, stat.st_mtime_ns, stat.st_size))
    return found
