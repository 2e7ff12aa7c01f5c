"""What stops a command, said in one line."""

from __future__ import annotations

import sys

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Problem(Exception):
    """Something that the person at the keyboard can mend. Its text is a whole sentence in their language."""


def complain(message: object) -> None:
    """Say on standard error, in one line, what is wrong."""
    remark(f"overvej: {message}")


def remark(message: str) -> None:
    """Say on standard error, in one line, what may be good to know."""
    if sys.stderr is not None:
        print(one_line(message), file=sys.stderr, flush=True)


def one_line(text: str) -> str:
    """Return ``text`` on one line, with every character that could move a terminal's cursor made visible."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable() or character == NO_BREAK_SPACE:
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"
