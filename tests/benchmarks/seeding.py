"""A library that has worked with Overvej for years: thousands of partners and assessments, made in seconds.

The same seed gives the same library. The answers are those of the worked cases, and variations of them.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from app import catalogue
from app.assessments.models import Assessment, AssessmentChange, Summary
from app.assessments.summaries import SummaryValues, summarise
from app.decisions.models import VERDICTS, WENT, Decision, FollowUp, Motion
from app.definitions.models import Definition
from app.engine.answers import Answer, Answers, from_json, to_json
from app.engine.definition import Questionnaire
from app.organisation.models import Goal, Organisation
from app.partners.models import CONTACT_KINDS, SECTORS, LevelChange, Partner, PartnerContact
from app.partners.names import key, sort_key
from app.paths import questionnaires_folder
from app.platform.database import writing

TODAY = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
YEARS = 4
VARIATIONS = 60
LEVELS = (("glance",), ("glance", "date"), ("glance", "date", "engagement"), ("glance", "date", "divorce"))
GOALS = (
    "Flere unge læser",
    "Byen mødes her",
    "Alle kan være med digitalt",
    "Vi når de hjemmegående",
    "Kunst",
)
KINDS = ("foreningen", "skolen", "teatret", "festivalen", "klubben", "museet", "centret", "huset", "avisen")
PLACES = ("Aarhus", "Ørsted", "Åkirke", "Ærø", "Holbæk", "Skive", "Thisted", "Nyborg", "Hjørring", "Vejle")
THINGS = ("Litteratur", "Robot", "Cykel", "Musik", "Sprog", "Film", "Have", "Kvarter", "Ungdoms", "Kunst")
PEOPLE = ("Anna Holm", "Bent Kjær", "Clara Øst", "Dorthe Å. Juul", "Emil Friis")
PROPOSALS = ("En sommerfestival", "Lektiehjælp om tirsdagen", "En læseklub", "Robotværksted", "Foredrag")


@dataclass(frozen=True)
class Seeded:
    """Addresses of what was made: the partner with the longest timeline, and two reviewed assessments."""

    partner: str
    assessments: list[str]


@dataclass(frozen=True)
class Variation:
    """One set of answers, as a row holds them, with what they come to."""

    parts: dict[str, Any]
    summary: SummaryValues


def seed(partners: int, assessments: int) -> Seeded:
    """Fill an empty database, inside the application's context."""
    chance = Random(20261122)
    loaded = catalogue.find("new-partner")
    assert loaded is not None
    variations = list(_variations(loaded.questionnaire, chance))
    people = [_partner(number, chance) for number in range(1, partners + 1)]
    alive = [row for row in people if row["merged_into_id"] is None]
    rows = [_assessment(number, alive, variations, chance) for number in range(1, assessments + 1)]
    with writing() as session:
        connection = session.connection()
        _put(connection, Definition, [_definition(loaded)])
        _put(connection, Organisation, [_organisation()])
        _put(connection, Goal, [_goal(number, title) for number, title in enumerate(GOALS, start=1)])
        _put(connection, Partner, people)
        _put(connection, PartnerContact, _contacts(people, chance))
        _put(connection, LevelChange, _level_changes(people, chance))
        _put(connection, Assessment, [row for row, _ in rows])
        _put(connection, AssessmentChange, _changes([row for row, _ in rows]))
        reviewed = [(row, variation) for row, variation in rows if row["reviewed_at"]]
        _put(connection, Summary, [{"assessment_id": row["id"], **asdict(v.summary)} for row, v in reviewed])
        decided = reviewed[::2]
        _put(connection, Motion, [_motion(n, row, v) for n, (row, v) in enumerate(decided, start=1)])
        decisions = [_decision(n, row, v, chance) for n, (row, v) in enumerate(decided[::2], start=1)]
        _put(connection, Decision, decisions)
        _put(connection, FollowUp, [_follow_up(n, d, chance) for n, d in enumerate(decisions[::2], start=1)])
    # The first partner has the longest timeline: it was proposed to every time a number came out even.
    mine = [row["public_id"] for row, _ in reviewed if row["partner_id"] == 1]
    others = [row["public_id"] for row, _ in reviewed]
    return Seeded(people[0]["public_id"], [*mine, *others][:2])


