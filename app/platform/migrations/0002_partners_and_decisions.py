"""The library, its goals, partners, decisions, the history of assessments, and work in the background."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.platform.database import PlainJson, UTCDateTime, where

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "jobs",
    "follow_ups",
    "decisions",
    "motions",
    "assessment_summaries",
    "assessment_changes",
    "level_changes",
    "partner_contacts",
)


def upgrade() -> None:
    _organisation()
    _partners()
    _assessments()
    _decisions()
    _jobs()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("assessments") as assessments:
        assessments.drop_index("ix_assessments_partner_id_date_id")
        assessments.drop_index("ix_assessments_goal_id")
        assessments.drop_index("ix_assessments_origin")
        assessments.drop_index("ix_assessments_updated_at_id_search_key_partner_id_deleted_at")
        assessments.drop_index("ix_assessments_deleted_at_id")
        assessments.create_index("ix_assessments_updated_at", ["updated_at"])
        assessments.drop_constraint("fk_assessments_partner_id_partners", type_="foreignkey")
        assessments.drop_constraint("fk_assessments_goal_id_goals", type_="foreignkey")
        assessments.drop_column("partner_id")
        assessments.drop_column("goal_id")
        assessments.drop_column("search_key")
        assessments.drop_column("deleted_at")
    for table in ("partners", "goals", "organisation"):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _in_order(name: str, length: int) -> sa.Column[str]:
    """Text that both databases order alike, letter by letter."""
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def _link(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _points_at(here: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{here}_{column}_{table}")


def _who_and_when() -> list[sa.Column[Any]]:
    return [
        _text("created_by", 200),
        _text("updated_by", 200),
        _moment("created_at"),
        _moment("updated_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
    ]


def _keys(table: str, *unique: str) -> list[sa.Constraint]:
    named = [sa.UniqueConstraint(column, name=f"uq_{table}_{column}") for column in unique]
    return [sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), *named]


def _organisation() -> None:
    op.create_table(
        "organisation",
        _id(),
        _text("name", 200),
        _text("language", 10),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        _text("logo_type", 20),
        sa.Column("thresholds", PlainJson, nullable=False),
        _text("default_owner", 200),
        _text("contact", 200),
        _text("updated_by", 200),
        _moment("updated_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        *_keys("organisation"),
    )
    op.create_table(
        "goals",
        _id(),
        _text("public_id", 22),
        _text("title", 300),
        _text("text"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_who_and_when(),
        *_keys("goals", "public_id"),
    )


def _partners() -> None:
    op.create_table(
        "partners",
        _id(),
        _text("public_id", 22),
        _text("name", 300),
        _text("name_key", 300),
        _in_order("sort_key", 300),
        _text("sector", 20),
        _text("level", 20),
        _text("owner", 200),
        _text("about"),
        _text("contact_name", 200),
        _text("contact_role", 200),
        _text("contact_email", 200),
        _text("contact_phone", 50),
        _text("contact_by", 200),
        _moment("contact_at", nullable=True),
        _text("erased_by", 200),
        _moment("erased_at", nullable=True),
        _link("merged_into_id", nullable=True),
        *_who_and_when(),
        _points_at("partners", "merged_into_id", "partners"),
        *_keys("partners", "public_id"),
    )
    # Who was not merged into another stands here in order, and so do those who are responsible.
    op.create_index("ix_partners_merged_into_id_sort_key", "partners", ["merged_into_id", "sort_key"])
    op.create_index("ix_partners_merged_into_id_owner", "partners", ["merged_into_id", "owner"])
    for column in ("name_key", "sort_key", "level", "updated_at"):
        op.create_index(f"ix_partners_{column}", "partners", [column])
    op.create_table(
        "partner_contacts",
        _id(),
        _text("public_id", 22),
        _link("partner_id"),
        _text("on", 10),
        _text("kind", 20),
        _text("text"),
        _text("created_by", 200),
        _text("corrected_by", 200),
        _moment("created_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _points_at("partner_contacts", "partner_id", "partners"),
        *_keys("partner_contacts", "public_id"),
    )
    op.create_index("ix_partner_contacts_partner_id", "partner_contacts", ["partner_id"])
    op.create_table(
        "level_changes",
        _id(),
        _link("partner_id"),
        _text("on", 10),
        _text("before", 20),
        _text("after", 20),
        _text("reason"),
        _text("created_by", 200),
        _text("corrected_by", 200),
        _moment("created_at"),
        _points_at("level_changes", "partner_id", "partners"),
        *_keys("level_changes"),
    )
    op.create_index(
        "ix_level_changes_partner_id_on_id_after", "level_changes", ["partner_id", "on", "id", "after"]
    )


def _assessments() -> None:
    with op.batch_alter_table("assessments") as assessments:
        assessments.add_column(_link("partner_id", nullable=True))
        assessments.add_column(_link("goal_id", nullable=True))
        assessments.add_column(sa.Column("search_key", sa.String(700), nullable=False, server_default=""))
        assessments.add_column(_moment("deleted_at", nullable=True))
        assessments.create_foreign_key(
            "fk_assessments_partner_id_partners", "partners", ["partner_id"], ["id"]
        )
        assessments.create_foreign_key("fk_assessments_goal_id_goals", "goals", ["goal_id"], ["id"])
        # A partner's latest assessment is found here, without reading the rows.
        assessments.create_index(
            "ix_assessments_partner_id_date_id", ["partner_id", "date", "id"], **where("deleted_at IS NULL")
        )
        assessments.create_index("ix_assessments_goal_id", ["goal_id"])
        assessments.create_index("ix_assessments_origin", ["origin"])
        # What is in use and what is in the bin each stand in the order of their list.
        assessments.drop_index("ix_assessments_updated_at")
        assessments.create_index(
            "ix_assessments_updated_at_id_search_key_partner_id_deleted_at",
            ["updated_at", "id", "search_key", "partner_id", "deleted_at"],
            **where("deleted_at IS NULL"),
        )
        assessments.create_index(
            "ix_assessments_deleted_at_id", ["deleted_at", "id"], **where("deleted_at IS NOT NULL")
        )
    with op.batch_alter_table("assessments") as assessments:
        assessments.alter_column("search_key", existing_type=sa.String(700), server_default=None)
    op.create_table(
        "assessment_changes",
        _id(),
        _link("assessment_id"),
        _text("kind", 20),
        sa.Column("changes", PlainJson, nullable=False),
        _text("actor", 200),
        _moment("at"),
        _points_at("assessment_changes", "assessment_id", "assessments"),
        *_keys("assessment_changes"),
    )
    op.create_index("ix_assessment_changes_assessment_id", "assessment_changes", ["assessment_id"])
    op.create_table(
        "assessment_summaries",
        _link("assessment_id"),
        _text("status", 20),
        _text("outcome", 200),
        _text("low", 200),
        _text("high", 200),
        _text("in_time", 200),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("readiness", sa.Integer(), nullable=True),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        _points_at("assessment_summaries", "assessment_id", "assessments"),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_assessment_summaries"),
    )


def _decisions() -> None:
    op.create_table(
        "motions",
        _id(),
        _link("assessment_id"),
        _text("outcome", 200),
        _text("recommended", 200),
        _text("text"),
        _text("why"),
        *_who_and_when(),
        _points_at("motions", "assessment_id", "assessments"),
        *_keys("motions", "assessment_id"),
    )
    op.create_index(
        "ix_motions_created_at_id_assessment_id", "motions", ["created_at", "id", "assessment_id"]
    )
    op.create_table(
        "decisions",
        _id(),
        _text("public_id", 22),
        _link("assessment_id"),
        _text("verdict", 20),
        _text("outcome", 200),
        _text("recommended", 200),
        _text("proposed", 200),
        _text("reasons"),
        _text("conditions"),
        _text("habilitet"),
        _text("case_number", 100),
        _text("decided_by", 200),
        _text("decided_on", 10),
        _text("follow_up_on", 10),
        *_who_and_when(),
        _points_at("decisions", "assessment_id", "assessments"),
        *_keys("decisions", "public_id"),
    )
    op.create_index(
        "ix_decisions_assessment_id_verdict_follow_up_on",
        "decisions",
        ["assessment_id", "verdict", "follow_up_on"],
    )
    op.create_table(
        "follow_ups",
        _id(),
        _text("public_id", 22),
        _link("decision_id"),
        _text("on", 10),
        _text("went", 20),
        _text("text"),
        _text("next_on", 10),
        _text("created_by", 200),
        _moment("created_at"),
        _points_at("follow_ups", "decision_id", "decisions"),
        *_keys("follow_ups", "public_id"),
    )
    op.create_index("ix_follow_ups_decision_id", "follow_ups", ["decision_id"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        _id(),
        _text("public_id", 22),
        _text("kind", 40),
        _text("language", 10),
        sa.Column("parameters", PlainJson, nullable=False),
        _text("state", 10),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("problem"),
        _text("summary"),
        _text("file_name", 200),
        _text("mime", 100),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        _text("actor", 200),
        _moment("created_at"),
        _moment("heartbeat", nullable=True),
        _moment("finished_at", nullable=True),
        *_keys("jobs", "public_id"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])
