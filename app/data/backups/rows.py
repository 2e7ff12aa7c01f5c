"""A row of a table as a line of JSON, and back: the same for whichever database it comes from or goes to."""

from __future__ import annotations

import base64
import json
import math
import re
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
YEARS = range(1970, 9000)
"""Of moments: an hour more or less than one of them is another one, in whichever zone."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What not every database can hold: NUL, and half characters."""


class Misfit(ValueError):
    """A line that is no row of its table."""


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_line(row: Mapping[Any, Any]) -> bytes:
    """Return a row as one line. Keys are sorted, so that the same content is the same line everywhere."""
    return f"{_encoder.encode({name: _written(value) for name, value in row.items()})}\n".encode()


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def reader(table: Table) -> Callable[[bytes], Row]:
    """Return a function from a line to the row that it is, each value as its column takes it.

    The function raises :class:`Misfit`.
    """
    readers = {column.name: _column_reader(column) for column in table.columns}

    def read(line: bytes) -> Row:
        try:
            row = _decoded(line.decode("utf-8"))
            if not isinstance(row, dict) or row.keys() != readers.keys():
                raise Misfit
            return {name: read(row[name]) for name, read in readers.items()}
        except (ValueError, RecursionError):
            raise Misfit from None

    return read


def kind_of(column: Column[Any]) -> str:
    """Return what a column holds: one of the words in ``KINDS``."""
    held = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return next(kind for type_, kind in KINDS if isinstance(held, type_))


def _decoded(text: str) -> Any:
    """Return the data that a JSON text holds. What cannot be stored can only be written as ``\\u…`` in it."""
    data = json.loads(text, parse_float=_finite, parse_constant=_finite)
    return _checked("\\u" not in text or _can_be_stored(data), data)


def _finite(number: str) -> float:
    return _checked(math.isfinite(found := float(number)), found)  # type: ignore[no-any-return]


def _can_be_stored(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_can_be_stored(key) and _can_be_stored(part) for key, part in value.items())
    if isinstance(value, list):
        return all(map(_can_be_stored, value))
    return not isinstance(value, str) or not UNSTORABLE.search(value)


def _column_reader(column: Column[Any]) -> Callable[[Any], Any]:
    kind, nullable, longest = kind_of(column), column.nullable, getattr(column.type, "length", None)
    read = READERS[kind]

    def read_column(value: Any) -> Any:
        if value is None and nullable:
            return None
        found = read(value)
        return _checked(not longest or len(found) <= longest, found)

    return read_column


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_words(value))
    return _checked(moment.tzinfo is not None and moment.year in YEARS, moment)  # type: ignore[no-any-return]


def _bytes(value: Any) -> bytes:
    return base64.b64decode(_words(value), validate=True)


def _data(value: Any) -> Any:
    return value


def _flag(value: Any) -> Any:
    return _checked(isinstance(value, bool), value)


def _number(value: Any) -> Any:
    return _checked(type(value) is int and abs(value) <= LARGEST_NUMBER, value)


def _words(value: Any) -> Any:
    return _checked(isinstance(value, str), value)


def _checked(fits: bool, value: Any) -> Any:
    if not fits:
        raise Misfit
    return value


READERS: dict[str, Callable[[Any], Any]] = {
    "moment": _moment,
    "bytes": _bytes,
    "data": _data,
    "flag": _flag,
    "number": _number,
    "words": _words,
}
