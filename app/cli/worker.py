"""The process that does jobs, beside the server that started it: ``python -m app.cli.worker``.

What takes long has no place among the threads that answer pages. Its standard input is a pipe from the
server: when the pipe ends, the server is gone, and so is the reason to go on.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time

from flask import Flask

from app import create_app
from app.platform.queue import Queue
from app.platform.running import run_now, running_here, stop_all, sweep

LOG = logging.getLogger(__name__)

LESS_URGENT = 5
"""How nice it is to the server, as POSIX counts."""

SWEEPS = 5.0
"""Seconds between two looks for jobs that nobody does."""

LAST_WORDS = 3.0
"""Seconds that jobs have to end when the server is gone. One that takes longer is begun again later."""


def main() -> None:
    """Do jobs until the server is gone."""
    if hasattr(os, "nice"):
        os.nice(LESS_URGENT)
    ended = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=[ended], daemon=True).start()
    app = create_app()
    threading.Thread(target=_sweep, args=[app, ended], daemon=True).start()
    queue: Queue = app.extensions["queue"]
    queue.serve(lambda public_id: _run(app, public_id), ended)
    _let_jobs_end()
    app.extensions["printer"].close()
    # Threads that did not end in time must not hold the process: their jobs are found again.
    os._exit(0)


def _wait_for_the_end(ended: threading.Event) -> None:
    while sys.stdin.buffer.read(1):
        pass
    ended.set()


def _sweep(app: Flask, ended: threading.Event) -> None:
    at_start = True
    while True:
        try:
            with app.app_context():
                sweep(at_start)
            at_start = False
        except Exception:
            LOG.warning("the table of jobs could not be swept", exc_info=True)
        if ended.wait(SWEEPS):
            return


def _run(app: Flask, public_id: str) -> None:
    try:
        with app.app_context():
            run_now(public_id)
    except Exception:  # the database is away: the job is found again
        LOG.exception("the job %s could not be done", public_id)


def _let_jobs_end() -> None:
    stop_all()
    deadline = time.monotonic() + LAST_WORDS
    while running_here() and time.monotonic() < deadline:
        time.sleep(0.05)


if __name__ == "__main__":
    main()
