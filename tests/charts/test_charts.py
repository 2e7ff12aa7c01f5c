"""Charts can be read without colour, without sight, on a page and in print."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from app import charts
from app.charts.svg import palette, width_of, wrapped
from app.wording.reading import Reading
from tests.printing import samples

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["da", "en"])
def reading(request: pytest.FixtureRequest) -> Reading:
    return samples.case("ekko-af-byen-after", request.param)


def drawn(reading: Reading) -> dict[str, str]:
    return {
        "profile": charts.profile(reading),
        "support": charts.support(reading),
        "exchange": charts.exchange(reading.exchanges[0], reading.language),
        "mark": charts.mark(reading.outcome, reading.language),
    }


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words_in(svg: str) -> str:
    return " ".join(element.text or "" for element in tree(svg).iter(f"{SVG}text"))


def test_every_chart_tells_in_words_what_it_shows(reading: Reading) -> None:
    for svg in drawn(reading).values():
        first, second, *_ = tree(svg)
        assert (first.tag, second.tag) == (f"{SVG}title", f"{SVG}desc")
        assert first.text
        assert second.text
    described = tree(charts.profile(reading))[1].text or ""
    assert all(criterion.title in described for criterion in reading.criteria)
    assert all(
        str(criterion.point) in described for criterion in reading.criteria if criterion.point is not None
    )


def test_no_chart_has_a_style_or_an_id(reading: Reading) -> None:
    """A strict policy forbids the one, and two charts on a page would share the other."""
    for svg in drawn(reading).values():
        for element in tree(svg).iter():
            assert not {"style", "id", "onload", "href"} & set(element.attrib)


def test_colours_are_the_design_tokens(reading: Reading) -> None:
    for svg in drawn(reading).values():
        assert set(re.findall(r"#[0-9a-fA-F]{6}", svg)) <= set(palette().values())


def test_the_profile_shows_every_figure_and_how_it_stands(reading: Reading) -> None:
    shown = words_in(charts.profile(reading))
    for criterion in reading.criteria:
        assert criterion.title in shown
        assert ("–" if criterion.point is None else str(criterion.point)) in shown.split()


def test_each_boundary_has_a_shape_of_its_own(reading: Reading) -> None:
    corners = [
        len(shape.get("points", "").split()) for shape in tree(charts.support(reading)).iter(f"{SVG}polygon")
    ]
    shapes = [shape.get("points") for shape in tree(charts.support(reading)).iter(f"{SVG}polygon")]
    assert corners == [3, 4]
    assert len(set(shapes)) == len(reading.boundaries)


def circles(svg: str) -> list[float]:
    return [float(circle.get("cx", "")) for circle in tree(svg).iter(f"{SVG}circle")]


@pytest.mark.parametrize("outcomes", [2, 3, 4, 7])
def test_the_mark_comes_closer_with_every_outcome(reading: Reading, outcomes: int) -> None:
    assert reading.outcome is not None
    marks = [
        charts.mark(dataclasses.replace(reading.outcome, rank=rank, highest=outcomes - 1), "da")
        for rank in range(outcomes)
    ]
    distances = [right - left for left, right in map(circles, marks)]
    assert distances == sorted(distances, reverse=True)
    assert len(set(distances)) == outcomes
    assert distances[0] > 40, "apart"
    assert distances[-1] < 40, "overlapping"
    assert [("<path" in mark) for mark in marks] == [distance < 39.99 for distance in distances]
    if outcomes % 2:
        assert distances[outcomes // 2] == pytest.approx(40), "touching"


def test_too_little_known_has_a_mark_that_decides_nothing() -> None:
    assert "stroke-dasharray" in charts.mark(None, "da")
    assert "Ikke afgjort endnu" in charts.mark(None, "da")


def test_nothing_known_draws_no_bar(reading: Reading) -> None:
    unknown = [dataclasses.replace(each, point=None, low=0, high=100) for each in reading.criteria]
    bars = [
        shape
        for shape in tree(charts.profile(dataclasses.replace(reading, criteria=unknown))).iter(f"{SVG}rect")
        if shape.get("height") == "11"
    ]
    assert bars == []


def test_give_and_get_mirror_each_other_cell_by_cell(reading: Reading) -> None:
    exchange = reading.exchanges[0]
    cells = [
        rect
        for rect in tree(charts.exchange(exchange, "da")).iter(f"{SVG}rect")
        if "stroke" not in rect.attrib
    ]
    given = [cell for cell in cells if float(cell.get("x", "")) < 340]
    assert len(given) == exchange.give_total
    assert len(cells) - len(given) == exchange.get_total


HOSTILE: list[Callable[[str], str]] = [
    lambda text: text + '</text><script>alert("x")</script>&amp;',
    lambda text: samples.LONG_WORD * 3,
    lambda text: "",
    lambda text: f"{text} {{0}} %s " * 30,
]


@pytest.mark.parametrize("change", HOSTILE)
def test_any_text_is_drawn_as_text_inside_the_picture(reading: Reading, change: Callable[[str], str]) -> None:
    for svg in drawn(samples.with_texts(reading, change)).values():
        picture = tree(svg)
        width = float(picture.get("viewBox", "").split()[2])
        assert not list(picture.iter(f"{SVG}script"))
        for text in picture.iter(f"{SVG}text"):
            if text.get("text-anchor") == "start" and text.text:
                size = float(text.get("font-size", ""))
                assert float(text.get("x", "")) + 0.95 * width_of(text.text, size) <= width


def test_a_label_is_wrapped_between_words_and_cut_only_where_it_must() -> None:
    assert wrapped("Forventningerne", 200, 12) == ["Forventningerne"]
    assert wrapped("Det, borgerne får", 75, 12) == ["Det, borgerne", "får"]
    long = wrapped("ord " * 50, 100, 12, 2)
    assert len(long) == 2
    assert long[-1].endswith("…")
    assert all(width_of(line, 12) <= 100 for line in long)
