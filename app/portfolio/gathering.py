"""What the portfolio report says, gathered as plain data in the language of the job."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from app.decisions.words import verdict_words
from app.organisation.reading import all_goals
from app.partners.models import LEVELS
from app.partners.words import level_words, sector_words
from app.platform.i18n import day_in_words
from app.platform.i18n import gettext as _
from app.platform.jobs import Progress
from app.portfolio.choice import Choice
from app.portfolio.goals import Served
from app.portfolio.overview import Lengths, Overview, overview
from app.portfolio.positions import Positions
from app.portfolio.register import Entry, all_entries

IN_REPORT = Lengths(partners=24, waiting=40)


def gathered(choice: Choice, today: date, progress: Progress) -> dict[str, Any]:
    """Return the report's content; ``progress`` hears of every hundred partners that were read."""
    found = overview(choice, today, IN_REPORT)
    numbers = found.positions.numbers
    entries: list[dict[str, Any]] = []
    progress(0, found.partners)
    for some in all_entries(choice):
        entries += [{**_entry(each), "number": numbers.get(each.partner_id)} for each in some]
        progress(len(entries), max(found.partners, len(entries)))
    return {
        "date": day_in_words(today.isoformat()),
        "chosen": _chosen(choice),
        "partners": found.partners,
        "levels": _levels(found.now),
        "level_titles": [level_words(level).title for level in LEVELS],
        "positions": _positions(found.positions),
        "all_goals": not choice.goal,
        "without": [goal.title for goal in found.coverage.without],
        "served": [_goal(goal) for goal in found.coverage.served],
        "former": [_goal(goal) for goal in found.coverage.former],
        "periods": [{**asdict(each), "total": each.total} for each in found.periods],
        "waiting": _waiting(found),
        "entries": entries,
    }


def _chosen(choice: Choice) -> list[str]:
    """Return in words which partners are in the report; nothing where all of them are."""
    goal = next((each.title for each in all_goals() if each.public_id == choice.goal), "")
    said = (
        (_("Sector"), sector_words(choice.sector)),
        (_("Level"), level_words(choice.level).title if choice.level else ""),
        (_("Owner"), choice.owner),
        (_("Goal"), goal),
        (_("Assessed from"), day_in_words(choice.since)),
        (_("Assessed until"), day_in_words(choice.until)),
    )
    return [f"{label}: {words}" for label, words in said if words]


def _positions(found: Positions) -> dict[str, Any]:
    stand = {each.id: each.count for each in found.quadrants}
    return {
        **asdict(found),
        "much_ready": stand["much-ready"],
        "much_not_yet": stand["much-not-yet"],
        "names_all_without": found.names_all_without,
    }


def _levels(now: list[int]) -> list[dict[str, Any]]:
    words = [level_words(level) for level in LEVELS]
    return [
        {"title": each.title, "nickname": each.nickname, "count": count}
        for each, count in zip(words, now, strict=True)
    ]


def _goal(goal: Served) -> dict[str, Any]:
    partners = [
        {"name": each.name, "outcome": each.outcome, "level": level_words(each.level).title}
        for each in goal.partners
    ]
    return {"title": goal.title, "count": goal.count, "partners": partners, "more": goal.more}


def _waiting(found: Overview) -> dict[str, Any]:
    waiting = found.waiting
    return {
        "awaited": [
            {**asdict(each), "put_on": day_in_words(each.put_on), "decide_by": day_in_words(each.decide_by)}
            for each in waiting.awaited
        ],
        "awaited_in_all": waiting.awaited_in_all,
        "awaited_more": waiting.awaited_more,
        "due": [
            {**asdict(each), "decided_on": day_in_words(each.decided_on), "on": day_in_words(each.on)}
            for each in waiting.due
        ],
        "due_in_all": waiting.due_in_all,
        "due_more": waiting.due_more,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **asdict(entry),
        "level": level_words(entry.level).title,
        "verdict": verdict_words(entry.verdict) if entry.verdict else "",
        "date": day_in_words(entry.date),
        "decided_on": day_in_words(entry.decided_on),
        "follow_up_on": day_in_words(entry.follow_up_on),
    }
