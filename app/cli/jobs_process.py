"""The process that does jobs, seen from the server: started when there is one, and again if it dies."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time

LOG = logging.getLogger(__name__)

PROGRAM = "app.cli.worker"
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before it is started again; twice as many after each time that it died young."""

YOUNG = 30.0


class JobsProcess:
    """Starts the process at its first need. It ends by itself when this process does."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._keeper: threading.Thread | None = None

    def wake(self) -> None:
        """See that the process runs; return at once."""
        with self._turn:
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="jobs", daemon=True)
                self._keeper.start()

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            code = _run()
            LOG.warning("the process that does jobs ended with %s and is started again", code)
            pause = FIRST_PAUSE if time.monotonic() - began > YOUNG else min(2 * pause, LONGEST_PAUSE)
            time.sleep(pause)


def _run() -> int:
    """Start the process and wait until it ends."""
    # -P: the folder that a command happens to be run in is no place to import from.
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        # Ctrl-C is for the server, at whose end this one's input ends; Windows has a flag for that.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    return process.wait()
