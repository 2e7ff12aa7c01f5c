"""The only files a document can take in: those that ship with Overvej."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

SCHEME = "packaged:"


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives ``packaged:name`` for the named files, and refuses every other address."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__()
        self._files = dict(files)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a packaged file. Raises ``URLFetchingError`` for anything else."""
        file = self._files.get(unquote(url.removeprefix(SCHEME))) if url.startswith(SCHEME) else None
        if file is None:
            raise URLFetchingError("documents take in nothing but packaged files")
        return URLFetcherResponse(url, file.read_bytes())
