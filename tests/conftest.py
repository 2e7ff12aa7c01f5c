"""What every test stands on: no test touches a person's own data, and the browser is the system's."""

import os
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import expect

import make_assets
from tests.printing import paper

pytest_plugins = ["tests.web", "tests.pace", "tests.printing.standards"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

PATIENCE = 20_000
"""Milliseconds until a browser that does not show what is expected is wrong, and not only slow."""

# No deadlines: how long an example takes says more about the machine than about the code. In CI the same
# examples every time, so that a red run is about the change and not about luck.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=10)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_sessionstart(session: pytest.Session) -> None:
    """A translation that was edited since is compiled, also when pytest is started without `dev`."""
    if not hasattr(session.config, "workerinput"):  # of several processes the first makes it for all
        make_assets.make()


def pytest_configure() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would every server that a test stops."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name what takes its time, by what a test stands on: the quick lane leaves it out."""
    for item in items:
        for name in slow_parts(item):
            item.add_marker(name)


def slow_parts(item: pytest.Item) -> set[str]:
    fixtures = set(getattr(item, "fixturenames", ()))
    chosen = item.callspec.params.values() if hasattr(item, "callspec") else ()
    stands_on = {
        "browser": "browser" in fixtures,
        "postgresql": "postgres" in fixtures
        or "postgresql" in [each for each in chosen if isinstance(each, str)],
        "prints": "printing" in item.path.parts or getattr(item.module, "paper", None) is paper,
    }
    return {name for name, stands in stands_on.items() if stands}


@pytest.fixture(scope="session", autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For the whole session, so that no fixture of whatever scope comes before it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERVEJ_DATA", str(tmp_path_factory.mktemp("data")))
        patch.delenv("OVERVEJ_DATABASE_URL", raising=False)
        patch.delenv("OVERVEJ_QUESTIONNAIRES", raising=False)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright drives the system's Chromium: none is downloaded. What is expected may take its time."""
    expect.set_options(timeout=PATIENCE)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    # Chromium's sandbox refuses to run as root, which is who tests are in a container.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": program, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, Any], named_browser: dict[str, Any]
) -> dict[str, Any]:
    """Every browser has said its name already; a test of being asked makes a context of its own."""
    return {**browser_context_args, "storage_state": named_browser}
