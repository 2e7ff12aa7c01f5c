"""Brings tables up to a revision: those of the database at a start, and those of a backup that is restored.

No other module imports Alembic, and this one is imported only where there is something to bring up.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.platform.revisions import MIGRATIONS

_one_at_a_time = Lock()
"""Alembic gives migrations their database through a name that all threads share."""


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the tables that ``connection`` sees up to a revision, in the transaction that it is in."""
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])

    def steps(now_at: Any, context: MigrationContext) -> list[MigrationStep]:
        return list(scripts._upgrade_revs(revision, now_at))

    with _one_at_a_time, EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, render_as_batch=True)
        environment.run_migrations()
