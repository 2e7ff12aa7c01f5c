"""Whoever asks for the head of an answer asks for a page: no more may come of it than of asking for the page.

Without this a view that tells asking from posting would take it for a form that was posted, and one that no
page of ours vouches for.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Request


class PageRequest(Request):
    """A request as the views see it: HEAD is GET to them. The body is left out by what sends the answer."""

    def __init__(self, environ: dict[str, Any], *arguments: Any, **options: Any) -> None:
        super().__init__(environ, *arguments, **options)
        if self.method == "HEAD":
            self.method = "GET"


def take_heads_for_pages(app: Flask) -> None:
    """Let a view see GET where HEAD was asked for."""
    app.request_class = PageRequest
