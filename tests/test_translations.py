"""The Danish of the English texts in the code: four catalogues, and each text once in one of them."""

import argparse
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from app.paths import APP, CHECKOUT

CATALOGUES = ("pages", "wording", "print", "command")
FOLDER = APP / "translations" / "da" / "LC_MESSAGES"

PLACES = {
    "command": [APP / "cli"],
    "print": [APP / "printing", CHECKOUT / "reports"],
    "wording": [APP / "wording", APP / "charts"],
    "nobody": [APP / "static", APP / "translations", APP / "engine"],
}
"""Who says what stands where: the rest are pages. The engine says all it has to say in both languages."""

SENTENCES = {"tell": None, "count": (1, 2)}
CHART_WORDS = {"words": None}
"""How sentences are told, anywhere; charts say ``words``, which elsewhere is another function too."""

# Said to a programmer who builds a parser, never to somebody who types a command.
FOR_PROGRAMMERS = re.compile(
    r"^(\.__call__|conflicting|argument \"-\"|cannot|'required'|invalid option string|dest=|invalid conflict"
    r"|mutually|unexpected option|%r is not callable|unknown parser)"
)
HOLES = re.compile(r"\{[a-z_]*\}|%(?:\([a-z_]+\))?[srd]")


def places(domain: str) -> list[Path]:
    elsewhere = {folder for folders in PLACES.values() for folder in folders}
    return PLACES.get(domain) or [each for each in APP.iterdir() if each.is_dir() and each not in elsewhere]


def known_by(said: str | tuple[str, ...]) -> str:
    """A text that is counted is known by the form that says one, as gettext knows it."""
    return said if isinstance(said, str) else said[0]


def said_in(domain: str, keywords: dict) -> set[str]:
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    return {
        known_by(said)
        for folder in places(domain)
        for _, _, said, _, _ in extract_from_dir(
            folder, methods, keywords=keywords, directory_filter=lambda _: True
        )
    }


def said_by_argparse() -> set[str]:
    found = extract_from_file("python", argparse.__file__, keywords=DEFAULT_KEYWORDS)
    return {known_by(said) for _, said, _, _ in found if not FOR_PROGRAMMERS.match(known_by(said))}


@cache
def wanted() -> dict[str, set[str]]:
    """The texts that belong in each catalogue. All read ``wording``: what is told, and what two say."""
    own = {domain: said_in(domain, DEFAULT_KEYWORDS) for domain in CATALOGUES}
    said = Counter(text for texts in own.values() for text in texts)
    shared = {text for text, times in said.items() if times > 1}
    for domain in CATALOGUES:
        shared |= said_in(domain, SENTENCES)
    shared |= said_in("wording", CHART_WORDS)
    own["command"] |= said_by_argparse()
    return {domain: texts - shared for domain, texts in own.items()} | {"wording": own["wording"] | shared}


@cache
def danish(domain: str) -> list[Message]:
    with (FOLDER / f"{domain}.po").open("rb") as file:
        return [each for each in read_po(file, locale="da", abort_invalid=True) if each.id]


def of_a_newer_python(message: Message) -> bool:
    return "argparse of a newer Python" in message.auto_comments


def test_there_are_four_catalogues_and_no_more():
    assert sorted(file.stem for file in FOLDER.glob("*.po")) == sorted(CATALOGUES)


@pytest.mark.parametrize("domain", CATALOGUES)
def test_everything_that_is_said_has_its_danish_in_the_catalogue_where_one_looks_for_it(domain):
    there = {known_by(each.id) for each in danish(domain)}
    assert wanted()[domain] - there == set(), f"say it in Danish in {domain}.po"
    newer = {known_by(each.id) for each in danish(domain) if of_a_newer_python(each)}
    assert there - wanted()[domain] - newer == set(), f"nobody reads this in {domain}.po"
    empty = [
        each.id
        for each in danish(domain)
        if not all([each.string] if isinstance(each.string, str) else each.string)
    ]
    assert empty == []


def test_a_text_stands_once():
    """So that nobody can give it two Danish translations."""
    written = "\n".join((FOLDER / f"{domain}.po").read_text(encoding="utf-8") for domain in CATALOGUES)
    entries = len(re.findall(r"^msgid ", written, re.MULTILINE)) - len(CATALOGUES)
    texts = {known_by(each.id) for domain in CATALOGUES for each in danish(domain)}
    assert len(texts) > 1000
    assert entries == len(texts)


def test_the_command_shares_no_text_with_others():
    """argparse and the command ask one catalogue alone: what others say too is told by ``Speech``."""
    command = said_in("command", DEFAULT_KEYWORDS)
    assert {domain: command & said_in(domain, DEFAULT_KEYWORDS) for domain in ("pages", "print")} == {
        "pages": set(),
        "print": set(),
    }
    assert command & wanted()["wording"] == set()


@pytest.mark.parametrize("domain", CATALOGUES)
def test_the_danish_leaves_open_what_the_english_leaves_open(domain):
    for message in danish(domain):
        english = message.id if isinstance(message.id, str) else message.id[-1]
        said = message.string if isinstance(message.string, str) else message.string[-1]
        assert sorted(HOLES.findall(said)) == sorted(HOLES.findall(english)), english
