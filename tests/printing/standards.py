"""After the last test of all processes, the validator looks at every PDF that a test had checked.

To start it takes seconds, so that it is started once for each processor, and not for each document.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.printing import paper

PROCESSORS = os.cpu_count() or 1


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(_Worker())
    else:
        config.pluginmanager.register(_Run())


class _Worker:
    """Tells the first process of several which documents its tests made."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        session.config.workeroutput["waiting"] = {
            standards: [str(file) for file in files] for standards, files in paper.WAITING.items()
        }


class _Run:
    """Has the documents of all processes looked at; a fault in one fails the run."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        # A process that broke off says nothing; it has failed the run as it is.
        for standards, files in getattr(node, "workeroutput", {}).get("waiting", {}).items():
            paper.WAITING[standards] += map(Path, files)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self.found = all_invalid(paper.WAITING)
        if self.found:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("documents that are not valid")
            terminalreporter.write("\n".join(self.found) + "\n")


def all_invalid(waiting: dict[str, list[Path]]) -> list[str]:
    """Return what the validator finds in all files, by the standards that they are to keep."""
    parts = [(standards, part) for standards, files in waiting.items() for part in _divided(files)]
    with ThreadPoolExecutor(PROCESSORS) as several:
        return [line for found in several.map(lambda part: paper.invalid(*part), parts) for line in found]


def _divided(files: list[Path]) -> list[list[Path]]:
    """Divide files among the processors, so that each has as many bytes to read."""
    largest_first = sorted(files, key=lambda file: file.stat().st_size, reverse=True)
    return [part for start in range(PROCESSORS) if (part := largest_first[start::PROCESSORS])]
