"""gunicorn's worker with threads, made so that no slow connection can stop it.

gunicorn gives a connection a thread from its first byte on, and lets the thread wait for the rest. So as
many phones as there are threads, out of reach in the middle of a request or in bad faith, would stop the
server for everybody. Here a request waits outside the threads until all of it has come.
"""

from __future__ import annotations

import re
import selectors
import socket
import struct
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from app.platform.solo import is_loopback

PATIENCE = 15
"""Seconds in which a request must have come, and in which another machine must take some of its answer."""

LARGEST = 512 * 1024
"""Bytes of a request from another machine. A phone's longest page, all of it filled in, is half of that."""

PIECE = 64 * 1024
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
COMES_LATER = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)
"""What says of a body that its length is not known yet, or that it is not sent yet. No phone says so."""


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Gives a thread to whole requests alone."""

    def enqueue_req(self, conn: Any) -> None:
        """Take a connection on which a request begins: a new one, or one that was kept open."""
        conn.sock.setblocking(False)
        conn.held = conn.parser.unreader.take_buffered() if conn.parser else b""
        if not is_loopback(conn.client[0]):
            _limit(conn.sock)
        if not self._goes_on(conn):
            conn.timeout = time.monotonic() + PATIENCE
            self.pending_conns.append(conn)
            heard = partial(self.on_pending_socket_readable, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, heard)

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        """Take what has come, and go on where that is all of it."""
        self.poller.unregister(client)
        if self._goes_on(conn):
            self.pending_conns.remove(conn)
        else:
            heard = partial(self.on_pending_socket_readable, conn)
            self.poller.register(client, selectors.EVENT_READ, heard)

    def murder_pending(self) -> None:
        """Close those that took too long, and all of them when the server stops."""
        if not self.alive:
            for conn in self.pending_conns:
                conn.timeout = 0.0
        super().murder_pending()

    def _goes_on(self, conn: Any) -> bool:
        """Read what is there, and give a whole request to a thread. ``False`` while more must come."""
        try:
            piece = conn.sock.recv(PIECE)
        except BlockingIOError:
            piece = None
        except OSError:
            piece = b""
        conn.held += piece or b""
        is_ours = is_loopback(conn.client[0])
        if is_whole(conn.held) or (is_ours and is_for_a_thread(conn.held)):
            conn.data_ready = True
            conn.init()
            conn.parser.unreader.unread(conn.held)
            conn.held = b""
            super().enqueue_req(conn)
        elif piece == b"" or (not is_ours and is_for_a_thread(conn.held)):
            self.nr_conns -= 1
            conn.close()
        else:
            return False
        return True


def is_whole(held: bytes) -> bool:
    """Say whether all of a request has come, as far as its length is known."""
    head, end, body = held.lstrip(b"\r\n").partition(b"\r\n\r\n")
    if not end or COMES_LATER.search(head):
        return False
    length = LENGTH.search(head + b"\r\n")
    return length is None or len(body) >= int(length[1])


def is_for_a_thread(held: bytes) -> bool:
    """Say whether a request is one to be read piece by piece: a large one, or one without a length."""
    head, end, _ = held.lstrip(b"\r\n").partition(b"\r\n\r\n")
    length = LENGTH.search(head + b"\r\n")
    is_large = len(held) > LARGEST or (length is not None and int(length[1]) > LARGEST)
    return is_large or bool(end and COMES_LATER.search(head))


def _limit(connected: socket.socket) -> None:
    """Let no thread wait for ever for another machine that neither takes nor sends anything."""
    moment = struct.pack("ll", PATIENCE, 0)
    for direction in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        connected.setsockopt(socket.SOL_SOCKET, direction, moment)
