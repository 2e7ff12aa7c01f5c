"""How a document is fitted to its paper: every level is tighter than the one before, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from app.printing import fitting
from app.printing.press import Press


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.mark.parametrize("kind", ["decision", "meeting", "workshop"])
def test_no_level_gives_more_room_than_the_one_before(press: Press, kind: str) -> None:
    levels = press._kinds[kind].fit.levels
    for before, after in pairwise(levels):
        assert before.keys() == after.keys()
        assert all(after[figure] <= before[figure] for figure in before)
    assert levels[-1]["room"] < levels[0]["room"] == 1


def test_a_text_is_cut_to_the_room_of_its_level() -> None:
    environment = Environment(autoescape=True)
    environment.filters.update(fitting.FILTERS)
    template = environment.from_string("{{ text|fitted(20) }}{{ ' (more)' if text|overflows(20) }}")
    text = "one two three four"
    assert template.render(text=text, fit=SimpleNamespace()) == text
    assert template.render(text=text, fit=SimpleNamespace(room=0.5)) == "one two… (more)"


@given(questions=st.integers(0, 20), millimetres=st.integers(80, 290))
def test_there_is_a_line_for_every_question_and_room_for_all_of_them(questions, millimetres) -> None:
    lines = len(fitting.lines_for_each([None] * questions, millimetres))
    assert 1 <= lines <= fitting.MOST_LINES
    each = fitting.QUESTION + lines * fitting.LINE
    assert lines == 1 or questions * each <= millimetres


@given(options=st.lists(st.integers()), unknown=st.none() | st.just("x"), na=st.none() | st.just("y"))
def test_all_that_can_be_ticked_is_in_one_of_two_columns(options, unknown, na) -> None:
    left, right = fitting.halves(SimpleNamespace(options=options, unknown=unknown, na=na))
    assert left + right == [*options, *filter(None, (unknown, na))]
    assert len(left) - len(right) in (0, 1)
