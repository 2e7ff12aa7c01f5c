"""Reading what is exported: in the order of the database, and never all at once.

What lies in the bin is left out everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from app.assessments.models import Assessment
from app.definitions.models import Definition
from app.platform.database import db

Statement = Select[*tuple[Any, ...]]

AT_ONCE = 200
"""Rows that are held in memory at a time."""


def of_assessments(*columns: Any) -> Statement:
    """Return the statement of assessments, each with its definition's digest and something more."""
    return (
        select(Assessment, Definition.digest, *columns)
        .join(Definition, Definition.id == Assessment.definition_id)
        .where(Assessment.deleted_at.is_(None))
    )


def rows(statement: Statement) -> Iterator[Any]:
    """Yield the rows of a statement."""
    return iter(db.session.execute(statement.execution_options(yield_per=AT_ONCE)))


def scalars(statement: Statement) -> Iterator[Any]:
    """Yield what is in the one column of a statement."""
    return (row[0] for row in rows(statement))


def count(statement: Statement) -> int:
    """Return how many rows a statement has."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return int(db.session.execute(counted).scalar_one())


def in_the_bin() -> int:
    """Return how many assessments lie in the bin."""
    return count(select(Assessment.id).where(Assessment.deleted_at.is_not(None)))
