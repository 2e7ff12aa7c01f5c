"""The command ``overvej``. Each command is a module of its own, imported only when it is asked for."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from app import imported
from app.cli.arguments import parser
from app.cli.language import speak_the_locale
from app.cli.problem import Problem, complain

DONE, UNUSABLE, OWN_FAULT, INTERRUPTED = 0, 2, 70, 130
"""What the command returns to the shell; 1 is what ``check`` says of a file with faults."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` (by default what was typed) and return its exit code.

    Whatever happens, the person who typed it gets a sentence and no traceback.
    """
    speak_the_locale()
    _fill_what_is_closed()
    _print_what_can_be_printed()
    try:
        code = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_the_reader()
        return DONE
    except Problem as problem:
        return _say(str(problem), UNUSABLE)
    except OSError as error:
        _forget_the_reader()
        return _say(_("this could not be done: {reason}").format(reason=error.strerror or error), UNUSABLE)
    except Exception as error:  # the one place that may: everything known is a Problem by now
        return _say(_own_fault(error), OWN_FAULT)
    return code


def _run(argv: Sequence[str] | None) -> int:
    typed = parser()
    arguments = typed.parse_args(argv)
    if arguments.command is None:
        typed.print_help()
        return DONE
    if sys.stdout is None and arguments.command != "serve":
        raise Problem(_("standard output is closed, so the result cannot be shown"))
    code: int = imported(f"app.cli.{getattr(arguments, 'module', arguments.command)}").run(arguments)
    return code


def _say(message: str, code: int) -> int:
    complain(message)
    return code


def _own_fault(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return _("a fault in Overvej itself, please report it: {fault} ({file}, line {line})").format(
        fault=f"{type(error).__name__}: {error}", file=Path(last.filename).name, line=last.lineno
    )


def _fill_what_is_closed() -> None:
    """Let no database or connection be what the system takes for the standard input or output."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest that is free: this one


def _print_what_can_be_printed() -> None:
    """Let a terminal that cannot write æ or » show a ? there instead of stopping the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _forget_the_reader() -> None:
    """Point stdout at nothing, so that Python does not try once more when it ends."""
    if sys.stdout is not None:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
