"""The tables: what the writer proposes, what leadership decided, and how it went."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.columns import Signed, Versioned
from app.platform.constraints import PUBLIC_ID, at_least, holds, is_day, made_of, one_of, written
from app.platform.database import Base, UTCDateTime, now

VERDICTS = ("approved", "amended", "postponed", "declined")
WENT = ("better", "as-hoped", "worse", "not-done")


class Motion(Signed, Versioned, Base):
    """What the writer proposes to leadership on one assessment, and what Overvej recommended at that time.

    ``outcome`` and ``recommended`` are ids of outcomes in the assessment's questionnaire; ``recommended`` is
    ``""`` where too little was known. ``why``: needed where the two differ.
    """

    __tablename__ = "motions"
    __table_args__ = (
        Index(None, "created_at", "id", "assessment_id"),
        written("outcome"),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), unique=True)
    outcome: Mapped[str] = mapped_column(String(200))
    recommended: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")


class Decision(Signed, Versioned, Base):
    """What leadership decided on one assessment; a postponed one is followed by another.

    ``verdict``: one of ``VERDICTS``. ``outcome``: the id that was decided, ``""`` when postponed.
    ``recommended`` and ``proposed``: the recommendation and the motion as they were then. ``decided_on`` and
    ``follow_up_on``: days, ISO 8601; ``follow_up_on`` is ``""`` where none was agreed.
    """

    __tablename__ = "decisions"
    # Which assessments are decided and what is to be followed up is read here, without the texts.
    __table_args__ = (
        Index(None, "assessment_id", "verdict", "follow_up_on"),
        made_of("public_id", *PUBLIC_ID),
        one_of("verdict", VERDICTS),
        holds("outcome", "verdict <> 'postponed' OR outcome = ''"),
        written("decided_by"),
        is_day("decided_on"),
        is_day("follow_up_on", or_none=True),
        at_least("row_version", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    verdict: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(200), default="")
    recommended: Mapped[str] = mapped_column(String(200), default="")
    proposed: Mapped[str] = mapped_column(String(200), default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    habilitet: Mapped[str] = mapped_column(Text, default="")
    case_number: Mapped[str] = mapped_column(String(100), default="")
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[str] = mapped_column(String(10))
    follow_up_on: Mapped[str] = mapped_column(String(10), default="")

    @property
    def is_postponed(self) -> bool:
        """Whether leadership has put it off, so that another decision is awaited."""
        return self.verdict == "postponed"

    @property
    def departs_from_motion(self) -> bool:
        """Whether something else was decided than the motion proposed."""
        return not self.is_postponed and self.proposed != self.outcome


class FollowUp(Base):
    """How it went, asked some months after a decision. ``went``: one of ``WENT``.

    ``next_on``: the day to ask again, ISO 8601, ``""`` for never.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (
        made_of("public_id", *PUBLIC_ID),
        is_day("on"),
        one_of("went", WENT),
        is_day("next_on", or_none=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    on: Mapped[str] = mapped_column(String(10))
    went: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[str] = mapped_column(String(10), default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
