"""A Danish document has no English catalogue text in it, and the reverse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from babel.messages.extract import extract_from_dir

from app.paths import CHECKOUT
from app.printing import documents
from app.printing.job import PrintJob
from app.wording.blank import blank
from app.wording.translations import catalog
from tests.printing import paper, samples

Print = Callable[[PrintJob], bytes]

PLACES = (
    ("reports", "**.html", "jinja2"),
    ("app/printing", "**.py", "python"),
    ("app/charts", "**.py", "python"),
)
KEYWORDS = {"_": None, "ngettext": (1, 2), "words": None}


@cache
def messages() -> list[str | tuple[str, ...]]:
    return [
        message
        for folder, files, method in PLACES
        for _, _, message, _, _ in extract_from_dir(
            CHECKOUT / folder, [(files, method)], keywords=KEYWORDS, directory_filter=lambda _: True
        )
    ]


def texts() -> Iterator[str]:
    for message in messages():
        yield from (message,) if isinstance(message, str) else message


def pairs() -> list[tuple[str, ...]]:
    return [message for message in messages() if isinstance(message, tuple)]


def danish(text: str) -> str:
    """The Danish of a text; of one that is counted, the form for many."""
    translated: str = catalog("da", "print").gettext(text)
    return translated


def is_translated(text: str) -> bool:
    counted = [pair for pair in pairs() if text in pair]
    return danish(text) != text or any(
        catalog("da", "print").ngettext(*pair, 2) != pair[1] for pair in counted
    )


SAME_IN_BOTH = {
    "version %(version)s", "Version %(version)s", "Workshop", "{option}: {count}.", "60 min.", "90 min.",
}  # fmt: skip


def test_every_text_of_the_documents_has_a_danish_one() -> None:
    assert len(list(texts())) > 100
    assert {text for text in texts() if not is_translated(text)} == SAME_IN_BOTH


@pytest.mark.parametrize(("language", "other"), [("da", "en"), ("en", "da")])
def test_no_document_mixes_the_languages(printed: Print, language: str, other: str) -> None:
    reading = samples.case("general-sponsorship", language)
    jobs = [
        documents.decision(reading),
        documents.meeting(reading),
        documents.form(blank(samples.questionnaire(), language)),
        documents.guide(language),
    ]
    printed_texts = " ".join(paper.text(printed(job)) for job in jobs)
    of_other = {text if other == "en" else danish(text) for text in texts()}
    of_this = {danish(text) if other == "en" else text for text in texts()}
    foreign = {text for text in of_other - of_this if len(text) > 11 and "%" not in text and "{" not in text}
    assert len(foreign) > 40
    assert [text for text in foreign if text in printed_texts] == []
