"""Work in the background: what takes longer than a reader waits, with its progress, and its product to fetch.

The table is the truth. The queue behind it (Huey) may lose a task when its process is killed; whatever says
that it runs and has not been heard of for a while is begun again. So a job must be able to run twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.database import Base, PlainJson, UTCDateTime, now


class Job(Base):
    """One piece of work. ``state``: ``waiting``, ``running``, ``done`` or ``failed``.

    ``language``: the one that its product, and what it says, are in. ``problem``: why it failed, for the
    person who asked for it. ``content``: the product, ``None`` until it is done and after it was cleared.
    """

    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    parameters: Mapped[dict[str, Any]] = mapped_column(PlainJson, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    mime: Mapped[str] = mapped_column(String(100), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    actor: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    heartbeat: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


@dataclass(frozen=True)
class Product:
    """What a job makes: a file to fetch."""

    file_name: str
    mime: str
    content: bytes


class JobFailed(Exception):
    """A job that cannot be done; its text is for the person who asked for it, in the job's language."""


Progress = Callable[[int, int], None]
"""Called with how much is done, of how much."""

Work = Callable[[Mapping[str, Any], str, Progress], Product]
"""A job's function: its parameters (plain data), its language, and whom to tell how far it has come.

It runs in the application's context, outside a request. Raises :class:`JobFailed`.
"""

WORK: dict[str, Work] = {}
"""Every kind of job, by name."""


def register(kind: str, work: Work) -> None:
    """Make a kind of job known. Each room that has one calls it when the application is put together."""
    WORK[kind] = work
