"""Every write to the register of partners. Each names who did it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, func, select, update
from sqlalchemy.orm import Session

from app.partners import names
from app.partners.models import CONTACT_PERSON, FACTS, LevelChange, Partner, PartnerContact
from app.platform.conflicts import ChangedMeanwhile, must_be_as_shown
from app.platform.database import Base, now, writing
from app.platform.days import today
from app.platform.named_lock import named_lock


class Gone(LookupError):
    """The partner is not there any more: a backup without it was restored meanwhile."""


class NameTaken(ValueError):
    """Somebody else has put a partner of this name into the register meanwhile."""


class CannotMerge(ValueError):
    """The two are one already, or one of them has been merged into another."""


# Inside another room's transaction


def partner_named(  # noqa: PLR0913 - each is a fact about the new partner
    session: Session, name: str, actor: str, *, sector: str = "", owner: str = "", contact: str = ""
) -> int | None:
    """Return the id of the partner of this name, who is put into the register where nobody has it.

    ``None`` for a blank name. The name is found however its letters are written, see ``names.key``; a name
    that was merged away leads to the partner that it turned out to be.
    """
    wanted = names.key(name)
    if not wanted:
        return None
    named_lock(session, "partners")
    found = session.execute(
        select(Partner)
        .where(Partner.name_key == wanted)
        .order_by(Partner.merged_into_id.is_not(None), Partner.id)
        .limit(1)
    ).scalar_one_or_none()
    if found is not None:
        return found.merged_into_id or found.id
    facts = {"name": name, "sector": sector, "owner": owner, "contact_name": contact}
    return _added(session, facts, actor).id


def partner_after_merging(session: Session, partner_id: int) -> int | None:
    """Return the id of the partner that one is by now, which it stays until the transaction ends.

    ``None`` where it is not there any more.
    """
    named_lock(session, "partners")
    found = session.execute(
        select(func.coalesce(Partner.merged_into_id, Partner.id)).where(Partner.id == partner_id)
    )
    return found.scalar_one_or_none()


def set_level(  # noqa: PLR0913, PLR0917 - as other rooms call it
    session: Session, partner_id: int, level: str, reason: str, actor: str, on: str
) -> None:
    """Give a partner another level, with its reason and day (ISO 8601); nothing where it is the same."""
    before = session.execute(
        select(Partner.level).where(Partner.id == partner_id).with_for_update()
    ).scalar_one()
    if before == level:
        return
    session.add(
        LevelChange(partner_id=partner_id, on=on, before=before, after=level, reason=reason, created_by=actor)
    )
    _touch(session, partner_id, actor, level=level)


# From the pages


def create(facts: Mapping[str, str], level: str, reason: str, actor: str, *, despite: bool = False) -> str:
    """Put a partner into the register, with the level it comes in with; return its public id.

    Raises :class:`NameTaken`, unless it is to be made ``despite`` another of its name.
    """
    with writing() as session:
        named_lock(session, "partners")
        same = select(Partner.id).where(
            Partner.name_key == names.key(facts["name"]), Partner.merged_into_id.is_(None)
        )
        if not despite and session.scalar(same.limit(1)) is not None:
            raise NameTaken
        return _added(session, facts, actor, level=level, reason=reason).public_id


def change_facts(partner_id: int, shown: int, facts: Mapping[str, str], actor: str) -> None:
    """Write what is known about a partner. Raises :class:`ChangedMeanwhile`."""
    with writing() as session:
        partner = _locked(session, partner_id)
        must_be_as_shown((shown, None), (partner.row_version, partner.merged_into_id))
        _write_facts(partner, facts, actor)
        partner.updated_by, partner.updated_at = actor, now()


def change_level(partner_id: int, shown: str, level: str, reason: str, actor: str) -> None:
    """Change a partner's level today. Raises :class:`ChangedMeanwhile` unless it has the one ``shown``."""
    with writing() as session:
        partner = _locked(session, partner_id)
        must_be_as_shown((shown, None), (partner.level, partner.merged_into_id))
        set_level(session, partner_id, level, reason, actor, today())


def log_contact(partner_id: int, on: str, kind: str, text: str, actor: str) -> None:
    """Note that we were in touch."""
    with writing() as session:
        partner = _kept(session, partner_id)
        session.add(PartnerContact(partner_id=partner.id, on=on, kind=kind, text=text, created_by=actor))
        _touch(session, partner.id, actor)


def correct_contact(contact_id: int, shown: int, written: Mapping[str, str], actor: str) -> None:
    """Correct a contact: its ``on``, ``kind`` and ``text``. Raises :class:`ChangedMeanwhile`."""
    with writing() as session:
        contact = _locked_contact(session, contact_id, shown)
        contact.on, contact.kind, contact.text = written["on"], written["kind"], written["text"]
        contact.corrected_by = actor
        _touch(session, contact.partner_id, actor)


def remove_contact(contact_id: int, shown: int, actor: str) -> None:
    """Remove what should not have been noted, for good. Raises :class:`ChangedMeanwhile`."""
    with writing() as session:
        contact = _locked_contact(session, contact_id, shown)
        session.delete(contact)
        _touch(session, contact.partner_id, actor)


def correct_reason(change_id: int, shown: str, reason: str, actor: str) -> None:
    """Correct the reason of a level. Raises :class:`ChangedMeanwhile` unless it is the one ``shown``."""
    with writing() as session:
        change = session.execute(
            select(LevelChange).where(LevelChange.id == change_id).with_for_update()
        ).scalar_one_or_none()
        if change is None:
            raise Gone(change_id)
        must_be_as_shown(shown.split(), change.reason.split())  # a browser writes its own line ends
        change.reason, change.corrected_by = reason, actor
        _touch(session, change.partner_id, actor)


