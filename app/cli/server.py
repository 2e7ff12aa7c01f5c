"""The server: waitress, made so that no slow or ill-meant device can stop it.

waitress takes in a whole request before a thread sees it, and sends a whole answer without one. What it has
no limits for has them here: how long either may take, how much one device may leave half done, and how many
connections there are. This machine has a server of its own, which nobody in the network can fill.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from waitress import create_server
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import BadRequest

from app.platform.solo import network_of

THREADS_HERE, THREADS_FOR_PHONES = 8, 16
"""SQLite has one writer at a time anyway, and a page takes a few milliseconds: one process is enough."""

PATIENCE = 30
"""Seconds in which a request from another machine must have come, and in which it must take its answer."""

KEEP_ALIVE = 15
"""Seconds without a request: longer than a phone waits between two."""

MOST_UNFINISHED = 8
"""Requests that one device may have begun and not ended. A whole room may be behind one address, but what
a phone sends comes in one piece or nearly so."""

MOST_CONNECTIONS = 1000 if sys.platform != "win32" else 400
"""From other machines: two for each phone in the largest room. Windows can wait for 512 at once."""

MOST_HERE = 200
LARGEST_REQUEST = 512 * 1024
"""Bytes from another machine. A phone's longest page, all of it filled in, is half of that."""

LARGEST_HEAD = 32 * 1024
COMMON = {
    "asyncore_use_poll": True,
    "ident": "",
    "log_socket_errors": False,
    "max_request_header_size": LARGEST_HEAD,
}
FILES = 4096
"""Connections, and files that are being sent. Some systems allow a program 256 of both unless it asks."""


def serve(
    application: Any, here: socket.socket, network: socket.socket | None, ready: Callable[[], None]
) -> None:
    """Answer until the process is told to end.

    ``here``: listens on this machine. ``network``: listens to other machines during a workshop.
    ``ready``: called when pages can be asked for.
    """
    # What goes wrong in a page is logged by the page; that some wait for a thread is no news.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, _end)
    _allow_many_files()
    mine = create_server(
        application, sockets=[here], threads=THREADS_HERE, connection_limit=MOST_HERE, **COMMON
    )
    mine.channel_class = OwnConnection
    phones = PhoneServer(application, network) if network else None
    if phones:
        threading.Thread(target=phones.run, name="phones", daemon=True).start()
    ready()
    mine.run()
    if phones:
        phones.task_dispatcher.shutdown()


def _end(signum: int, frame: object) -> None:
    raise SystemExit(0)


def _allow_many_files() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none, and no such limit

        allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        if allowed != resource.RLIM_INFINITY and allowed < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


class AnyRequest(HTTPRequestParser):  # type: ignore[misc]
    """One request, which may be nonsense. waitress hangs up on some of it, and tells it on the screen."""

    def received(self, data: bytes) -> int:
        """Take what belongs to the request."""
        try:
            taken: int = super().received(data)
        except ValueError:  # a length of more digits than Python reads, or an address that is none
            self.error = BadRequest("A number or an address in it cannot be read")
            self.completed = True
            return len(data)
        return taken


class OwnConnection(HTTPChannel):  # type: ignore[misc]
    """A connection from this machine."""

    parser_class = AnyRequest


class Request(AnyRequest):
    """One request from another machine.

    ``rest``: what came behind it, which waits until its answer has been taken.
    """

    rest = b""

    def received(self, data: bytes) -> int:
        """Take what belongs to the request, and keep what comes behind it."""
        taken = super().received(data)
        if self.completed and not self.empty:
            self.rest = data[taken:]
            return len(data)
        return taken


class Answer(WSGITask):  # type: ignore[misc]
    """An answer. waitress hangs up after "nothing new", which a phone is told every other second."""

    def set_close_on_finish(self) -> None:
        """Hang up, unless there is no more to it than that the phone should ask again."""
        if self.has_body or self.version == "1.0" or self.request.connection_close:
            super().set_close_on_finish()


class PhoneConnection(HTTPChannel):  # type: ignore[misc]
    """A connection from another machine.

    ``since``: when its request began to come, or its answer to be made.
    """

    parser_class = Request
    task_class = Answer
    since = 0.0
    rest = b""

    def received(self, data: bytes) -> bool:
        """Take what has come."""
        is_new = self.request is None
        if is_new:
            self.since = time.time()
        taken: bool = super().received(data)
        if is_new and self.is_unfinished:
            self.server.leave_few_unfinished(self)
        return taken

    def service(self) -> None:
        """Answer a request, in one of the threads."""
        self.since = time.time()
        self.rest = self.requests[0].rest
        super().service()

    def readable(self) -> bool:
        """Say whether more may come; a next request that came with the last one is taken up first."""
        if self.rest and super().readable():
            rest, self.rest = self.rest, b""
            self.received(rest)
        return bool(super().readable())

    @property
    def is_unfinished(self) -> bool:
        """Whether some of a request has come and not all."""
        return self.request is not None

    def is_overdue(self, now: float) -> bool:
        """Say whether the other machine has taken too long for what it is its turn to do."""
        if self.requests:
            return False
        if self.is_unfinished or self.total_outbufs_len:
            return now - self.since > PATIENCE
        return bool(now - self.last_activity > KEEP_ALIVE)


class PhoneServer(TcpWSGIServer):  # type: ignore[misc]
    """Answers other machines."""

    channel_class = PhoneConnection

    def __init__(self, application: Any, listener: socket.socket) -> None:
        settings = Adjustments(
            sockets=[listener],
            threads=THREADS_FOR_PHONES,
            connection_limit=2 * MOST_CONNECTIONS,  # room is made before it is reached
            max_request_body_size=LARGEST_REQUEST,
            cleanup_interval=1,
            **COMMON,
        )
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(application, _sock=listener, adj=settings, sockinfo=where, bind_socket=False)

    def handle_accept(self) -> None:
        """Let somebody in, in place of who has been silent for longest where it is full."""
        idle = [each for each in self.active_channels.values() if not each.requests]
        if len(self.active_channels) >= MOST_CONNECTIONS and idle:
            min(idle, key=lambda each: each.last_activity).handle_close()
        super().handle_accept()

    def maintenance(self, now: float) -> None:
        """Hang up, every second, on who takes too long."""
        for each in list(self.active_channels.values()):
            if each.is_overdue(now):
                # Not `will_close`: that waits until the other machine takes what it does not take.
                each.handle_close()

    def leave_few_unfinished(self, newest: PhoneConnection) -> None:
        """Hang up on the oldest unfinished request of a device that has too many: an honest one ends soon."""
        source = network_of(newest.addr[0])
        unfinished = [
            each
            for each in self.active_channels.values()
            if each.is_unfinished and network_of(each.addr[0]) == source
        ]
        if len(unfinished) > MOST_UNFINISHED:
            min(unfinished, key=lambda each: each.since).handle_close()
