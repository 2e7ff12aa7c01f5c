"""How much may be uploaded: little, but where whole files of data are taken in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request


def allow_larger_uploads(app: Flask, larger: Mapping[str, int]) -> None:
    """Let some pages take more than others. ``larger``: bytes, by address.

    The server knows it from the configuration: it takes in a request before a page sees it.
    """
    app.config["LARGER_UPLOADS"] = larger

    @app.url_value_preprocessor  # before anything reads the form
    def allow(endpoint: str | None, values: object) -> None:
        request.max_content_length = larger.get(request.path, app.config["MAX_CONTENT_LENGTH"])
