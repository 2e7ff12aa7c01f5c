"""How a document is fitted to its paper: what a template asks, so that it works nothing out itself.

A template is given the level that is tried as ``fit``: what ``document.toml`` says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from app.printing.typography import is_cut, shortened

MOST_LINES = 4
QUESTION, LINE = 9, 7.5
"""Millimetres that a question of the meeting takes, and a line to write on."""

FEW = 3
"""So few questions leave the back of the meeting's sheet to what is agreed."""

ROWS, MANY_ROWS = 5, 9
MOST_WAYS = 6
"""Answers beside each other on an answer sheet."""

MOST_ON_A_PAGE = 12
"""So many options of a question fit on one page, with their dots."""


@pass_context
def fitted(context: Context, text: str, longest: int) -> str:
    """Return ``text`` on one line, cut to as much of ``longest`` characters as the level has room for."""
    return shortened(text, _at_this_level(context, longest))


@pass_context
def overflows(context: Context, text: str, longest: int) -> bool:
    """Say whether :func:`fitted` leaves anything out."""
    return is_cut(text, _at_this_level(context, longest))


def _at_this_level(context: Context, longest: int) -> int:
    """``room``: the share of a text that is kept, 1 where the document says nothing of it."""
    return int(longest * getattr(context["fit"], "room", 1))


def lines_for_each(questions: Sequence[Any], millimetres: float) -> range:
    """Return the lines to write on under each question, at least one, where all may take ``millimetres``."""
    each = millimetres / max(len(questions), 1)
    return range(int(max(1, min(MOST_LINES, (each - QUESTION) / LINE))))


def leave_the_back_free(questions: Sequence[Any]) -> bool:
    """Say whether what is agreed has the back of the meeting's sheet to itself."""
    return len(questions) <= FEW


def rows_for_what_is_agreed(questions: Sequence[Any]) -> range:
    """Return the rows to write on in the table of what is agreed at a meeting."""
    return range(MANY_ROWS if leave_the_back_free(questions) else ROWS)


def fit_on_a_page(options: Sequence[Any]) -> bool:
    """Say whether a question with these options can be kept on one page."""
    return len(options) <= MOST_ON_A_PAGE


def apart(field: Any) -> list[Any]:
    """Return the answers to a blank field that stand apart: not known, and not relevant."""
    return [each for each in (field.unknown, field.na) if each]


def halves(field: Any) -> list[list[Any]]:
    """Return all that can be ticked at a blank field, in two columns, the first the longer."""
    ways = [*field.options, *apart(field)]
    middle = (len(ways) + 1) // 2
    return [ways[:middle], ways[middle:]]


def ways_across(field: Any) -> int:
    """Return how many answers to a blank field are set beside each other."""
    return min(len(field.options) + 1, MOST_WAYS)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "fitted": fitted,
    "overflows": overflows,
    "lines_for_each": lines_for_each,
    "leave_the_back_free": leave_the_back_free,
    "rows_for_what_is_agreed": rows_for_what_is_agreed,
    "fit_on_a_page": fit_on_a_page,
    "apart": apart,
    "halves": halves,
    "ways_across": ways_across,
}
