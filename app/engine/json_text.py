"""JSON text → data, strictly: every way in which a text can fail to be JSON gives one fault with its line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from app.engine.faults import Fault, LoadingFailed
from app.engine.json_positions import place_in, tokens

BYTE_ORDER_MARK = "\ufeff"
MOST_VALUES = 200_000
"""Texts, numbers, lists and objects in one file. A thousand questions of twenty options have half of that;
to look up the lines of more takes seconds, and gigabytes."""

DEEPEST = 100
"""How deeply lists and objects may be nested; a questionnaire needs fewer than twenty."""

_CODES = {
    "Expecting property name enclosed in double quotes": "json_no_key",
    "Expecting ':' delimiter": "json_no_colon",
    "Expecting ',' delimiter": "json_no_comma",
    "Expecting value": "json_no_value",
    "Unterminated string starting at": "json_open_string",
    "Invalid control character at": "json_control_character",
    "Invalid control character": "json_control_character",
    "Invalid \\escape": "json_escape",
    "Invalid \\uXXXX escape": "json_escape",
    "Extra data": "json_extra",
    "Illegal trailing comma before end of object": "json_trailing_comma",
    "Illegal trailing comma before end of array": "json_trailing_comma",
}
_TRAILING_COMMA = re.compile(r",\s*$")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A JSON object and its canonical form (sorted keys, no white space, UTF-8)."""

    data: dict[str, Any]
    canonical: bytes
    repeats_keys: bool


def read_text(path: FilePath) -> str:
    """Return the text of a UTF-8 file, without a byte order mark. Raises :class:`LoadingFailed`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _failed(str(path), (1, 1), "file_unreadable", reason=error.strerror or str(error)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise _failed(str(path), (line, column), "not_utf8") from None


def decode(text: str, name: str) -> Decoded:
    """Return the object that ``text`` (without a byte order mark) is. Raises :class:`LoadingFailed`."""
    replaced: list[Any] = []
    as_object = partial(_as_object, replaced)
    try:
        data = json.loads(text, object_pairs_hook=as_object, parse_constant=_refuse_constant)
        canonical = canonical_json(data)
    except json.JSONDecodeError as error:
        raise _syntax(text, name, error) from None
    except RecursionError:
        raise too_deep(text, name) from None
    except UnicodeEncodeError:
        raise _at_token(text, name, "json_half_character", _has_half_character) from None
    except ValueError:
        raise _at_token(text, name, "json_number", _is_no_number) from None
    if not isinstance(data, dict):
        raise _failed(name, (1, 1), "json_not_an_object")
    if _holds_more_than(MOST_VALUES, [data.values(), replaced]):
        raise _failed(name, (1, 1), "too_many_values", most=MOST_VALUES)
    return Decoded(data, canonical, bool(replaced))


def _as_object(replaced: list[Any], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object that holds ``pairs``; what a later value of the same key replaces goes to a list."""
    found = dict(pairs)
    if len(found) != len(pairs):
        found.clear()
        for key, value in pairs:
            if key in found:
                replaced.append(found[key])
            found[key] = value
    return found


def _holds_more_than(most: int, waiting: list[Iterable[Any]]) -> bool:
    count = 0
    while waiting and count <= most:
        for value in waiting.pop():
            count += 1
            if isinstance(value, dict):
                waiting.append(value.values())
            elif isinstance(value, list):
                waiting.append(value)
    return count > most


def canonical_json(data: object) -> bytes:
    """Return the one way to write ``data``: sorted keys, no white space, UTF-8.

    Raises ``ValueError`` for numbers that are not finite or half of a surrogate pair.
    """
    written = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return written.encode()


def too_deep(text: str, name: str) -> LoadingFailed:
    """Return the refusal of a text with more than ``DEEPEST`` lists and objects inside each other."""
    depth = 0
    for word, offset in tokens(text):
        depth += (word in ("[", "{")) - (word in ("]", "}"))
        if depth > DEEPEST:
            return _failed(name, place_in(text, offset), "json_too_deep", most=DEEPEST)
    return _failed(name, (1, 1), "json_too_deep", most=DEEPEST)


def _refuse_constant(constant: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which :mod:`json` would let pass."""
    raise ValueError(constant)


def _syntax(text: str, name: str, error: json.JSONDecodeError) -> LoadingFailed:
    if not text.strip():
        return _failed(name, (1, 1), "json_empty")
    code = _CODES.get(error.msg, "json_syntax")
    offset = error.pos
    here = text[offset : offset + 1]
    before = text[:offset]
    if code in ("json_no_key", "json_no_value", "json_no_comma", "json_no_colon") and here == "":
        code = "json_ends_early"
    elif code in ("json_no_key", "json_no_value") and here in "]}" and _TRAILING_COMMA.search(before):
        code = "json_trailing_comma"
        offset = before.rindex(",")
    elif here == "'":
        code = "json_single_quotes"
    elif here in ("“", "”", "„", "»", "«", "’", "‘"):
        code = "json_curly_quotes"
    elif text.startswith(("//", "/*", "#"), offset):
        code = "json_comment"
    return _failed(name, place_in(text, offset), code)


def _at_token(text: str, name: str, code: str, wanted: Callable[[str], bool]) -> LoadingFailed:
    for word, offset in tokens(text):
        if wanted(word):
            return _failed(name, place_in(text, offset), code, written=word[:40])
    return _failed(name, (1, 1), code, written="")


def _is_no_number(word: str) -> bool:
    """Say whether a word is ``NaN``, ``Infinity`` or a number too large to calculate with."""
    if word.lstrip("-") in ("NaN", "Infinity"):
        return True
    return re.fullmatch(r"-?[0-9][0-9.eE+-]*", word) is not None and math.isinf(float(word))


def _has_half_character(word: str) -> bool:
    return word.startswith('"') and re.search("[\ud800-\udfff]", json.loads(word)) is not None


def _failed(name: str, place: tuple[int, int], code: str, **details: object) -> LoadingFailed:
    line, column = place
    return LoadingFailed([Fault(name, line, column, "", code, details)])
