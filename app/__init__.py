"""Overvej: helps a public library consider a proposed partnership before saying yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config


def create_app(config: Config | None = None) -> Flask:
    """Return the web application, its database brought up to date.

    Without ``config`` the environment's is used. Raises :class:`app.config.InvalidConfig`, and
    :class:`app.platform.database.NewerTables` for a database of a newer Overvej.
    """
    # Imported here: the command and the printing process import ``app`` and need no web server.
    from app.factory import make_app  # noqa: PLC0415

    return make_app(config)
