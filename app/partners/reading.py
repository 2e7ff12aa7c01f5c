"""Reading partners, with the contacts and levels of each. Nothing here writes."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from app.partners.models import LevelChange, Partner, PartnerContact
from app.platform.database import db

MOST_NAMES = 500
"""A list to choose a name from is no register: a browser is slow with more."""

LARGEST_ID = 2**31
"""What PostgreSQL takes for a number of ours is less."""


def partner_with(public_id: str) -> Partner:
    """Return the partner with this id, or the one that it turned out to be; 404 where there is none."""
    found = db.session.execute(select(Partner).where(Partner.public_id == public_id)).scalar_one_or_none()
    while found is not None and found.merged_into_id is not None:
        found = db.session.get(Partner, found.merged_into_id)
    return found or abort(404)


def contact_with(public_id: str, contact_id: str) -> PartnerContact:
    """Return a contact with the partner who has this id; 404 where there is none."""
    asked = select(PartnerContact).where(PartnerContact.public_id == contact_id)
    found = db.session.execute(asked).scalar_one_or_none()
    return found if found is not None and _is_of(found.partner_id, public_id) else abort(404)


def change_with(public_id: str, change_id: int) -> LevelChange:
    """Return a change of level of the partner who has this id; 404 where there is none."""
    found = db.session.get(LevelChange, change_id) if change_id < LARGEST_ID else None
    return found if found is not None and _is_of(found.partner_id, public_id) else abort(404)


def _is_of(partner_id: int, public_id: str) -> bool:
    """Say whether a number and an id are the same partner's, also while that one is merged with another.

    What the number belongs to is read before, and its partner once: so it is seen as it was, or as it is.
    """
    partner = db.session.get_one(Partner, partner_id)
    return partner_with(partner.public_id) is partner_with(public_id)


def all_names() -> list[str]:
    """Return the partners' names in alphabetical order, to choose from while writing; the first 500."""
    in_order = select(Partner.name).where(Partner.merged_into_id.is_(None)).order_by(Partner.sort_key)
    return list(db.session.execute(in_order.limit(MOST_NAMES)).scalars())


def owners() -> list[str]:
    """Return everybody who owns a partner, in alphabetical order."""
    named = select(Partner.owner).where(Partner.merged_into_id.is_(None), Partner.owner != "").distinct()
    return sorted(db.session.execute(named).scalars(), key=str.casefold)
