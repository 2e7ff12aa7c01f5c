"""The translations, without a web server: the code speaks English, ``app/translations`` has the Danish."""

from __future__ import annotations

# Not from Babel: its dates and numbers of every locale take longer to import than a score takes to compute.
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "translations"
DOMAINS = ("messages", "wording", "documents", "command")
"""One catalogue for the pages, for the sentences, for the printed documents and for the command."""


@cache
def catalog(language: str) -> NullTranslations:
    """Return every translation into ``language``; for English, the texts as they are."""
    first, *others = [translation(domain, FOLDER, [language], fallback=True) for domain in DOMAINS]
    for other in others:
        first.add_fallback(other)
    return first
