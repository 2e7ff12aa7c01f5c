"""Where a partner's contact person may be named outside the register: in what people wrote in free text.

Nobody can erase that by machine, so a person is told where to look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from app.partners.models import LevelChange, Partner, PartnerContact
from app.platform.database import db

SHORTEST_NAME = 3
FEWEST_DIGITS = 6
PHONE = re.compile(r"\+?\d(?:[\s\-./()]*\d)+")


@dataclass(frozen=True)
class Passage:
    """A piece of free text. ``kind``: ``about``, ``contact``, ``level``, ``assessment``, ``history``,
    ``decision`` or ``workshop``.

    ``on``: its day, ISO 8601, ``""`` where it has none. ``address``: the page where it can be changed, ``""``
    where it cannot.
    """

    kind: str
    text: str
    on: str = ""
    address: str = ""


Source = Callable[[int], list[Passage]]
"""Returns a room's free texts about the partner with this id, with a constant number of queries."""

_SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    """Let a room that builds on partners say what is written in it. Adding one twice changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def mentions_of(partner: Partner) -> list[Passage]:
    """Return every passage in which the contact person's name, e-mail or phone seems to occur."""
    passages = [*_own_passages(partner), *(each for source in _SOURCES for each in source(partner.id))]
    return [each for each in passages if is_mentioned(partner, each.text)]


def is_mentioned(partner: Partner, text: str) -> bool:
    """Say whether a text seems to tell of the contact person: any part of the name counts."""
    plain = _plain(text)
    names = re.findall(r"[^\W\d_]+", _plain(partner.contact_name))
    mail = _plain(partner.contact_email)
    return (
        any(re.search(rf"\b{re.escape(name)}s?\b", plain) for name in names if len(name) >= SHORTEST_NAME)
        or bool(mail and mail in plain)
        or _has_phone(text, partner.contact_phone)
    )


def _has_phone(text: str, phone: str) -> bool:
    """Say whether a phone number occurs in a text, however its digits are grouped, with or without +45."""
    wanted = _digits(phone)[-8:]
    if len(wanted) < FEWEST_DIGITS:
        return False
    return any(wanted in _digits(found) for found in PHONE.findall(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _own_passages(partner: Partner) -> list[Passage]:
    here = partner.public_id
    contacts = db.session.execute(
        select(PartnerContact).where(PartnerContact.partner_id == partner.id).order_by(PartnerContact.on)
    ).scalars()
    changes = db.session.execute(
        select(LevelChange).where(LevelChange.partner_id == partner.id).order_by(LevelChange.on)
    ).scalars()
    return [
        Passage("about", partner.about, "", url_for("partners.edit", public_id=here)),
        *(
            Passage(
                "contact",
                each.text,
                each.on,
                url_for("partners.contact", public_id=here, contact_id=each.public_id),
            )
            for each in contacts
        ),
        *(
            Passage(
                "level",
                each.reason,
                each.on,
                url_for("partners.correct_reason", public_id=here, change_id=each.id),
            )
            for each in changes
        ),
    ]
