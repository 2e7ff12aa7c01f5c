"""The tables: assessments, each with its history, and what its answers came to when they were last saved."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.definitions.models import Definition
from app.engine.result import Status
from app.engine.texts import LANGUAGES
from app.platform.columns import Signed, Versioned
from app.platform.constraints import (
    PUBLIC_ID,
    at_least,
    between,
    holds,
    is_day,
    made_of,
    one_of,
)
from app.platform.database import Base, PlainJson, UTCDateTime, now, where

Json = dict[str, Any]
Origin = Literal["new", "import", "example", "copy", "move", "workshop"]
Variant = Literal["full", "short"]
Kind = Literal["created", "answers", "variant", "reviewed", "restored", "moved", "deleted", "taken-back"]

KEPT = "deleted_at IS NULL"
DECISIONS = "decisions"
"""The table of what was decided on assessments. By name: its room builds on this one."""


class Assessment(Signed, Versioned, Base):
    """One filled-in questionnaire. ``subject``, ``answers`` and ``gates`` are those parts of an answers file.

    ``variant``: ``full`` or ``short``. ``origin``: ``new``, ``import``, ``example``,
    ``copy``, ``move`` (from an older version of its questionnaire) or ``workshop``.
    ``date``: the answers' own, ISO 8601. ``confirmed_gates``: the breached gates that the writer has
    said yes to once more. ``partner_id`` is empty for an example; ``goal_id``: the library's goal that the
    field about the goal names, if it names one. ``search_key``: partner and proposal as they are looked for,
    see :func:`app.partners.names.key`. ``deleted_at``: in the bin, from where it can be taken back.
    """

    __tablename__ = "assessments"
    __table_args__ = (
        # The list is put in order and searched here, without reading the answers; SQLite only does so where
        # it finds deleted_at as well. 2.4 kB at most for one assessment, and PostgreSQL takes 2.7.
        Index(None, "updated_at", "id", "search_key", "partner_id", "deleted_at", **where(KEPT)),
        Index(None, "deleted_at", "id", **where("deleted_at IS NOT NULL")),
        Index(None, "origin"),
        # A partner's latest is found here, without reading any row.
        Index(None, "partner_id", "date", "id", **where(KEPT)),
        made_of("public_id", *PUBLIC_ID),
        one_of("language", LANGUAGES),
        one_of("variant", get_args(Variant)),
        one_of("origin", get_args(Origin)),
        is_day("date"),
        at_least("respondents", 1),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"), index=True)
    search_key: Mapped[str] = mapped_column(String(700), default="")
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
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    definition: Mapped[Definition] = relationship(lazy="raise")

    @property
    def is_example(self) -> bool:
        """Whether it is only a try, which counts in no list."""
        return self.origin == "example"

    @property
    def is_from_workshop(self) -> bool:
        """Whether a room gave its answers."""
        return self.origin == "workshop"

    @property
    def is_short(self) -> bool:
        """Whether only the short version of its questionnaire is asked."""
        return self.variant == "short"


class AssessmentChange(Base):
    """One save of one assessment: who, when and what. Together they are its history, the oldest first.

    ``kind``: ``created``, ``answers``, ``variant``, ``reviewed``, ``restored``, ``moved``, ``deleted`` or
    ``taken-back``. ``changes``: for each question that changed, ``[before, after]`` as an answers file writes
    them, ``None`` for no answer; gates and fields about the partner are under their ids like items.
    """

    __tablename__ = "assessment_changes"
    __table_args__ = (one_of("kind", get_args(Kind)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    changes: Mapped[Json] = mapped_column(PlainJson, default=dict)
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Summary(Base):
    """What a reviewed assessment comes to, for lists of many: derived from its answers at every save.

    It is no truth of its own: it is written beside the answers in the same transaction, is never shown on
    the assessment's own pages, and can be made anew at any time. There is none before the review.
    ``outcome``, ``low``, ``high``, ``in_time``: ids, ``""`` where there is none. ``rank`` of ``highest``: the
    outcome's place, 0 the worst, ``-1`` without an outcome. ``value`` and ``readiness``, 0–100: the weighted
    mean of the known criteria on that axis, ``None`` where nothing on it is known.
    """

    __tablename__ = "assessment_summaries"
    __table_args__ = (
        one_of("status", get_args(Status)),
        holds("rank", "rank BETWEEN -1 AND highest"),
        holds("outcome", "(outcome = '') = (rank = -1)"),
        between("value", 0, 100),
        between("readiness", 0, 100),
        holds("known", "known BETWEEN 0 AND asked"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(200))
    low: Mapped[str] = mapped_column(String(200))
    high: Mapped[str] = mapped_column(String(200))
    in_time: Mapped[str] = mapped_column(String(200))
    rank: Mapped[int] = mapped_column()
    highest: Mapped[int] = mapped_column()
    value: Mapped[int | None] = mapped_column()
    readiness: Mapped[int | None] = mapped_column()
    known: Mapped[int] = mapped_column()
    asked: Mapped[int] = mapped_column()
