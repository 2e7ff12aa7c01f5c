"""What the register itself knows of a partner's history: contacts, levels, and what was done to the entry."""

from __future__ import annotations

from sqlalchemy import or_, select

from app.partners.models import LevelChange, Partner, PartnerContact
from app.partners.timeline import Event
from app.partners.words import contact_words, level_words
from app.platform.actor import named
from app.platform.database import db
from app.platform.days import local_day
from app.platform.i18n import gettext as _


def events(partner_id: int) -> list[Event]:
    """Return the register's part of a partner's timeline, with three queries."""
    contacts = select(PartnerContact).where(PartnerContact.partner_id == partner_id)
    changes = select(LevelChange).where(LevelChange.partner_id == partner_id)
    entries = select(Partner).where(or_(Partner.id == partner_id, Partner.merged_into_id == partner_id))
    return [
        *map(_contact, db.session.execute(contacts).scalars()),
        *map(_level, db.session.execute(changes).scalars()),
        *(event for entry in db.session.execute(entries).scalars() for event in _entry(entry)),
    ]


def _contact(contact: PartnerContact) -> Event:
    return Event(
        on=contact.on,
        at=contact.created_at,
        kind="contact",
        title=contact_words(contact.kind),
        text=contact.text,
        actor=_writers(contact.created_by, contact.corrected_by),
        public_id=contact.public_id,
    )


def _level(change: LevelChange) -> Event:
    after = level_words(change.after).title
    title = (
        _("New level: %(after)s (before: %(before)s)", after=after, before=level_words(change.before).title)
        if change.before
        else _("Came into the register: %(level)s", level=after)
    )
    return Event(
        on=change.on,
        at=change.created_at,
        kind="level",
        title=title,
        text=change.reason,
        actor=_writers(change.created_by, change.corrected_by),
        public_id=str(change.id),
    )


def _writers(first: str, last: str) -> str:
    """Return who wrote something, and who corrected it if that was another."""
    if last in ("", first):
        return first
    return _("%(first)s, corrected by %(last)s", first=named(first), last=last)


def _entry(entry: Partner) -> list[Event]:
    """Return what was done to an entry: that it became part of another, that its person was erased."""
    found = []
    if entry.merged_into_id is not None:
        title = _("Merged with %(name)s", name=entry.name)
        text = _("Two entries in the register were the same partner and became one.")
        day = local_day(entry.updated_at)
        found.append(Event(day, entry.updated_at, "register", title, text, entry.updated_by))
    elif entry.erased_at is not None:
        title = _("The contact person was erased")
        day = local_day(entry.erased_at)
        found.append(Event(day, entry.erased_at, "register", title, actor=entry.erased_by))
    return found
