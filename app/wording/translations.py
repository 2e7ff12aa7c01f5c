"""The translations, without a web server: the code speaks English, ``app/translations`` has the Danish."""

from __future__ import annotations

# Not from Babel: its dates and numbers of every locale take longer to import than a score takes to compute.
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "translations"
SHARED = "wording"
"""The catalogue that all read: the sentences of a result, and every text that pages and papers both have."""


@cache
def catalog(language: str, domain: str = SHARED) -> NullTranslations:
    """Return what ``domain`` says in ``language``, and what all say; for English, the texts as they are."""
    found = translation(domain, FOLDER, [language], fallback=True)
    if domain != SHARED:
        found.add_fallback(catalog(language))
    return found
