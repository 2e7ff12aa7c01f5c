"""A workshop from preparing to closing: what each step allows, and what is left in the end."""

import pytest
from sqlalchemy import select

from app.assessments.deleted import operations as deleted
from app.assessments.loaded import open_assessment
from app.assessments.models import Assessment, Summary
from app.platform.conflicts import ChangedMeanwhile
from app.platform.database import db
from app.workshops import operations
from app.workshops.loaded import open_workshop
from app.workshops.models import Participant, Workshop
from tests.workshops.ways import (
    LEADER,
    answer,
    answered,
    of_library,
    opened,
    preparation,
    prepared,
    revealed,
    room,
)


def test_the_rooms_answers_become_an_assessment(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        before = open_workshop(public_id)
        said, result = before.answers, before.result
        made = operations.close(public_id, LEADER)
        assessment = open_assessment(made)
        assert assessment.assessment.origin == "workshop"
        assert assessment.assessment.respondents == 10
        assert assessment.may_see_result
        assert dict(assessment.answers.items) == dict(said.items)
        assert db.session.get(Summary, assessment.assessment.id).outcome == (result.outcome or "")


def test_closing_erases_what_each_person_said(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        before = open_workshop(public_id)
        room_map, answers = before.room_map, before.answers
        operations.close(public_id, LEADER)
        rows = db.session.execute(select(Participant)).scalars().all()
        assert len(rows) == 10
        assert all(not (row.answers or row.gates or row.name or row.token_hash) for row in rows)
        after = open_workshop(public_id)
        assert after.room_map == room_map
        assert after.answers == answers


def test_the_workshop_stays_when_its_assessment_is_erased(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        made = operations.close(public_id, LEADER)
        deleted.delete(made, LEADER)
        deleted.erase(made, LEADER)
        assert db.session.execute(select(Assessment)).first() is None
    assert room(stored_app, public_id).assessment_id is None


def test_only_a_workshop_that_nobody_ever_joined_is_deleted(stored_app):
    answered_in = opened(stored_app)
    answer(stored_app, answered_in, "library", of_library(0))
    with stored_app.app_context():
        operations.remove(answered_in, 1, LEADER)
    shown_to_nobody = opened(stored_app)
    with stored_app.app_context():
        operations.reveal(shown_to_nobody, LEADER)
        for kept in (answered_in, shown_to_nobody, revealed(stored_app)):
            with pytest.raises(operations.WrongStage):
                operations.delete(kept, LEADER)
        for way in (prepared, opened):
            gone = way(stored_app)
            with pytest.raises(ChangedMeanwhile):
                operations.delete(gone, LEADER, "another")
            operations.delete(gone, LEADER)
            with pytest.raises(operations.Gone):
                operations.delete(gone, LEADER)
        assert len(db.session.execute(select(Workshop)).all()) == 3


def test_each_stage_allows_only_what_belongs_to_it(stored_app):
    public_id = prepared(stored_app)
    with stored_app.app_context():
        chosen = preparation(open_workshop(public_id).questionnaire, smallest_group=5)
        operations.edit(public_id, chosen, LEADER)
        assert open_workshop(public_id).workshop.smallest_group == 5
        for step in (operations.reveal, operations.close):
            with pytest.raises(operations.WrongStage):
                step(public_id, LEADER)
        operations.open_room(public_id, LEADER)
        for late in (lambda: operations.edit(public_id, chosen, LEADER),
                     lambda: operations.open_room(public_id, LEADER),
                     lambda: operations.close(public_id, LEADER),
                     lambda: operations.show_section(public_id, "why", LEADER)):  # fmt: skip
            with pytest.raises(operations.WrongStage):
                late()


def test_a_removed_phone_takes_its_answers_along_before_the_reveal_only(stored_app):
    public_id = answered(stored_app)
    with stored_app.app_context():
        operations.remove(public_id, 1, LEADER)
        operations.reveal(public_id, LEADER)
        assert open_workshop(public_id).room_map.sides == {"library": 5, "partner": 4}
        operations.remove(public_id, 2, LEADER)
        assert open_workshop(public_id).room_map.sides == {"library": 5, "partner": 4}
        with pytest.raises(operations.Gone):
            operations.remove(public_id, 99, LEADER)


def test_the_state_counts_on_when_every_phone_must_know(stored_app):
    public_id = opened(stored_app, in_step=True)
    counts = [room(stored_app, public_id).state_count]
    with stored_app.app_context():
        for step in (lambda: operations.show_section(public_id, "why", LEADER),
                     lambda: operations.show_section(public_id, "ready", LEADER),
                     lambda: operations.reveal(public_id, LEADER),
                     lambda: operations.close(public_id, LEADER)):  # fmt: skip
            step()
            counts.append(open_workshop(public_id).workshop.state_count)
    assert counts == sorted(set(counts))
