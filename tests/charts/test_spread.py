"""The spread shows every answer as a dot, in words as well, on a narrow phone and in print."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import charts
from app.charts.spread import RIGHT
from app.charts.svg import palette, width_of

SVG = "{http://www.w3.org/2000/svg}"
OPTIONS = [
    "Nej",
    "Måske nogle få",
    "Nogle, uvist hvem",
    "En gruppe, vi kan nævne",
    "En gruppe, som partneren har kontakt til",
]
PHONE = 375 - 2 * 16
SMALLEST_TYPE = 9.0


def drawn(counts, median=None, language="da", options=None, title="Når vi nye brugere?"):
    svg = charts.spread(
        OPTIONS if options is None else options, counts, median=median, language=language, title=title
    )
    return ElementTree.fromstring(svg)


DOT = re.compile(r"M([\d.]+) ([\d.]+)a([\d.]+) ")


def dots(tree):
    """The middle and the radius of each dot: one path holds all dots of an option."""
    paths = [each.get("d", "") for each in tree.iter(f"{SVG}path")]
    found = [[float(each) for each in dot] for path in paths for dot in DOT.findall(path)]
    return [(x + r, y, r) for x, y, r in found]


def arrows(tree):
    return [each for each in tree.iter(f"{SVG}path") if not DOT.match(each.get("d", ""))]


def words_in(tree):
    return " ".join(each.text or "" for each in tree.iter(f"{SVG}text"))


def frame(tree):
    return [float(each) for each in (tree.get("viewBox") or "").split()][2:]


def test_the_title_comes_first_and_the_numbers_are_said_in_words():
    title, described, *_ = drawn([1, 0, 2, 3, 0], 2)
    assert title.tag == f"{SVG}title"
    assert title.text == "Når vi nye brugere?"
    assert described.tag == f"{SVG}desc"
    assert "En gruppe, vi kan nævne: 3." in (described.text or "")
    assert "Gruppen siger: Nogle, uvist hvem." in (described.text or "")


def test_it_speaks_english():
    tree = drawn([1, 2, 0, 0, 0], 1, "en")
    assert "The group says: Måske nogle få." in (tree[1].text or "")
    assert "the middle answer" in words_in(tree)


def test_where_the_group_says_nothing_nothing_is_marked():
    assert "siger" not in "".join(drawn([2, 2, 0, 0, 0]).itertext())
    assert not arrows(drawn([2, 2, 0, 0, 0]))
    assert len(arrows(drawn([2, 2, 0, 0, 0], 0))) == 2, "an arrow, and one that explains it"


@pytest.mark.parametrize(
    "counts", [[0] * 5, [200, 0, 0, 0, 0], [40] * 5, [0, 0, 0, 0, 1], [14, 15, 43, 44, 45]]
)
def test_every_dot_is_there(counts):
    assert len(dots(drawn(counts, 0))) == sum(counts)


@given(
    counts=st.lists(st.integers(0, 200), min_size=1, max_size=20),
    texts=st.data(),
    language=st.sampled_from(["da", "en"]),
)
def test_nothing_leaves_the_picture_and_no_dot_hides_another(counts, texts, language):
    options = texts.draw(
        st.lists(
            st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=300),
            min_size=len(counts),
            max_size=len(counts),
        )
    )
    tree = drawn(counts, len(counts) - 1, language, options, title="<b>&\"'")
    width, height = frame(tree)
    found = dots(tree)
    assert len(found) == sum(counts)
    assert len({(x, y) for x, y, _ in found}) == len(found)
    assert all(r <= x <= RIGHT - r + 0.01 and r <= y <= height - r for x, y, r in found)
    assert all(x - r > 170 for x, _, r in found), "beside the words, never on them"
    for text in tree.iter(f"{SVG}text"):
        words, size, x = text.text or "", float(text.get("font-size", "")), float(text.get("x", ""))
        assert 0 < float(text.get("y", "")) <= height
        assert text.get("text-anchor") != "start" or x + 0.95 * width_of(words, size) <= width


def test_dots_of_one_row_do_not_touch():
    for most in (1, 15, 43, 44, 60, 80, 120, 200):
        places = dots(drawn([most], options=["Ja"]))
        for x, y, r in places:
            near = [
                (a, b) for a, b, _ in places if (a, b) != (x, y) and abs(a - x) < 2 * r and abs(b - y) < 2 * r
            ]
            assert near == []


def test_the_words_can_be_read_on_a_phone():
    tree = drawn([3, 2, 1, 0, 0], 1)
    scale = PHONE / frame(tree)[0]
    assert all(float(text.get("font-size", "")) * scale >= SMALLEST_TYPE for text in tree.iter(f"{SVG}text"))


def test_the_longest_option_of_the_questionnaire_is_not_cut():
    assert "…" not in words_in(drawn([1, 1, 1, 1, 1]))


def test_print_finds_its_colours_and_a_strict_policy_nothing_to_forbid():
    svg = charts.spread(OPTIONS, [1, 2, 3, 4, 5], median=2, language="da", title="x")
    assert "var(" not in svg
    assert set(re.findall(r"#[0-9a-fA-F]{6}", svg)) <= set(palette().values())
    for element in ElementTree.fromstring(svg).iter():
        assert not {"style", "id", "onload", "href"} & set(element.attrib)


def test_counts_and_options_belong_together():
    with pytest.raises(ValueError, match="zip"):
        charts.spread(["Ja"], [1, 2], median=None, language="da", title="x")
