"""What cannot be printed is told; what can is left alone."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.paths import fonts_folder
from app.printing.characters import FACES, Characters, characters_of


@pytest.fixture(scope="module")
def characters() -> Characters:
    return characters_of([fonts_folder() / f"OvervejSans-{face}.ttf" for face in FACES])


KEPT = [
    "æøå ÆØÅ é ü ß ñ ł ő",
    "»citat« „citat“ “quote” ‘quote’ … – —",
    "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr., 2\N{NARROW NO-BREAK SPACE}%",
    "☐ ☑ ✓ → ▲ ■ ◆ × ≤ ½ €",
    "linje\nlinje\n\nafsnit",
    "Ελληνικά, Русский",
    string.printable[:95],
]


@pytest.mark.parametrize("text", KEPT)
def test_what_the_font_has_is_left_alone(characters: Characters, text: str) -> None:
    assert characters.printable(text) == (text, set())


@pytest.mark.parametrize(
    ("text", "printed", "lost"),
    [
        ("👍", "□", 1),
        ("👍🏽", "□", 1),
        ("👩‍👩‍👧", "□", 1),
        ("🧡️ ja", "□ ja", 1),
        ("東京", "□□", 2),
        ("a\x00b\x07c", "abc", 2),
        ("a\tb", "a b", 0),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd", 0),
        ("\ud800", "□", 1),
        ("a\u0308\ufeff", "ä", 0),
    ],
)
def test_what_it_lacks_is_replaced_and_counted(
    characters: Characters, text: str, printed: str, lost: int
) -> None:
    came, missing = characters.printable(text)
    assert came == printed
    assert len(missing) == lost


@given(st.text())
def test_what_comes_out_can_always_be_printed(text: str) -> None:
    characters = characters_of([fonts_folder() / "OvervejSans-Regular.ttf"])
    printed, lost = characters.printable(text)
    assert characters.printable(printed) == (printed, set())
    assert all(character in unicodedata.normalize("NFC", text) for character in lost)


def test_every_text_in_a_document_is_looked_at(characters: Characters) -> None:
    content = {"a": ["👍", {"b": "ok 👍"}], "c": 3, "d": None, "e": ("東",)}
    printed = {"a": ["□", {"b": "ok □"}], "c": 3, "d": None, "e": ["□"]}
    assert characters.printable_content(content) == (printed, {"👍", "東"})
