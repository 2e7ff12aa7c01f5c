"""What the loader and the reader of answers say: what is wrong and what to write, in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from app.engine.messages import answers, cases, definitions, json_files, shapes

MESSAGES: dict[str, dict[str, str]] = {
    **json_files.MESSAGES,
    **shapes.MESSAGES,
    **definitions.MESSAGES,
    **answers.MESSAGES,
    **cases.MESSAGES,
}
"""The message of every code, by language. Names in braces are filled from the fault's details."""

LONGEST_QUOTE = 200

FALLBACK = "wrong_shape"
"""The message for what pydantic may find wrong and nobody thought of."""

_MAYBE = {"da": " Mente du »{}«?", "en": " Did you mean “{}”?"}
_NOTHING = {"da": "(ingen)", "en": "(none)"}
_NO_VALUE = {
    "minimum": {"da": "−∞", "en": "−∞"},
    "maximum": {"da": "∞", "en": "∞"},
    "expected": {"da": "for lidt at bygge på", "en": "too little known"},
    "got": {"da": "for lidt at bygge på", "en": "too little known"},
}
_LANGUAGE_NAMES = {
    "da": {"da": "dansk", "en": "Danish"},
    "en": {"da": "engelsk", "en": "English"},
}


def message(code: str, details: Mapping[str, object], language: str) -> str:
    """Return the message of a code in ``da`` or ``en``.

    Where the details have ``given`` (or ``key``) and ``known``, ``{maybe}`` suggests the closest known word.
    """
    said = {key: _in_words(key, value, language) for key, value in details.items()}
    text = MESSAGES.get(code, MESSAGES[FALLBACK])[language]
    return text.format_map({**said, "maybe": _maybe(details, language)})


def _in_words(key: str, value: object, language: str) -> str:
    if key in ("language", "one", "two"):
        return _LANGUAGE_NAMES.get(str(value), {}).get(language, str(value))
    if isinstance(value, list | tuple):
        return ", ".join(_in_words("", each, language) for each in value) or _NOTHING[language]
    if value is None:
        return _NO_VALUE[key][language] if key in _NO_VALUE else "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else _cut(str(value))


def _cut(written: str) -> str:
    """Return what somebody wrote as far as a message quotes it: a file may say anything, at any length."""
    return written if len(written) <= LONGEST_QUOTE else f"{written[:LONGEST_QUOTE]}…"


def _maybe(details: Mapping[str, object], language: str) -> str:
    given, known = details.get("given", details.get("key")), details.get("known")
    if not isinstance(given, str) or not isinstance(known, list | tuple):
        return ""
    close = get_close_matches(given, [str(each) for each in known], n=1)
    return _MAYBE[language].format(close[0]) if close else ""
