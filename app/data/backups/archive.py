"""A backup from outside, read as if it were an attack: nothing in it is trusted before it is checked."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from app.data.backups import refusals
from app.data.backups.backup import part_name
from app.data.backups.manifest import FILE_NAME, Manifest, TableFile, read_manifest
from app.workshops.models import Participant

MEGABYTE = 1024 * 1024
LARGEST_MANIFEST = MEGABYTE
LARGEST_LINE = 16 * MEGABYTE
LARGEST_IN_ALL = 4096 * MEGABYTE
MOST_PACKED = 200
"""How many times its packed size a file may unpack to; our own rows unpack to about ten times theirs."""
LARGEST_DIRECTORY = MEGABYTE
END, END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"
LONGEST_END = 22 + 65_535
FLAG_ENCRYPTED = 0x1

Unreadable = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What is raised by reading a zip that was cut off, changed, or packed by a method we do not use."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Open a backup together with its manifest. Raises :class:`app.data.backups.refusals.BackupRefused`."""
    with path.open("rb") as file:
        if not _has_small_directory(file):
            raise refusals.foreign()
        try:
            archive = ZipFile(file)
        except Unreadable:
            raise refusals.foreign() from None
        with archive:
            yield archive, _manifest(archive)


def lines_of(archive: ZipFile, table: str, part: TableFile) -> Iterator[bytes]:
    """Yield a table's lines. Raises ``BackupRefused``, at the latest after the last, if any was changed."""
    name, digest, count = part_name(table), hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while line := file.readline(LARGEST_LINE + 1):
                digest.update(line)
                count += 1
                if len(line) > LARGEST_LINE or count > part.rows:
                    raise refusals.damaged(name)
                yield line
    except Unreadable as error:
        if isinstance(error, refusals.BackupRefused):
            raise
        raise refusals.damaged(name) from None
    if (count, digest.hexdigest()) != (part.rows, part.sha256):
        raise refusals.damaged(name)


def tells_answers(path: Path) -> bool:
    """Say whether a backup tells what each person answered in a workshop. Raises ``BackupRefused``."""
    table = Participant.__tablename__
    with opened(path) as (archive, manifest):
        part = manifest.tables.get(table)
        rows = map(json.loads, lines_of(archive, table, part)) if part else ()
        return any(row["answers"] or row["gates"] for row in rows)


def _manifest(archive: ZipFile) -> Manifest:
    """Return the manifest, once it is clear that the archive holds what it lists and nothing else."""
    entries = archive.infolist()
    if FILE_NAME not in archive.namelist():
        raise refusals.foreign()
    if sum(entry.file_size for entry in entries) > LARGEST_IN_ALL or any(
        entry.file_size > MEGABYTE + MOST_PACKED * entry.compress_size for entry in entries
    ):
        raise refusals.too_large()
    if any(
        entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or entry.flag_bits & FLAG_ENCRYPTED
        for entry in entries
    ):
        raise refusals.foreign()
    try:
        with archive.open(FILE_NAME) as file:
            manifest = read_manifest(file.read(LARGEST_MANIFEST))
    except Unreadable as error:
        if isinstance(error, refusals.BackupRefused):
            raise
        raise refusals.damaged(FILE_NAME) from None
    told = sorted([FILE_NAME, *map(part_name, manifest.tables)])
    if sorted(entry.filename for entry in entries) != told:
        raise refusals.damaged(FILE_NAME)
    return manifest


def _has_small_directory(file: IO[bytes]) -> bool:
    """Say whether the zip's list of contents is short enough to be read at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LONGEST_END))
    last = file.read()
    file.seek(0)
    end = last.rfind(END)
    directory = int.from_bytes(last[end + 12 : end + 16], "little")
    return end >= 0 and directory <= LARGEST_DIRECTORY and END_OF_LARGE not in last[max(0, end - 20) : end]
