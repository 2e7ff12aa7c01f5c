"""Backups in the data folder: those that were kept before a restore, and one that waits to be restored."""

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
    """The backup was restored already, is being restored just now, or was removed."""


def folder() -> Path:
    """Return the folder of backups, made at the first call; its owner alone may look into it."""
    path = Path(current_app.config["DATA_FOLDER"]) / "backups"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_place() -> Path:
    """Return where to keep what is there now, before it is replaced."""
    return folder() / f"{BEFORE}{now():%Y-%m-%d-%H%M%S-%f}.zip"


def kept() -> list[Path]:
    """Return the backups that were kept before a restore, the newest first."""
    return sorted(folder().glob(f"{BEFORE}*.zip"), reverse=True)


def forget_all_but_newest() -> None:
    """Remove the oldest of them."""
    for path in kept()[MOST_KEPT:]:
        path.unlink(missing_ok=True)


def new_waiting() -> str:
    """Return a name, not to be guessed, for a backup that waits until somebody says yes."""
    return secrets.token_urlsafe(16)


def waiting(name: str) -> Path:
    """Return where the backup of that name waits."""
    return folder() / f"{WAITING}{name}.zip"


@contextmanager
def taken_up(name: str) -> Iterator[Path]:
    """The backup of that name, which only one can take up at a time; it is gone when all went well.

    An error lets it wait again. Raises :class:`NotWaiting`.
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


def forget_waiting() -> None:
    """Remove what was uploaded and never restored, a day later."""
    for path in folder().glob(f"{WAITING}*"):
        if path.stat().st_mtime < time.time() - LONGEST_WAIT:
            path.unlink(missing_ok=True)
