"""Why a backup cannot be used, in words for the person who uploaded it."""

from __future__ import annotations

from app.platform.i18n import gettext as _


class BackupRefused(ValueError):
    """A file that cannot be restored here. Its message is a whole sentence; nothing was changed."""


def foreign() -> BackupRefused:
    """Return the refusal of a file that Overvej did not make."""
    return BackupRefused(_("This is not a backup from Overvej."))


def newer() -> BackupRefused:
    """Return the refusal of a backup from a later version of Overvej."""
    return BackupRefused(
        _("The backup was made by a newer version of Overvej. Install that version here first.")
    )


def damaged(place: str) -> BackupRefused:
    """Return the refusal of a backup that was changed after it was made; ``place`` is the part inside it."""
    return BackupRefused(_("The backup is damaged or was changed: see %(place)s inside it.", place=place))


def too_large() -> BackupRefused:
    """Return the refusal of a file that unpacks to more than any library has."""
    return BackupRefused(_("What is packed in the file is far larger than any backup from Overvej."))


def misfit(place: str, line: int) -> BackupRefused:
    """Return the refusal of a row that the database cannot hold; ``line`` counts from 1."""
    return BackupRefused(
        _("The backup has a row that does not fit: line %(line)s of %(place)s.", place=place, line=line)
    )


def contradictory() -> BackupRefused:
    """Return the refusal of rows that refer to missing rows, or that are there twice."""
    return BackupRefused(
        _("The rows in the backup do not fit together: some are missing, or are there twice.")
    )


def workshop_under_way() -> BackupRefused:
    """Return the refusal for as long as a workshop still holds what each person answered."""
    return BackupRefused(
        _("A workshop is under way, and the file would tell who said what in it. Close the workshop first.")
    )
