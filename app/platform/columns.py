"""Columns that many tables have: who wrote a row and when, and its version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.platform.database import UTCDateTime, now


class Signed:
    """A row that says who wrote it and who changed it last, and when."""

    created_by: Mapped[str] = mapped_column(String(200))
    updated_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Versioned:
    """A row with a number that grows at each change, so that nobody writes over what they have not read."""

    row_version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands it the class
        """Let SQLAlchemy count, and refuse an update of a row that was changed since it was read."""
        return {"version_id_col": cls.row_version}
