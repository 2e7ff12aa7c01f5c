"""A Danish document has no English catalogue text in it, and the reverse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from babel.messages.extract import extract_from_dir

from app.paths import CHECKOUT
from app.printing import documents
from app.printing.job import PrintJob
from app.wording.blank import blank
from app.wording.catalog import catalog
from tests.printing import paper, samples

Print = Callable[[PrintJob], bytes]

PLACES = (
    ("reports", "**.html", "jinja2"),
    ("app/printing", "**.py", "python"),
    ("app/charts", "**.py", "python"),
)
KEYWORDS = {"_": None, "ngettext": (1, 2), "words": None}


def texts() -> Iterator[str]:
    for folder, files, method in PLACES:
        found = extract_from_dir(
            CHECKOUT / folder, [(files, method)], keywords=KEYWORDS, directory_filter=lambda _: True
        )
        for _, _, message, _, _ in found:
            yield from (message,) if isinstance(message, str) else message


def danish(text: str) -> str:
    translated: str = catalog("da").gettext(text)
    return translated if translated != text else catalog("da").ngettext(text, text, 1)


SAME_IN_BOTH = {"Form", "version %(version)s", "Version %(version)s", "page", "of", "State"}
"""Short words that are also parts of Danish words, or are Danish themselves."""


def test_every_text_of_the_documents_has_a_danish_one() -> None:
    assert len(list(texts())) > 100
    untranslated = {text for text in texts() if danish(text) == text}
    assert {
        text
        for text in untranslated
        if "ersion" not in text and "character" not in text and "more" not in text
    } == set()


@pytest.mark.parametrize(("language", "other"), [("da", "en"), ("en", "da")])
def test_no_document_mixes_the_languages(printed: Print, language: str, other: str) -> None:
    reading = samples.case("general-sponsorship", language)
    jobs = [
        documents.decision(reading),
        documents.meeting(reading),
        documents.form(blank(samples.questionnaire(), language)),
    ]
    printed_texts = " ".join(paper.text(printed(job)) for job in jobs)
    of_other = {text if other == "en" else danish(text) for text in texts()}
    of_this = {danish(text) if other == "en" else text for text in texts()}
    foreign = {text for text in of_other - of_this if len(text) > 11 and "%" not in text and "{" not in text}
    assert len(foreign) > 40
    assert [text for text in foreign if text in printed_texts] == []
