"""The application as a command uses it: what is in its way is said in one line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import create_app
from app.catalogue import installed
from app.cli.problem import Problem, remark
from app.config import InvalidConfig, from_environment
from app.definitions.reading import changed_since_used
from app.platform.database import NewerTables, close_database
from app.platform.secret import UnusableKey

if TYPE_CHECKING:
    from flask import Flask

ROOM = 2**20
"""Bytes. With less free, SQLite calls a disk full."""


def web_application(workshop_address: str = "") -> Flask:
    """Return the application, and tell of questionnaires that were changed and kept their version.

    ``workshop_address``: what phones are told where others are let in. Raises :class:`Problem` where
    settings, folder or database cannot be used.
    """
    try:
        application = create_app(replace(from_environment(), workshop_address=workshop_address))
        with application.app_context():
            changed = changed_since_used(loaded.questionnaire for loaded in installed().loaded)
    except InvalidConfig as error:
        raise Problem(str(error)) from error
    except UnusableKey as error:
        message = _(
            "the key that signs cookies is damaged or too short: {file}. Delete the file, and Overvej will "
            "make a new one; no answers are lost, but names must be typed again"
        )
        raise Problem(message.format(file=error.path)) from error
    except OSError as error:
        message = _("the data folder cannot be used: {file}: {reason}")
        raise Problem(message.format(file=error.filename, reason=error.strerror)) from error
    except NewerTables as error:
        raise Problem(
            _("the database was made by a newer version of Overvej; install that version here")
        ) from error
    except SQLAlchemyError as error:
        raise Problem(_unusable_database(error)) from error
    for questionnaire in changed:
        message = _(
            "Cannot be started: {id} {version} was changed after it had been used; give it a new version"
        )
        remark(message.format(id=questionnaire.id, version=questionnaire.version))
    return application


def _unusable_database(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if is_full(cause):
        return _("the disk is full: {reason}. Make room where the database is, and start again").format(
            reason=cause
        )
    return _("the database cannot be used: {reason}").format(reason=cause)


def is_full(cause: object) -> bool:
    """Say whether the database could not write because there is no room on the disk."""
    name = getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or ""
    if name.startswith("SQLITE_IOERR"):  # which is what is said of the files beside the database's own
        return shutil.disk_usage(from_environment().data_folder).free < ROOM
    return name in {"SQLITE_FULL", "53100"}


@contextmanager
def application_in_use() -> Iterator[Flask]:
    """Let a command work on what is stored, and close the database after it. Raises :class:`Problem`."""
    application = web_application()
    try:
        with application.app_context():
            yield application
    finally:
        close_database(application)
