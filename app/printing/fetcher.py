"""The only files a document can take in: those that ship with Overvej, and the logo that it is handed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from app.printing.picture import picture

SCHEME = "packaged:"
LOGO = "logo"


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
