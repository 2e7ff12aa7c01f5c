"""The queue between pages and the process that does jobs: Huey, and nothing else of the app knows it.

It holds ids alone. In the data folder it is a SQLite file of its own; with PostgreSQL it is in tables
of its own beside ours, so that several servers share it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from app.platform.data_folder import private_file

if TYPE_CHECKING:
    from huey import Huey

NAME = "overvej"
FILE = "jobs.sqlite3"
SLOWEST_LOOK = 1.0
"""Seconds between two looks into a queue that stays empty."""

AT_ONCE = 2
"""So that a short job does not wait for a long one; there are rarely more processors to spare."""


class Queue:
    """The ids of the jobs that wait."""

    def __init__(self, engine_url: str, data_folder: Path) -> None:
        self._url = make_url(engine_url)
        self._file = data_folder / FILE

    def put(self, public_id: str) -> None:
        """Add a job. Two of the same do no harm: only one of them is taken."""
        huey = self._opened()
        try:
            _task(huey, _done_elsewhere)(public_id)
        finally:
            huey.storage.close()

    def serve(self, run: Callable[[str], None], ended: threading.Event) -> None:
        """Call ``run`` with each id, in threads, until ``ended`` is set. Returns without waiting for them."""
        # Huey logs each task; what there is to know of a job is in its row.
        logging.getLogger("huey").setLevel(logging.ERROR)
        huey = self._opened()
        _task(huey, run)
        consumer = huey.create_consumer(workers=AT_ONCE, periodic=False, max_delay=SLOWEST_LOOK)
        consumer.start()
        ended.wait()
        consumer.stop()

    def _opened(self) -> Huey:
        from huey import PostgresHuey, SqliteHuey  # noqa: PLC0415 - brings PostgreSQL's driver with it

        if self._url.get_backend_name() == "postgresql":
            address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
            return PostgresHuey(NAME, results=False, dsn=address)
        return SqliteHuey(NAME, results=False, filename=str(private_file(self._file)))


def _task(huey: Huey, run: Callable[[str], None]) -> Callable[[str], object]:
    def job(public_id: str) -> None:
        run(public_id)

    # Huey names a task by its module too, so both ends make it here.
    task: Callable[[str], object] = huey.task(name="job")(job)
    return task


def _done_elsewhere(public_id: str) -> None:
    raise NotImplementedError("a page hands jobs over and does none")
