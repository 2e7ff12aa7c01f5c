"""A document takes in nothing but what ships with Overvej."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.urls import URLFetchingError

from app.printing.fetcher import ClosedFetcher


@pytest.fixture
def fetcher(tmp_path: Path) -> ClosedFetcher:
    (tmp_path / "known.ttf").write_bytes(b"font")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return ClosedFetcher({"fonts/known.ttf": tmp_path / "known.ttf"})


def test_a_packaged_file_is_given(fetcher: ClosedFetcher) -> None:
    assert fetcher.fetch("packaged:fonts/known.ttf").read() == b"font"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "https://example.org/font.ttf",
        "ftp://example.org/",
        "data:text/plain,hello",
        "packaged:fonts/secret.txt",
        "packaged:fonts/../secret.txt",
        "packaged:fonts/%2e%2e/secret.txt",
        "packaged:",
        "/etc/passwd",
        "",
    ],
)
def test_anything_else_is_refused(fetcher: ClosedFetcher, address: str) -> None:
    with pytest.raises(URLFetchingError):
        fetcher.fetch(address)
    with pytest.raises(URLFetchingError):
        fetcher.open(address)
