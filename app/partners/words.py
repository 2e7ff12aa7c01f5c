"""The words for what is stored of a partner as a code: the level, the sector, the kind of contact."""

from __future__ import annotations

from dataclasses import dataclass

from app.platform.i18n import gettext as _


@dataclass(frozen=True)
class LevelWords:
    """A level in the reader's language: the plain name, a nickname, what it is, and what it needs.

    ``nickname`` is ``""`` where the plain name says it all.
    """

    title: str
    nickname: str
    meaning: str
    needs: str


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
