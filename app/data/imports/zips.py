"""A zip of answers files: nothing that it says of itself is trusted, and nothing is written to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from app.data import limits
from app.data.imports.files import is_worth_reading
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.jobs import JobFailed
from app.wording.figures import thousands

FLAG_ENCRYPTED = 0x1
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
)


class ZipRefused(ValueError):
    """A zip that cannot be used; its message is for the person who uploaded it."""


def entries(content: bytes) -> list[zipfile.ZipInfo]:
    """Return the entries of a zip that may be answers files. Raises :class:`ZipRefused`; nothing is unpacked.

    Their names are for messages alone: nothing is ever written under them.
    """
    if not content:
        raise ZipRefused(_("Choose a file first."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = [each for each in archive.infolist() if _is_worth_reading(each)]
    except UNREADABLE:
        raise ZipRefused(_("This is no zip file, or it is broken.")) from None
    if not found:
        raise ZipRefused(_("There is no answers file and no PDF in it."))
    if len(found) > limits.MOST_FILES:
        most = thousands(limits.MOST_FILES, language())
        raise ZipRefused(
            _("There are more than %(most)s files in it. Bring them in a few at a time.", most=most)
        )
    if sum(each.file_size for each in found) > limits.LARGEST_UNPACKED:
        raise ZipRefused(_("Unpacked it would be too large. Bring the files in a few at a time."))
    if any(each.flag_bits & FLAG_ENCRYPTED for each in found):
        raise ZipRefused(_("It is locked with a password. Pack it without one."))
    return found


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a zip, by name and content, unpacked one at a time and only as far as it may go.

    Raises :class:`app.platform.jobs.JobFailed` where together they are larger than the zip claimed.
    """
    left = limits.LARGEST_UNPACKED
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in entries(content):
            inside = _inside(archive, entry)
            left -= len(inside)
            if left < 0:
                raise JobFailed(_("Unpacked it would be too large. Bring the files in a few at a time."))
            yield entry.filename, inside


def _is_worth_reading(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and is_worth_reading(PurePosixPath(entry.filename))


def _inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return what an entry holds, at most one byte more than a file may have, and ``b""`` if it is broken."""
    try:
        with archive.open(entry) as member:
            return member.read(limits.LARGEST_FILE + 1)
    except UNREADABLE:
        return b""
