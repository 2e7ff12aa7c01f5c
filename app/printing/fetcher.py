"""The only files a document can take in: those that ship with Overvej, and the logo that it is handed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

SCHEME = "packaged:"
LOGO = "logo"
BEGINNINGS = {"data:image/png;base64": b"\x89PNG\r\n\x1a\n", "data:image/svg+xml;base64": b"<"}
"""What a logo can be, and how its bytes begin: a reader of pictures is given nothing else."""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives ``packaged:name`` for the named files, and refuses every other address."""

    def __init__(self, files: Mapping[str, Path], logo: bytes = b"") -> None:
        super().__init__()
        self._files = dict(files)
        self._logo = logo

    def with_logo(self, address: str) -> ClosedFetcher:
        """Return one that gives the picture in a ``data:`` URI as well, as ``packaged:logo``."""
        return ClosedFetcher(self._files, picture(address))

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a packaged file. Raises ``URLFetchingError`` for anything else."""
        if self._logo and url == f"{SCHEME}{LOGO}":
            return URLFetcherResponse(url, self._logo)
        file = self._files.get(unquote(url.removeprefix(SCHEME))) if url.startswith(SCHEME) else None
        if file is None:
            raise URLFetchingError("documents take in nothing but packaged files")
        return URLFetcherResponse(url, file.read_bytes())


def picture(address: str) -> bytes:
    """Return the PNG or SVG in a ``data:`` URI, ``b""`` where it holds neither."""
    head, _, written = address.partition(",")
    try:
        content = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return b""
    beginning = BEGINNINGS.get(head)
    return content if beginning and content.lstrip().startswith(beginning) else b""
