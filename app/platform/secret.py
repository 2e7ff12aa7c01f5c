"""The key that signs cookies: made once, kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

FILE_NAME = "secret-key"
SHORTEST = 32
"""Characters. A key that is made here has twice as many."""


class UnusableKey(ValueError):
    """The file holds no key that could sign anything. ``path``: where it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} holds no key")
        self.path = path


def secret_key(folder: Path) -> str:
    """Return the key in ``folder``, made at the first call. Two servers that start at once agree on one.

    Raises :class:`UnusableKey` where the file is damaged, or holds what anybody could guess.
    """
    path = folder / FILE_NAME
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.stat().st_size:
        path.unlink()  # a machine that lost its power, or its disk, while the key was written
    if not path.exists():
        _make(path)
    try:
        key = path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError:
        raise UnusableKey(path) from None
    if len(key) < SHORTEST or not key.isprintable():
        raise UnusableKey(path)
    return key


def own_name(key: str) -> str:
    """Return what tells cookies that are signed with ``key`` from those of other programs on this machine.

    A browser keeps one set of cookies for all of 127.0.0.1, whatever the port.
    """
    return hashlib.sha256(f"cookies of {key}".encode()).hexdigest()[:8]


def _make(path: Path) -> None:
    """Write the whole key under another name first: nobody ever reads half of one."""
    draft = path.with_name(f".{FILE_NAME}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other server was first: its key is the one
    except OSError:
        draft.replace(path)  # a file system without hard links
        return
    draft.unlink()
