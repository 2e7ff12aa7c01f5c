"""The portfolio report: one page that suffices, then every partner; asked for on the overview."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import g
from sqlalchemy import select

from app.organisation.reading import Letterhead
from app.partners.models import LEVELS
from app.platform.database import db, writing
from app.platform.jobs import Job
from app.portfolio import work
from app.portfolio.choice import Choice
from app.portfolio.gathering import gathered
from app.printing import documents
from app.printing.job import PrintJob
from app.printing.printer import Printer
from tests.portfolio import ways
from tests.printing import paper
from tests.printing.samples import HOSTILE, LONG_WORD
from tests.web import each_database_and_language

TODAY = date(2026, 11, 22)
LIBRARY = Letterhead("Nordhavn Bibliotek", "")


def content(app: Any, language: str = "da", choice: Choice | None = None) -> dict[str, Any]:
    """What the job gathers, in its language, outside any request."""
    told: list[tuple[int, int]] = []
    with app.app_context():
        g.language = language
        found = gathered(choice or Choice(), TODAY, lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    return found


def report(app: Any, language: str = "da", choice: Choice | None = None) -> PrintJob:
    return documents.portfolio(content(app, language, choice), language, LIBRARY)


@pytest.fixture
def library(stored_app):
    """A small one, with something of everything."""
    with stored_app.app_context(), writing() as session:
        goal, lonely = ways.goal(session, "Flere børn læser"), ways.goal(session, "Et åbent mødested")
        assert lonely.id
        one = ways.partner(session, "Åparkens Skakklub", "date", "2025-02-01", owner="Anna Holm")
        first = ways.assessment(
            session, one, 1, 72, 41, goal_id=goal.id, subject={"proposal": "Skak for unge"}
        )
        ways.motion(session, first)
        decided = ways.decision(session, first, "approved", follow_up_on="2026-10-01")
        ways.follow_up(session, decided, "2027-03-01")
        other = ways.partner(session, "Boghandlen", owner="Bo Lind")
        ways.motion(session, ways.assessment(session, other, 2, 90, 80))
        ways.partner(session, "Cirkus uden vurdering")
        nowhere = ways.partner(session, "Dansegruppen")
        ways.assessment(session, nowhere, 0, None, None)
    return stored_app


@each_database_and_language
def test_page_one_suffices(library, printer, language):
    page = paper.text(printer.print(report(library, language)), 1)
    words = {
        "da": (
            "Opgjort 22. november 2026",
            "Biblioteket har 4 partnere.",
            "1 af bibliotekets mål har ingen partner.",
        ),
        "en": (
            "Data of 22 November 2026",
            "The library has 4 partners.",
            "1 of the library’s goals has no partner.",
        ),
    }[language]
    for each in ("Nordhavn Bibliotek", "Dansegruppen", *words):
        assert each in page


def test_every_partner_is_in_it_with_all_that_leadership_asks(library, printer):
    found = content(library)
    assert [entry["name"] for entry in found["entries"]] == [
        "Boghandlen",
        "Cirkus uden vurdering",
        "Dansegruppen",
        "Åparkens Skakklub",
    ], "in the Danish alphabet"
    chess = found["entries"][-1]
    assert (chess["value"], chess["readiness"], chess["verdict"]) == (72, 41, "Godkendt")
    assert chess["follow_up_on"] == "1.\N{NO-BREAK SPACE}marts 2027", (
        "the follow-up has agreed on a later day"
    )
    text = paper.text(printer.print(report(library)))
    for each in (
        "Skak for unge",
        "Anna Holm",
        "1. marts 2027",
        "Et åbent mødested",
        "Ét afgrænset samarbejde",
    ):
        assert each in text


@each_database_and_language
def test_a_decision_is_never_read_as_one_on_another_proposal(stored_app, printer, language):
    """Debates that nobody has decided on do not become approved, because a concert once was."""
    with stored_app.app_context(), writing() as session:
        cafe = ways.partner(session, "Caféen")
        concert = ways.assessment(session, cafe, date="2026-01-05", subject={"proposal": "En koncert"})
        ways.decision(session, concert, "approved")
        ways.assessment(session, cafe, date="2026-05-01", subject={"proposal": "Debataftener i caféen"})
        nameless = ways.partner(session, "Dansegruppen")
        ways.decision(
            session, ways.assessment(session, nameless, date="2026-01-05", subject={"proposal": ""})
        )
        ways.assessment(session, nameless, date="2026-05-01", subject={"proposal": "Dans"})
        again = ways.partner(session, "Egnsteatret")
        ways.decision(session, ways.assessment(session, again, date="2026-01-05"))
        ways.assessment(session, again, date="2026-05-01")
    said = [entry["decided_about"] for entry in content(stored_app, language)["entries"]]
    words = {
        "da": ["Gælder: En koncert", "Gælder et andet forslag", ""],
        "en": ["Concerns: En koncert", "Concerns another proposal", ""],
    }[language]
    assert said == words
    assert words[0] in paper.text(printer.print(report(stored_app, language)))


def test_the_decision_on_the_proposal_that_is_shown_comes_first(stored_app):
    """Also where another proposal was decided on later."""
    with stored_app.app_context(), writing() as session:
        cafe = ways.partner(session, "Caféen")
        concert = ways.assessment(session, cafe, date="2026-01-05", subject={"proposal": "En koncert"})
        debates = ways.assessment(session, cafe, date="2026-05-01", subject={"proposal": "Debataftener"})
        ways.decision(session, debates, "postponed", decided_on="2026-06-01")
        ways.decision(session, concert, "approved", decided_on="2026-08-01")
    (entry,) = content(stored_app)["entries"]
    assert (entry["proposal"], entry["verdict"], entry["decided_about"]) == ("Debataftener", "Udsat", "")


def test_it_says_which_partners_were_chosen(library, printer):
    text = paper.text(printer.print(report(library, "da", Choice(owner="Bo Lind"))))
    assert "Kun disse partnere: Ansvarlig: Bo Lind" in text
    assert "Boghandlen" in text
    assert "Skakklub" not in text


@each_database_and_language
def test_it_is_an_archive_and_accessible_at_once(library, printer, language, tmp_path):
    assert paper.faults(printer.print(report(library, language)), paper.BOTH, tmp_path) == []


def test_a_register_without_partners_prints_too(app, printer, tmp_path):
    pdf = printer.print(report(app))
    assert "Biblioteket har 0 partnere." in paper.text(pdf, 1)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


def test_equal_data_gives_equal_bytes_in_two_processes(app):
    ways.many(app, 70)
    job = report(app)
    with Printer() as one, Printer() as other:
        first = one.print(job)
        assert other.print(job) == first
    assert b"CreationDate" not in first


def large(count: int, name: str = "Forening") -> dict[str, Any]:
    """The content of a report on so many partners, without a database."""
    levels = [{"title": level, "nickname": "", "count": count} for level in LEVELS]
    positions = {
        "assessed": count,
        "outcomes": ["Partnerskab for en periode", "Intet partnerskab nu"],
        "totals": [count, 0],
        "points": [],
        "cells": [{"value": 50, "readiness": 90, "count": count}],
        "quadrants": [{"id": "much-ready", "count": count, "counts": [count, 0]}],
        "without": [[name, "x"]],
        "placeless": 1,
        "much_ready": count,
        "much_not_yet": 0,
        "names_all_without": True,
    }
    entry = {
        "number": None,
        "level": "Partnerskab for en periode",
        "owner": name,
        "proposal": name,
        "outcome": "Ét afgrænset samarbejde",
        "value": 100,
        "readiness": 100,
        "date": "22. november 2026",
        "verdict": "Godkendt med ændringer",
        "decided": "Ét afgrænset samarbejde",
        "decided_about": f"Gælder: {name}",
        "decided_on": "22. november 2026",
        "follow_up_on": "22. november 2027",
    }
    serving = {"name": name, "outcome": "Ét afgrænset samarbejde", "level": "Kontakt"}
    goal = {"title": name, "count": count, "partners": [serving] * 24, "more": 900}
    awaited = {
        "partner": name,
        "proposal": name,
        "proposed": name[:60],
        "put_on": "22. november 2026",
        "decide_by": "",
        "postponed": True,
    }
    due = {
        "partner": name,
        "proposal": name,
        "decided": name[:60],
        "decided_on": "22. november 2026",
        "on": "22. november 2026",
    }
    return {
        "date": "22. november 2026",
        "chosen": [f"Ansvarlig: {name}"],
        "partners": count,
        "levels": levels,
        "level_titles": list(LEVELS),
        "positions": positions,
        "all_goals": True,
        "without": [name],
        "served": [goal],
        "former": [goal],
        "periods": [{"year": 0, "quarter": 0, "counts": [count] * 6, "total": count}],
        "waiting": {
            "awaited": [awaited],
            "awaited_in_all": 41,
            "awaited_more": 40,
            "due": [due],
            "due_in_all": 41,
            "due_more": 40,
        },
        "entries": [{**entry, "name": f"{name} {place:04}"} for place in range(count)],
    }


def test_hundreds_of_partners_fit_on_their_pages(printer):
    pdf = printer.print(documents.portfolio(large(120), "da", LIBRARY))
    text = paper.text(pdf)
    assert all(f"Forening {place:04}" in text for place in range(120))
    assert not paper.blank_pages(pdf)
    for page in range(1, paper.pages(pdf) + 1):
        words = paper.text(pdf, page)
        assert "Partner og forslag" in words or not re.search(r"Forening \d{4}", words), "heads on each page"


@pytest.mark.parametrize("name", [LONG_WORD, f"{LONG_WORD} " * 3, HOSTILE, "", "東京 👍🏽 \x00\x07"])
def test_any_name_stays_on_the_paper(printer, name, tmp_path):
    pdf = printer.print(documents.portfolio(large(8, name), "da", Letterhead(name[:200], "")))
    copied = paper.letters(paper.text(pdf))
    if name == HOSTILE:
        assert paper.letters("{{ 7*7 }}") in copied
    if name == LONG_WORD:
        assert copied.count(LONG_WORD) >= 8
    assert not paper.blank_pages(pdf)
    assert paper.faults(pdf, paper.BOTH, tmp_path) == []


# The job


def test_the_overview_asks_for_it_as_a_job_in_the_chosen_language(stored_client):
    app = stored_client.app
    ways.many(app, 5)
    stored_client.get("/overview")
    answer = stored_client.post(
        "/overview/portfolio", {"language": "en", "level": "date", "owner": "\x00", "sector": "moon"}
    )
    public_id = answer.headers["Location"].rpartition("/")[2]
    with app.app_context():
        job = db.session.scalars(select(Job).where(Job.public_id == public_id)).one()
        assert (job.kind, job.language, job.actor) == ("portfolio", "en", "Mette Holm")
        assert job.parameters["choice"] == {"level": "date"}
        assert date.fromisoformat(job.parameters["date"])
    stored_client.post("/overview/portfolio", {})
    stored_client.post("/overview/portfolio", {"language": ["xx", "da"], "goal": ["a", "b"]})


def test_the_job_can_be_done_twice_and_makes_the_same(app):
    ways.many(app, 5)
    parameters = {"date": "2026-11-22", "choice": {}}
    with app.app_context():
        g.language = "da"
        first, second = (work.work(parameters, "da", lambda done, total: None) for _ in range(2))
    assert first == second
    assert first.file_name == "overvej-overblik-2026-11-22.pdf"
    assert "Forening 004" in paper.text(first.content)
