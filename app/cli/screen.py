"""Writing to the terminal: lines of a readable width for a person, UTF-8 for a program."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap

from app.cli.problem import one_line

WIDEST = 100


def say(text: str = "", indent: str = "") -> None:
    """Print ``text`` as a paragraph no wider than the terminal."""
    if not text:
        print()
        return
    width = min(shutil.get_terminal_size().columns, WIDEST)
    lines = textwrap.wrap(
        one_line(text),
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    print("\n".join(lines))


def print_json(data: object) -> None:
    """Print ``data`` as JSON in UTF-8, whatever the terminal's encoding is: a program reads it."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps(data, ensure_ascii=False, indent=2))
