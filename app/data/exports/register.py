"""The tables of the register: partners, the contacts with them, and how far they have come; and the goals."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from sqlalchemy import select

from app.data.exports.columns import changed_columns, day_cell, written_columns
from app.data.exports.reading import Statement, count, rows, scalars
from app.data.exports.table import Column, Table
from app.data.exports.words import yes_or_no
from app.organisation.models import Goal
from app.partners.models import LevelChange, Partner, PartnerContact
from app.partners.words import contact_words, level_words, sector_words
from app.platform.i18n import gettext as _


def partners(*, persons: bool) -> Table[Partner]:
    """Return the partners, with their contact persons where ``persons`` are wanted."""
    statement = select(Partner).order_by(Partner.id)
    names = {row.id: row.name for row in rows(select(Partner.id, Partner.name))}
    columns: list[Column[Partner]] = [
        Column(_("Partner’s number"), lambda partner: partner.public_id),
        Column(_("Partner"), lambda partner: partner.name),
        Column(_("Sector"), lambda partner: sector_words(partner.sector)),
        Column(_("Level"), lambda partner: level_words(partner.level).title),
        Column(_("Owner"), lambda partner: partner.owner),
        Column(_("About the partner"), lambda partner: partner.about, wide=True),
        *(_person_columns() if persons else []),
        Column(_("Merged with"), lambda partner: names.get(partner.merged_into_id or 0, "")),
        *changed_columns(),
    ]
    return Table(_("Partners"), columns, count(statement), lambda: ([each] for each in scalars(statement)))


def _person_columns() -> list[Column[Partner]]:
    return [
        Column(_("Contact person"), lambda partner: partner.contact_name),
        Column(_("Contact person’s role"), lambda partner: partner.contact_role),
        Column(_("E-mail"), lambda partner: partner.contact_email),
        Column(_("Phone"), lambda partner: partner.contact_phone),
    ]


def contacts() -> Table[Any]:
    """Return the contacts that were written down."""
    statement = _of_partners(PartnerContact)
    columns: list[Column[Any]] = [
        *_partner_columns(),
        Column(_("Day"), lambda row: day_cell(row.PartnerContact.on)),
        Column(_("Kind of contact"), lambda row: contact_words(row.PartnerContact.kind)),
        Column(_("Note"), lambda row: row.PartnerContact.text, wide=True),
        *written_columns(attrgetter("PartnerContact")),
    ]
    return Table(_("Contacts"), columns, count(statement), lambda: ([row] for row in rows(statement)))


def levels() -> Table[Any]:
    """Return every change of a partner's level."""
    statement = _of_partners(LevelChange)
    columns: list[Column[Any]] = [
        *_partner_columns(),
        Column(_("Day"), lambda row: day_cell(row.LevelChange.on)),
        Column(_("Level before"), lambda row: _level(row.LevelChange.before)),
        Column(_("Level after"), lambda row: _level(row.LevelChange.after)),
        Column(_("Reason"), lambda row: row.LevelChange.reason, wide=True),
        *written_columns(attrgetter("LevelChange")),
    ]
    return Table(_("Levels"), columns, count(statement), lambda: ([row] for row in rows(statement)))


def goals() -> Table[Goal]:
    """Return the library's goals."""
    statement = select(Goal).order_by(Goal.position, Goal.id)
    columns: list[Column[Goal]] = [
        Column(_("Goal"), lambda goal: goal.title),
        Column(_("About the goal"), lambda goal: goal.text, wide=True),
        Column(_("In use"), lambda goal: yes_or_no(goal.active)),
        *changed_columns(),
    ]
    return Table(_("Goals"), columns, count(statement), lambda: ([each] for each in scalars(statement)))


def _of_partners(model: Any) -> Statement:
    """Return the statement of what hangs on partners, each with its partner's number and name."""
    return (
        select(model, Partner.public_id, Partner.name)
        .join(Partner, Partner.id == model.partner_id)
        .order_by(model.id)
    )


def _partner_columns() -> list[Column[Any]]:
    return [
        Column(_("Partner’s number"), lambda row: row.public_id),
        Column(_("Partner"), lambda row: row.name),
    ]


def _level(level: str) -> str:
    return level_words(level).title if level else ""
