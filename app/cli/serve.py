"""``overvej serve``: Overvej in the browser, for one person on this machine."""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping
from gettext import gettext as _
from typing import TYPE_CHECKING

from app.catalogue import installed
from app.cli.answers_input import first_of
from app.cli.application import web_application
from app.cli.doors import Doors, opened
from app.cli.jobs_process import JobsProcess
from app.cli.language import locale_language
from app.cli.problem import remark
from app.cli.server import serve
from app.platform.database import close_database
from app.platform.jobs import something_to_do

if TYPE_CHECKING:
    from flask import Flask

    from app.printing.printer import Printer


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    doors = opened(arguments)
    for left_out in _left_out():
        remark(left_out)
    _serve(doors, lambda: _announce(doors, arguments.browser))
    return 0


def _serve(doors: Doors, announce: Callable[[], None]) -> None:
    application = web_application(doors.phones)
    printer: Printer = application.extensions["printer"]

    def ready() -> None:
        announce()
        do_jobs_beside(application)
        printer.start()  # by the time somebody wants a document it can be printed at once

    try:
        serve(application, doors.here, doors.network, ready)
    finally:
        printer.close()
        close_database(application)


def _announce(doors: Doors, browser: bool) -> None:
    """Say where the pages are, and open them, once there is something to see."""
    print(_("Overvej: {address}  (stop: Ctrl+C)").format(address=doors.own), flush=True)
    if doors.network:
        for line in _for_the_facilitator(doors):
            print(line, flush=True)
    if browser and has_desktop():
        webbrowser.open(doors.own)


def _for_the_facilitator(doors: Doors) -> list[str]:
    """Return what somebody must know who lets others in."""
    if not doors.phones:
        return [
            _("Phones: this machine is in no network, so they cannot reach it."),
            _("Connect it to the network that the phones use, and start again."),
        ]
    return [
        _("Phones: {address}").format(address=f"{doors.phones}/w"),
        _("The first address is for you who lead the workshop, on this machine."),
        _("Only the pages of those who take part are open to the network; all else stays on this machine."),
    ]


def _left_out() -> list[str]:
    """Return a line for each questionnaire file that is not used."""
    catalogue = installed()
    faulty = [first_of(failed) for failed in catalogue.faulty]
    clashes = [clash.line_for(locale_language()) for clash in catalogue.clashes]
    return [_("Left out: {fault}").format(fault=fault) for fault in [*faulty, *clashes]]


def do_jobs_beside(application: Flask) -> None:
    """Let a process beside this one do the jobs: from now on where one is left over, else from the first."""
    jobs_process = JobsProcess()
    application.extensions["wake_jobs"] = jobs_process.wake
    with application.app_context():
        if something_to_do():
            jobs_process.wake()


def has_desktop(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Say whether somebody sits at this machine and can see a browser."""
    if "SSH_CONNECTION" in environ or environ.get("CI"):
        return False
    return platform in {"darwin", "win32"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
