"""Ways to fill a register: partners with levels and assessments, written straight into the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.assessments.models import Assessment, Summary
from app.decisions.models import Decision, FollowUp, Motion
from app.definitions.operations import pinned
from app.engine.loading import Loaded, load
from app.organisation.models import Goal
from app.partners.models import LevelChange, Partner
from app.paths import questionnaires_folder
from app.platform.database import writing

OUTCOMES = ("none", "date", "engagement")
MOMENT = datetime(2026, 5, 1, tzinfo=UTC)


def partner(session: Any, name: str, level: str = "glance", on: str = "2026-01-10", **facts: Any) -> Partner:
    made = Partner(name=name, level=level, created_by="Anna", updated_by="Anna", **facts)
    session.add(made)
    session.flush()
    changed(session, made, "", level, on)
    return made


def changed(session: Any, partner: Partner, before: str, after: str, on: str) -> None:
    session.add(LevelChange(partner_id=partner.id, on=on, before=before, after=after, created_by="Anna"))
    partner.level = after
    session.flush()


def goal(session: Any, title: str, *, active: bool = True) -> Goal:
    made = Goal(title=title, active=active, created_by="Anna", updated_by="Anna")
    session.add(made)
    session.flush()
    return made


def assessment(
    session: Any,
    partner: Partner | None,
    rank: int = 1,
    value: int | None = 60,
    readiness: int | None = 40,
    *,
    reviewed: bool = True,
    **facts: Any,
) -> Assessment:
    """One of a partner, by default reviewed; without ``reviewed`` it has no summary yet."""
    about = {"partner": partner.name if partner else "Ingen", "proposal": "En festival om lys"}
    row = {
        "definition_id": definition(session),
        "partner_id": partner.id if partner else None,
        "language": "da",
        "variant": "full",
        "origin": "new",
        "date": "2026-05-01",
        "subject": {**about, **facts.pop("subject", {})},
        "answers": {},
        "gates": {},
        "reviewed_at": MOMENT if reviewed else None,
        "created_by": "Anna",
        "updated_by": "Anna",
    }
    made = Assessment(**{**row, **facts})
    session.add(made)
    session.flush()
    if reviewed:
        outcome = OUTCOMES[rank] if rank >= 0 else ""
        session.add(
            Summary(
                assessment_id=made.id,
                status="settled",
                outcome=outcome,
                low=outcome,
                high=outcome,
                in_time="",
                rank=rank,
                highest=2,
                value=value,
                readiness=readiness,
                known=20,
                asked=40,
            )
        )
        session.flush()
    return made


@cache
def shipped(file: Path) -> Loaded:
    return load(file.read_text(encoding="utf-8"))


def definition(session: Any) -> int:
    """The id of the shipped questionnaire's definition, stored once."""
    return pinned(session, shipped(questionnaires_folder() / "new-partner.json"))


def motion(session: Any, of: Assessment, outcome: str = "date") -> Motion:
    made = Motion(
        assessment_id=of.id, outcome=outcome, recommended=outcome, created_by="Anna", updated_by="Anna"
    )
    session.add(made)
    session.flush()
    return made


def decision(session: Any, of: Assessment, verdict: str = "approved", **facts: Any) -> Decision:
    row = {"outcome": "" if verdict == "postponed" else "date", "decided_on": "2026-06-01", **facts}
    made = Decision(
        assessment_id=of.id,
        verdict=verdict,
        decided_by="Bibliotekschefen",
        created_by="Anna",
        updated_by="Anna",
        **row,
    )
    session.add(made)
    session.flush()
    return made


def follow_up(session: Any, of: Decision, next_on: str) -> None:
    session.add(
        FollowUp(decision_id=of.id, on="2026-07-01", went="as-hoped", next_on=next_on, created_by="Anna")
    )
    session.flush()


def many(app: Any, count: int) -> None:
    """So many partners, each assessed twice, with goals, motions and decisions among them."""
    with app.app_context(), writing() as session:
        goals = [goal(session, f"Mål {number}") for number in range(4)]
        for number in range(count):
            made = partner(session, f"Forening {number:03}", ("glance", "date")[number % 2])
            for year in ("2025", "2026"):
                assessed = assessment(
                    session,
                    made,
                    number % 3,
                    number % 101,
                    (number * 7) % 101,
                    date=f"{year}-05-01",
                    goal_id=goals[number % 3].id,
                )
            motion(session, assessed)
            if number % 2:
                decision(session, assessed, follow_up_on="2026-07-01")
