"""Which tests are slow: those listed in `slow.txt`, where `--write-slow` puts what a run has shown."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import mean

import pytest

LIST = Path(__file__).parent / "slow.txt"
LIMIT = 0.2
"""Seconds that a test of the quick lane takes at most, on a machine that does nothing else."""

PARTS = ("browser", "postgresql", "prints", "alone")
"""What leaves a test out of the quick lane, however fast it is."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-slow", action="store_true", help=f"bring tests/{LIST.name} up to date")


def pytest_configure(config: pytest.Config) -> None:
    # Of several processes the first hears of all tests.
    if config.option.write_slow and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Listener())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = slow_tests()
    for item in items:
        if function_of(item.nodeid) in slow:
            item.add_marker("slow")


def slow_tests() -> set[str]:
    return set(LIST.read_text(encoding="utf-8").split())


def function_of(name: str) -> str:
    """The name of a test without its parameters."""
    return name.partition("[")[0]


class _Listener:
    """Adds up set-up, test and tearing down of each test that the quick lane could have."""

    def __init__(self) -> None:
        self.seconds: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not set(PARTS) & set(report.keywords):
            self.seconds[function_of(report.nodeid)][report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        unseen = slow_tests() - self.seconds.keys()
        slow = {test for test, seconds in self.seconds.items() if mean(seconds.values()) > LIMIT} | unseen
        LIST.write_text("".join(f"{test}\n" for test in sorted(slow)), encoding="utf-8")
