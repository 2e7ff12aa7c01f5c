"""What is in a backup next to what is here now, in words and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Table, func, select

from app.data.backups.backup import tables
from app.data.backups.manifest import Manifest
from app.platform.database import db
from app.platform.i18n import gettext as _


@dataclass(frozen=True)
class Count:
    """How many of one thing a backup holds, and how many are here now."""

    title: str
    there: int
    here: int


def counts_beside(manifest: Manifest) -> list[Count]:
    """Return how many of each named thing a backup holds, next to how many it would replace."""
    here = counts_here()
    return [Count(title, manifest.tables[name].rows, here[name]) for name, title in _titles().items()]


def titled_counts() -> list[tuple[str, int]]:
    """Return how many of each named thing are here now."""
    here = counts_here()
    return [(title, here[name]) for name, title in _titles().items()]


def counts_here() -> Mapping[str, int]:
    """Return how many rows each table has."""
    return {table.name: _count(table) for table in tables()}


def _count(table: Table) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def _titles() -> dict[str, str]:
    """Return what the tables are called; those that only hang on another are not named."""
    return {
        "partners": _("Partners"),
        "partner_contacts": _("Contacts with partners"),
        "goals": _("The library’s goals"),
        "assessments": _("Assessments"),
        "assessment_changes": _("Saves in their history"),
        "decisions": _("Decisions"),
        "follow_ups": _("Follow-ups"),
        "workshops": _("Workshops"),
        "definitions": _("Questionnaires, as they were answered"),
    }
