"""Texts in several languages, as every questionnaire writes them: ``{"da": "…", "en": "…"}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

LANGUAGES = ("da", "en")
"""The languages that Overvej speaks; a questionnaire declares which of them it uses."""

LONGEST_TEXT = 2_000
"""Characters. A motion is put into a field of 3,000, beside the names that fill it."""

Text = dict[str, str]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def say(text: Mapping[str, str] | None, language: str) -> str:
    """Return ``text`` in ``language``, or in the first language it has; ``""`` for no text."""
    if not text:
        return ""
    return text.get(language) or next(iter(text.values()))


def placeholders(text: str) -> list[str]:
    """Return the names in braces in ``text``, in order."""
    return _PLACEHOLDER.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace each ``{name}`` once by its value; what a person typed is never treated as a template.

    A name without a value stays as it is, so that a missing one shows.
    """
    return _PLACEHOLDER.sub(lambda match: values.get(match[1]) or match[0], text)
