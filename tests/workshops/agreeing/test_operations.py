"""What the room agrees on: it stands over the median, ends in the assessment, and can be taken back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import catalogue
from app.assessments.loaded import open_assessment
from app.engine.answers import Answer, Answers, GateAnswer, from_json, to_json
from app.platform.conflicts import ChangedMeanwhile
from app.platform.database import db
from app.workshops import operations as workshops
from app.workshops.agreeing.operations import (
    add_action,
    agree_on,
    correct_action,
    remove_action,
    take_back,
)
from app.workshops.agreeing.reading import fingerprint_of_action, fingerprint_of_agreed, questions_of, talk_of
from app.workshops.loaded import open_workshop
from app.workshops.models import RoomAnswer
from app.workshops.operations import Gone, WrongStage
from tests.workshops.ways import LEADER, SUBJECT, action, answer, answered, opened, revealed, room

WHY = "Vi ringede til Børnehuset »Solen« & spurgte <b>"


def agreed(public_id: str, question: str) -> RoomAnswer | None:
    return open_workshop(public_id).agreed.get(question)


def test_what_was_agreed_overrides_the_median_and_ends_in_the_assessment(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        assert open_workshop(public_id).answers.items["goal"] == Answer("known", 3)
        agree_on(public_id, "goal", Answer("known", 1), WHY, "To så et klart mål", LEADER)
        assert open_workshop(public_id).answers.items["goal"] == Answer("known", 1, WHY)
        made = open_assessment(workshops.close(public_id, LEADER))
        assert made.answers.items["goal"] == Answer("known", 1, WHY)
        assert made.answers.items["feedback"] == Answer("known", 3)
        assert agreed(public_id, "goal").minority == "To så et klart mål"
        assert open_workshop(public_id).answers.items["goal"] == Answer("known", 1, WHY)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("goal", Answer("unknown")),
        ("prior-activity", Answer("known", "paused")),
        ("exchange", Answer("known", {"give": {"hours": 3}, "get": {"audience": 1, "money": 0}})),
    ],
)
def test_every_kind_of_answer_comes_back_as_it_was_agreed(stored_app, question, said):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        agree_on(public_id, question, replace(said, note="a remark of its own"), "", "", LEADER)
        found = open_workshop(public_id)
        assert questions_of(found)[question].current_answer == said
        assert found.answers.items[question] == said
        agree_on(public_id, question, said, "Derfor", "", LEADER)
        assert open_workshop(public_id).answers.items[question] == replace(said, note="Derfor")


def test_a_flagged_gate_stays_open_until_a_fact_settles_it(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        before = open_workshop(public_id)
        gate = before.questionnaire.gates[0].id
        assert before.room_map.flagged == [gate]
        assert gate not in before.answers.gates
        assert before.result.gates[gate] == "open"
        agree_on(public_id, gate, GateAnswer(None), "", "", LEADER)
        assert open_workshop(public_id).result.gates[gate] == "open"
        agree_on(public_id, gate, GateAnswer("yes"), "Det står i planen fra 2025", "", LEADER)
        assert open_workshop(public_id).result.gates[gate] == "clear"
        made = open_assessment(workshops.close(public_id, LEADER))
        assert made.answers.gates[gate] == GateAnswer("yes", "Det står i planen fra 2025")


def test_a_gate_that_all_flag_is_open_too_until_a_fact_says_that_it_is_breached(stored_app):
    public_id = opened(stored_app)
    gate = catalogue.find("new-partner").questionnaire.gates[0].id
    answer(stored_app, public_id, "library", *[({"goal": 3}, {gate: "no"})] * 4)
    with stored_app.app_context():
        workshops.reveal(public_id, LEADER)
        assert open_workshop(public_id).result.gates[gate] == "open"
        agree_on(public_id, gate, GateAnswer("no"), "Ingen af målene nævner det", "", LEADER)
        after = open_workshop(public_id)
        assert after.result.gates[gate] == "breached"
        made = open_assessment(workshops.close(public_id, LEADER))
        assert made.assessment.confirmed_gates == [gate]
        assert made.may_see_result


def test_what_nobody_knows_stays_unknown(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        found = open_workshop(public_id)
        assert questions_of(found)["owner"].current_answer is None
        assert "owner" not in found.answers.items
        made = open_assessment(workshops.close(public_id, LEADER))
        assert "owner" not in made.answers.items


def test_taking_back_brings_the_median_back(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        before = open_workshop(public_id).answers
        agree_on(public_id, "goal", Answer("known", 0), WHY, "", LEADER)
        take_back(public_id, "goal", LEADER)
        assert open_workshop(public_id).answers == before
        take_back(public_id, "goal", LEADER)
        assert agreed(public_id, "goal") is None


def test_every_change_is_seen_by_the_wall_and_says_who_made_it(stored_app):
    public_id = revealed(stored_app)
    counts = [room(stored_app, public_id).answer_count]
    steps = [
        lambda: agree_on(public_id, "goal", Answer("known", 2), WHY, "", "Ida"),
        lambda: agree_on(public_id, "goal", Answer("known", 2), WHY, "Nogle", "Ida"),
        lambda: take_back(public_id, "goal", "Ida"),
        lambda: add_action(public_id, "Ring", "Mette", "2026-12-01", "Ida"),
    ]
    for step in steps:
        with stored_app.app_context():
            step()
        counts.append(room(stored_app, public_id).answer_count)
    assert counts == list(range(counts[0], counts[0] + len(steps) + 1))
    assert room(stored_app, public_id).updated_by == "Ida"
    with stored_app.app_context():
        agree_on(public_id, "time", Answer("known", 2), WHY, "", "Bo")
        assert agreed(public_id, "time").actor == "Bo"
        assert [each.actor for each in open_workshop(public_id).actions] == ["Ida"]


def test_two_screens_do_not_write_over_each_other(stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        shown = fingerprint_of_agreed(agreed(public_id, "goal"))
        agree_on(public_id, "goal", Answer("known", 2), "Den første", "", LEADER, shown=shown)
        with pytest.raises(ChangedMeanwhile):
            agree_on(public_id, "goal", Answer("known", 4), "Den anden", "", LEADER, shown=shown)
        with pytest.raises(ChangedMeanwhile):
            take_back(public_id, "goal", LEADER, shown=shown)
        assert agreed(public_id, "goal").reason == "Den første"
        agree_on(public_id, "goal", Answer("known", 2), "Den første", "", LEADER, shown=shown)
        shown = fingerprint_of_agreed(agreed(public_id, "goal"))
        agree_on(public_id, "goal", Answer("known", 2), "Den første", "Én", LEADER, shown=shown)
        assert fingerprint_of_agreed(agreed(public_id, "goal")) != shown


def test_nothing_is_agreed_before_the_reveal_or_after_closing(stored_app):
    public_id = answered(stored_app)
    with stored_app.app_context():
        writes = [
            lambda: agree_on(public_id, "goal", Answer("known", 2), "", "", LEADER),
            lambda: take_back(public_id, "goal", LEADER),
            lambda: add_action(public_id, "Ring", "", "", LEADER),
            lambda: remove_action(public_id, "A" * 22, LEADER),
        ]
        for write in writes:
            with pytest.raises(WrongStage):
                write()
        workshops.reveal(public_id, LEADER)
        workshops.close(public_id, LEADER)
        for write in writes:
            with pytest.raises(WrongStage):
                write()
        assert db.session.execute(select(RoomAnswer)).first() is None


def test_an_action_is_added_once_and_removed(stored_app):
    public_id = revealed(stored_app)
    other = revealed(stored_app)
    with stored_app.app_context():
        add_action(public_id, "Ring", "Mette", "2026-12-01", LEADER)
        add_action(public_id, "Ring", "Mette", "2026-12-01", LEADER)
        add_action(public_id, "Ring", "Ida", "", LEADER)
        first, second = open_workshop(public_id).actions
        assert [(each.what, each.who, each.due) for each in (first, second)] == [
            ("Ring", "Mette", "2026-12-01"),
            ("Ring", "Ida", ""),
        ]
        with pytest.raises(Gone):
            remove_action(other, first.public_id, LEADER)
        remove_action(public_id, first.public_id, LEADER)
        with pytest.raises(Gone):
            remove_action(public_id, first.public_id, LEADER)
        assert [each.who for each in open_workshop(public_id).actions] == ["Ida"]


def test_an_action_is_corrected_in_its_place_and_says_who_did_it(stored_app):
    public_id, other = revealed(stored_app), revealed(stored_app)
    first, second = action(stored_app, public_id), action(stored_app, public_id, "Booker salen")
    count = room(stored_app, public_id).answer_count
    with stored_app.app_context():
        correct_action(public_id, first, "Skriver til koret", "", "", "Bo")
        rows = [(each.what, each.who, each.due, each.actor) for each in open_workshop(public_id).actions]
        assert rows == [("Skriver til koret", "", "", "Bo"), ("Booker salen", "Ida", "2026-12-01", LEADER)]
        correct_action(public_id, first, "Skriver til koret", "", "", "Kaj", shown="what stood there once")
        assert open_workshop(public_id).actions[0].actor == "Bo", "nothing was changed"
        with pytest.raises(Gone):
            correct_action(other, second, "Ring", "", "", LEADER)
    assert room(stored_app, public_id).answer_count == count + 1


def test_two_screens_do_not_correct_or_remove_over_each_other(stored_app):
    public_id = revealed(stored_app)
    made = action(stored_app, public_id)
    with stored_app.app_context():
        shown = fingerprint_of_action(open_workshop(public_id).actions[0])
        correct_action(public_id, made, "Ringer til koret", "Bo", "2026-12-01", "Bo", shown=shown)
        for late in (
            lambda: correct_action(public_id, made, "Ringer", "Ida", "", LEADER, shown=shown),
            lambda: remove_action(public_id, made, LEADER, shown=shown),
        ):
            with pytest.raises(ChangedMeanwhile):
                late()
        assert [each.who for each in open_workshop(public_id).actions] == ["Bo"]
        shown = fingerprint_of_action(open_workshop(public_id).actions[0])
        remove_action(public_id, made, LEADER, shown=shown)
        with pytest.raises(Gone):
            correct_action(public_id, made, "Ringer", "Ida", "", LEADER, shown=shown)


def test_the_room_may_agree_where_too_few_answered(stored_app):
    public_id = opened(stored_app)
    answer(stored_app, public_id, "library", ({"goal": 0}, {}), ({"goal": 0}, {}))
    with stored_app.app_context():
        workshops.reveal(public_id, LEADER)
        assert questions_of(open_workshop(public_id))["goal"].current_answer is None
        agree_on(public_id, "goal", Answer("known", 4), WHY, "", LEADER)
        found = open_workshop(public_id)
        assert dict(found.answers.items) == {"goal": Answer("known", 4, WHY)}
        made = open_assessment(workshops.close(public_id, LEADER))
        assert dict(made.answers.items) == {"goal": Answer("known", 4, WHY)}


def test_what_divides_most_comes_first_and_each_question_stands_once(app):
    public_id = revealed(app)
    with app.app_context():
        found = open_workshop(public_id)
        talk, room_map = talk_of(found), found.room_map
        divided = [each.id for each in talk.divided]
        assert divided == room_map.divided[: len(divided)]
        assert set(room_map.straddling) <= set(divided)
        assert [each.id for each in talk.flagged] == room_map.flagged
        every = [each.id for each in [*talk.first, *(row for _, rows in talk.rest for row in rows)]]
        assert len(every) == len(set(every))
        assert set(every) == set(questions_of(found))
        # The next one is what follows and is not agreed on; after the last those that were passed over.
        assert talk.after().id == divided[0]
        assert talk.after(divided[0]).id == divided[1]
        assert talk.after(talk.first[-1].id).id == divided[0]
        agree_on(public_id, divided[1], Answer("known", 1), "", "", LEADER)
        talk = talk_of(open_workshop(public_id))
        assert (talk.agreed, talk.after(divided[0]).id) == (1, divided[2])


QUESTIONNAIRE = catalogue.find("new-partner").questionnaire


def possible(question: str) -> st.SearchStrategy[Answer | GateAnswer]:
    if question in QUESTIONNAIRE.gates_by_id:
        return st.sampled_from([GateAnswer("yes"), GateAnswer("no"), GateAnswer(None)])
    item = QUESTIONNAIRE.items[question]
    known = [Answer("known", value) for value in item.options()] or [
        Answer("known", {"give": {"hours": 2}, "get": {}})
    ]
    states = [Answer("unknown"), *([Answer("na")] if getattr(item, "may_be_na", False) else [])]
    return st.sampled_from([*known, *states])


QUESTIONS = ["goal", "community", "owner", "exchange", "ambition", "resources", "own-goal", "user-data"]
STEPS = st.sampled_from(QUESTIONS).flatmap(
    lambda question: st.tuples(
        st.just(question), st.none() | st.tuples(possible(question), st.sampled_from(["", "Derfor <b>"]))
    )
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=8))
def test_whatever_is_agreed_and_taken_back_the_rest_is_the_median(app, steps):
    public_id = revealed(app)
    with app.app_context():
        before: Answers = open_workshop(public_id).answers
        for question, said in steps:
            if said is None:
                take_back(public_id, question, LEADER)
            else:
                agree_on(public_id, question, said[0], said[1], "", LEADER)
        last = dict(steps)
        items, gates = dict(before.items), dict(before.gates)
        for question, said in last.items():
            if said is not None:
                part = gates if question in QUESTIONNAIRE.gates_by_id else items
                part[question] = replace(said[0], note=said[1])
        expected = from_json(to_json(replace(before, items=items, gates=gates)), QUESTIONNAIRE)
        found = open_workshop(public_id)
        assert found.answers == expected
        assert found.workshop.subject == SUBJECT
        # What the pages say stands for each question is what is reckoned with.
        for question, row in questions_of(found).items():
            there = found.answers.items.get(question) or found.answers.gates.get(question)
            assert row.current_answer == there, question
        made = open_assessment(workshops.close(public_id, LEADER))
        assert (dict(made.answers.items), dict(made.answers.gates)) == (expected.items, expected.gates)
