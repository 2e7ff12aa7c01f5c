"""The charts of many partners: nothing leaves the frame, and the words hold every figure."""

from __future__ import annotations

from types import SimpleNamespace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from app import charts
from app.charts.portfolio import FOOT, FRAME, LEFT, RIGHT, TOP, Box
from app.charts.shapes import outcome_shape
from app.charts.svg import palette, width_of

SVG = "{http://www.w3.org/2000/svg}"
OUTCOMES = [
    "Partnerskab for en periode",
    "Ét afgrænset samarbejde",
    "Intet partnerskab nu",
    "Spørg først",
]
LANGUAGE = st.sampled_from(["da", "en"])
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=60)


@st.composite
def some_points(draw):
    scores, outcomes = st.integers(0, 100), st.integers(0, len(OUTCOMES) - 1)
    found = draw(st.lists(st.tuples(NAMES, scores, scores, outcomes), max_size=60))
    return [
        SimpleNamespace(number=number, name=name, value=value, readiness=readiness, outcome=outcome)
        for number, (name, value, readiness, outcome) in enumerate(found, 1)
    ]


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def labels(picture: ElementTree.Element) -> list[tuple[float, float, str]]:
    """The labels of the points: what is written inside the frame."""
    texts = [(float(t.get("x", "")), float(t.get("y", "")), t.text or "") for t in picture.iter(f"{SVG}text")]
    return [(x, y, words) for x, y, words in texts if LEFT <= x < RIGHT and TOP <= y <= FOOT and words]


@given(some_points(), LANGUAGE)
def test_every_mark_and_label_lies_inside_the_frame(points, language):
    picture = tree(charts.scatter(points, OUTCOMES, language))
    height = float(picture.get("viewBox", "").split()[3])
    for circle in picture.iter(f"{SVG}circle"):
        x, y, radius = (float(circle.get(name, "")) for name in ("cx", "cy", "r"))
        in_legend = FOOT < y < height
        assert in_legend or FRAME.holds(Box(x - radius, y - radius, x + radius, y + radius))
    for polygon in picture.iter(f"{SVG}polygon"):
        for corner in polygon.get("points", "").split():
            x, y = map(float, corner.split(","))
            assert FRAME.left - 1 <= x <= FRAME.right + 1
            assert FRAME.top - 1 <= y < height
    for x, _, words in labels(picture):
        assert x + 0.9 * width_of(words, 10) <= RIGHT


@given(some_points(), LANGUAGE)
def test_labels_hide_neither_each_other_nor_a_mark(points, language):
    boxes = [
        (x, y - 9.5, x + width_of(words, 10) + 2, y + 2.5)
        for x, y, words in labels(tree(charts.scatter(points, OUTCOMES, language)))
    ]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            across = one[0] < other[2] - 0.1 and other[0] < one[2] - 0.1
            assert not (across and one[1] < other[3] - 0.1 and other[1] < one[3] - 0.1)


@given(some_points(), LANGUAGE)
def test_the_words_hold_every_point_and_its_recommendation(points, language):
    title, described = tree(charts.scatter(points, OUTCOMES, language))[:2]
    assert title.text
    told = described.text or ""
    words = {"da": "værdi {}, parathed {}, {}.", "en": "value {}, readiness {}, {}."}[language]
    for point in points:
        expected = words.format(point.value, point.readiness, OUTCOMES[point.outcome])
        assert f"{point.number} {point.name}: {expected}" in told


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 5000)), unique_by=lambda c: c[:2])
)
def test_of_many_partners_every_square_has_its_figure(found):
    cells = [
        SimpleNamespace(value=up * 10, readiness=across * 10, count=count) for up, across, count in found
    ]
    picture = tree(charts.density(cells, "da"))
    assert sorted(words for _, _, words in labels(picture)) == sorted(str(cell.count) for cell in cells)
    told = picture[1].text or ""
    assert all(f": {cell.count}." in told for cell in cells)
    for square in picture.iter(f"{SVG}rect"):
        left, top, wide, high = (float(square.get(name, "")) for name in ("x", "y", "width", "height"))
        assert FRAME.holds(Box(left, top, left + wide - 0.01, top + high - 0.01))


COUNTS = st.lists(st.lists(st.integers(0, 5000), min_size=3, max_size=3), min_size=1, max_size=13)


@given(COUNTS, LANGUAGE)
def test_levels_have_a_bar_and_a_figure_for_every_period(counts, language):
    passed = [
        SimpleNamespace(year=2024 + at // 4, quarter=at % 4 + 1, counts=each)
        for at, each in enumerate(counts[:-1])
    ]
    periods = [*passed, SimpleNamespace(year=0, quarter=0, counts=counts[-1])]
    picture = tree(charts.levels(periods, ["Kontakt", "Pause", "Afsluttet"], language))
    figures = [text.text for text in picture.iter(f"{SVG}text")]
    for each in counts:
        assert all(str(count) in figures for count in each)
    bars = list(picture.iter(f"{SVG}rect"))
    assert len(bars) == sum(1 for each in counts for count in each if count)
    highest = max((count for each in counts for count in each), default=0)
    assert all(float(bar.get("height", "")) <= 24 for bar in bars)
    assert not highest or max(float(bar.get("height", "")) for bar in bars) == 24
    told = picture[1].text or ""
    assert told.endswith(f"Afsluttet {counts[-1][2]}.")
    assert {"da": "nu: ", "en": "now: "}[language] in told


def test_each_recommendation_has_a_shape_of_its_own():
    shapes = [outcome_shape(place, 10, 10, 6) for place in range(8)]
    plain = {shape.replace("chart-fill-", "").replace("chart-stroke-", "") for shape in shapes}
    assert len(plain) == 8


def test_charts_of_many_partners_keep_to_the_tokens_and_to_text():
    points = [SimpleNamespace(number=1, name="<script>&</text>", value=1, readiness=2, outcome=0)]
    svg = charts.scatter(points, ["<b>"], "da")
    assert not list(tree(svg).iter(f"{SVG}script"))
    for element in tree(svg).iter():
        assert not {"style", "id", "href"} & set(element.attrib)
        assert {element.get(name) for name in ("fill", "stroke")} <= {None, *palette().values()}
