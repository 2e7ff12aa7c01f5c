"""``overvej restore``: a backup replaces everything that is stored."""

from __future__ import annotations

import argparse
import tempfile
from gettext import gettext as _
from pathlib import Path

from app.cli.application import application_in_use
from app.cli.backup import tell_of_workshops
from app.cli.language import locale_language
from app.cli.problem import Problem
from app.cli.screen import say


def run(arguments: argparse.Namespace) -> int:
    """Check the backup, and restore it, while the server runs or not."""
    from app.data.backups.kept import folder  # noqa: PLC0415 - the other commands need no database
    from app.data.backups.refusals import BackupRefused  # noqa: PLC0415

    path = Path(arguments.file)
    if path.is_dir():
        raise Problem(_("{file} is a folder").format(file=path))
    if not path.is_file():
        raise Problem(_("{file} does not exist").format(file=arguments.file))
    with application_in_use():
        try:
            with tempfile.TemporaryDirectory(dir=folder(), prefix="restore-") as place:
                _restore(path, Path(place) / "ready.zip")
        except BackupRefused as refused:
            message = _("{file} was not restored, and nothing was changed. {reason}")
            raise Problem(message.format(file=arguments.file, reason=refused)) from refused
    return 0


def _restore(path: Path, ready: Path) -> None:
    from app.data.backups import operations  # noqa: PLC0415
    from app.data.backups.trial import trial_restore  # noqa: PLC0415
    from app.platform.i18n import speak  # noqa: PLC0415

    speak(locale_language())
    manifest = trial_restore(path, ready)
    tell_of_workshops()
    kept = operations.restore(ready, "", during_workshops=True)
    say(
        _("The backup of {date} is restored. What was here before is kept in {file}.").format(
            date=f"{manifest.date.astimezone():%Y-%m-%d %H:%M}", file=kept
        )
    )
