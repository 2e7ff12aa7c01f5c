"""A row of a table as a line of JSON, and back: the same whichever database it came from or goes to."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, LargeBinary, String, Table
from sqlalchemy.types import TypeDecorator, TypeEngine

Row = dict[str, Any]

KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (DateTime, "moment"),
    (LargeBinary, "bytes"),
    (JSON, "data"),
    (Boolean, "flag"),
    (Integer, "number"),
    (String, "words"),
)
LARGEST_NUMBER = 2**31 - 1


class Misfit(ValueError):
    """A line that is no row of its table."""


def as_line(table: Table, row: Mapping[str, Any]) -> bytes:
    """Return a row as one line. Keys are sorted, so that the same content is the same line everywhere."""
    written = {column.name: _written(row[column.name]) for column in table.columns}
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def from_line(table: Table, line: bytes) -> Row:
    """Return the row that a line is, each value as its column takes it. Raises :class:`Misfit`."""
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or row.keys() != {column.name for column in table.columns}:
            raise Misfit
        return {column.name: _read(column, row[column.name]) for column in table.columns}
    except (ValueError, RecursionError):
        raise Misfit from None


def kind_of(column: Column[Any]) -> str:
    """Return what a column holds: one of the words in ``KINDS``."""
    held = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return next(kind for type_, kind in KINDS if isinstance(held, type_))


def _read(column: Column[Any], value: Any) -> Any:
    if value is None and column.nullable:
        return None
    return READERS[kind_of(column)](column, value)


def _moment(column: Column[Any], value: Any) -> datetime:
    moment = datetime.fromisoformat(_checked(isinstance(value, str), value))
    return _checked(moment.tzinfo is not None, moment)  # type: ignore[no-any-return]


def _bytes(column: Column[Any], value: Any) -> bytes:
    return base64.b64decode(_checked(isinstance(value, str), value), validate=True)


def _data(column: Column[Any], value: Any) -> Any:
    return _checked(_can_be_stored(value), value)


def _flag(column: Column[Any], value: Any) -> Any:
    return _checked(isinstance(value, bool), value)


def _number(column: Column[Any], value: Any) -> Any:
    return _checked(type(value) is int and abs(value) <= LARGEST_NUMBER, value)


def _words(column: Column[Any], value: Any) -> Any:
    longest = getattr(column.type, "length", None) or math.inf
    return _checked(isinstance(value, str) and len(value) <= longest and _can_be_stored(value), value)


READERS: dict[str, Callable[[Column[Any], Any], Any]] = {
    "moment": _moment,
    "bytes": _bytes,
    "data": _data,
    "flag": _flag,
    "number": _number,
    "words": _words,
}


def _checked(fits: bool, value: Any) -> Any:
    if not fits:
        raise Misfit
    return value


def _can_be_stored(value: Any) -> bool:
    """Say whether both databases can hold it: no NUL, no half characters, no infinite numbers."""
    if isinstance(value, dict):
        return all(_can_be_stored(key) and _can_be_stored(part) for key, part in value.items())
    if isinstance(value, list):
        return all(map(_can_be_stored, value))
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= each <= "\udfff" for each in value)
    return not isinstance(value, float) or math.isfinite(value)
