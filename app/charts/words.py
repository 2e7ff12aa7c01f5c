"""The few words that charts have of their own."""

from __future__ import annotations

from app.wording.translations import catalog


class Words:
    """Says the charts' own words in one language."""

    def __init__(self, language: str) -> None:
        self._catalog = catalog(language)

    def __call__(self, message: str, **values: object) -> str:
        """Return the English ``message`` in this language, its named values filled in."""
        return self._catalog.gettext(message).format(**values)
