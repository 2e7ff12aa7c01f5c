"""The spread of a room's answers: a row for each option, with a dot for everybody who chose it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from app.charts.svg import Style, Svg, block, drawing, filled, number, text, wrapped
from app.charts.words import Words

WIDTH = 400.0
LABEL = 158.0
LEFT, RIGHT = 178.0, 366.0
LABEL_SIZE = 12.5
LABEL_LINES = 4
LEAST_ROW = 30.0
PAD = 5.0
FOOT = 20.0
MOST_LINES = 3
STEPS = (13.0, 10.5, 8.5, 7.0, 5.5)
"""How far the dots lie from each other: the widest at which the longest row of dots is not too high."""

LABELS = Style(size=LABEL_SIZE)
CHOSEN = Style(size=LABEL_SIZE, weight=600)
COUNT = Style(size=13, weight=600, anchor="end")
NOBODY = Style(size=13, colour="ink-soft", anchor="end")
SMALL = Style(size=11, colour="ink-soft")


def spread(
    options: Sequence[str], counts: Sequence[int], *, median: int | None, language: str, title: str
) -> Markup:
    """Return the dots of one question, a row for each of ``options``, in their order.

    ``counts``: how many chose each. ``median``: the option that the group says, marked with an arrow;
    ``None`` where it says nothing. ``title``: what was asked.
    """
    words = Words(language)
    step = _step(max(counts, default=0))
    parts: list[Svg] = []
    top = 0.0
    for place, (option, count) in enumerate(zip(options, counts, strict=True)):
        label = wrapped(option, LABEL, LABEL_SIZE, LABEL_LINES)
        height = max(LEAST_ROW, 2 * PAD + 1.2 * LABEL_SIZE * len(label), 2 * PAD + step * _lines(count, step))
        parts += _row(label, count, (top, height), step, chosen=place == median)
        top += height
    if median is not None:
        parts += [_arrow(4, top + 12), text(14, top + 16, words("the middle answer"), SMALL)]
        top += FOOT
    return drawing("spread", (title, _described(options, counts, median, words)), (WIDTH, top + 2), parts)


def _step(most: int) -> float:
    return next((step for step in STEPS if _lines(most, step) <= MOST_LINES), STEPS[-1])


def _in_a_line(step: float) -> int:
    return int((RIGHT - LEFT) // step)


def _lines(count: int, step: float) -> int:
    return -(-count // _in_a_line(step))


def _row(label: list[str], count: int, place: tuple[float, float], step: float, *, chosen: bool) -> list[Svg]:
    top, height = place
    middle = top + height / 2
    parts = [filled("rect", "surface", x=0.0, y=top + 1, width=WIDTH, height=height - 2, rx=3.0)]
    if chosen:
        parts += [
            filled("rect", "accent", x=0.0, y=top + 1, width=3.0, height=height - 2),
            _arrow(LEFT - 11, middle),
        ]
    parts += block(8, middle, label, CHOSEN if chosen else LABELS)
    parts += _dots(count, middle, step)
    return [*parts, text(WIDTH - 6, middle + 4.5, str(count), COUNT if count else NOBODY)]


def _dots(count: int, middle: float, step: float) -> list[Svg]:
    """Return a dot for each answer, line under line, the lines together centred on ``middle``.

    One path holds them all: two hundred people at thirty questions would be a heavy page as single circles.
    """
    if not count:
        return []
    first = middle - step * (_lines(count, step) - 1) / 2
    places = [divmod(each, _in_a_line(step)) for each in range(count)]
    dots = (_dot(LEFT + step * (along + 0.5), first + step * down, 0.4 * step) for down, along in places)
    return [filled("path", "accent", d="".join(dots))]


def _dot(x: float, y: float, radius: float) -> str:
    r, across = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0"


def _arrow(x: float, middle: float) -> Svg:
    """Return the mark of the middle answer: a shape, so that no colour is needed to find it."""
    return filled("path", "ink", d=f"M{number(x)} {number(middle - 4.5)}l7 4.5l-7 4.5Z")


def _described(options: Sequence[str], counts: Sequence[int], median: int | None, words: Words) -> str:
    rows = [
        words("{option}: {count}.", option=option, count=count)
        for option, count in zip(options, counts, strict=True)
    ]
    if median is not None:
        rows.append(words("The group says: {option}.", option=options[median]))
    return " ".join(rows)