def _put(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> None:
    """Write rows that bring their own ids, and let PostgreSQL count on from there."""
    table: Table = model.__table__
    first = {"row_version": 1} if "row_version" in table.columns else {}
    if rows:
        connection.execute(insert(table), [{**first, **row} for row in rows])
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), :last)"),
            {"last": len(rows) + 1},
        )


def _variations(questionnaire: Questionnaire, chance: Random) -> Any:
    folder = questionnaires_folder() / "cases" / questionnaire.id
    cases = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/*.json"))]
    bases = [from_json(case["file"], questionnaire) for case in cases]
    for number in range(VARIATIONS):
        answers = _varied(questionnaire, bases[number % len(bases)], chance)
        yield Variation(to_json(answers), summarise(questionnaire, answers))


def _varied(questionnaire: Questionnaire, base: Answers, chance: Random) -> Answers:
    """Answer some questions otherwise, and some with a note."""
    items = dict(base.items)
    for item_id, item in questionnaire.scored_items.items():
        if chance.random() < 0.4 and item.kind == "scale":
            note = "Det sagde de på mødet i foråret." if chance.random() < 0.3 else ""
            items[item_id] = Answer("known", chance.choice(list(item.options())), note)
    return replace(base, items=items)


def _definition(loaded: Any) -> dict[str, Any]:
    questionnaire = loaded.questionnaire
    return {
        "id": 1,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "source": loaded.source,
        "installed": True,
        "first_seen": TODAY - timedelta(days=365 * YEARS),
    }


def _who_and_when(moment: datetime, chance: Random) -> dict[str, Any]:
    who = chance.choice(PEOPLE)
    return {
        "created_by": who,
        "updated_by": who,
        "created_at": moment,
        "updated_at": moment,
    }


def _organisation() -> dict[str, Any]:
    return {
        "id": 1,
        "name": "Nordby Bibliotek",
        "language": "da",
        "logo": b"\x89PNG\r\n\x1a\n",
        "logo_type": "",
        "thresholds": [{"amount": 50000, "decides": "Biblioteksudvalget"}],
        "default_owner": "Anna Holm",
        "contact": "post@example.dk",
        "updated_by": "Anna Holm",
        "updated_at": TODAY,
    }


def _goal(number: int, title: str) -> dict[str, Any]:
    made = _who_and_when(TODAY, Random(number))
    return {
        **made,
        "id": number,
        "public_id": _public("goal", number),
        "title": title,
        "text": "",
        "active": number < len(GOALS),
        "position": number,
    }


def _partner(number: int, chance: Random) -> dict[str, Any]:
    name = f"{chance.choice(THINGS)}{chance.choice(KINDS)} i {chance.choice(PLACES)} {number}"
    contact = chance.choice(PEOPLE)
    levels = chance.choice(LEVELS)
    return {
        **_who_and_when(_some_day(chance), chance),
        "id": number,
        "public_id": _public("partner", number),
        "name": name,
        "name_key": key(name),
        "sort_key": sort_key(name),
        "sector": chance.choice(SECTORS),
        "level": levels[-1],
        "owner": chance.choice(PEOPLE),
        "about": "Vi mødte dem til borgermødet.",
        "contact_name": contact,
        "contact_role": "Leder",
        "contact_email": f"{number}@example.dk",
        "contact_phone": "12345678",
        "erased_at": None,
        "merged_into_id": number - 1 if number % 50 == 0 else None,
    }


def _contacts(people: list[dict[str, Any]], chance: Random) -> list[dict[str, Any]]:
    """Two contacts with each partner, twenty with the first."""
    whom = [1] * 18 + [row["id"] for row in people for _ in range(2)]
    return [
        {
            "id": number,
            "public_id": _public("contact", number),
            "partner_id": partner,
            "on": _some_day(chance).date().isoformat(),
            "kind": chance.choice(CONTACT_KINDS),
            "text": "Talte om, hvad vi kunne gøre sammen.",
            "created_by": chance.choice(PEOPLE),
            "created_at": _some_day(chance),
        }
        for number, partner in enumerate(whom, start=1)
    ]


def _level_changes(people: list[dict[str, Any]], chance: Random) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in people:
        steps = next(levels for levels in LEVELS if levels[-1] == row["level"])
        for before, after in zip(("", *steps), steps, strict=False):
            found.append(
                {
                    "id": len(found) + 1,
                    "partner_id": row["id"],
                    "on": _some_day(chance).date().isoformat(),
                    "before": before,
                    "after": after,
                    "reason": "Det gik godt sidst." if before else "",
                    "created_by": chance.choice(PEOPLE),
                    "created_at": _some_day(chance),
                }
            )
    return found


def _assessment(
    number: int, people: list[dict[str, Any]], variations: list[Variation], chance: Random
) -> tuple[dict[str, Any], Variation]:
    """Return a row; nine of ten are reviewed, one of a hundred is in the bin, the first partner has many."""
    partner = people[0] if number <= 16 else chance.choice(people)
    variation, moment = chance.choice(variations), _some_day(chance)
    subject = {**variation.parts["subject"], "partner": partner["name"], "proposal": chance.choice(PROPOSALS)}
    row = {
        **_who_and_when(moment, chance),
        "search_key": f"{partner['name_key']} {key(subject['proposal'])}",
        "id": number,
        "public_id": _public("assessment", number),
        "definition_id": 1,
        "partner_id": partner["id"],
        "goal_id": chance.choice((None, 1, 2, 3)),
        "language": "da",
        "variant": "full",
        "origin": "new",
        "date": moment.date().isoformat(),
        "respondents": 1,
        "subject": subject,
        "answers": variation.parts["answers"],
        "gates": variation.parts["gates"],
        "confirmed_gates": [gate for gate, said in variation.parts["gates"].items() if said == "no"],
        "reviewed_at": moment if number % 10 else None,
        "deleted_at": moment if number % 100 == 50 else None,
    }
    return row, variation


def _changes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two saves of each: how it was begun, and its answers."""
    found = []
    for row in rows:
        for kind in ("created", "answers"):
            changes = {} if kind == "created" else {"goal": [None, row["answers"].get("goal")]}
            found.append(
                {
                    "id": len(found) + 1,
                    "assessment_id": row["id"],
                    "kind": kind,
                    "changes": changes,
                    "actor": row["created_by"],
                    "at": row["created_at"],
                }
            )
    return found


def _motion(number: int, row: dict[str, Any], variation: Variation) -> dict[str, Any]:
    outcome = variation.summary.outcome or variation.summary.low
    return {
        **_who_and_when(row["created_at"], Random(number)),
        "id": number,
        "assessment_id": row["id"],
        "outcome": outcome,
        "recommended": variation.summary.outcome,
        "text": "Det indstilles, at biblioteket prøver én gang.",
        "why": "",
    }


def _decision(number: int, row: dict[str, Any], variation: Variation, chance: Random) -> dict[str, Any]:
    day = row["created_at"] + timedelta(days=14)
    verdict = chance.choice(VERDICTS)
    outcome = variation.summary.outcome or variation.summary.low
    return {
        **_who_and_when(day, chance),
        "id": number,
        "public_id": _public("decision", number),
        "assessment_id": row["id"],
        "verdict": verdict,
        "outcome": "" if verdict == "postponed" else outcome,
        "recommended": variation.summary.outcome,
        "proposed": outcome,
        "reasons": "Det passer ind i planen.",
        "conditions": "",
        "habilitet": "Ingen",
        "case_number": f"26-{number}",
        "decided_by": "Ledelsen",
        "decided_on": day.date().isoformat(),
        "follow_up_on": (day + timedelta(days=182)).date().isoformat(),
    }


def _follow_up(number: int, decision: dict[str, Any], chance: Random) -> dict[str, Any]:
    return {
        "id": number,
        "public_id": _public("follow-up", number),
        "decision_id": decision["id"],
        "on": decision["follow_up_on"],
        "went": chance.choice(WENT),
        "text": "Der kom flere, end vi havde regnet med.",
        "next_on": "",
        "created_by": chance.choice(PEOPLE),
        "created_at": TODAY,
    }


def _some_day(chance: Random) -> datetime:
    return TODAY - timedelta(minutes=chance.randrange(365 * YEARS * 24 * 60))


def _public(kind: str, number: int) -> str:
    """Return an id as long as a real one, the same for the same thing."""
    return f"{kind}-{number}-".ljust(22, "x")[:22]


assert len(secrets.token_urlsafe(16)) == len(_public("partner", 1)), "public ids are as long as real ones"
