"""What a room may see: nothing of the few, whatever anybody answers, and everything of the others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import Answer, to_json
from app.workshops.models import SIDES
from app.workshops.room_map import EVERYBODY, Sheet, answers_together, from_plain, map_of, to_plain
from tests.strategies import (
    answers_for,
    answers_to,
    boundary,
    criterion,
    fact,
    questionnaire_of,
    scale,
    shipped_or_drawn,
    text,
)

FEW = 25
"""Rooms drawn for each promise: a room is many people, and takes long to draw."""


@st.composite
def rooms(draw, named=False):
    """A questionnaire, a smallest group, and what a room answered: sides of all sizes, with remarks."""
    questionnaire = draw(shipped_or_drawn(most_criteria=2))
    smallest = draw(st.integers(1, 4))
    sheets = []
    for side in SIDES:
        for _ in range(draw(st.integers(0, 5))):
            answers = draw(answers_for(questionnaire))
            items = {key: replace(said, note=draw(NOTES)) for key, said in answers.items.items()}
            answered = {key: said for key, said in items.items() if draw(MOSTLY)}
            name = draw(st.sampled_from(["Anna", "Bo", "Carl"])) if named else ""
            sheets.append(Sheet(side, replace(answers, items=answered, subject={}), name))
    return questionnaire, smallest, sheets


MOSTLY = st.sampled_from([True, True, True, False])
NOTES = st.sampled_from(["", "", "", "set", "hørt"])


def of(sheets, side):
    return [sheet for sheet in sheets if sheet.side == side]


# Nothing of the few


@settings(max_examples=FEW)
@given(st.data(), rooms())
def test_a_side_below_the_smallest_group_changes_nothing(data, room):
    questionnaire, smallest, sheets = room
    few = {side for side in SIDES if len(of(sheets, side)) < smallest}
    others = [
        replace(sheet, answers=data.draw(answers_for(questionnaire))) if sheet.side in few else sheet
        for sheet in sheets
    ]
    before, after = (map_of(questionnaire, each, smallest) for each in (sheets, others))
    assert before == after
    without = map_of(questionnaire, [sheet for sheet in sheets if sheet.side not in few], smallest)
    assert replace(before, too_few={}) == without
    assert before.too_few == {side: len(of(sheets, side)) for side in few if of(sheets, side)}
    assert not few & set(before.sides)
    assert not any(few & set(groups) for groups in (before.verdicts, *before.questions.values()))


@settings(max_examples=FEW)
@given(rooms())
def test_every_group_that_is_shown_is_large_enough(room):
    questionnaire, smallest, sheets = room
    found = map_of(questionnaire, sheets, smallest)
    assert all(number >= smallest for number in found.sides.values())
    for question, groups in found.questions.items():
        for spread in groups.values():
            assert spread.answered >= smallest
            item = questionnaire.items.get(question)
            if item is None or (item.options() and item.kind != "choices"):
                assert sum(spread.counts) + spread.unknown + spread.na == spread.answered, "nobody is hidden"
    for group, counts in found.verdicts.items():
        assert sum(counts.values()) == (found.respondents if group == EVERYBODY else found.sides[group])


@settings(max_examples=FEW)
@given(rooms())
def test_a_total_is_the_sum_of_the_sides_that_are_shown(room):
    questionnaire, smallest, sheets = room
    found = map_of(questionnaire, sheets, smallest)
    for groups in found.questions.values():
        total, sides = groups[EVERYBODY], [spread for group, spread in groups.items() if group != EVERYBODY]
        assert sides
        for part in ("answered", "unknown", "na"):
            assert getattr(total, part) == sum(getattr(side, part) for side in sides)
        assert total.counts == [sum(column) for column in zip(*(side.counts for side in sides), strict=True)]
        assert sorted(map(str, total.said)) == sorted(str(each) for side in sides for each in side.said)
        for way, resources in total.cells.items():
            for resource, counts in resources.items():
                columns = zip(*(side.cells[way][resource] for side in sides), strict=True)
                assert counts == [sum(column) for column in columns]
    if found.sides:
        total = found.verdicts[EVERYBODY]
        assert total == {
            outcome: sum(found.verdicts[side][outcome] for side in found.sides) for outcome in total
        }


@settings(max_examples=FEW)
@given(rooms())
def test_the_order_in_which_people_came_tells_nothing(room):
    questionnaire, smallest, sheets = room
    assert map_of(questionnaire, sheets, smallest) == map_of(questionnaire, sheets[::-1], smallest)


@settings(max_examples=FEW)
@given(rooms())
def test_without_names_there_are_none(room):
    questionnaire, smallest, sheets = room
    found = map_of(questionnaire, sheets, smallest)
    assert found.people == []
    assert found.by_name == {}


@settings(max_examples=FEW)
@given(rooms(named=True))
def test_with_names_only_those_are_named_who_may_be_shown(room):
    questionnaire, smallest, sheets = room
    found = map_of(questionnaire, sheets, smallest)
    assert len(found.people) == found.respondents
    assert {side for _, side, _ in found.people} == set(found.sides)
    for question, said in found.by_name.items():
        assert len(said) == found.questions[question][EVERYBODY].answered


def small():
    """A fact, and a question that is asked only where it is so."""
    items = [scale("a"), fact("is-so"), fact("why", show_if={"item": "is-so", "is": "yes"})]
    return questionnaire_of(items, [criterion("c", ["a"])], [boundary(("none", "some"), {"c": 50})])


def test_a_question_that_is_hidden_from_most_does_not_show_the_one_who_sees_it():
    """All four answered it once; three of them changed what it hangs on, and their answers are kept."""
    questionnaire = small()
    people = [answers_to(questionnaire, a=2, is_so=so, why="no") for so in ("no", "no", "no", "yes")]
    found = map_of(questionnaire, [Sheet("library", each) for each in people], 4)
    assert "is-so" in found.questions
    assert "why" not in found.questions
    all_say_so = [answers_to(questionnaire, a=2, is_so="yes", why="no") for _ in range(4)]
    assert "why" in map_of(questionnaire, [Sheet("library", each) for each in all_say_so], 4).questions


def test_a_question_that_too_few_answered_changes_nothing_else():
    questionnaire = small()
    most = [Sheet("library", answers_to(questionnaire, a=each)) for each in (0, 2, 4)]
    for said in ({}, {"is_so": "yes"}, {"is_so": "no"}):
        one = Sheet("library", answers_to(questionnaire, a=1, **said))
        found = map_of(questionnaire, [*most, one], 4)
        assert set(found.questions) == {"a"}
        assert found == map_of(questionnaire, [*most, Sheet("library", answers_to(questionnaire, a=1))], 4)


def test_what_one_person_wrote_at_two_questions_cannot_be_put_together():
    """Typed answers come in the order of their letters, not in that of the participants."""
    items = [scale("a"), *({"id": each, "kind": "text", "text": text(each)} for each in ("one", "two"))]
    questionnaire = questionnaire_of(items, [criterion("c", ["a"])], [boundary(("none", "some"), {"c": 50})])
    wrote = [("Bil", "ærlig"), ("Ansvar", "bred"), ("Øl", "alene"), ("Dans", "cool")]
    sheets = [Sheet("library", answers_to(questionnaire, one=first, two=then)) for first, then in wrote]
    found = map_of(questionnaire, sheets, 4).questions
    assert found["one"]["library"].said == ["Ansvar", "Bil", "Dans", "Øl"]
    assert found["two"]["library"].said == ["alene", "bred", "cool", "ærlig"]


# What is kept


@settings(max_examples=FEW)
@given(rooms(named=True))
def test_what_is_kept_is_what_was_seen(room):
    questionnaire, smallest, sheets = room
    found = map_of(questionnaire, sheets, smallest)
    assert from_plain(json.loads(json.dumps(to_plain(found)))) == found


# The room's answers


def together(questionnaire, sheets, smallest, agreed=None):
    return answers_together(
        questionnaire, sheets, smallest, agreed=agreed or {}, subject={}, date="2026-11-24"
    )


@settings(max_examples=FEW)
@given(st.data(), shipped_or_drawn(most_criteria=2), st.integers(2, 6))
def test_clones_together_say_what_one_says(data, questionnaire, number):
    answers = replace(data.draw(answers_for(questionnaire)), subject={})
    one, many = (together(questionnaire, [Sheet("library", answers)] * count, count) for count in (1, number))
    assert many == replace(one, respondents=number)


@settings(max_examples=FEW)
@given(st.data(), rooms())
def test_the_few_change_nothing_in_the_room_s_answers(data, room):
    questionnaire, smallest, sheets = room
    few = {side for side in SIDES if len(of(sheets, side)) < smallest}
    others = [
        replace(sheet, answers=data.draw(answers_for(questionnaire))) if sheet.side in few else sheet
        for sheet in sheets
    ]
    assert together(questionnaire, sheets, smallest) == together(questionnaire, others, smallest)


@settings(max_examples=FEW)
@given(rooms())
def test_what_was_agreed_stands_whatever_was_answered(room):
    questionnaire, smallest, sheets = room
    item = next(each for each in questionnaire.items.values() if each.options())
    agreed = {item.id: Answer("known", item.options()[-1], "fordi")}
    said = together(questionnaire, sheets, smallest, agreed)
    assert said.items[item.id] == agreed[item.id]
    assert to_json(said)["date"] == "2026-11-24"


@pytest.mark.parametrize("sheets", [[], [Sheet("library", answers_to(small(), a=3))]])
def test_a_room_that_may_show_nothing_says_nothing(sheets):
    found = map_of(small(), sheets, 4)
    assert (found.respondents, found.questions, found.verdicts, found.divided) == (0, {}, {}, [])
    assert together(small(), sheets, 4).items == {}
