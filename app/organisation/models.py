"""The tables: the library itself, and the goals that a partnership may serve."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.columns import Signed, Versioned
from app.platform.constraints import PUBLIC_ID, at_least, holds, made_of, one_of, written
from app.platform.database import Base, PlainJson, UTCDateTime, now

THE_LIBRARY = 1
"""The id of the one row."""

PNG, SVG = "image/png", "image/svg+xml"
"""The media types of logos."""


class Organisation(Versioned, Base):
    """The library that uses this Overvej: one row, made at the first save of the settings.

    ``language``: the one that a reader who has chosen none is answered in. ``logo``: a sanitised PNG or SVG,
    ``logo_type`` its media type (``""`` without one). ``thresholds``: ``{"amount": whole kroner, "decides":
    who must decide above it}``, the smallest first. ``contact``: where somebody who cannot use the pages can
    write; it is given in the accessibility statement.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        holds("id", f"id = {THE_LIBRARY}"),
        one_of("logo_type", ("", PNG, SVG)),
        holds("logo", "logo_type = '' OR logo IS NOT NULL"),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(10), default="da")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    logo_type: Mapped[str] = mapped_column(String(20), default="")
    thresholds: Mapped[list[dict[str, Any]]] = mapped_column(PlainJson, default=list)
    default_owner: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    updated_by: Mapped[str] = mapped_column(String(200))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Goal(Signed, Versioned, Base):
    """A goal of the library. One that an assessment serves is never removed, only taken out of use.

    ``position`` orders them on pages; of equal positions the older comes first.
    """

    __tablename__ = "goals"
    __table_args__ = (
        made_of("public_id", *PUBLIC_ID),
        written("title"),
        at_least("position", 0),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
