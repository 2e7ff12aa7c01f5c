"""The printing process: warm, single-threaded, and one child of its own for each document.

Started by :class:`app.printing.printer.Printer` as ``python -m app.printing.worker``. It reads jobs from
standard input, writes documents to standard output, and ends when its input does. A child that runs too long,
or takes too much memory, is stopped; the process itself goes on. Where a process cannot fork, the printer
starts one of these for each document.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import select
import signal
import time
import traceback
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from app.printing import channel
from app.printing.failure import PrintingFailed
from app.printing.job import PrintJob, from_json, to_json

FORKS = hasattr(os, "fork")
KILLED = 9
PATIENCE = 2
"""A document may take its seconds of work, and be left waiting by a busy machine for as long again."""

REHEARSAL = PrintJob("guide", "da", {"letterhead": {"name": "", "logo": False}})
"""A document about nobody. What it loads on its way, no child has to load again."""

_CHUNK = 1 << 16


def main() -> None:
    """Serve until the input ends."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    # Whatever else writes to standard output must not end up between two messages.
    os.dup2(2, 1)
    gc.disable()  # what is loaded stays, and a child has ended before garbage matters
    press = _press()
    if FORKS and not _is_awaited(source):
        _print_here(press, {"job": to_json(REHEARSAL)})  # whoever asks for a document hears of a failure
        gc.collect()
    gc.freeze()
    print_one = _print_in_child if FORKS else _print_here
    with contextlib.suppress(OSError, EOFError):  # whoever asked is gone, and so is the reason to go on
        while (request := channel.receive(source)) is not None:
            channel.send(target, print_one(press, request[0]))


def _is_awaited(source: BinaryIO) -> bool:
    """Say whether somebody has asked for a document already, or is gone."""
    return bool(select.select([source], [], [], 0)[0])


def _press() -> Any:
    """Return the press, or why there is none."""
    try:
        from app.printing.press import Press  # noqa: PLC0415  # it loads Pango, which may not be there
    except OSError:
        return PrintingFailed("pango-missing", trace=traceback.format_exc())
    try:
        return Press()
    except PrintingFailed as failure:
        return failure


def _print_here(press: Any, request: dict[str, Any]) -> bytes:
    """Return the packed reply to one request."""
    try:
        if isinstance(press, PrintingFailed):
            raise press
        with _complaints() as complaints:
            document = press.print(from_json(request["job"]))
        return channel.pack({"code": "", "complaints": complaints}, document)
    except PrintingFailed as failure:
        return _failed(failure)
    except (MemoryError, RecursionError):
        return _failed(PrintingFailed("too-large", trace=traceback.format_exc(limit=-20)))
    except Exception:
        return _failed(PrintingFailed("crashed", trace=traceback.format_exc()))


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather what WeasyPrint complains of: a style that it does not know, a glyph that is missing."""
    gathered: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: gathered.append(record.getMessage())  # type: ignore[method-assign]
    weasyprint = logging.getLogger("weasyprint")
    weasyprint.addHandler(handler)
    try:
        yield gathered
    finally:
        weasyprint.removeHandler(handler)


def _failed(failure: PrintingFailed) -> bytes:
    return channel.pack({"code": failure.code, "details": failure.details, "trace": failure.trace})


def _print_in_child(press: Any, request: dict[str, Any]) -> bytes:
    if not isinstance(press, PrintingFailed):
        press.prepare(request["job"]["kind"], request["job"]["language"])
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(press, request, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as stream:
        reply = _read_until(stream, time.monotonic() + PATIENCE * request["seconds"])
    if reply is None:
        os.kill(child, KILLED)
    _, status = os.waitpid(child, 0)
    timed_out = reply is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU)
    if timed_out:
        return _failed(PrintingFailed("timed-out", {"seconds": str(request["seconds"])}))
    # Pango ends the process where it gets no memory, and a reply cannot be written without any.
    return reply or _failed(PrintingFailed("too-large", trace=f"ended with status {status}"))


def _be_the_child(press: Any, request: dict[str, Any], reading: int, writing: int) -> NoReturn:
    """Print within the limits, write the reply and end, whatever happens."""
    try:
        os.close(reading)
        _limit(request["seconds"], request["megabytes"])
        with os.fdopen(writing, "wb") as stream:
            stream.write(_print_here(press, request))
    finally:
        os._exit(0)


def _read_until(stream: BinaryIO, deadline: float) -> bytes | None:
    """Return everything up to the stream's end, ``None`` where the deadline comes first."""
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([stream], [], [], left)
        if ready:
            part = stream.read(_CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def _limit(seconds: int, megabytes: int) -> None:
    import resource  # noqa: PLC0415  # not on Windows, which does not come here

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
