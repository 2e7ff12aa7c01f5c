"""Definitions and assessments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.database import PlainJson, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "definitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(200), nullable=False),
        sa.Column("version", sa.String(50), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("installed", sa.Boolean(), nullable=False),
        sa.Column("first_seen", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_definitions"),
        sa.UniqueConstraint("digest", name="uq_definitions_digest"),
    )
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(22), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("variant", sa.String(10), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.Column("subject", PlainJson, nullable=False),
        sa.Column("answers", PlainJson, nullable=False),
        sa.Column("gates", PlainJson, nullable=False),
        sa.Column("confirmed_gates", PlainJson, nullable=False),
        sa.Column("reviewed_at", UTCDateTime(), nullable=True),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("updated_by", sa.String(200), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_assessments_definition_id_definitions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
        sa.UniqueConstraint("public_id", name="uq_assessments_public_id"),
    )
    op.create_index("ix_definitions_questionnaire_version", "definitions", ["questionnaire", "version"])
    op.create_index("ix_assessments_definition_id", "assessments", ["definition_id"])
    op.create_index("ix_assessments_updated_at", "assessments", ["updated_at"])


def downgrade() -> None:
    op.drop_table("assessments")
    op.drop_table("definitions")
