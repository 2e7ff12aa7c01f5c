"""What people write becomes text in a picture, never a part of the picture."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from app.charts.svg import drawing, filled, text

SVG = "{http://www.w3.org/2000/svg}"

# XML has no place for control characters, lone surrogates and these two, however they are written.
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")) | st.text(
    "<>&\"';/=svgtexonload "
)


@given(title=WORDS, description=WORDS, written=WORDS, attribute=WORDS)
def test_whatever_is_written_is_read_again_as_it_was_written(title, description, written, attribute):
    parts = [text(0, 0, written), filled("path", "ink", d=attribute)]
    picture = ElementTree.fromstring(drawing("x", (title, description), (10, 10), parts))
    assert [element.tag.removeprefix(SVG) for element in picture] == ["title", "desc", "text", "path"]
    assert [element.text or "" for element in picture][:3] == [title, description, written]
    assert set(picture[3].attrib) == {"class", "fill", "d"}
    assert picture[3].get("d") == attribute
