"""What can be set from outside: where the data is kept, and which database holds it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

MEGABYTE = 1024 * 1024


class InvalidConfig(ValueError):
    """A setting that cannot be used; its text is for the person who set it."""


@dataclass(frozen=True)
class Config:
    """The settings of one running Overvej.

    ``data_folder`` holds the secret key and, without a ``database_url``, the SQLite file.
    ``largest_upload``: bytes. ``workshop_address``: what phones are told while a workshop is served to the
    network, ``http://192.168.1.20:8000``; with ``""`` nobody but this machine is answered.
    """

    data_folder: Path
    database_url: str = ""
    largest_upload: int = 8 * MEGABYTE
    workshop_address: str = ""

    @property
    def engine_url(self) -> str:
        """The database's address as SQLAlchemy wants it; PostgreSQL always through psycopg 3."""
        if not self.database_url:
            return f"sqlite:///{(self.data_folder / 'overvej.sqlite3').resolve()}"
        try:
            url = make_url(self.database_url)
        except ArgumentError:
            raise InvalidConfig(
                "OVERVEJ_DATABASE_URL is no database address. Write postgresql://user:password@host/name."
            ) from None
        if url.get_backend_name() in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        elif url.get_backend_name() != "sqlite":
            raise InvalidConfig(
                f"OVERVEJ_DATABASE_URL names {url.get_backend_name()}. Overvej knows postgresql and sqlite."
            )
        return url.render_as_string(hide_password=False)


def from_environment() -> Config:
    """Return the settings of the environment: ``OVERVEJ_DATA`` and ``OVERVEJ_DATABASE_URL``."""
    folder = os.environ.get("OVERVEJ_DATA")
    return Config(
        data_folder=Path(folder).expanduser() if folder else user_data_path("overvej", appauthor=False),
        database_url=os.environ.get("OVERVEJ_DATABASE_URL", ""),
    )
