"""``overvej backup``: everything that is stored, in one file."""

from __future__ import annotations

import argparse
from gettext import gettext as _
from pathlib import Path
from zipfile import is_zipfile

from app.cli.application import application_in_use
from app.cli.files import not_written, writable
from app.cli.language import locale_language
from app.cli.problem import Problem, remark
from app.cli.screen import say


def run(arguments: argparse.Namespace) -> int:
    """Take a backup, while the server runs or not."""
    path = writable(arguments.file)
    if path.exists() and not is_zipfile(path):
        raise Problem(
            _("{file} is no backup and is not replaced; give another name").format(file=arguments.file)
        )
    rows = _taken(path)
    say(_("{file}: {rows} rows").format(file=arguments.file, rows=rows))
    return 0


def _taken(path: Path) -> int:
    from app.data.backups.backup import back_up_to  # noqa: PLC0415 - the other commands need no database

    with application_in_use():
        tell_of_workshops()
        try:
            manifest = back_up_to(path, "")
        except OSError as error:
            raise not_written(str(path), error) from error
    return sum(part.rows for part in manifest.tables.values())


def tell_of_workshops() -> None:
    """Warn on standard error of each workshop of which a backup taken now would tell who said what."""
    from app.data.backups.under_way import workshops_under_way  # noqa: PLC0415
    from app.platform.i18n import speak  # noqa: PLC0415

    speak(locale_language())
    for each in workshops_under_way():
        message = _(
            "The workshop with {partner} is not closed: the backup tells who said what in it. "
            "Close it, take another one, and delete this"
        )
        remark(message.format(partner=each.partner))
