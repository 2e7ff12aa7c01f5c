"""CHECK constraints: what the database itself promises of every row.

A constraint that stored rows break is left out, and the log says so: nobody's data stop an upgrade.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

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

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LOG = logging.getLogger(__name__)

LANGUAGES = ("da", "en")
VARIANTS = ("full", "short")
LEVELS = ("glance", "date", "engagement", "marriage", "separation", "divorce")
CODE = ("23456789ABCDEFGHJKMNPQRSTVWXYZ", 8)

CONSTRAINTS: dict[str, Sequence[sa.CheckConstraint]] = {
    "organisation": [
        holds("id", "id = 1"),
        one_of("logo_type", ("", "image/png", "image/svg+xml")),
        holds("logo", "logo_type = '' OR logo IS NOT NULL"),
        at_least("row_version", 1),
    ],
    "goals": [
        made_of("public_id", *PUBLIC_ID),
        written("title"),
        at_least("position", 0),
        at_least("row_version", 1),
    ],
    "definitions": [
        written("questionnaire"),
        written("version"),
        made_of("digest", *HASH),
        written("source"),
    ],
    "partners": [
        made_of("public_id", *PUBLIC_ID),
        written("name"),
        one_of("sector", ("", "public", "private", "civil")),
        one_of("level", LEVELS),
        holds("contact_by", "contact_by = '' OR contact_at IS NOT NULL"),
        holds("erased_by", "erased_by = '' OR erased_at IS NOT NULL"),
        holds("merged_into_id", "merged_into_id <> id"),
        at_least("row_version", 1),
    ],
    "partner_contacts": [
        made_of("public_id", *PUBLIC_ID),
        is_day("on"),
        one_of("kind", ("meeting", "call", "mail", "visit", "event", "other")),
        at_least("row_version", 1),
    ],
    "level_changes": [
        is_day("on"),
        one_of("before", ("", *LEVELS)),
        one_of("after", LEVELS),
    ],
    "assessments": [
        made_of("public_id", *PUBLIC_ID),
        one_of("language", LANGUAGES),
        one_of("variant", VARIANTS),
        one_of("origin", ("new", "import", "example", "copy", "move", "workshop")),
        is_day("date"),
        at_least("respondents", 1),
        at_least("row_version", 1),
    ],
    "assessment_changes": [
        one_of(
            "kind",
            ("created", "answers", "variant", "reviewed", "restored", "moved", "deleted", "taken-back"),
        ),
    ],
    "assessment_summaries": [
        one_of("status", ("settled", "open", "too-little-known")),
        holds("rank", "rank BETWEEN -1 AND highest"),
        holds("outcome", "(outcome = '') = (rank = -1)"),
        between("value", 0, 100),
        between("readiness", 0, 100),
        holds("known", "known BETWEEN 0 AND asked"),
    ],
    "motions": [
        written("outcome"),
        at_least("row_version", 1),
    ],
    "decisions": [
        made_of("public_id", *PUBLIC_ID),
        one_of("verdict", ("approved", "amended", "postponed", "declined")),
        holds("outcome", "verdict <> 'postponed' OR outcome = ''"),
        written("decided_by"),
        is_day("decided_on"),
        is_day("follow_up_on", or_none=True),
        at_least("row_version", 1),
    ],
    "follow_ups": [
        made_of("public_id", *PUBLIC_ID),
        is_day("on"),
        one_of("went", ("better", "as-hoped", "worse", "not-done")),
        is_day("next_on", or_none=True),
    ],
    "workshops": [
        made_of("public_id", *PUBLIC_ID),
        made_of("code", *CODE),
        made_of("key", *PUBLIC_ID),
        one_of("language", LANGUAGES),
        one_of("variant", VARIANTS),
        at_least("smallest_group", 1),
        is_day("on", or_none=True),
        one_of("stage", ("prepared", "open", "revealed", "closed")),
        at_least("state_count", 0),
        at_least("answer_count", 0),
        holds("opened_at", "(opened_at IS NULL) = (stage = 'prepared')"),
        holds("revealed_at", "(revealed_at IS NULL) = (stage IN ('prepared', 'open'))"),
        holds("closed_at", "(closed_at IS NULL) = (stage <> 'closed')"),
    ],
    "participants": [
        at_least("number", 1),
        one_of("side", ("library", "partner", "others")),
        one_of("kind", ("phone", "paper")),
        between("sheet", 1, 599),
        holds("has_sheet", "(sheet IS NULL) = (kind = 'phone' OR removed_at IS NOT NULL)"),
        made_of("token_hash", *HASH),
        holds("has_token", "token_hash IS NULL OR (kind = 'phone' AND removed_at IS NULL)"),
    ],
    "room_answers": [
        written("question"),
    ],
    "workshop_actions": [
        made_of("public_id", *PUBLIC_ID),
        written("what"),
        is_day("due", or_none=True),
    ],
    "jobs": [
        made_of("public_id", *PUBLIC_ID),
        written("kind"),
        one_of("language", LANGUAGES),
        one_of("state", ("waiting", "running", "done", "failed")),
        at_least("done", 0),
        at_least("total", 0),
        at_least("attempts", 0),
    ],
}  # fmt: skip


def upgrade() -> None:
    for table, constraints in CONSTRAINTS.items():
        kept = [each for each in constraints if not _is_broken(table, each)]
        with op.batch_alter_table(table) as batch:
            for each in kept:
                batch.create_check_constraint(op.f(_name(table, each)), each.sqltext)


def downgrade() -> None:
    bind = op.get_bind()
    for table in reversed(CONSTRAINTS):
        if bind.dialect.name == "sqlite":  # the copy of a table is made without them
            with op.batch_alter_table(table, recreate="always"):
                continue
        for each in sa.inspect(bind).get_check_constraints(table):
            op.drop_constraint(op.f(str(each["name"])), table, type_="check")


def _name(table: str, constraint: sa.CheckConstraint) -> str:
    return f"ck_{table}_{constraint.name}"


def _is_broken(table: str, constraint: sa.CheckConstraint) -> bool:
    rows = sa.select(sa.func.count()).select_from(sa.table(table))
    found = op.get_bind().execute(rows.where(sa.text(f"NOT ({constraint.sqltext})"))).scalar_one()
    if found:
        LOG.warning("%s rows break %s, which is left out", found, _name(table, constraint))
    return bool(found)
