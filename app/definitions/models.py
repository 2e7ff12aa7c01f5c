"""The table of definitions. Whatever was answered pins one of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.constraints import HASH, made_of, written
from app.platform.database import Base, UTCDateTime, now


class Definition(Base):
    """A questionnaire's own JSON, kept as it was: a report made from it stays what it was.

    ``installed``: it was a file here when it was used. Of one version there is at most one such; what came
    inside a decision PDF is kept beside it under its own digest, so that old PDFs can always be opened.
    """

    __tablename__ = "definitions"
    __table_args__ = (
        Index(None, "questionnaire", "version"),
        written("questionnaire"),
        written("version"),
        made_of("digest", *HASH),
        written("source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(200))
    version: Mapped[str] = mapped_column(String(50))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(Text, deferred=True)
    installed: Mapped[bool] = mapped_column()
    first_seen: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
