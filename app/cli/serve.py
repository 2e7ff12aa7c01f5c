"""``overvej serve``: Overvej in the browser, for one person on this machine."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import create_app
from app.assessments.changed import changed_since_used
from app.catalogue import installed
from app.cli.answers_input import first_of
from app.cli.beside import Beside
from app.cli.doors import Doors, opened
from app.cli.language import locale_language
from app.cli.problem import Problem, one_line, remark
from app.config import InvalidConfig, from_environment
from app.platform.database import NewerTables, close_database
from app.platform.jobs import something_to_do
from app.platform.secret import UnusableKey

if TYPE_CHECKING:
    from flask import Flask

UNUSABLE = 2
THREADS = 24
"""SQLite has one writer at a time anyway, and a page takes a few milliseconds: one process is enough."""
ROOM = 2**20
"""Bytes. With less, a disk is full to SQLite."""

KEEP_ALIVE = 15
"""In seconds: longer than it takes to answer a question, so that the next page needs no new connection."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    doors = opened(arguments)
    for left_out in _left_out():
        remark(left_out)

    def announce() -> None:
        _announce(doors, arguments.browser)

    serve = _serve_by_waitress if sys.platform == "win32" else _serve_by_gunicorn
    return serve(doors, announce)


def _announce(doors: Doors, browser: bool) -> None:
    """Say where the pages are, and open them, once there is something to see."""
    print(_("Overvej: {address}  (stop: Ctrl+C)").format(address=doors.own), flush=True)
    if doors.is_workshop:
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


def web_application(workshop_address: str = "") -> Flask:
    """Return the application, and tell of questionnaires that were changed and kept their version.

    ``workshop_address``: what phones are told where others are let in. Raises :class:`Problem` where
    settings, folder or database cannot be used.
    """
    try:
        application = create_app(replace(from_environment(), workshop_address=workshop_address))
        with application.app_context():
            changed = changed_since_used(loaded.questionnaire for loaded in installed().loaded)
    except InvalidConfig as error:
        raise Problem(str(error)) from error
    except UnusableKey as error:
        message = _(
            "the key that signs cookies is damaged or too short: {file}. Delete the file, and Overvej makes "
            "another; no answers are lost, but names have to be typed again"
        )
        raise Problem(message.format(file=error.path)) from error
    except OSError as error:
        message = _("the data folder cannot be used: {file}: {reason}")
        raise Problem(message.format(file=error.filename, reason=error.strerror)) from error
    except NewerTables as error:
        raise Problem(_("the database was made by a newer Overvej; install that version here")) from error
    except SQLAlchemyError as error:
        raise Problem(_unusable_database(error)) from error
    for questionnaire in changed:
        message = _(
            "Cannot be started: {id} {version} was changed after it had been used; give it a new version"
        )
        remark(message.format(id=questionnaire.id, version=questionnaire.version))
    return application


def _unusable_database(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if is_full(cause):
        return _("the disk is full: {reason}. Make room where the database is, and start again").format(
            reason=cause
        )
    return _("the database cannot be used: {reason}").format(reason=cause)


def is_full(cause: object) -> bool:
    """Say whether the database could not write because there is no room on the disk."""
    name = getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or ""
    if name.startswith("SQLITE_IOERR"):  # which is what is said of the files beside the database's own
        return shutil.disk_usage(from_environment().data_folder).free < ROOM
    return name in {"SQLITE_FULL", "53100"}


@contextmanager
def application_in_use() -> Iterator[Flask]:
    """Let a command work on what is stored, and close the database after it. Raises :class:`Problem`."""
    application = web_application()
    try:
        with application.app_context():
            yield application
    finally:
        close_database(application)


def do_jobs_beside(application: Flask) -> None:
    """Let a process beside this one do the jobs: from now on where one is left over, else from the first."""
    beside = Beside()
    application.extensions["wake_jobs"] = beside.wake
    with application.app_context():
        if something_to_do():
            beside.wake()


def _serve_by_gunicorn(doors: Doors, announce: Callable[[], None]) -> int:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - there is none for Windows
    from gunicorn.arbiter import Arbiter  # noqa: PLC0415
    from gunicorn.errors import AppImportError  # noqa: PLC0415

    descriptors = [listener.detach() for listener in doors.listeners]

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in gunicorn_settings(*descriptors).items():
                self.cfg.set(name, value)
            self.cfg.set("post_worker_init", self.ready)

        def ready(self, worker: Any) -> None:
            if worker.age == 1:
                announce()
            do_jobs_beside(worker.wsgi)

        def load(self) -> Flask:
            try:
                return web_application(doors.phones)
            except Problem as problem:
                raise AppImportError(f"overvej: {one_line(str(problem))}") from problem

    this_process = os.getpid()
    try:
        Server().run()
    except SystemExit as ended:
        # The process that serves ends through here as well, and has to tell this one what it ended with.
        if os.getpid() == this_process and ended.code == Arbiter.APP_LOAD_ERROR:
            return UNUSABLE
        raise
    return 0


def gunicorn_settings(*descriptors: int) -> dict[str, Any]:
    """Return what gunicorn is told; ``descriptors`` are the listening sockets'."""
    return {
        "bind": ",".join(f"fd://{each}" for each in descriptors),
        "worker_class": "app.cli.patience.PatientWorker",
        "workers": 1,
        "threads": THREADS,
        "keepalive": KEEP_ALIVE,
        "control_socket_disable": True,
        # What goes wrong in a page is logged by the page, and what stops the start is said in one line.
        "loglevel": "critical",
    }


def _serve_by_waitress(doors: Doors, announce: Callable[[], None]) -> int:
    import waitress  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - for Windows alone

    application = web_application(doors.phones)
    announce()
    do_jobs_beside(application)
    waitress.serve(application, sockets=doors.listeners, threads=THREADS)
    return 0


def has_desktop(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Say whether somebody sits at this machine and can see a browser."""
    if "SSH_CONNECTION" in environ or environ.get("CI"):
        return False
    return platform in {"darwin", "win32"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
