"""The tables: definitions as they were when first used, and assessments that each pin one of them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.database import Base, PlainJson, UTCDateTime, now

Json = dict[str, Any]


class Definition(Base):
    """A questionnaire's own JSON, kept as it was: a report made from it stays what it was.

    ``installed``: it was a file here when it was used. Of one version there is at most one such; what came
    inside a decision PDF stands beside it under its own digest, so that old PDFs can always be opened.
    """

    __tablename__ = "definitions"
    __table_args__ = (Index(None, "questionnaire", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(200))
    version: Mapped[str] = mapped_column(String(50))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(Text, deferred=True)
    installed: Mapped[bool] = mapped_column()
    first_seen: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Assessment(Base):
    """One filled-in questionnaire. ``subject``, ``answers`` and ``gates`` are those parts of an answers file.

    ``variant``: ``full`` or ``short``. ``origin``: ``new``, ``import``, ``example`` or ``copy``.
    ``date``: the answers' own, ISO 8601. ``confirmed_gates``: the breached gates that the writer has
    said yes to once more.
    """

    __tablename__ = "assessments"
    __table_args__ = (Index(None, "updated_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"), index=True)
    language: Mapped[str] = mapped_column(String(10))
    variant: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))
    date: Mapped[str] = mapped_column(String(10))
    respondents: Mapped[int] = mapped_column(default=1)
    subject: Mapped[Json] = mapped_column(PlainJson)
    answers: Mapped[Json] = mapped_column(PlainJson)
    gates: Mapped[Json] = mapped_column(PlainJson)
    confirmed_gates: Mapped[list[str]] = mapped_column(PlainJson, default=list)
    reviewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(200))
    updated_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    row_version: Mapped[int] = mapped_column()

    definition: Mapped[Definition] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012
