"""The tables: the partners, the contacts that we had with them, and how their level changed."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.database import Base, UTCDateTime, now

LEVELS = ("glance", "date", "engagement", "marriage", "separation", "divorce")
"""The seed's own words; on screen the plain name stands large and these small beside it."""

SECTORS = ("public", "private", "civil")
CONTACT_KINDS = ("meeting", "call", "mail", "visit", "event", "other")


class Partner(Base):
    """An organisation outside the library.

    ``name_key``: the name as it is looked for and compared, see :func:`app.partners.names.key`. ``sector``:
    one of ``SECTORS`` or ``""``. ``merged_into_id``: the partner that this one turned out to be; its address
    leads there. What is stored of a person stands in the ``contact_…`` columns and nowhere else;
    ``erased_at`` says when it was last erased.
    """

    __tablename__ = "partners"
    __table_args__ = (Index(None, "name_key"), Index(None, "level"), Index(None, "updated_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300))
    sector: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[str] = mapped_column(String(20), default="glance")
    owner: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_role: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(200), default="")
    contact_phone: Mapped[str] = mapped_column(String(50), default="")
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"), index=True)
    created_by: Mapped[str] = mapped_column(String(200))
    updated_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class PartnerContact(Base):
    """One time that we were in touch. ``on``: the day, ISO 8601; ``kind``: one of ``CONTACT_KINDS``."""

    __tablename__ = "partner_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    on: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class LevelChange(Base):
    """One step of a partner's level, up or down, with its reason. ``on``: the day, ISO 8601.

    ``before`` is ``""`` for the level that a partner came into the register with.
    """

    __tablename__ = "level_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    on: Mapped[str] = mapped_column(String(10))
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
