"""What must not be done twice at once: to see that something is not there yet, and to make it."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def named_lock(session: Session, what: str) -> None:
    """Let nobody else do ``what`` until the transaction ends, and see all that they did before.

    SQLite lets only one write at a time anyway; on PostgreSQL no row can be locked that is not there yet.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": f"overvej {what}"})
