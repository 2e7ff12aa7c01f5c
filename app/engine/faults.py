"""What is wrong with a file that an author wrote, with its line number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from app.engine.json_positions import Path, find_positions
from app.engine.messages import message

MOST_FAULTS = 1_000
"""The most faults reported for one file. Nobody reads more, and a file made of faults has millions."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: its place in the data, its message, and the message's details.

    ``other`` is a second place that the message refers to: its line becomes the detail ``other_line``.
    """

    where: Path
    code: str
    details: Mapping[str, object] = field(default_factory=dict)
    other: Path | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file, or, among warnings, worth another look.

    ``line`` and ``column`` count from 1. ``where`` is a path such as ``sections[1].items[3].ask``.
    """

    file: str
    line: int
    column: int
    where: str
    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """Return what is wrong and what to write instead, in ``da`` or ``en``."""
        return message(self.code, self.details, language)

    def line_for(self, language: str) -> str:
        """Return ``file:line:column: message``."""
        return f"{self.file}:{self.line}:{self.column}: {self.message(language)}"


class LoadingFailed(ValueError):
    """A file that cannot be used; ``faults`` lists everything that is wrong with it, by line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.column, fault.where))
        super().__init__("\n".join(self.lines("en")))

    def lines(self, language: str) -> list[str]:
        """Return one ``file:line:column: message`` for each fault."""
        return [fault.line_for(language) for fault in self.faults]


def written_path(path: Path) -> str:
    """Return ``sections[1].items[3].ask`` for ``("sections", 1, "items", 3, "ask")``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def located(findings: Iterable[Finding], text: str, name: str) -> list[Fault]:
    """Return each finding with its line in ``text``, the JSON that it is about, in the order of the lines.

    No more than the first ``MOST_FAULTS``.
    """
    found = list(islice(findings, MOST_FAULTS))
    if not found:
        return []
    positions = find_positions(text)
    faults = []
    for finding in found:
        line, column = positions.of(finding.where)
        details = dict(finding.details)
        if finding.other is not None:
            details["other_line"] = positions.of(finding.other).line
        faults.append(Fault(name, line, column, written_path(finding.where), finding.code, details))
    return sorted(faults, key=lambda fault: (fault.line, fault.column, fault.where))


def repeated_keys(text: str, name: str) -> list[Fault]:
    """Return a fault for every key that is written twice in one object of ``text``, up to ``MOST_FAULTS``."""
    return [
        Fault(
            name,
            *repetition.second,
            written_path(repetition.path),
            "key_twice",
            {"key": repetition.path[-1], "other_line": repetition.first.line},
        )
        for repetition in find_positions(text).repetitions[:MOST_FAULTS]
    ]
