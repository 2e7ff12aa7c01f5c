"""Overvej: helps a public library consider a proposed partnership before saying yes."""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config


@cache
def imported(name: str) -> ModuleType:
    """Import a module with all that it needs, without looking for garbage in it, then or later: it stays."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        if was_looking:
            gc.enable()


def create_app(config: Config | None = None) -> Flask:
    """Return the web application, its database brought up to date.

    Without ``config`` the environment's is used. Raises :class:`app.config.InvalidConfig`, and
    :class:`app.platform.database.NewerTables` for a database of a newer Overvej.
    """
    # Not at the top: the command and the printing process import ``app`` and need no web server.
    application: Flask = imported("app.factory").make_app(config)
    return application
