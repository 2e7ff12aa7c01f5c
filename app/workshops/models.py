"""The tables: a workshop, those who answer in it, what the room agrees on, and what it will do."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.assessments.models import Variant
from app.engine.texts import LANGUAGES
from app.platform.columns import Signed
from app.platform.constraints import (
    HASH,
    PUBLIC_ID,
    at_least,
    between,
    holds,
    is_day,
    made_of,
    one_of,
    written,
)
from app.platform.database import Base, PlainJson, UTCDateTime, now

Json = dict[str, Any]

SIDES = ("library", "partner", "others")
STAGES = ("prepared", "open", "revealed", "closed")
STEPS = ("welcome", "answer", "see", "talk", "agree", "end")
"""The parts of a time plan, in order."""

FEWEST_SHOWN = 4
"""Answers that must be there on a side before anything of them is shown, unless another number was chosen."""

PARTICIPANT_KINDS = ("phone", "paper")
HIGHEST_SHEET = 599

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are made of: nothing that is read as something else, and no U, so that no words come of it."""

CODE_LENGTH = 8


def new_code() -> str:
    """Return a code that nobody can guess: one of 650,000,000,000."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


class Workshop(Signed, Base):
    """One meeting of a room about one proposal.

    ``code``: what a phone joins with; ``key``: what the QR code carries beside it, so that a scanned code is
    never mistaken for a guess. ``variant``: ``full`` or ``short``; ``sections``: the ids of those asked.
    ``sides``: those that take part, of ``SIDES``, the library always. ``named``: answers carry names once
    they are shown. ``smallest_group``: so many must have answered on a side before anything of it is shown.
    ``may_change``: answers may change after the reveal. ``in_step``: the facilitator says which section is
    answered (``section``, ``""`` for none yet); otherwise each goes at their own pace. ``plan``: minutes for
    each of ``STEPS``. ``on``: its day, ISO 8601, or ``""``. ``subject``: partner and proposal as an answers
    file has them.

    ``stage``: ``prepared`` (can be edited), ``open`` (phones join and answer), ``revealed``, ``closed``.
    ``state_count`` grows with what every phone must know, ``answer_count`` with what changes the picture that
    the screens show. ``kept``: what stands after closing, when each person's answers are erased:
    ``{"map": see room_map.RoomMap, "answers": the room's answers as an answers file}``.
    """

    __tablename__ = "workshops"
    __table_args__ = (
        made_of("public_id", *PUBLIC_ID),
        made_of("code", LETTERS, CODE_LENGTH),
        made_of("key", *PUBLIC_ID),
        one_of("language", LANGUAGES),
        one_of("variant", get_args(Variant)),
        at_least("smallest_group", 1),
        is_day("on", or_none=True),
        one_of("stage", STAGES),
        at_least("state_count", 0),
        at_least("answer_count", 0),
        # There is a moment for each stage that was reached.
        holds("opened_at", "(opened_at IS NULL) = (stage = 'prepared')"),
        holds("revealed_at", "(revealed_at IS NULL) = (stage IN ('prepared', 'open'))"),
        holds("closed_at", "(closed_at IS NULL) = (stage <> 'closed')"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True, default=new_code)
    key: Mapped[str] = mapped_column(String(22), default=lambda: secrets.token_urlsafe(16))
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessments.id"), index=True)
    language: Mapped[str] = mapped_column(String(10))
    variant: Mapped[str] = mapped_column(String(10))
    sections: Mapped[list[str]] = mapped_column(PlainJson)
    sides: Mapped[list[str]] = mapped_column(PlainJson)
    named: Mapped[bool] = mapped_column(default=False)
    smallest_group: Mapped[int] = mapped_column(default=FEWEST_SHOWN)
    may_change: Mapped[bool] = mapped_column(default=False)
    in_step: Mapped[bool] = mapped_column("led", default=False)
    plan: Mapped[dict[str, int]] = mapped_column(PlainJson)
    on: Mapped[str] = mapped_column(String(10), default="")
    subject: Mapped[Json] = mapped_column(PlainJson)
    stage: Mapped[str] = mapped_column(String(10), default="prepared", index=True)
    section: Mapped[str] = mapped_column(String(200), default="")
    state_count: Mapped[int] = mapped_column(default=0)
    answer_count: Mapped[int] = mapped_column(default=0)
    kept: Mapped[Json | None] = mapped_column(PlainJson)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_prepared(self) -> bool:
        """Whether it has not been opened yet."""
        return self.stage == "prepared"

    @property
    def is_open(self) -> bool:
        """Whether phones join and answer."""
        return self.stage == "open"

    @property
    def is_revealed(self) -> bool:
        """Whether the answers are shown and the room is still there."""
        return self.stage == "revealed"

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.stage == "closed"

    @property
    def is_on(self) -> bool:
        """Whether the room is there: it has been opened and not closed."""
        return self.is_open or self.is_revealed

    @property
    def is_short(self) -> bool:
        """Whether only the short version of its questionnaire is asked."""
        return self.variant == "short"

    @property
    def hides_single_answers(self) -> bool:
        """Whether nothing is shown of a side on which only one has answered."""
        return self.smallest_group > 1


class Participant(Base):
    """Somebody who answers, on a phone or on paper.

    ``number`` counts from 1 in each workshop; a phone shows its own. ``name`` is empty in a workshop without
    names. ``kind``: ``phone`` or ``paper``; a paper has the number of its ``sheet``. ``token_hash``: SHA-256
    of what the phone's cookie holds, erased when the workshop closes or the phone is removed. ``answers`` and
    ``gates`` are those parts of an answers file, erased at closing. ``answered``: something was answered.
    ``done_at``: when they said that they are done.
    ``actor``: who keyed in a sheet; a phone's answers are its own.
    """

    __tablename__ = "participants"
    __table_args__ = (
        UniqueConstraint("workshop_id", "number"),
        UniqueConstraint("workshop_id", "sheet"),
        at_least("number", 1),
        one_of("side", SIDES),
        one_of("kind", PARTICIPANT_KINDS),
        between("sheet", 1, HIGHEST_SHEET),
        # A sheet that was taken out gives its number back.
        holds("has_sheet", "(sheet IS NULL) = (kind = 'phone' OR removed_at IS NOT NULL)"),
        made_of("token_hash", *HASH),
        holds("has_token", "token_hash IS NULL OR (kind = 'phone' AND removed_at IS NULL)"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    number: Mapped[int] = mapped_column()
    side: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(10))
    sheet: Mapped[int | None] = mapped_column()
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    answers: Mapped[Json] = mapped_column(PlainJson, default=dict)
    gates: Mapped[Json] = mapped_column(PlainJson, default=dict)
    answered: Mapped[bool] = mapped_column(default=False)
    actor: Mapped[str] = mapped_column(String(200), default="")
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RoomAnswer(Base):
    """What the room agreed on at one question: an item's answer or a gate's, as an answers file has it.

    ``reason``: why, for a gate the fact that settles it. ``minority``: the view of those who see it
    otherwise, ``""`` for none.
    """

    __tablename__ = "room_answers"
    __table_args__ = (UniqueConstraint("workshop_id", "question"), written("question"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    question: Mapped[str] = mapped_column(String(200))
    answer: Mapped[Any] = mapped_column(PlainJson)
    reason: Mapped[str] = mapped_column(Text, default="")
    minority: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class WorkshopAction(Base):
    """What is done next: what, who, and by when (ISO 8601, or ``""``)."""

    __tablename__ = "workshop_actions"
    __table_args__ = (made_of("public_id", *PUBLIC_ID), written("what"), is_day("due", or_none=True))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[str] = mapped_column(String(10), default="")
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
