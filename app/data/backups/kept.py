"""Backups in the data folder: those kept before a restore, and those waiting to be restored."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from app.platform.database import now

BEFORE = "before-restore-"
WAITING = "waiting-"
MOST_KEPT = 5
LONGEST_WAIT = 24 * 60 * 60


class NotWaiting(LookupError):
    """The backup has been restored already, is being restored just now, or was removed."""


def folder() -> Path:
    """Return the folder of backups, made at the first call; only its owner may look into it."""
    path = Path(current_app.config["DATA_FOLDER"]) / "backups"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_place() -> Path:
    """Return where to keep the data that is about to be replaced."""
    return folder() / f"{BEFORE}{now():%Y-%m-%d-%H%M%S-%f}.zip"


def kept() -> list[Path]:
    """Return the backups that were kept before a restore, the newest first."""
    return sorted(folder().glob(f"{BEFORE}*.zip"), reverse=True)


def remove_all_but_newest() -> None:
    """Remove all but the ``MOST_KEPT`` newest of them."""
    for path in kept()[MOST_KEPT:]:
        path.unlink(missing_ok=True)


def new_waiting() -> str:
    """Return a name that nobody can guess for a backup that waits for confirmation."""
    return secrets.token_urlsafe(16)


def waiting(name: str) -> Path:
    """Return where the backup of that name waits."""
    return folder() / f"{WAITING}{name}.zip"


@contextmanager
def claimed(name: str) -> Iterator[Path]:
    """Hand out the waiting backup of that name to one caller at a time, and remove it when all went well.

    After an error it waits again. Raises :class:`NotWaiting`.
    """
    there = waiting(name)
    taken = there.with_suffix(".taken")
    try:
        there.rename(taken)
    except FileNotFoundError:
        raise NotWaiting(name) from None
    try:
        yield taken
    except BaseException:
        taken.rename(there)
        raise
    taken.unlink(missing_ok=True)


def remove_old_waiting() -> None:
    """Remove what was uploaded more than ``LONGEST_WAIT`` seconds ago and never restored."""
    for path in folder().glob(f"{WAITING}*"):
        if path.stat().st_mtime < time.time() - LONGEST_WAIT:
            path.unlink(missing_ok=True)
