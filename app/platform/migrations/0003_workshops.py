"""Workshops: who answers in them, what the room agrees on, and what it will do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.database import PlainJson, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _workshops()
    _participants()
    _agreed()


def downgrade() -> None:
    for table in ("workshop_actions", "room_answers", "participants", "workshops"):
        op.drop_table(table)


def _workshops() -> None:
    op.create_table(
        "workshops",
        _number("id"),
        _text("public_id", 22),
        _text("code", 8),
        _text("key", 22),
        _number("definition_id"),
        _number("partner_id", nullable=True),
        _number("assessment_id", nullable=True),
        _text("language", 10),
        _text("variant", 10),
        _data("sections"),
        _data("sides"),
        _flag("named"),
        _number("smallest_group"),
        _flag("may_change"),
        _flag("led"),
        _data("plan"),
        _text("on", 10),
        _data("subject"),
        _text("stage", 10),
        _text("section", 200),
        _number("state_count"),
        _number("answer_count"),
        _data("kept", nullable=True),
        _text("created_by", 200),
        _text("updated_by", 200),
        _moment("created_at"),
        _moment("updated_at"),
        *(_moment(name, nullable=True) for name in ("opened_at", "revealed_at", "closed_at")),
        *(_points_at("workshops", f"{one}_id", f"{one}s") for one in ("definition", "partner", "assessment")),
        *_keys("workshops", "public_id", "code"),
    )
    for column in ("definition_id", "partner_id", "assessment_id", "stage", "updated_at"):
        op.create_index(f"ix_workshops_{column}", "workshops", [column])


def _participants() -> None:
    op.create_table(
        "participants",
        _number("id"),
        _number("workshop_id"),
        _number("number"),
        _text("side", 10),
        _text("name", 200),
        _text("kind", 10),
        _number("sheet", nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=True),
        _data("answers"),
        _data("gates"),
        _flag("answered"),
        _text("actor", 200),
        _moment("joined_at"),
        _moment("done_at", nullable=True),
        _moment("removed_at", nullable=True),
        _points_at("participants", "workshop_id", "workshops"),
        sa.UniqueConstraint("workshop_id", "number", name="uq_participants_workshop_id_number"),
        sa.UniqueConstraint("workshop_id", "sheet", name="uq_participants_workshop_id_sheet"),
        *_keys("participants", "token_hash"),
    )


def _agreed() -> None:
    op.create_table(
        "room_answers",
        _number("id"),
        _number("workshop_id"),
        _text("question", 200),
        _data("answer"),
        _text("reason"),
        _text("minority"),
        _text("actor", 200),
        _moment("at"),
        _points_at("room_answers", "workshop_id", "workshops"),
        sa.UniqueConstraint("workshop_id", "question", name="uq_room_answers_workshop_id_question"),
        *_keys("room_answers"),
    )
    op.create_table(
        "workshop_actions",
        _number("id"),
        _text("public_id", 22),
        _number("workshop_id"),
        _text("what"),
        _text("who", 200),
        _text("due", 10),
        _text("actor", 200),
        _moment("at"),
        _points_at("workshop_actions", "workshop_id", "workshops"),
        *_keys("workshop_actions", "public_id"),
    )
    op.create_index("ix_workshop_actions_workshop_id", "workshop_actions", ["workshop_id"])


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _data(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, PlainJson, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def _points_at(here: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{here}_{column}_{table}")


def _keys(table: str, *unique: str) -> list[sa.Constraint]:
    named = [sa.UniqueConstraint(column, name=f"uq_{table}_{column}") for column in unique]
    return [sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), *named]
