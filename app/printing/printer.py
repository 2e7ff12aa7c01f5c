"""The door to printing for pages and commands: hand in a job, get a PDF."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from types import TracebackType
from typing import IO, Any, BinaryIO, cast

from app.printing import channel
from app.printing.failure import PrintingFailed
from app.printing.job import PrintJob, to_json
from app.printing.worker import FORKS, PATIENCE

LOG = logging.getLogger(__name__)

LARGEST_JOB = 8 << 20
"""Bytes. The longest notes allowed, on every question, are a tenth of it."""

STARTING = 30
"""Seconds that a process may take to get ready, on top of those for the document."""


class Printer:
    """Prints documents in a process of its own, which it starts at the first one and keeps warm.

    Safe to share between threads; one document is printed at a time. Each may take ``seconds`` of work, and
    ``megabytes``. Use it in a ``with`` statement, or call :meth:`close`, to end the process; it ends by
    itself when this one does.
    """

    def __init__(self, seconds: int = 30, megabytes: int = 1024) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._turn = threading.Lock()
        self._worker: _Worker | None = None

    def start(self) -> None:
        """Start the process ahead of the first document, and do not wait for it to be ready.

        It prints one for nobody, so that the first takes no longer than the next.
        """
        with self._turn:
            if FORKS and self._worker is None:
                self._worker = _Worker()

    def print(self, job: PrintJob) -> bytes:
        """Return the document as a PDF. Raises :class:`PrintingFailed`."""
        message = self._packed(job)
        if not self._turn.acquire(timeout=PATIENCE * self._seconds):
            raise PrintingFailed("busy")
        try:
            return self._printed(message)
        except PrintingFailed as failure:
            LOG.warning("%s not printed: %s %s", job.kind, failure.code, failure.trace)
            raise
        finally:
            if not FORKS:
                self._end()
            self._turn.release()

    def close(self) -> None:
        """End the process, if there is one. The next document starts another."""
        with self._turn:
            self._end()

    def __enter__(self) -> Printer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _packed(self, job: PrintJob) -> bytes:
        request = {"job": to_json(job), "seconds": self._seconds, "megabytes": self._megabytes}
        try:
            message = channel.pack(request)
        except RecursionError:
            raise PrintingFailed("too-large") from None
        if len(message) > LARGEST_JOB:
            raise PrintingFailed("too-large")
        return message

    def _printed(self, message: bytes) -> bytes:
        reply = self._ask(message)
        if reply is None:
            # It may have been ended from outside since the last document: once more, with a new one.
            reply = self._ask(message)
        if reply is None:
            raise PrintingFailed("crashed", trace="the printing process went away twice")
        head, document = reply
        if head["code"]:
            raise PrintingFailed(head["code"], head["details"], head["trace"])
        for complaint in head["complaints"]:
            LOG.warning("while printing: %s", complaint)
        return document

    def _ask(self, message: bytes) -> tuple[dict[str, Any], bytes] | None:
        """Return the reply, ``None`` where the process is gone."""
        if self._worker is None or not self._worker.ours():
            self._worker = _Worker()
        reply = self._worker.ask(message, PATIENCE * self._seconds + STARTING)
        if reply is None:
            self._end()
        return reply

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None and worker.ours():
            worker.end()


class _Worker:
    """A running printing process."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # end() closes it
        # -P: the folder that a command happens to be run in is no place to import from.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app.printing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )

    def ours(self) -> bool:
        """Say whether this very process started it: a fork of a server must not share its pipes."""
        return self._owner == os.getpid()

    def ask(self, message: bytes, seconds: float) -> tuple[dict[str, Any], bytes] | None:
        """Send a message and return the reply, ``None`` where there is none.

        Raises :class:`PrintingFailed` where there is none in time.
        """
        alarm = threading.Timer(seconds, self._process.kill)
        alarm.start()
        try:
            channel.send(cast(BinaryIO, self._process.stdin), message)
            reply = channel.receive(cast(BinaryIO, self._process.stdout))
        except (OSError, channel.Broken):
            reply = None
        finally:
            in_time = alarm.is_alive()
            alarm.cancel()
            alarm.join()
        if reply is None and not in_time:
            self.end()
            raise PrintingFailed("timed-out", {"seconds": str(round(seconds))})
        if reply is None:
            LOG.error("the printing process ended: %s", self._last_words())
        return reply

    def end(self) -> None:
        """Let it end, and wait until it has."""
        for stream in (self._process.stdin, self._process.stdout):
            try:
                cast(BinaryIO, stream).close()
            except OSError:
                LOG.debug("the printing process had already closed its pipe")
        self._process.terminate()  # it has no document under way, but may still be getting ready
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _last_words(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-2000:].decode(errors="replace")
