"""Whatever is done to assessments, and in whatever order, no answer is lost: held against a plain dict."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.changes import fingerprint_of
from app.assessments.models import Assessment, AssessmentChange
from app.assessments.past import undone
from app.assessments.words import answer_from
from app.catalogue import find
from app.platform.database import db
from tests.web import Client, begin, export

FACTS = {"partner": "Teaterforeningen", "proposal": "En sommerfestival"}

# For each question: its page, and what can be posted with what an answers file says of it then.
ANSWERS: dict[str, tuple[str, list[tuple[dict[str, Any], Any]]]] = {
    "idea": ("sections/all", [
        ({"idea": "0"}, 0),
        ({"idea": "2", "idea.note": "Se bilag"}, {"value": 2, "note": "Se bilag"}),
        ({"idea": "-"}, {"na": True}),
        ({"idea": "?", "idea.note": "Spørg"}, {"unknown": True, "note": "Spørg"}),
        ({}, None),
    ]),
    "size": ("sections/all", [({"size": "small"}, "small"), ({"size": "large"}, "large"), ({}, None)]),
    "tried": ("sections/all", [({"tried": "yes"}, "yes"), ({"tried": "no"}, "no"), ({}, None)]),
    "when-tried": ("sections/all", [({"when-tried": "2025-05-01"}, "2025-05-01"), ({}, None)]),
    "how-many": ("sections/all", [({"how-many": "40"}, 40), ({"how-many": "1,5"}, 1.5), ({}, None)]),
    "places": ("sections/all", [({"places": ["hall", "yard"]}, ["hall", "yard"]), ({}, None)]),
    "words": ("sections/all", [({"words": "Det gik\r\ngodt 😀"}, "Det gik\ngodt 😀"), ({}, None)]),
    "trade": ("sections/all", [
        ({"trade.give.hours": "2"}, {"give": {"hours": 2}, "get": {}}),
        ({"trade.give.hours": "1", "trade.get.rooms": "3"}, {"give": {"hours": 1}, "get": {"rooms": 3}}),
        ({}, None),
    ]),
    "lawful": ("sections/safe", [({"lawful": "yes"}, "yes"), ({"lawful": "no"}, "no"), ({}, None)]),
    "paid": ("subject", [({"paid": "yes"}, "yes"), ({"paid": "no"}, "no"), ({}, None)]),
    "price": ("subject", [({"price": "12.500"}, 12500), ({}, None)]),
    "due": ("subject", [({"due": "2026-12-24"}, "2026-12-24"), ({}, None)]),
}  # fmt: skip

saves = st.sampled_from(sorted(ANSWERS)).flatmap(
    lambda question: st.tuples(
        st.just("save"), st.tuples(st.just(question), st.sampled_from(ANSWERS[question][1]), st.booleans())
    )
)
others = st.tuples(
    st.sampled_from(["open", "resume", "review", "import", "copy", "restore", "bin", "take back", "switch"]),
    st.integers(0, 100),
)


@dataclass
class Kept:
    """What an assessment ought to say. ``window``: what it said when another window was opened on it."""

    address: str
    answers: dict[str, Any]
    window: dict[str, Any] = field(default_factory=dict)
    states: dict[int, dict[str, Any]] = field(default_factory=dict)
    binned: bool = False


class World:
    """Two or three assessments, and beside each of them what it ought to say."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.questionnaire = find("kinds").questionnaire
        self.all = [self.kept(begin(client, "kinds"), dict(FACTS))]
        self.here = self.all[0]

    def kept(self, address: str, answers: dict[str, Any]) -> Kept:
        made = Kept(address, answers, window=dict(answers))
        self.remember(made)
        return made

    def do(self, action: str, how: Any) -> None:
        if self.here.binned and action not in ("take back", "switch"):
            return
        getattr(self, action.replace(" ", "_"))(how)
        self.remember(self.here)

    def save(self, what: tuple[str, tuple[dict[str, Any], Any], bool]) -> None:
        question, (posted, said), from_window = what
        seen = self.here.window if from_window else self.here.answers
        page = ANSWERS[question][0]
        before = fingerprint_of(answer_from(self.questionnaire, question, seen.get(question)))
        body = {"asked": f"{question}:{before}", **posted, **(FACTS if page == "subject" else {})}
        there = self.here.answers.get(question)
        changes = said != seen.get(question)
        conflict = changes and there not in (seen.get(question), said)
        self.client.post(f"{self.here.address}/{page}", body, 409 if conflict else 303)
        if changes and not conflict:
            self.here.answers = {**self.here.answers, question: said}
            if said is None:
                del self.here.answers[question]

    def open(self, _: int) -> None:
        """Open another window here; it is looked at again much later."""
        self.here.window = dict(self.here.answers)

    def resume(self, _: int) -> None:
        self.client.get(self.here.address, 303)

    def review(self, _: int) -> None:
        self.client.post(f"{self.here.address}/review", {"confirmed": ["lawful"]})

    def import_(self, _: int) -> None:
        file = json.dumps(export(self.client, self.here.address)).encode()
        made = self.client.post("/import", {"file": (io.BytesIO(file), "svar.json")})
        self.all.append(self.kept(made.headers["Location"], dict(self.here.answers)))

    def copy(self, _: int) -> None:
        made = self.client.post(f"{self.here.address}/copy").headers["Location"]
        self.all.append(self.kept(made.removesuffix("/subject"), dict(self.here.answers)))

    def restore(self, which: int) -> None:
        change = sorted(self.here.states)[which % len(self.here.states)]
        with self.stored(self.here) as (row, _):
            version = row.row_version
        self.client.post(f"{self.here.address}/history/{change}", {"row_version": str(version)})
        self.here.answers = dict(self.here.states[change])

    def bin(self, _: int) -> None:
        self.client.post(f"{self.here.address}/delete")
        self.here.binned = True

    def take_back(self, _: int) -> None:
        self.client.post(f"{self.here.address}/take-back")
        self.here.binned = False

    def switch(self, which: int) -> None:
        self.here = self.all[which % len(self.all)]

    def remember(self, kept: Kept) -> None:
        """Keep what it says now beside the last entry of its history."""
        with self.stored(kept) as (row, session):
            newest = select(AssessmentChange.id).where(AssessmentChange.assessment_id == row.id)
            number = session.execute(newest.order_by(AssessmentChange.id.desc()).limit(1)).scalar_one()
        kept.states.setdefault(number, dict(kept.answers))

    @contextmanager
    def stored(self, kept: Kept) -> Iterator[tuple[Assessment, Session]]:
        app: Flask = self.client.app
        with app.app_context():
            public_id = kept.address.rsplit("/", 1)[-1]
            row = db.session.execute(select(Assessment).where(Assessment.public_id == public_id)).scalar_one()
            yield row, db.session

    def check(self) -> None:
        for kept in self.all:
            if not kept.binned:
                file = export(self.client, kept.address)
                assert {**file["subject"], **file["answers"], **file["gates"]} == kept.answers
            with self.stored(kept) as (row, session):
                assert {**row.subject, **row.answers, **row.gates} == kept.answers
                assert (row.deleted_at is not None) == kept.binned
                changes = select(AssessmentChange.changes).where(AssessmentChange.assessment_id == row.id)
                newest_first = session.execute(changes.order_by(AssessmentChange.id.desc())).scalars().all()
                assert undone(kept.answers, newest_first) == {}, "the history tells everything"


