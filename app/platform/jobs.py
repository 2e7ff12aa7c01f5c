"""Work in the background: what takes longer than a reader waits, with its progress, and its product to fetch.

The table is the truth. The queue behind it (:mod:`app.platform.queue`) may lose a task when its process is
killed; whatever says that it runs and has not been heard of for a while is begun again
(:mod:`app.platform.running`). So a job must be able to run twice.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g
from sqlalchemy import LargeBinary, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.texts import LANGUAGES
from app.platform.constraints import PUBLIC_ID, at_least, made_of, one_of, written
from app.platform.database import Base, PlainJson, UTCDateTime, db, now, writing

LOG = logging.getLogger(__name__)

KEPT = timedelta(days=7)
"""How long a product can be fetched."""


STATES = ("waiting", "running", "done", "failed")


class Job(Base):
    """One piece of work. ``state``: ``waiting``, ``running``, ``done`` or ``failed``.

    ``language``: the one that its product, and what it says, are in. ``problem``: why it failed, for the
    person who asked for it. ``summary``: what one may want to know of a done one. ``content``: what was
    uploaded for it, and when it is done its product; ``None`` after it was cleared. ``heartbeat``: when it
    was last heard of; while it waits, when it was last put into the queue.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        made_of("public_id", *PUBLIC_ID),
        written("kind"),
        one_of("language", LANGUAGES),
        one_of("state", STATES),
        at_least("done", 0),
        at_least("total", 0),
        at_least("attempts", 0),
    )

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
    summary: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    mime: Mapped[str] = mapped_column(String(100), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    actor: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    heartbeat: Mapped[datetime | None] = mapped_column(UTCDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


@dataclass(frozen=True)
class Product:
    """What a job makes: a file to fetch. ``summary``: sentences shown beside it, in the job's language."""

    file_name: str
    mime: str
    content: bytes
    summary: str = ""


class JobFailed(Exception):
    """A job that cannot be done; its text is for the person who asked for it, in the job's language."""


Progress = Callable[[int, int], None]
"""Called with how much is done, of how much. Call often: it costs nothing, and a job ends only there."""

Work = Callable[[Mapping[str, Any], str, Progress], Product]
"""A job's function: its parameters (plain data), its language, and whom to tell how far it has come.

It runs in the application's context, outside a request, where ``gettext`` speaks the job's language. Raises
:class:`JobFailed`. It may be ended by :class:`Interrupted` and begun again from the start.
"""


class Interrupted(BaseException):
    """The server ends, or another process has the job now. Not an error: no ``except Exception`` meets it."""


@dataclass(frozen=True)
class Kind:
    """A kind of job. ``title`` says what is made, in the reader's language; ``back`` is the endpoint of the
    page that asks for it, ``""`` for none.
    """

    work: Work
    title: Callable[[], str]
    back: str


KINDS: dict[str, Kind] = {}
"""Every kind of job, by name."""


def register(kind: str, work: Work, title: Callable[[], str] = lambda: "", back: str = "") -> None:
    """Make a kind of job known. Each room that has one calls it when the application is put together."""
    KINDS[kind] = Kind(work, title, back)


def begin(
    kind: str, parameters: Mapping[str, Any], language: str, actor: str, upload: bytes | None = None
) -> str:
    """Ask for a job and return its public id; it is done in a process of its own, soon.

    ``parameters``: plain data. ``upload``: a file that the job needs, read by :func:`uploaded_file`.
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of job: {kind}")
    with writing() as session:
        job = Job(kind=kind, parameters=dict(parameters), language=language, actor=actor, content=upload)
        session.add(job)
        session.flush()
        public_id = job.public_id
    hand_over(public_id)
    return public_id


def again(public_id: str) -> bool:
    """Begin a failed job, or one whose product was cleared, once more; say whether there was one."""
    with writing() as session:
        over = (Job.state == "failed") | ((Job.state == "done") & Job.content.is_(None))
        changed = session.execute(
            update(Job)
            .where(Job.public_id == public_id, over)
            .values(state="waiting", attempts=0, problem="", summary="", done=0, total=0, heartbeat=now())
        )
        found: bool = changed.rowcount == 1  # type: ignore[attr-defined]
    if found:
        hand_over(public_id)
    return found


def hand_over(public_id: str) -> None:
    """Put a waiting job into the queue, and see that somebody reads it. Called after the commit."""
    try:
        current_app.extensions["queue"].put(public_id)
    except Exception:
        # The row waits, and whoever sweeps finds it: a reader must not be told that their job is lost.
        LOG.warning("the queue could not be reached; the job waits", exc_info=True)
    wake = current_app.extensions.get("wake_jobs")
    if wake is not None:
        wake()


def uploaded_file() -> bytes:
    """Return the file that was uploaded for the job that is running here, ``b""`` where it is gone."""
    content = db.session.execute(select(Job.content).where(Job.public_id == g.job)).scalar_one_or_none()
    return content or b""


def something_to_do() -> bool:
    """Say whether there is a job to be done, or a product that has been kept long enough."""
    old = (Job.finished_at < now() - KEPT) & Job.content.is_not(None)
    found = select(Job.id).where(Job.state.in_(("waiting", "running")) | old).limit(1)
    return db.session.execute(found).first() is not None
