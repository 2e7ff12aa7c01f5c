"""The tables: the partners, the contacts that we had with them, and how their level changed."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from app.partners import names
from app.platform.columns import Signed, Versioned
from app.platform.constraints import PUBLIC_ID, at_least, holds, is_day, made_of, one_of, written
from app.platform.database import Base, UTCDateTime, now

LEVELS = ("glance", "date", "engagement", "marriage", "separation", "divorce")
"""The seed's own words; on screen the plain name is large and these are small beside it."""

SECTORS = ("public", "private", "civil")
CONTACT_KINDS = ("meeting", "call", "mail", "visit", "event", "other")
CONTACT_PERSON = ("contact_name", "contact_role", "contact_email", "contact_phone")
"""The columns that hold all that is stored of a person."""

FACTS = ("name", "sector", "owner", "about", *CONTACT_PERSON)
"""The columns that are written on the page of what is known."""

Ordered = String(names.LONGEST).with_variant(String(names.LONGEST, collation="C"), "postgresql")
"""Text that both databases order alike, letter by letter."""


def _sort_key(context: DefaultExecutionContext) -> str:
    return names.sort_key(context.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


def _key(context: DefaultExecutionContext) -> str:
    return names.key(context.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


class Partner(Signed, Versioned, Base):
    """An organisation outside the library.

    ``name_key``: the name as it is looked for and compared, see :func:`app.partners.names.key`; ``sort_key``:
    its place in the Danish alphabet. ``sector``: one of ``SECTORS`` or ``""``. ``merged_into_id``: the
    partner that this one turned out to be; its address leads there. What is stored of a person is in
    the ``contact_…`` columns and nowhere else;
    ``contact_by`` and ``contact_at`` say who wrote that and when, ``erased_by`` and ``erased_at`` who last
    erased it. ``updated_at``: when anything was last written about the partner; ``row_version`` counts only
    the facts in this row, so that logging a contact disturbs nobody who is editing them.
    """

    __tablename__ = "partners"
    __table_args__ = (
        # Who was not merged into another is here in order, and so are those who are responsible.
        Index(None, "merged_into_id", "sort_key"),
        Index(None, "merged_into_id", "owner"),
        Index(None, "name_key"),
        Index(None, "sort_key"),
        Index(None, "level"),
        Index(None, "updated_at"),
        made_of("public_id", *PUBLIC_ID),
        written("name"),
        one_of("sector", ("", *SECTORS)),
        one_of("level", LEVELS),
        holds("contact_by", "contact_by = '' OR contact_at IS NOT NULL"),
        holds("erased_by", "erased_by = '' OR erased_at IS NOT NULL"),
        holds("merged_into_id", "merged_into_id <> id"),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300), default=_key)
    sort_key: Mapped[str] = mapped_column(Ordered, default=_sort_key)
    sector: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[str] = mapped_column(String(20), default="glance")
    owner: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_role: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(200), default="")
    contact_phone: Mapped[str] = mapped_column(String(50), default="")
    contact_by: Mapped[str] = mapped_column(String(200), default="")
    contact_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_by: Mapped[str] = mapped_column(String(200), default="")
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))

    @property
    def person(self) -> list[str]:
        """What is stored of a person there: name, role, e-mail and phone, without those that are not."""
        return [written for column in CONTACT_PERSON if (written := getattr(self, column))]

    @property
    def has_person(self) -> bool:
        """Whether anything is stored of a person there."""
        return bool(self.person)


class PartnerContact(Versioned, Base):
    """One time that we were in touch. ``on``: the day, ISO 8601; ``kind``: one of ``CONTACT_KINDS``.

    ``corrected_by``: who last corrected what was first written, ``""`` where nobody did.
    """

    __tablename__ = "partner_contacts"
    __table_args__ = (
        made_of("public_id", *PUBLIC_ID),
        is_day("on"),
        one_of("kind", CONTACT_KINDS),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    on: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(String(200))
    corrected_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class LevelChange(Base):
    """One step of a partner's level, up or down, with its reason. ``on``: the day, ISO 8601.

    ``before`` is ``""`` for the level that a partner came into the register with. ``corrected_by``: who last
    corrected the reason, ``""`` where nobody did.
    """

    __tablename__ = "level_changes"
    __table_args__ = (
        Index(None, "partner_id", "on", "id", "after"),
        is_day("on"),
        one_of("before", ("", *LEVELS)),
        one_of("after", LEVELS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"))
    on: Mapped[str] = mapped_column(String(10))
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(String(200))
    corrected_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
