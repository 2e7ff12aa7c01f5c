"""What the wall shows before the answers are: how to join, what is promised, and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.network import join_base, qr
from app.workshops.loaded import LoadedWorkshop
from app.workshops.wall.timing import Clock, clock_of
from app.workshops.words import side_words


@dataclass(frozen=True)
class SideNumbers:
    """One side, in words: who joined, and who is done."""

    name: str
    joined: int
    done: int


@dataclass(frozen=True)
class Waiting:
    """The screen before the reveal. ``address`` and ``picture`` are empty where no phone can reach us.

    ``section``: the one that everybody answers now, ``""`` where each goes at their own pace.
    """

    address: str
    code: str
    picture: Markup
    sides: list[SideNumbers]
    promises: list[str]
    section: str
    clock: Clock | None


def waiting_room(opened: LoadedWorkshop) -> Waiting:
    """Return what may be seen before the reveal; it is made without looking at any answer."""
    workshop, base = opened.workshop, join_base()
    scanned = url_for("phones.enter", code=workshop.code, key=workshop.key)
    return Waiting(
        address=f"{base.partition('://')[2]}{url_for('phones.join')}" if base else "",
        code=f"{workshop.code[:4]} {workshop.code[4:]}",
        picture=qr(f"{base}{scanned}") if base else Markup(),
        sides=[SideNumbers(side_words(each.side), each.joined, each.done) for each in opened.counts],
        promises=_promises(opened),
        section=_section(opened),
        clock=clock_of(opened),
    )


def _promises(opened: LoadedWorkshop) -> list[str]:
    workshop = opened.workshop
    few = _(
        "Only what at least %(number)s on the same side have answered is shown.",
        number=workshop.smallest_group,
    )
    names = (
        _("The answers are shown with names.")
        if workshop.named
        else _("The answers carry no names. Nobody is told who answered what.")
    )
    together = _("First each of you answers alone. Then all see the answers at the same time.")
    return [together, names, few]


def _section(opened: LoadedWorkshop) -> str:
    workshop = opened.workshop
    found = [each for each in opened.questionnaire.sections if each.id == workshop.section]
    return say(found[0].title, language()) if workshop.in_step and found else ""
