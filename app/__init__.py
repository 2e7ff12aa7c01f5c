"""Overvej: helps a public library consider a proposed partnership before saying yes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config


@contextmanager
def all_is_kept() -> Iterator[None]:
    """Look for no garbage while things are imported and set up: they stay, and looking takes an eighth."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def create_app(config: Config | None = None) -> Flask:
    """Return the web application, its database brought up to date.

    Without ``config`` the environment's is used. Raises :class:`app.config.InvalidConfig`, and
    :class:`app.platform.database.NewerTables` for a database of a newer Overvej.
    """
    with all_is_kept():
        # Imported here: the command and the printing process import ``app`` and need no web server.
        from app.factory import make_app  # noqa: PLC0415

        return make_app(config)
