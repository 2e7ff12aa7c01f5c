"""A logo on its way to print: a picture inside a ``data:`` URI, and nothing else that can be in one."""

from __future__ import annotations

import base64
import binascii

BEGINNINGS = {"data:image/png;base64": b"\x89PNG\r\n\x1a\n", "data:image/svg+xml;base64": b"<"}
"""What a logo can be, and how its bytes begin: a reader of pictures is given nothing else."""


def picture(address: str) -> bytes:
    """Return the PNG or SVG in a ``data:`` URI, ``b""`` where it holds neither."""
    head, _, written = address.partition(",")
    try:
        content = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return b""
    beginning = BEGINNINGS.get(head)
    return content if beginning and content.lstrip().startswith(beginning) else b""
