"""A real server with one open workshop, which can be killed and started again where it was."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from app import create_app
from app.config import Config
from app.platform.database import close_database, db
from app.platform.network import own_address
from app.workshops.models import Participant, Workshop
from tests.workshops.ways import opened, room

ROOT = Path(__file__).resolve().parents[3]
NETWORK = own_address() or "127.0.0.2"
"""Where phones ask, and what they ask from: this machine's address in its network. Where it is in none, one
that Linux has as well, and that is not 127.0.0.1, which has a server of its own."""


class Room:
    """The server's process, and the workshop in its database."""

    def __init__(self, folder: Path, url: str = "", **chosen):
        self.environ = {**os.environ, "OVERVEJ_DATA": str(folder), "LC_ALL": "C"}
        if url:
            self.environ["OVERVEJ_DATABASE_URL"] = url
        self.app = create_app(Config(folder, url))
        self.public_id = opened(self.app, **chosen)
        self.workshop: Workshop = room(self.app, self.public_id)
        self.port = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "app.cli", "serve", "--no-browser", "--port", str(self.port)]
        command += ["--workshop", "--address", "http://overvej.example"]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env=self.environ,
            start_new_session=True,
        )
        said = self.process.stdout.readline()
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)", said)[1])

    def kill(self) -> None:
        """As ``kill -9``: the server and all that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stored(self) -> dict[int, dict]:
        """What is stored of each phone's answers, by its number."""
        with self.app.app_context():
            rows = db.session.execute(
                select(Participant.number, Participant.answers).where(
                    Participant.workshop_id == self.workshop.id
                )
            )
            return dict(rows.all())


@contextmanager
def serving(folder: Path, url: str = "", **chosen):
    """A server that is killed in the end, whatever happened."""
    served = Room(folder, url, **chosen)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.kill()
        close_database(served.app)
