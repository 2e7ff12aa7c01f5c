"""Ways to a reviewed assessment, a motion and a decision, as a writer and a leadership go them."""

from __future__ import annotations

import dataclasses
from typing import Any

from app.assessments import operations
from app.catalogue import find
from tests.printing import samples
from tests.web import Client

ENGAGEMENT = "ekko-af-byen-after"
NOTHING = "general-sponsorship"
SITTING = {
    "verdict": "approved",
    "decided_by": "Bibliotekschef Anna Holm",
    "decided_on": "2026-01-15",
    "ask_again": "none",
}


def assessed(app: Any, case: str = ENGAGEMENT, origin: str = "new", **subject: Any) -> str:
    """A reviewed assessment of a worked case; its public id. Underscores of fields stand for hyphens."""
    answers = samples.case_answers(case) if case else samples.nothing_known()
    named = {name.replace("_", "-"): value for name, value in subject.items()}
    answers = dataclasses.replace(answers, subject={**answers.subject, **named})
    with app.test_request_context():
        public_id = operations.create(
            find("new-partner"), answers, language="da", variant="full", origin=origin, actor="Karen"
        )
        operations.finish_review(public_id, [], "Karen")
    return public_id


def desk(public_id: str) -> str:
    return f"/assessments/{public_id}/decision"


def propose(client: Client, public_id: str, outcome: str, status: int = 303, **fields: Any) -> Any:
    """Post a motion as a page that was just opened does."""
    posted = {"part": "motion", "motion": outcome, "motion_version": "0", **fields}
    return client.post(desk(public_id), posted, status)


def decide(client: Client, public_id: str, status: int = 303, **fields: Any) -> Any:
    """Post a decision on a motion that nobody changed."""
    posted = {"part": "decision", "motion_version": "1", "decisions": "0", **SITTING, **fields}
    return client.post(desk(public_id), posted, status)


def decided_on(app: Any, client: Client, proposed: str = "engagement", **fields: Any) -> tuple[str, str]:
    """An assessment with a decision on it: its public id and the decision's."""
    public_id = assessed(app, **fields.pop("subject", {}))
    propose(client, public_id, proposed, motion_why="Vi kender dem.")
    decide(client, public_id, **fields)
    return public_id, decision_of(client, public_id)


def decision_of(client: Client, public_id: str) -> str:
    """The public id of the last decision on a page."""
    return client.get(desk(public_id)).text.rpartition('id="decision-')[2][:22]
