"""The translations, without a web server: the code speaks English, ``app/translations`` has the Danish."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent.parent / "translations"
DOMAINS = ("messages", "wording", "documents", "command")
"""One catalogue for the pages, for the sentences, for the printed documents and for the command."""


@cache
def catalog(language: str) -> NullTranslations:
    """Return every translation into ``language``; for English, the texts as they are."""
    found = [Translations.load(FOLDER, [language], domain) for domain in DOMAINS]
    merged = next((each for each in found if isinstance(each, Translations)), NullTranslations())
    for each in found:
        if isinstance(each, Translations) and isinstance(merged, Translations) and each is not merged:
            merged.merge(each)
    return merged
