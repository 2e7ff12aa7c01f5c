"""The key that signs cookies: made once, kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE_NAME = "secret-key"


def secret_key(folder: Path) -> str:
    """Return the key in ``folder``, made at the first call. Two servers that start at once agree on one."""
    path = folder / FILE_NAME
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.stat().st_size:
        path.unlink()  # a machine that lost its power, or its disk, while the key was written
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii")


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
