"""What the database itself promises of a row: CHECK constraints, in SQL that both databases read alike.

Each is named after its column, or after what it says of several; its table's name comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_letters, digits

from sqlalchemy import CheckConstraint

PUBLIC_ID = (ascii_letters + digits + "-_", 22)
HASH = (digits + "abcdef", 64)
"""The characters that an id or a SHA-256 is made of, and how many there are."""


def holds(name: str, condition: str) -> CheckConstraint:
    """Return a constraint of another kind than those below; ``condition`` is SQL."""
    return CheckConstraint(condition, name=name)


def one_of(column: str, words: Sequence[str]) -> CheckConstraint:
    """Let a column hold one of a few words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return holds(column, f'"{column}" IN ({listed})')


def written(column: str) -> CheckConstraint:
    """Let a text never be blank."""
    return holds(column, f"trim(\"{column}\") <> ''")


def at_least(column: str, lowest: int) -> CheckConstraint:
    """Let a number never be lower; where there may be none, none is fine."""
    return holds(column, f'"{column}" >= {lowest}')


def between(column: str, lowest: int, highest: int) -> CheckConstraint:
    """Let a number be in a range, both ends included; where there may be none, none is fine."""
    return holds(column, f'"{column}" BETWEEN {lowest} AND {highest}')


def made_of(column: str, characters: str, length: int) -> CheckConstraint:
    """Let a text be of ``characters`` alone, ``length`` of them; where there may be none, none is fine."""
    # Without those characters at its ends nothing is left of a text exactly when it is made of them.
    return holds(column, f"length(\"{column}\") = {length} AND trim(\"{column}\", '{characters}') = ''")


def is_day(column: str, *, or_none: bool = False) -> CheckConstraint:
    """Let a text be written as a day is in ISO 8601; ``or_none``: or empty.

    The database does not know that February has no thirtieth day.
    """
    compact = f"replace(\"{column}\", '-', '')"
    day = (
        f"\"{column}\" LIKE '____-__-__' AND length({compact}) = 8 AND trim({compact}, '{digits}') = '' "
        f"AND substr(\"{column}\", 6, 2) BETWEEN '01' AND '12' "
        f"AND substr(\"{column}\", 9, 2) BETWEEN '01' AND '31'"
    )
    return holds(column, f"\"{column}\" = '' OR ({day})" if or_none else day)
