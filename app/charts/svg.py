"""The little SVG that the charts need: escaped texts, colours from the design tokens, wrapped labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NewType

from markupsafe import Markup, escape

from app.paths import APP

FONT = "Overvej Sans, Source Sans 3, sans-serif"
Colour = Literal[
    "ink", "ink-soft", "line", "line-strong", "accent", "accent-tint", "stop", "paper", "surface"
]

Svg = NewType("Svg", str)
"""SVG with every text in it escaped. A plain string to Python: a class of its own costs a chart a third."""

_NARROW = frozenset("ijlftrI.,:;|!'()[] -")
_WIDE = frozenset("mwMWÆŒæœ—%@")


@cache
def palette() -> dict[str, str]:
    """Return the design tokens' light colours, by name."""
    tokens = (APP / "static" / "tokens.css").read_text(encoding="utf-8")
    light = tokens.partition("@media")[0]
    return dict(reversed(re.findall(r"--([a-z-]+):\s*(#[0-9a-fA-F]{6})", light)))


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, *children: Svg, **attributes: object) -> Svg:
    """Return one element. ``class_`` and ``stroke_width`` write ``class`` and ``stroke-width``."""
    written = "".join(
        [f' {_name(key)}="{_written(value)}"' for key, value in attributes.items() if value is not None]
    )
    return Svg(f"<{name}{written}>{''.join(children)}</{name}>")


def escaped(words: object) -> Svg:
    """Return ``words`` as they are written in a text or an attribute, whatever they say."""
    return Svg(str(escape(words)))


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _written(value: object) -> str:
    return number(value) if isinstance(value, float) else escaped(value)


def drawing(name: str, words: tuple[str, str], size: tuple[float, float], parts: Iterable[Svg]) -> Markup:
    """Return the whole picture, of the width and height in ``size``, scaled to the width of its place.

    ``words``: its title and its description, the text alternative.
    """
    (title, description), (width, height) = words, size
    whole = element(
        "svg",
        element("title", escaped(title)),
        element("desc", escaped(description)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_=f"chart chart-{name}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        font_family=FONT,
    )
    return Markup(whole)  # noqa: S704  # every part is escaped above


def filled(shape: str, colour: Colour, **attributes: object) -> Svg:
    """Return a shape filled with ``colour``."""
    return element(shape, class_=f"chart-fill-{colour}", fill=palette()[colour], **attributes)


def outlined(shape: str, colour: Colour, inside: Colour = "paper", **attributes: object) -> Svg:
    """Return a shape drawn with a line of ``colour`` around ``inside``."""
    return element(
        shape,
        class_=f"chart-stroke-{colour} chart-fill-{inside}",
        fill=palette()[inside],
        stroke=palette()[colour],
        **{"stroke_width": 1.2, **attributes},
    )


def line(start: tuple[float, float], end: tuple[float, float], colour: Colour, width: float = 1.0) -> Svg:
    """Return a straight line between two points."""
    return element(
        "line",
        class_=f"chart-stroke-{colour}",
        stroke=palette()[colour],
        stroke_width=width,
        x1=float(start[0]),
        y1=float(start[1]),
        x2=float(end[0]),
        y2=float(end[1]),
    )


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: ``anchor`` says which of its ends is at the place that it is given."""

    size: float = 12
    colour: Colour = "ink"
    weight: int = 400
    anchor: Literal["start", "middle", "end"] = "start"


PLAIN = Style()


def text(x: float, y: float, words: str, style: Style = PLAIN) -> Svg:
    """Return a line of text with its baseline at ``y``."""
    return element(
        "text",
        escaped(words),
        class_=f"chart-fill-{style.colour}",
        fill=palette()[style.colour],
        x=float(x),
        y=float(y),
        font_size=float(style.size),
        font_weight=style.weight,
        text_anchor=style.anchor,
    )


def block(x: float, middle: float, lines: list[str], style: Style = PLAIN) -> list[Svg]:
    """Return lines of text centred on the height ``middle``."""
    step = 1.2 * style.size
    top = middle - step * (len(lines) - 1) / 2 + 0.35 * style.size
    return [text(x, top + step * place, each, style) for place, each in enumerate(lines)]


def width_of(words: str, size: float) -> float:
    """Return about how wide ``words`` are; SVG has no way to ask, and cannot wrap."""
    return size * sum(map(_width_of_letter, words))


@lru_cache(4096)
def _width_of_letter(letter: str) -> float:
    return 0.3 if letter in _NARROW else 0.85 if letter in _WIDE else 0.62 if letter.isupper() else 0.53


def wrapped(words: str, room: float, size: float, most: int = 2) -> list[str]:
    """Return ``words`` on at most ``most`` lines of ``room``; what does not fit ends with an ellipsis."""
    lines: list[str] = []
    for word in words.split():
        for part in _pieces(word, room, size):
            if lines and width_of(f"{lines[-1]} {part}", size) <= room:
                lines[-1] = f"{lines[-1]} {part}"
            else:
                lines.append(part)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(last + "…", size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines or [""]


def _pieces(word: str, room: float, size: float) -> list[str]:
    """Return ``word`` in pieces that fit; nearly every word is one."""
    if width_of(word, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if width_of(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
