"""Doing a job: taking it, telling that it is alive, and ending it; and finding those that nobody does.

A job is taken by an update that only one process can win. The number of the attempt is its ticket: whoever
comes back to a job that another has taken in the meantime writes nothing.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Engine, Update, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.platform.database import db, now, writing
from app.platform.i18n import gettext as _
from app.platform.i18n import speak
from app.platform.jobs import KEPT, KINDS, Interrupted, Job, JobFailed, Product, hand_over

LOG = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BEAT = 1.0
"""Seconds between two signs of life."""

SILENT = timedelta(seconds=15)
"""After this long without one, a job is begun again."""

FORGOTTEN = timedelta(seconds=60)
"""After this long in the queue, a waiting job is put there once more."""

LARGEST_PRODUCT = 256 * 1024 * 1024
"""Bytes: what a database takes in one value without trouble."""


@dataclass(frozen=True)
class Taken:
    """A job that this process does. ``attempt`` is its ticket."""

    public_id: str
    attempt: int
    kind: str
    language: str
    parameters: dict[str, Any]

    def write(self, **values: object) -> Update:
        """Return the statement that writes to the job, as long as it is ours."""
        mine = (Job.public_id == self.public_id, Job.state == "running", Job.attempts == self.attempt)
        return update(Job).where(*mine).values(**values).execution_options(synchronize_session=False)


class Pulse:
    """Tells the table every second that a job is alive, and how far it has come."""

    def __init__(self, taken: Taken, engine: Engine) -> None:
        self.taken = taken
        self._engine = engine
        self._far = (0, 0)
        self._ended = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Pulse:
        _PULSES[self.taken.public_id] = self
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()
        _PULSES.pop(self.taken.public_id, None)

    def tell(self, done: int, total: int) -> None:
        """Remember how far the job has come. Raises :class:`Interrupted` where it is to end."""
        self._far = (done, total)
        if self._stopped.is_set():
            raise Interrupted

    def stop(self) -> None:
        """Let the job end when it next tells how far it has come."""
        self._stopped.set()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT):
            done, total = self._far
            try:
                with self._engine.connect().execution_options(writes=True) as connection:
                    found = connection.execute(self.taken.write(heartbeat=now(), done=done, total=total))
                    connection.commit()
            except SQLAlchemyError as error:  # somebody writes for long: the next beat comes soon
                LOG.info("no sign of life could be written: %s", error)
                continue
            if found.rowcount == 0:
                self.stop()


_PULSES: dict[str, Pulse] = {}
"""The jobs that this process does."""


def run_now(public_id: str) -> None:
    """Do a job here and now, unless somebody does it or has done it. Raises nothing of the job's own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context():
        taken = _take(public_id)
        if taken is None:
            return
        g.job = public_id
        speak(taken.language)
        try:
            with Pulse(taken, db.engine) as pulse:
                product = _made(taken, pulse)
        except Interrupted:
            _write(taken.write(state="waiting", attempts=taken.attempt - 1))
        except JobFailed as failed:
            _fail(taken, str(failed))
        except Exception:
            LOG.exception("the job %s (%s) failed", public_id, taken.kind)
            _fail(taken, _("Something went wrong. The error is ours and is in the server’s log."))
        else:
            _finish(taken, product)


def _take(public_id: str) -> Taken | None:
    with writing() as session:
        won = session.execute(
            update(Job)
            .where(Job.public_id == public_id, Job.state == "waiting")
            .values(state="running", attempts=Job.attempts + 1, heartbeat=now(), done=0, total=0)
            .returning(Job.attempts, Job.kind, Job.language, Job.parameters)
            .execution_options(synchronize_session=False)
        ).one_or_none()
    return Taken(public_id, *won) if won else None


def _made(taken: Taken, pulse: Pulse) -> Product:
    product = KINDS[taken.kind].work(taken.parameters, taken.language, pulse.tell)
    if len(product.content) > LARGEST_PRODUCT:
        raise JobFailed(_("The file would be larger than Overvej can keep. Ask for less."))
    return product


def _finish(taken: Taken, product: Product) -> None:
    made = {"file_name": product.file_name, "mime": product.mime, "content": product.content}
    _write(taken.write(state="done", summary=product.summary, finished_at=now(), **made))


def _fail(taken: Taken, problem: str) -> None:
    db.session.rollback()
    _write(taken.write(state="failed", problem=problem, finished_at=now()))


def _write(statement: Update) -> None:
    with writing() as session:
        session.execute(statement)


def stop_all() -> None:
    """Ask every job of this process to end; each waits then for somebody else to take it."""
    for pulse in list(_PULSES.values()):
        pulse.stop()


def running_here() -> int:
    """Return how many jobs this process does at this moment."""
    return len(_PULSES)


def sweep(at_start: bool = False) -> None:
    """Put jobs that nobody does back into the queue, and clear away what is too old to be fetched.

    ``at_start``: every waiting job is put there, since the queue may have lost them.
    """
    moment = now()
    with writing() as session:
        silent = session.execute(
            select(Job)
            .where(Job.state == "running", Job.heartbeat < moment - SILENT, Job.public_id.not_in(_PULSES))
            .with_for_update(skip_locked=True)
        ).scalars()
        for job in silent:
            _give_back(job)
        session.flush()
        waiting = session.execute(
            select(Job)
            .where(Job.state == "waiting", Job.heartbeat < moment - (timedelta() if at_start else FORGOTTEN))
            .order_by(Job.id)
            .with_for_update(skip_locked=True)
        ).scalars()
        found = []
        for job in waiting:
            job.heartbeat = moment
            found.append(job.public_id)
        session.execute(
            update(Job).where(Job.finished_at < moment - KEPT, Job.content.is_not(None)).values(content=None)
        )
    for public_id in found:
        hand_over(public_id)


def _give_back(job: Job) -> None:
    """Let a silent job wait again; one that took its process along so often is not tried a fourth time."""
    if job.attempts < MOST_ATTEMPTS:
        LOG.warning("the job %s (%s) is begun again", job.public_id, job.kind)
        job.state, job.heartbeat = "waiting", now() - 2 * FORGOTTEN
        return
    speak(job.language)
    job.state, job.finished_at = "failed", now()
    job.problem = _("It was begun %(times)s times and broke off each time.", times=job.attempts)
