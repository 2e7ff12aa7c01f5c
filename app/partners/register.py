"""The register as a list: searched, narrowed, put in order, and shown a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.partners import names
from app.partners.models import LEVELS, SECTORS, Partner, PartnerContact
from app.platform.database import db
from app.platform.list_pages import ListPage, list_page
from app.platform.text import writable

CLOSEST_FIRST = ("marriage", "engagement", "date", "glance", "separation", "divorce")
SORTS = ("name", "touched", "level")
LONGEST_SEARCH = 200
MOST_WORDS = 8
SAME_LETTER = (("Æ", "æ"), ("Ø", "ø"), ("Å", "å"), ("É", "e"), ("é", "e"))


@dataclass(frozen=True)
class Search:
    """What the reader wants to see; ``""`` for everything. ``sort``: one of ``SORTS``."""

    text: str = ""
    level: str = ""
    sector: str = ""
    owner: str = ""
    sort: str = "name"

    @property
    def narrows(self) -> bool:
        """Whether some partners are left out."""
        return bool(self.text or self.level or self.sector or self.owner)


@dataclass(frozen=True)
class ListedPartners:
    """The partners of one page of the register, that page, and the day of each one's last contact."""

    partners: list[Partner]
    found: ListPage
    last_contacts: Mapping[int, str]


def search_in(asked: Mapping[str, str]) -> Search:
    """Return what an address asks for; what cannot be understood narrows nothing."""
    level, sector, sort = (asked.get(name, "") for name in ("level", "sector", "sort"))
    return Search(
        text=" ".join(writable(asked.get("q", "")).split())[:LONGEST_SEARCH],
        level=level if level in LEVELS else "",
        sector=sector if sector in SECTORS else "",
        owner=writable(asked.get("owner", "")).strip()[:LONGEST_SEARCH],
        sort=sort if sort in SORTS else "name",
    )


def listed(search: Search) -> ListedPartners:
    """Return the page of the register that is asked for: four queries, however many partners there are."""
    found = list_page(_in_order(_narrowed(search), search.sort), _whole)
    partners = [partner for (partner,) in found.rows]
    return ListedPartners(partners, found, _last_contacts([partner.id for partner in partners]))


def found_by_text(text: str, most: int) -> list[Partner]:
    """Return the first partners that a search finds, in alphabetical order."""
    statement = _in_order(_narrowed(Search(text=text[:LONGEST_SEARCH])), "name").limit(most)
    return list(db.session.execute(_whole(statement)).scalars())


def alike(name: str, but: int | None = None) -> list[Partner]:
    """Return the partners of the same or nearly the same name, other than the one with the id ``but``."""
    kept = select(Partner.id, Partner.name_key).where(Partner.merged_into_id.is_(None))
    keys = {each.id: each.name_key for each in db.session.execute(kept) if each.id != but}
    meant = names.alike(names.key(name), set(keys.values()))
    ids = [each for each, key in keys.items() if key in meant][:10]
    if not ids:
        return []
    found = select(Partner).where(Partner.id.in_(ids)).order_by(Partner.sort_key, Partner.id)
    return list(db.session.execute(found).scalars())


def _whole(wanted: Select[Any]) -> Select[Any]:
    return wanted.with_only_columns(Partner)


def _narrowed(search: Search) -> Select[Any]:
    statement = select(Partner.id).where(Partner.merged_into_id.is_(None))
    for word in names.key(search.text).split()[:MOST_WORDS]:
        statement = statement.where(_says(word))
    if search.level:
        statement = statement.where(Partner.level == search.level)
    if search.sector:
        statement = statement.where(Partner.sector == search.sector)
    if search.owner:
        statement = statement.where(Partner.owner == search.owner)
    return statement


def _says(word: str) -> ColumnElement[bool]:
    """Whether a word occurs in the name, or in that of the contact person or the owner."""
    return or_(
        Partner.name_key.contains(word, autoescape=True),
        _small(Partner.contact_name, word).contains(word, autoescape=True),
        _small(Partner.owner, word).contains(word, autoescape=True),
    )


def _small(column: InstrumentedAttribute[str], word: str) -> ColumnElement[str]:
    """Return a column in small letters, as far as ``word`` has them.

    A database need not know those letters that English lacks, and each that it is told costs every row.
    """
    small: ColumnElement[str] = func.lower(column)
    for large, letter in SAME_LETTER:
        if letter in word:
            small = func.replace(small, large, letter)
    return small


def _in_order(statement: Select[Any], sort: str) -> Select[Any]:
    by_name = (Partner.sort_key, Partner.id)
    if sort == "touched":
        return statement.order_by(Partner.updated_at.desc(), Partner.id.desc())
    if sort == "level":
        places = {level: place for place, level in enumerate(CLOSEST_FIRST)}
        return statement.order_by(case(places, value=Partner.level, else_=len(places)), *by_name)
    return statement.order_by(*by_name)


def _last_contacts(ids: list[int]) -> dict[int, str]:
    """Return the day, ISO 8601, of the last contact with each partner that there was any with."""
    if not ids:
        return {}
    last = (
        select(PartnerContact.partner_id, func.max(PartnerContact.on).label("on"))
        .where(PartnerContact.partner_id.in_(ids))
        .group_by(PartnerContact.partner_id)
    )
    return {each.partner_id: each.on for each in db.session.execute(last)}
