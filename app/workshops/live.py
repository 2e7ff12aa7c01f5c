"""Pages that follow a workshop: they ask every two seconds, and get an answer only when something is new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

EVERY = 2
"""Seconds between two questions of one page, give or take a tenth."""


def when_new(counts: tuple[int | str, ...], make: Callable[[], Response]) -> Response:
    """Return what ``make`` returns, or 304 where the page has that already.

    ``counts``: what the answer rests on, read before it is made, in the same transaction. They are sent as a
    hash: a number that grows with each answer would tell how much is being answered.
    """
    etag = hashlib.sha256(repr(counts).encode()).hexdigest()[:16]
    response = Response(status=304) if request.if_none_match.contains_weak(etag) else make()
    response.set_etag(etag, weak=True)  # the same words, however they are packed
    response.headers["Cache-Control"] = "private, no-cache"
    return response
