"""A contact person's name is found wherever a workshop holds it; a merged partner's workshops follow."""

import json

import pytest
from sqlalchemy import update

from app.partners.models import Partner
from app.platform.database import db, writing
from app.workshops import operations
from app.workshops.models import Participant, RoomAnswer, Workshop, WorkshopAction
from tests.partners.test_merging import merge
from tests.partners.ways import partner_at, put_in
from tests.web import count_queries
from tests.workshops import ways

NAMED = {"contact_name": "Bodil Kontakt", "contact_email": "bodil@teater.example"}


def written(app, client) -> tuple[str, str]:
    """A workshop in which the contact person is named everywhere; its partner's address and its id."""
    public_id = ways.revealed(app, ways.opened(app, subject={**ways.SUBJECT, "proposal": "Bodils festival"}))
    with app.app_context(), writing() as session:
        workshop = operations.locked(session, public_id)
        said = {"workshop_id": workshop.id, "actor": "Karen"}
        session.add(
            RoomAnswer(question="goal", answer=3, reason="Bodil lover det", minority="Ikke Bodil", **said)
        )
        session.add(WorkshopAction(what="Skriv til Bodil", who="Bodil K.", **said))
        session.execute(update(Participant).where(Participant.number == 1).values(name="Bodil Kontakt"))
        partner = session.get(Partner, workshop.partner_id)
        partner.contact_name = NAMED["contact_name"]
        address = f"/partners/{partner.public_id}"
    return address, public_id


def mentions(client, address: str) -> list[str]:
    data = json.loads(client.get(f"{address}/personal-data.json").data)
    return [each["text"] for each in data["may_also_stand_in"] if each["kind"] == "workshop"]


def test_every_text_of_a_workshop_is_looked_through(stored_client, stored_app):
    address, public_id = written(stored_app, stored_client)
    found = mentions(stored_client, address)
    assert sorted(found) == sorted(
        ["Bodils festival", "Bodil lover det", "Ikke Bodil", "Skriv til Bodil", "Bodil K.", "Bodil Kontakt"]
    )
    page = stored_client.get(f"{address}/erase").text
    assert f'<a href="/workshops/{public_id}">En workshop</a>' in page
    stored_client.speak("en")
    assert "A workshop</a>" in stored_client.get(f"{address}/erase").text


def test_what_is_kept_after_closing_is_looked_through_too(client, app):
    public_id = ways.opened(app, named=True)
    people = [ways.of_library(n) for n in range(4)]
    people[0][0]["goal"] = {"value": 3, "note": "Bodil kom med det"}
    ways.answer(app, public_id, "library", *people, names=["Bodil", "Anna", "Karl", "Ib"])
    with app.app_context():
        operations.reveal(public_id, ways.LEADER)
        operations.close(public_id, ways.LEADER)
        with writing() as session:
            session.execute(update(Partner).values(contact_name="Bodil Kontakt"))
            (partner,) = session.query(Partner).all()
            address = f"/partners/{partner.public_id}"
    found = mentions(client, address)
    assert "Bodil kom med det" in found
    assert "Bodil" in found


def test_what_everybody_has_seen_is_looked_through_and_never_says_whose_it_is(stored_client, stored_app):
    client, app = stored_client, stored_app
    public_id = ways.opened(app)
    people = [ways.of_library(n) for n in range(4)]
    people[2][0]["goal"] = {"value": 3, "note": "Bodil kom med det"}
    ways.answer(app, public_id, "library", *people)
    alone = ({"ambition": {"value": 1, "note": "Bodil bestemmer"}}, {})
    ways.answer(app, public_id, "partner", alone)
    with app.app_context():
        operations.reveal(public_id, ways.LEADER)
        with writing() as session:
            session.execute(update(Partner).values(contact_name="Bodil Kontakt"))
        address = f"/partners/{db.session.query(Partner).one().public_id}"
    assert mentions(client, address) == ["Bodil kom med det"], "not what too few of the partner wrote"
    text = client.get(f"{address}/erase").text
    assert f'<a href="/workshops/{public_id}">' in text
    assert "Bodil bestemmer" not in text
    with app.app_context():
        operations.close(public_id, ways.LEADER)
    assert mentions(client, address) == ["Bodil kom med det"]


def test_what_single_persons_answered_is_told_to_nobody_before_the_reveal(client, app):
    public_id = ways.opened(app)
    ways.answer(app, public_id, "library", ({"goal": {"value": 3, "note": "Bodil kom med det"}}, {}))
    with app.app_context():
        with writing() as session:
            session.execute(update(Partner).values(contact_name="Bodil Kontakt"))
        public = db.session.query(Partner).one().public_id
    assert mentions(client, f"/partners/{public}") == []


def test_many_workshops_take_no_more_queries(client, app):
    counts = []
    for more in (1, 4):
        for _ in range(more):
            address, _public_id = written(app, client)
        with count_queries(app) as queries:
            client.get(f"{address}/erase")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("way", [ways.prepared, ways.answered, ways.revealed])
def test_a_merged_partner_s_workshops_follow(stored_client, stored_app, way):
    kept = put_in(stored_client, "Teatret")
    public_id = way(stored_app)
    with stored_app.app_context():
        partner_id = ways.room(stored_app, public_id).partner_id
        gone = f"/partners/{db.session.get(Partner, partner_id).public_id}"
    merge(stored_client, kept, gone)
    with stored_app.app_context():
        moved = db.session.query(Workshop).one()
        assert moved.partner_id == partner_at(stored_client, kept).id
    assert "En sommerfestival" in stored_client.get(kept).text
