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
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import BadRequest

from app.platform.solo import network_of

if TYPE_CHECKING:
    from flask import Flask

THREADS_HERE, THREADS_FOR_PHONES = 8, 16
"""SQLite has one writer at a time anyway, and a page takes a few milliseconds: one process is enough."""

PATIENCE_HERE = 600
"""Seconds that this machine has for a request, and may leave a connection alone: a download waits while
somebody looks for a folder to put it in."""

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
TOLD = 128 * 2**20
"""Bytes more than a page takes, which are taken in from this machine all the same: the page can say in words
that a file is too large, and the server only hangs up."""

LARGEST_REQUEST = 512 * 1024
"""Bytes from another machine. A phone's longest page, all of it filled in, is half of that."""

LARGEST_HEAD = 32 * 1024
FILES = 4096
"""Connections, and files that are being sent. Some systems allow a program 256 of both unless it asks."""


def serve(
    application: Flask, here: socket.socket, network: socket.socket | None, ready: Callable[[], None]
) -> None:
    """Answer until the process is told to end.

    ``application``: its configuration says how much may be uploaded, and where more than elsewhere.
    ``here``: listens on this machine. ``network``: listens to other machines during a workshop.
    ``ready``: called when pages can be asked for.
    """
    # What goes wrong in a page is logged by the page; that some wait for a thread is no news.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, _end)
    _allow_many_files()
    config = application.config
    mine = OwnServer(application, here, config["MAX_CONTENT_LENGTH"], config["LARGER_UPLOADS"])
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


def _settings(listener: socket.socket, threads: int, most: int, largest: int) -> Adjustments:
    """Return waitress's settings. ``most``: connections at once. ``largest``: bytes of a request's body."""
    return Adjustments(
        sockets=[listener],
        threads=threads,
        connection_limit=2 * most,  # room is made before it is reached
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=largest,
        cleanup_interval=1,
        asyncore_use_poll=True,
        ident="",
        log_socket_errors=False,
    )


class AnyRequest(HTTPRequestParser):  # type: ignore[misc]
    """One request, which may be nonsense. At some of it waitress hangs up, and prints it on the screen."""

    def received(self, data: bytes) -> int:
        """Take what belongs to the request."""
        try:
            taken: int = super().received(data)
        except ValueError:  # a length of more digits than Python reads, or an address that is none
            return self.refused(data, "A number or an address in it cannot be read")
        # Read from its beginning again with every piece that comes, and waitress knows no limit.
        between = sum(len(getattr(self.body_rcv, part, b"")) for part in ("control_line", "trailer"))
        if between > LARGEST_HEAD:
            return self.refused(data, "What stands between its parts is too long")
        return taken

    def refused(self, data: bytes, reason: str) -> int:
        """Answer with 400, whatever else comes."""
        self.error = BadRequest(reason)
        self.completed = True
        return len(data)


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection. ``since``: when its request began to come."""

    parser_class = AnyRequest
    since = 0.0

    def received(self, data: bytes) -> bool:
        """Take what has come."""
        is_new = self.request is None
        if is_new:
            self.since = time.time()
        taken: bool = super().received(data)
        if is_new and self.is_unfinished:
            self.server.has_begun(self)
        return taken

    @property
    def is_unfinished(self) -> bool:
        """Whether some of a request has come and not all."""
        return self.request is not None

    def is_overdue(self, now: float) -> bool:
        """Say whether the other side has taken too long for what it is its turn to do."""
        if self.requests:
            return False
        return bool(now - (self.since if self.is_unfinished else self.last_activity) > PATIENCE_HERE)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Answers those who come to one socket. ``most``: connections at once."""

    channel_class = Connection

    def __init__(self, application: Any, listener: socket.socket, most: int, settings: Adjustments) -> None:
        self.most = most
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(application, _sock=listener, adj=settings, sockinfo=where, bind_socket=False)

    def handle_accept(self) -> None:
        """Let somebody in; where it is full, in place of whoever has been silent longest."""
        idle = [each for each in self.active_channels.values() if not each.requests]
        if len(self.active_channels) >= self.most and idle:
            min(idle, key=lambda each: each.last_activity).handle_close()
        super().handle_accept()

    def maintenance(self, now: float) -> None:
        """Hang up, every second, on whoever takes too long."""
        for each in list(self.active_channels.values()):
            if each.is_overdue(now):
                # Not `will_close`: that waits until the other side takes what it does not take.
                each.handle_close()

    def has_begun(self, newest: Any) -> None:
        """Hear of a connection some of whose request has come and not all."""


# This machine


class OwnRequest(AnyRequest):
    """One request from this machine. How large it may be depends on the address."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of the request."""
        super().parse_header(header_plus)
        self.adj = self.adj.larger.get(self.path, self.adj)


class OwnConnection(Connection):
    """A connection from this machine."""

    parser_class = OwnRequest


class OwnServer(Server):
    """Answers this machine.

    ``most_uploaded``: bytes that a page takes. ``larger``: those that take more, by their addresses.
    """

    channel_class = OwnConnection

    def __init__(
        self, application: Any, listener: socket.socket, most_uploaded: int, larger: Mapping[str, int]
    ) -> None:
        settings = _settings(listener, THREADS_HERE, MOST_HERE, most_uploaded + TOLD)
        settings.larger = {
            address: _settings(listener, THREADS_HERE, MOST_HERE, most + TOLD)
            for address, most in larger.items()
        }
        super().__init__(application, listener, MOST_HERE, settings)


# Other machines


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


class PhoneConnection(Connection):
    """A connection from another machine. ``since``: also when its answer began to be made."""

    parser_class = Request
    task_class = Answer
    rest = b""

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

    def is_overdue(self, now: float) -> bool:
        """Say whether the other machine has taken too long for what it is its turn to do."""
        if self.requests:
            return False
        if self.is_unfinished or self.total_outbufs_len:
            return now - self.since > PATIENCE
        return bool(now - self.last_activity > KEEP_ALIVE)


class PhoneServer(Server):
    """Answers other machines."""

    channel_class = PhoneConnection

    def __init__(self, application: Any, listener: socket.socket) -> None:
        settings = _settings(listener, THREADS_FOR_PHONES, MOST_CONNECTIONS, LARGEST_REQUEST)
        super().__init__(application, listener, MOST_CONNECTIONS, settings)

    def has_begun(self, newest: PhoneConnection) -> None:
        """Hang up on the oldest unfinished request of a device that has too many: an honest one ends soon."""
        source = network_of(newest.addr[0])
        unfinished = [
            each
            for each in self.active_channels.values()
            if each.is_unfinished and network_of(each.addr[0]) == source
        ]
        if len(unfinished) > MOST_UNFINISHED:
            min(unfinished, key=lambda each: each.since).handle_close()
