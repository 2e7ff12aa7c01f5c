"""Texts: every declared language everywhere, no HTML, placeholders only where something fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from app.engine.definition import Questionnaire
from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.json_positions import Path
from app.engine.texts import LANGUAGES, Text

PLACEHOLDERS = ("partner", "proposal", "goal", "reason")
"""What a text that goes into a letter or a motion may leave open, written in braces."""
PLACES_OF_PLACEHOLDERS = ("motion", "next_steps", "letter")
LONG_TEXT = 4
"""From this many words on, the same text in two languages has probably not been translated."""

_SUSPICIOUS = re.compile(r"[<&{}\x00-\x09\x0b-\x1f\x7f]")
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>?|<!|&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_STRAIGHT_QUOTE = re.compile("[\"']")


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse languages Overvej does not speak, and texts that are missing, empty, marked up or unfillable."""
    languages = draft.questionnaire.languages
    are_known = set(languages) <= set(LANGUAGES)
    for place, language in enumerate(languages):
        if language not in LANGUAGES:
            yield Finding(
                ("languages", place), "language_unknown", {"given": language, "known": list(LANGUAGES)}
            )
        elif language in languages[:place]:
            yield Finding(("languages", place), "language_twice", {"language": language})
    for path, text in draft.texts:
        if are_known and tuple(text) != languages:
            yield from _wrong_languages(path, text, languages)
        for language, words in text.items():
            if not words.strip():
                yield Finding((*path, language), "text_empty", {"language": language})
            elif _SUSPICIOUS.search(words):
                yield from _wrong_characters((*path, language), words)


def _wrong_languages(path: Path, text: Text, languages: tuple[str, ...]) -> Iterator[Finding]:
    for language in languages:
        if language not in text:
            yield Finding(path, "translation_missing", {"language": language, "key": path[-1]})
    for language in text:
        if language not in languages:
            yield Finding(
                (*path, language), "language_not_declared", {"given": language, "known": list(languages)}
            )


def _wrong_characters(path: Path, words: str) -> Iterator[Finding]:
    marked = _HTML.search(words)
    if marked:
        yield Finding(path, "text_html", {"written": marked[0]})
    if _CONTROL.search(words):
        yield Finding(path, "text_control_character")
    may_be_filled = path[0] == "outcomes" and len(path) > 2 and path[2] in PLACES_OF_PLACEHOLDERS
    for match in _BRACES.finditer(words):
        name = match[0].strip("{}")
        if not may_be_filled:
            yield Finding(path, "placeholder_not_here", {"written": match[0]})
        elif name not in PLACEHOLDERS or match[0] != f"{{{name}}}":
            yield Finding(
                path, "placeholder_unknown", {"written": match[0], "given": name, "known": list(PLACEHOLDERS)}
            )


def advise(draft: Draft) -> Iterator[Finding]:
    """Point at long texts that are the same in two languages, and at straight quotation marks."""
    for path, text in draft.texts:
        yield from _same_in_two(path, text, draft.questionnaire)
        for language, words in text.items():
            if _STRAIGHT_QUOTE.search(words):
                yield Finding((*path, language), "straight_quotes", {"language": language})


def _same_in_two(path: Path, text: Text, questionnaire: Questionnaire) -> Iterator[Finding]:
    for one, other in combinations(questionnaire.languages, 2):
        if text[one].casefold() == text[other].casefold() and len(text[one].split()) >= LONG_TEXT:
            yield Finding((*path, other), "same_in_two_languages", {"one": one, "two": other})