setattr(World, "import", World.import_)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.one_of(saves, saves, others), max_size=25))
def test_any_sequence_of_actions_keeps_every_answer(stored_client, actions):
    world = World(stored_client)
    for action, how in actions:
        world.do(action, how)
    world.check()


def test_the_sequences_come_by_everything(client):
    """One sequence by hand, so that no action can be left out by chance: hidden, conflicting, restored."""
    world = World(client)
    for action, how in [
        ("save", ("tried", ({"tried": "yes"}, "yes"), False)),
        ("save", ("how-many", ({"how-many": "40"}, 40), False)),
        ("open", 0),
        ("save", ("tried", ({"tried": "no"}, "no"), False)),
        ("save", ("how-many", ({"how-many": "1,5"}, 1.5), True)),
        ("save", ("tried", ({}, None), True)),
        ("review", 0),
        ("import", 0),
        ("copy", 0),
        ("restore", 2),
        ("bin", 0),
        ("save", ("idea", ({"idea": "0"}, 0), False)),
        ("switch", 1),
        ("bin", 0),
        ("take back", 0),
    ]:
        world.do(action, how)
    world.check()
    first, imported, copied = world.all
    assert (first.binned, imported.binned, copied.binned) == (True, False, False)
    assert first.answers == {**FACTS, "tried": "yes", "how-many": 40}, "the hidden answer came back as it was"
    assert imported.answers == copied.answers == {**FACTS, "tried": "no", "how-many": 1.5}
