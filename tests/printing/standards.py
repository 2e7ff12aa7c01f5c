"""After the last test of all processes, the validator looks at every PDF that a test had checked.

To start it takes seconds, and it gets faster as it goes on, so that it is started once for all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.printing import paper


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(Worker())
    else:
        config.pluginmanager.register(Run())


class Worker:
    """Tells the first process of several which documents its tests made."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        session.config.workeroutput["waiting"] = {
            standards: [str(file) for file in files] for standards, files in paper.WAITING.items()
        }


class Run:
    """Has the documents of all processes looked at; a fault in one fails the run."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        # A process that broke off says nothing; it has failed the run as it is.
        for standards, files in getattr(node, "workeroutput", {}).get("waiting", {}).items():
            paper.WAITING[standards] += map(Path, files)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self.found = [
            line for standards, files in paper.WAITING.items() for line in paper.invalid(standards, files)
        ]
        if self.found:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("documents that are not valid")
            terminalreporter.write("\n".join(self.found) + "\n")
