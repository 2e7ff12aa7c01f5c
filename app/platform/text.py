"""Typed text: without what no page, file or document can hold, and wherever it is in plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters, half characters and what Unicode says is no character."""


def writable(text: str) -> str:
    """Return ``text`` without such characters; line ends and tabs stay."""
    return UNWRITABLE.sub("", text)


def texts_in(content: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for each in content.values():
            yield from texts_in(each)
    elif isinstance(content, list):
        for each in content:
            yield from texts_in(each)