def erase_contact_person(partner_id: int, actor: str) -> None:
    """Remove what is stored of the person at a partner, and remember only that it was done."""
    with writing() as session:
        partner = _kept(session, partner_id)
        for column in CONTACT_PERSON:
            setattr(partner, column, "")
        partner.contact_by, partner.contact_at = "", None
        partner.erased_by, partner.erased_at = actor, now()
        partner.updated_by, partner.updated_at = actor, now()


def merge(kept_id: int, gone_id: int, versions: tuple[int, int], actor: str) -> None:
    """Make two partners one, for good: everything of the one that goes belongs to the one that is kept.

    The kept one's facts are kept, and gaps are filled from the other. ``versions``: the row versions that
    were shown, first the kept one's. Raises :class:`ChangedMeanwhile` and :class:`CannotMerge`.
    """
    with writing() as session:
        _wait_for_writers(session, gone_id)
        named_lock(session, "partners")
        both = {each: _locked(session, each) for each in sorted({kept_id, gone_id})}
        kept, gone = both[kept_id], both[gone_id]
        if kept is gone or kept.merged_into_id is not None or gone.merged_into_id is not None:
            raise CannotMerge
        must_be_as_shown(versions, (kept.row_version, gone.row_version))
        _fill_gaps(kept, gone)
        for column in CONTACT_PERSON:
            setattr(gone, column, "")
        kept.updated_by = gone.updated_by = actor
        kept.updated_at = gone.updated_at = now()
        session.flush()
        _point_elsewhere(session, gone_id, kept_id)
        gone.merged_into_id = kept_id


# What they share


def _added(
    session: Session,
    facts: Mapping[str, str],
    actor: str,
    *,
    level: str = "glance",
    reason: str = "",
) -> Partner:
    partner = Partner(level=level, created_by=actor, updated_by=actor)
    _write_facts(partner, {column: facts.get(column, "") for column in FACTS}, actor)
    session.add(partner)
    session.flush()
    session.add(
        LevelChange(
            partner_id=partner.id,
            on=today(),
            before="",
            after=level,
            reason=reason,
            created_by=actor,
        )
    )
    session.flush()
    return partner


def _write_facts(partner: Partner, facts: Mapping[str, str], actor: str) -> None:
    """Put facts into the row, as long as its columns, and note who wrote the contact person."""
    before = [getattr(partner, column) or "" for column in CONTACT_PERSON]
    for column in FACTS:
        longest = getattr(Partner.__table__.c[column].type, "length", None)
        setattr(partner, column, facts[column].strip()[:longest])
    partner.name = " ".join(partner.name.split())
    partner.name_key, partner.sort_key = names.key(partner.name), names.sort_key(partner.name)
    after = [getattr(partner, column) for column in CONTACT_PERSON]
    if after != before:
        partner.contact_by, partner.contact_at = (actor, now()) if any(after) else ("", None)


def _fill_gaps(kept: Partner, gone: Partner) -> None:
    """Fill what is not known of the kept partner. A person is taken whole: two halves would make a third."""
    for column in ("sector", "owner", "about"):
        setattr(kept, column, getattr(kept, column) or getattr(gone, column))
    if not kept.has_person:
        for column in (*CONTACT_PERSON, "contact_by", "contact_at"):
            setattr(kept, column, getattr(gone, column))
    if kept.erased_at is None:
        kept.erased_by, kept.erased_at = gone.erased_by, gone.erased_at


def _point_elsewhere(session: Session, gone_id: int, kept_id: int) -> None:
    """Let every row of every room that points at the one partner point at the other."""
    for table, column in _pointing_at_partners():
        session.execute(update(table).where(column == gone_id).values({column.name: kept_id}))


def _wait_for_writers(session: Session, partner_id: int) -> None:
    """Lock every row that points at a partner.

    Whoever writes to one comes to the partner last. So does whoever merges, or each could wait for the other.
    """
    for _table, column in _pointing_at_partners():
        session.execute(select(column).where(column == partner_id).with_for_update())


def _pointing_at_partners() -> Iterator[tuple[Table, Column[Any]]]:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is Partner.__table__:
                yield table, key.parent


def _locked(session: Session, partner_id: int) -> Partner:
    found = session.execute(
        select(Partner).where(Partner.id == partner_id).with_for_update()
    ).scalar_one_or_none()
    if found is None:
        raise Gone(partner_id)
    return found


def _kept(session: Session, partner_id: int) -> Partner:
    """Return the partner, or the one that it was merged into while a page was open."""
    partner = _locked(session, partner_id)
    return _locked(session, partner.merged_into_id) if partner.merged_into_id else partner


def _locked_contact(session: Session, contact_id: int, shown: int) -> PartnerContact:
    found = session.execute(
        select(PartnerContact).where(PartnerContact.id == contact_id).with_for_update()
    ).scalar_one_or_none()
    if found is None:
        raise ChangedMeanwhile
    must_be_as_shown(shown, found.row_version)
    return found


def _touch(session: Session, partner_id: int, actor: str, **values: str) -> None:
    """Remember who last wrote about a partner, without a new row version: its facts are the same."""
    session.execute(
        update(Partner)
        .where(Partner.id == partner_id)
        .values(updated_by=actor, updated_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    found = session.get(Partner, partner_id)
    if found is not None:
        session.refresh(found)
