"""How texts are cut and parted for print."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.printing.typography import as_heading, grouped, is_cut, is_short, paragraphs, shortened, thousands


@given(st.text(), st.integers(2, 200))
def test_a_text_is_cut_to_its_room_or_left_whole(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert short.endswith("…") or not is_cut(text, longest)
    if not is_cut(text, longest):
        assert short == " ".join(text.split())


def test_it_is_cut_between_words_where_there_are_any() -> None:
    assert shortened("Borgerne møder biblioteket i nye sammenhænge", 30) == "Borgerne møder biblioteket i…"
    assert shortened("Selvbetjeningsbibliotek", 10) == "Selvbetje…"


def test_markup_is_cut_as_the_text_it_stands_for() -> None:
    assert shortened(Markup("a &lt;b&gt; c"), 20) == "a <b> c"


def test_a_short_text_has_few_letters_and_few_lines() -> None:
    assert is_short("Det fælles mål er talt igennem.\nVi mødes igen i maj.")
    assert not is_short("x" * 600)
    assert not is_short("x\n" * 10)


def test_paragraphs_are_parted_at_blank_lines_alone() -> None:
    assert paragraphs("\n a\nb\n\n \nc\n") == ["a\nb", "c"]
    assert paragraphs("  \n ") == []


def test_figures_and_codes_are_set_to_be_read() -> None:
    assert thousands(19683, "da") == "19.683"
    assert thousands(19683, "en") == "19,683"
    assert grouped("0123456789abcdef0") == "01234567 89abcdef 0"


def test_a_heading_begins_with_a_capital_where_its_first_word_has_none() -> None:
    said = {"månedlige møder": "Månedlige møder", "øl i caféen": "Øl i caféen", "&amp; mere": "&amp; mere"}
    said |= {each: each for each in ("iPads på besøg", "En festival", "3 aftener", "", "  ")}
    assert {each: as_heading(each) for each in said} == said
