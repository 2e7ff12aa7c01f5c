"""Reading partners, and the words for what is said of them. Nothing here writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort
from sqlalchemy import select

from app.partners.models import Partner
from app.platform.database import db
from app.platform.i18n import gettext as _

MOST_NAMES = 500
"""A list to choose a name from is no register: a browser is slow with more."""


@dataclass(frozen=True)
class LevelWords:
    """A level in the reader's language: the plain name, the seed's word, what it is, and what it needs.

    ``nickname`` is ``""`` where the plain name says it all.
    """

    title: str
    nickname: str
    meaning: str
    needs: str


PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def is_public_id(text: str) -> bool:
    """Say whether a text can be the public id of anything."""
    return PUBLIC_ID.fullmatch(text) is not None


def partner_with(public_id: str) -> Partner:
    """Return the partner with this id, or the one that it turned out to be; 404 where there is none."""
    found = db.session.execute(select(Partner).where(Partner.public_id == public_id)).scalar_one_or_none()
    while found is not None and found.merged_into_id is not None:
        found = db.session.get(Partner, found.merged_into_id)
    return found or abort(404)


def partners_by_id(ids: Iterable[int | None]) -> dict[int, Partner]:
    """Return the partners with these ids, in one query; ``None`` among the ids is passed over."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    found = db.session.execute(select(Partner).where(Partner.id.in_(wanted))).scalars()
    return {partner.id: partner for partner in found}


def all_names() -> list[str]:
    """Return the partners' names in alphabetical order, to choose from while writing; the first 500."""
    in_order = select(Partner.name).where(Partner.merged_into_id.is_(None)).order_by(Partner.sort_key)
    return list(db.session.execute(in_order.limit(MOST_NAMES)).scalars())


def owners() -> list[str]:
    """Return everybody who owns a partner, in alphabetical order."""
    named = select(Partner.owner).where(Partner.merged_into_id.is_(None), Partner.owner != "").distinct()
    return sorted(db.session.execute(named).scalars(), key=str.casefold)


def today() -> date:
    """Return the day where the server is."""
    return datetime.now().astimezone().date()


def level_words(level: str) -> LevelWords:
    """Return the words for one of ``LEVELS``."""
    return {
        "glance": lambda: LevelWords(
            _("Contact"),
            "",
            _("You are in touch: a letter, a visit, a call, a seat on the same committee."),
            _("It needs nothing."),
        ),
        "date": lambda: LevelWords(
            _("Joint activity"),
            _("date"),
            _("You have agreed on one particular, short activity."),
            _("It needs that both gain from it, and that you agree how ambitious it is."),
        ),
        "engagement": lambda: LevelWords(
            _("Partnership for a period"),
            _("engagement"),
            _("A formal agreement with an end date, on the way to something lasting."),
            _(
                "It needs something you have done together before, planning and evaluation, "
                "resources from both, and a wish to go on."
            ),
        ),
        "marriage": lambda: LevelWords(
            _("Lasting partnership"),
            _("marriage"),
            _("You share goal, work, risk, results, cost and responsibility."),
            _(
                "It needs a partnership for a period that worked, a goal in common, "
                "and expectations that match."
            ),
        ),
        "separation": lambda: LevelWords(
            _("Paused"),
            "",
            _("A friendly pause, with the wish to go on later."),
            _("It needs that both know it is a pause, and when you talk again."),
        ),
        "divorce": lambda: LevelWords(
            _("Ended"),
            "",
            _("The partnership is over, or you have decided not to go further."),
            _("It needs a kind word about why. The contact can be kept."),
        ),
    }[level]()


def sector_words(sector: str) -> str:
    """Return the words for one of ``SECTORS``, ``""`` for none."""
    return {"public": _("Public sector"), "private": _("Private sector"), "civil": _("Civil society")}.get(
        sector, ""
    )


def contact_words(kind: str) -> str:
    """Return the words for one of ``CONTACT_KINDS``."""
    return {
        "meeting": _("Meeting"),
        "call": _("Phone call"),
        "mail": _("E-mail"),
        "visit": _("Visit"),
        "event": _("Event"),
        "other": _("Other"),
    }[kind]
