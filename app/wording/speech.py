"""One language's way of saying things: its translations, lists, quotation marks and figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from app.engine.items.base import EPSILON
from app.engine.texts import Text, say
from app.wording.translations import catalog

QUOTES = {"da": "»{}«", "en": "“{}”"}


class Speech:
    """Says things in ``language``. The texts given to :meth:`tell` are English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = catalog(language)

    def tell(self, message: str, **values: object) -> str:
        """Return ``message`` in this language with its named values filled in.

        The message is translated before anything is filled in, so nothing that was typed is read as a format.
        """
        return _filled(self._catalog.gettext(message), values)

    def count(self, one: str, several: str, number: int, **values: object) -> str:
        """Return the message for ``number`` of something, which it may name as ``{number}``."""
        return _filled(self._catalog.ngettext(one, several, number), {"number": number, **values})

    def text(self, text: Text | None) -> str:
        """Return a questionnaire's text in this language."""
        return say(text, self.language)

    def quoted(self, text: str) -> str:
        """Return ``text`` in this language's quotation marks."""
        return QUOTES[self.language].format(text)

    def listed(self, names: Sequence[str]) -> str:
        """Return "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return self.tell("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])

    def decimal(self, number: float, decimals: int = 0) -> str:
        """Return ``number`` rounded down to ``decimals``, with this language's decimal mark."""
        factor = 10**decimals
        written = f"{math.floor(number * factor + EPSILON) / factor:.{decimals}f}"
        return written.replace(".", ",") if self.language == "da" else written


def whole(number: float) -> int:
    """Return a score or percentage rounded down; a hair under a whole number counts as it."""
    return math.floor(number + EPSILON)


def _filled(message: str, values: Mapping[str, object]) -> str:
    return message.format(**values) if values else message
