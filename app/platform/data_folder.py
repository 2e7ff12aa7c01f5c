"""The data folder: it tells who said what, so its owner alone may look into it."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OURS = ("*.sqlite3", "*.sqlite3-wal", "*.sqlite3-shm", "secret-key", "backups", "backups/*")


def private_folder(folder: Path) -> Path:
    """Make the folder and return it; it and what is ours in it are closed to others, also if they are old."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder, *(found for pattern in OURS for found in folder.glob(pattern))):
        # Somebody else's folder is theirs to close, and what SQLite made may be gone by now.
        with suppress(PermissionError, FileNotFoundError):
            _close_to_others(path)
    return folder


def private_file(path: Path) -> Path:
    """Return ``path``; where there was no file, there is an empty one that its owner alone can read."""
    path.touch(mode=0o600)
    return path


def _close_to_others(path: Path) -> None:
    mode = path.stat().st_mode
    is_everybody_s = mode & stat.S_ISVTX  # such as /tmp, which others could no longer use
    if mode & OTHERS and not is_everybody_s:
        path.chmod(stat.S_IMODE(mode) & ~OTHERS)
