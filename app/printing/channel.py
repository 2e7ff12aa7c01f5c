"""Messages over a pipe: a JSON head and a body of bytes, each with its length before it."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")


class Broken(EOFError):
    """The other end went away in the middle of a message."""


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return one message. A lone surrogate in a text stays what it is: JSON escapes it."""
    written = json.dumps(head).encode("ascii")
    return _LENGTHS.pack(len(written), len(body)) + written + body


def send(stream: BinaryIO, message: bytes) -> None:
    """Write a packed message. Raises ``OSError`` where nobody listens."""
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message's head and body, ``None`` at the end. Raises :class:`Broken`."""
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise Broken
    of_head, of_body = _LENGTHS.unpack(lengths)
    head, body = stream.read(of_head), stream.read(of_body)
    if len(head) < of_head or len(body) < of_body:
        raise Broken
    return json.loads(head), body
