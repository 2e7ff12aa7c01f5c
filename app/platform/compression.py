"""Answers with words in them are sent compressed to whoever takes that: a page is a quarter of its size."""

from __future__ import annotations

import gzip
import secrets
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from flask import Flask, Response, request

COMPRESSED = frozenset(
    {
        "application/json",
        "image/svg+xml",
        "text/calendar",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
"""Types that are words. A PDF, a zip, a picture and a font are compressed in themselves."""

SMALLEST = 512
"""Bytes. Less than that takes one packet either way."""

EFFORT = 6
"""Of 1 to 9, as gzip counts; beyond it a page becomes ten bytes smaller."""

MOST_PADDING = 100
"""Bytes. A page repeats what is in its address, and holds a secret: whoever can measure how long it becomes
could guess the secret letter by letter (BREACH). A random length on top makes that take too many pages."""


def compress_answers(app: Flask) -> None:
    """Compress every answer that gains by it. Called before all else that changes answers, it comes last."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype in COMPRESSED:
            response.vary.add("Accept-Encoding")
            if _is_taken() and _gains(response):
                _put(response, _gzipped(response.get_data(), secrets.randbelow(MOST_PADDING + 1)))
        return response


def compress_file(response: Response, file: Path) -> Response:
    """Compress an answer that is one of our own ``file``s, which has no secret: it is done once and kept."""
    tag, _ = response.get_etag()
    if tag is None or response.mimetype not in COMPRESSED or not _is_taken():
        return response
    if response.status_code == 304:
        response.set_etag(tag, weak=True)
    else:
        # Whoever asks for a part is sent the whole, as is allowed: parts of two compressions do not fit.
        response.status_code = 200
        response.headers.pop("Content-Range", None)
        response.direct_passthrough = False
        response.close()
        _put(response, _gzipped_file(file, tag))
    return response


def _is_taken() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _gains(response: Response) -> bool:
    """Say whether it is whole, at hand, not compressed yet, and large enough."""
    whole = response.status_code not in {204, 206, 304} and "Content-Encoding" not in response.headers
    at_hand = response.is_sequence and not response.direct_passthrough
    return whole and at_hand and (response.content_length or 0) >= SMALLEST


def _put(response: Response, content: bytes) -> None:
    """Put the compressed ``content`` in its place; a tag no longer promises that the bytes are the same."""
    response.set_data(content)
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    tag, _ = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)


def _gzipped(content: bytes, padding: int = 0) -> bytes:
    """Return ``content`` compressed, with ``padding`` bytes more in the name that a gzip file may have."""
    written = BytesIO()
    with gzip.GzipFile("a" * padding, "wb", EFFORT, written, mtime=0) as file:
        file.write(content)
    return written.getvalue()


@lru_cache
def _gzipped_file(file: Path, tag: str) -> bytes:
    """Return a file's content compressed. ``tag`` becomes another one when the file is changed."""
    return _gzipped(file.read_bytes())
