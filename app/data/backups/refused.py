"""Why a backup cannot be used, for the person who brought it."""

from __future__ import annotations

from app.platform.i18n import gettext as _


class Refused(ValueError):
    """A file that cannot be restored here. Its text is a whole sentence; nothing was changed."""


def foreign() -> Refused:
    """Return what is said of a file that Overvej did not make."""
    return Refused(_("This is not a backup from Overvej."))


def newer() -> Refused:
    """Return what is said of a backup from an Overvej that can do more than this one."""
    return Refused(_("The backup was made by a newer Overvej. Install that version here first."))


def damaged(place: str) -> Refused:
    """Return what is said of a backup that is not as it was made; ``place`` is the part inside it."""
    return Refused(_("The backup is damaged or was changed: see %(place)s inside it.", place=place))


def too_large() -> Refused:
    """Return what is said of a file that unpacks to more than any library has."""
    return Refused(_("What is packed in the file is far larger than any backup from Overvej."))


def misfit(place: str, line: int) -> Refused:
    """Return what is said of a row that the database cannot hold; ``line`` counts from 1."""
    return Refused(
        _("The backup has a row that does not fit: line %(line)s of %(place)s.", place=place, line=line)
    )


def contradictory() -> Refused:
    """Return what is said of rows that speak of rows that are not there, or are there twice."""
    return Refused(_("The rows in the backup do not fit together: some are missing, or are there twice."))


def held() -> Refused:
    """Return what is said while a workshop holds what each person answered."""
    return Refused(
        _("A workshop is under way, and the file would tell who said what in it. Close the workshop first.")
    )
