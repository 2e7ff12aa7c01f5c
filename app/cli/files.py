"""Reading what a command is given, and writing a file whole or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO

from app.cli.problem import Problem
from app.platform.files import is_pdf

STANDARD_INPUT = "-"
MEGABYTE = 2**20
LARGEST_JSON = 5
LARGEST_PDF = 50
"""In megabytes. A questionnaire takes some 100 KB, a decision with every note filled about 1 MB."""


def displayed(name: str) -> str:
    """Return what a message calls the file ``name``."""
    return _("standard input") if name == STANDARD_INPUT else name


def read_bytes(name: str, most: int | None = None) -> bytes:
    """Return what is in the file ``name`` (``-``: standard input). Raises :class:`Problem`.

    ``most``: return no more bytes than that; without it a file that is too large for Overvej is a problem.
    """
    try:
        if name == STANDARD_INPUT:
            if sys.stdin is None:
                raise Problem(_("standard input is closed; give the name of a file"))
            return _read(sys.stdin.buffer, name)
        with Path(name).open("rb") as file:
            return _read(file, name) if most is None else file.read(most)
    except FileNotFoundError as error:
        raise Problem(_("{file} does not exist").format(file=name)) from error
    except IsADirectoryError as error:
        raise Problem(_("{file} is a folder").format(file=name)) from error
    except PermissionError as error:
        raise Problem(_("{file} cannot be read: you do not have permission").format(file=name)) from error
    except (OSError, ValueError) as error:
        raise Problem(
            _("{file} could not be read: {reason}").format(file=name, reason=_reason(error))
        ) from error


def _read(file: BinaryIO, name: str) -> bytes:
    content = file.read(LARGEST_JSON * MEGABYTE + 1)
    largest = LARGEST_PDF if is_pdf(content) else LARGEST_JSON
    content += file.read(largest * MEGABYTE + 1 - len(content))
    if len(content) <= largest * MEGABYTE:
        return content
    message = _("{file} is larger than {largest} MB and cannot be a file for Overvej")
    raise Problem(message.format(file=displayed(name), largest=largest))


def as_text(content: bytes, name: str) -> str:
    """Return UTF-8 ``content`` as text, a byte order mark left out. Raises :class:`Problem`."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(content[: error.start].split(b"\n"))
        raise Problem(_("{file}:{line}: this is not UTF-8 text").format(file=name, line=line)) from error


def writable(name: str) -> Path:
    """Return the path that ``name`` stands for, once it is clear that a file can be written there.

    Asked before the work is done, so that nobody waits for a PDF that has nowhere to go.
    Raises :class:`Problem`.
    """
    try:
        path = Path(name).resolve()
        if path.is_dir():
            raise Problem(_("{file} is a folder; give the name of a file").format(file=name))
        if path.exists() and not path.is_file():
            raise Problem(_("{file} is not an ordinary file and is not replaced").format(file=name))
        if not path.parent.is_dir():
            raise Problem(_("the folder {folder} does not exist").format(folder=path.parent))
        allowed = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    except (OSError, ValueError, RuntimeError) as error:
        raise not_written(name, error) from error
    if not allowed:
        raise not_written(name, PermissionError())
    return path


def write(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and put it in its place: nobody ever reads half a file.

    Raises :class:`Problem`, and then leaves what was there untouched.
    """
    half = path.with_name(f".overvej-{os.getpid()}.tmp")
    try:
        with half.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise not_written(str(path), error) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def not_written(name: str, error: Exception) -> Problem:
    """Return what is said of a file that could not be written."""
    if isinstance(error, PermissionError):
        return Problem(_("{file} cannot be written: you do not have permission").format(file=name))
    return Problem(_("{file} could not be written: {reason}").format(file=name, reason=_reason(error)))


def _reason(error: Exception) -> object:
    return getattr(error, "strerror", None) or error
