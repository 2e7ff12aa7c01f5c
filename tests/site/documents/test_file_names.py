"""A document that is saved says whose it is, and of which day."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.file_names import file_name
from tests.decisions.ways import assessed
from tests.workshops.report import ways as reports


@pytest.mark.parametrize(
    ("partner", "name"),
    [
        ("Teaterforeningen", "beslutning-teaterforeningen-2026-11-22"),
        ("Åparkens Café & Køkken", "beslutning-aaparkens-cafe-koekken-2026-11-22"),
        ("LYS/LYD, Roskilde", "beslutning-lys-lyd-roskilde-2026-11-22"),
        (
            "Kulturafdelingen i Roskilde og Interactive Spaces",
            "beslutning-kulturafdelingen-i-roskilde-og-2026-11-22",
        ),
        ("W" * 300, f"beslutning-{'w' * 40}-2026-11-22"),
        ("../../etc/passwd", "beslutning-etc-passwd-2026-11-22"),
        ("", "beslutning"),
        ("東京 👍🏽", "beslutning"),
    ],
)
def test_a_name_is_made_of_kind_partner_and_day(partner, name):
    assert file_name("beslutning", partner, "2026-11-22") == name


@given(st.text(max_size=400))
def test_any_partner_gives_a_short_name_that_every_machine_can_keep(partner):
    name = f"overvej-{file_name('beslutning', partner, '2026-11-22')}.pdf"
    assert re.fullmatch(r"overvej-beslutning(-[a-z0-9]+)*\.pdf", name)
    assert len(name) <= 80


@pytest.mark.parametrize(
    ("language", "kinds"), [("da", ("beslutning", "moede")), ("en", ("decision", "meeting"))]
)
def test_what_an_assessment_prints_is_named_after_its_partner(client, app, language, kinds):
    client.speak(language)
    public_id = assessed(app, partner="Teaterforeningen")
    for page, kind in zip(("decision", "meeting"), kinds, strict=True):
        sent = client.get(f"/assessments/{public_id}/{page}.pdf")
        named = rf"overvej-{kind}-teaterforeningen-\d{{4}}-\d\d-\d\d\.pdf"
        assert re.search(named, sent.headers["Content-Disposition"])


def test_so_is_the_report_of_a_workshop(client, app):
    sent = client.get(f"/workshops/{reports.closed(app)}/report.pdf")
    name = r"overvej-workshop-[a-z0-9-]+-\d{4}-\d\d-\d\d\.pdf"
    assert re.search(name, sent.headers["Content-Disposition"])
