"""Every page of a library at work: accessible in light and dark, on every screen, and with large text."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.data.backups.backup import back_up_to
from app.platform.headers import POLICY
from tests.browser.accessible import faults_on_every_screen
from tests.web import NAME, Client, filled_in
from tests.workshops import ways

pytestmark = pytest.mark.browser

NO_PAGES = {
    "asset",
    "favicon",
    "organisation.logo",
    "partners.personal_data",
    "jobs.status",
    "jobs.file",
    "backups.download",
    "backups.kept_file",
    "assessments.export",
    "documents.decision",
    "documents.form",
    "documents.meeting",
    "documents.blank_form",
    "documents.sample",
    "sheets.pdf",
    "report.document",
    "report.guide",
}
"""Addresses that give a file."""

ON_THE_WAY = {
    *("assessments.resume", "what_if.outcome", "what_if.change", "comparisons.move"),
    *("workshops.live", "wall.live", "phones.live", "phones.nowhere", "phones.section"),
}
"""Those that lead on to another page, are a part of one, need a questionnaire that is newer, or a phone that
has joined: its pages have tests of their own.
"""


@pytest.fixture(scope="session")
def places(live_app, tmp_path_factory) -> dict[str, str]:
    """An address for each page, by endpoint, in a library that has used Overvej for a while.

    For the whole session: pytest moves the tests without a browser away from those with one, and a library
    that is furnished once a module would be furnished a second time.
    """
    client = Client(live_app)
    client.post("/settings/goals/new", {"title": "Flere unge i huset", "active": "yes"})
    version = found_in(client, "/settings/thresholds", r'(?<=name="row_version" value=")\d+')
    decides = {"amount_1": "200.000", "decides_1": "Kulturudvalget", "row_version": version}
    client.post("/settings/thresholds", decides)
    partner, other = (
        new_partner(client, "Teatret på hver side"),
        new_partner(client, "Festugen på hver side"),
    )
    client.post(f"{partner}/contacts", {"on": "2026-11-20", "kind": "call", "text": "Ringede om sommeren"})
    contact = found_in(client, partner, rf"{partner}/contacts/[\w-]+")
    assessment = assess(client, partner)
    again = client.post(f"{assessment}/copy").headers["Location"].removesuffix("/subject")
    client.post(f"{again}/review")
    decision = decide(client, assessment)
    deleted = client.post(f"{again}/copy").headers["Location"].removesuffix("/subject")
    client.post(f"{deleted}/delete")
    first, second = (each.rpartition("/")[2] for each in (assessment, again))
    rooms = {
        "assessments.result": "result", "assessments.review": "review", "assessments.subject": "subject",
        "assessments.section": "sections/together", "deleted.delete": "delete",
        "history.changes": "history", "what_if.trial": "what-if",
        "after_meeting.questions": "after-meeting", "decisions.case": "decision",
    }  # fmt: skip
    return {
        **{endpoint: f"{assessment}/{room}" for endpoint, room in rooms.items()},
        "history.state": re.search(
            r"/assessments/[\w-]+/history/\d+", client.get(f"{assessment}/history").text
        )[0],
        "deleted.erase": f"{deleted}/erase",
        "deleted.in_bin": "/assessments/bin",
        "assessments.register": "/assessments",
        "assessments.start": f"/assessments/new?partner={partner.rpartition('/')[2]}",
        "comparisons.comparison": f"/compare?a={first}&b={second}",
        "partners.partner": partner,
        "partners.edit": f"{partner}/edit",
        "partners.change_level": f"{partner}/level",
        "partners.correct_reason": found_in(client, partner, rf"{partner}/level/\d+"),
        "partners.erase": f"{partner}/erase",
        "partners.merge": f"{partner}/merge?other={other.rpartition('/')[2]}",
        "partners.contact": contact,
        "partners.register": "/partners",
        "partners.new": "/partners/new",
        "decisions.follow_up": f"/decisions/{decision}/follow-up",
        "decisions.correct": f"/decisions/{decision}/correct",
        "decisions.waiting": "/decisions",
        "decisions.follow_ups": "/decisions/follow-ups",
        "decisions.record": "/decisions/record",
        "portfolio.overview": "/overview",
        "jobs.job": client.post("/overview/portfolio", {"language": "da"}).headers["Location"],
        "exports.all_data": "/exports",
        "backups.all_backups": "/backups",
        "backups.confirm": bring_backup(client, tmp_path_factory.mktemp("backup") / "kopi.zip"),
        "questionnaires.installed": "/questionnaires",
        "questionnaires.preview": "/questionnaires/new-partner/1.0.0",
        "organisation.settings": "/settings",
        "organisation.library": "/settings/library",
        "organisation.thresholds": "/settings/thresholds",
        "organisation.new_goal": "/settings/goals/new",
        "organisation.goal": found_in(client, "/settings", r"/settings/goals/[\w-]{22}"),
        "organisation.name": "/name",
        "organisation.accessibility": "/accessibility",
        "front.front_page": "/",
        **workshop_places(live_app),
    }


def workshop_places(app: Flask) -> dict[str, str]:
    """A workshop at each stage: the leader's pages, the wall, paper, and the way in for phones."""
    prepared, answered = (f"/workshops/{each}" for each in (ways.prepared(app), ways.answered(app)))
    shown = ways.revealed(app)
    revealed, action = f"/workshops/{shown}", ways.action(app, shown)
    code = ways.room(app, ways.opened(app)).code
    return {
        "workshops.register": "/workshops",
        "preparing.new": "/workshops/new",
        "preparing.edit": f"{prepared}/edit",
        "preparing.delete": f"{prepared}/delete",
        "workshops.conduct": answered,
        "workshops.close": f"{revealed}/close",
        "wall.big_screen": f"{revealed}/wall",
        "agreeing.questions": f"{revealed}/agree",
        "agreeing.question": f"{revealed}/agree/exchange",
        "agreeing.actions": f"{revealed}/actions",
        "agreeing.action": f"{revealed}/actions/{action}",
        "sheets.all_sheets": f"{answered}/sheets",
        "sheets.key": f"{answered}/sheets/key?sheet=7",
        "phones.join": "/w",
        "phones.enter": f"/w/{code}",
    }


def found_in(client: Client, page: str, pattern: str) -> str:
    return re.search(pattern, client.get(page).text)[0]


def new_partner(client: Client, name: str) -> str:
    data = {"name": name, "sector": "civil", "level": "glance", "contact_name": "Ida Lund", "owner": "Karen"}
    return client.post("/partners/new", data).headers["Location"]


def assess(client: Client, partner: str) -> str:
    """An assessment of that partner, answered and reviewed."""
    data = {"partner": "Teatret på hver side", "proposal": "En sommerfestival", "money": "250.000",
            "library-goal": "Flere unge i huset", "decide-by": "2026-12-01"}  # fmt: skip
    started = client.post(f"/assessments/new?partner={partner.rpartition('/')[2]}", data).headers["Location"]
    for section in ("why", "ready", "partner", "together", "in-place"):
        answered = filled_in(client, f"{started}/sections/{section}")
        if section == "together":
            answered["common-goal"] = "?"
        client.post(f"{started}/sections/{section}", answered)
    client.post(f"{started}/review")
    return started


def decide(client: Client, assessment: str) -> str:
    """A motion that was approved so long ago that it is time to ask how it went. Return the decision's id."""
    page = f"{assessment}/decision"
    motion = {
        "part": "motion",
        "motion_version": "0",
        "motion": "date",
        "motion_text": "Vi prøver én aktivitet.",
        "motion_why": "Vi vil begynde i det små.",
    }
    client.post(page, motion)
    version = re.search(r'name="motion_version" value="(\d+)"', client.get(page).text)[1]
    decided = {"part": "decision", "motion_version": version, "decisions": "0", "verdict": "approved",
               "decided_by": "Biblioteksledelsen", "decided_on": "2026-01-15", "ask_again": "6",
               "level": "as-decided", "reasons": "Et godt sted at begynde."}  # fmt: skip
    client.post(page, decided)
    return re.search(r"/decisions/([\w-]{22})/follow-up", client.get(page).text)[1]


def bring_backup(client: Client, path: Path) -> str:
    """By the command's way: the page gives none while a workshop of another test holds answers."""
    with client.app.app_context():
        back_up_to(path, NAME)
    upload = {"file": (io.BytesIO(path.read_bytes()), path.name)}
    return client.post("/backups", upload, content_type="multipart/form-data").headers["Location"]


WIDER = """[...document.querySelectorAll('main *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 4).map(each => each.outerHTML.slice(0, 120))"""
"""What reaches out of the screen, so that the one who reads the failure need not look for it."""


def pages_of(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in NO_PAGES | ON_THE_WAY:
            yield rule.endpoint


def test_no_page_is_left_out(live_app, places):
    assert set(pages_of(live_app)) == set(places)


def test_every_page_is_accessible_on_every_screen(page: Page, live_server, places):
    wrong = []
    for endpoint, place in places.items():
        assert page.goto(live_server + place).status == 200, endpoint
        wrong += faults_on_every_screen(page)
    assert wrong == []


def test_every_page_holds_with_text_twice_as_large(page: Page, live_server, places):
    """Nothing is cut off or pushed out of the screen, and nothing lies on top of something else's text."""
    page.set_viewport_size({"width": 1280, "height": 800})
    wrong = []
    for endpoint, place in places.items():
        assert page.goto(live_server + place).status == 200, endpoint
        page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        if page.evaluate("document.documentElement.scrollWidth") > 1280:
            wrong.append(f"{endpoint}: {page.evaluate(WIDER)}")
    assert wrong == []


def test_every_page_keeps_to_its_policy(page: Page, live_server, places):
    """The browser complains of nothing, and nothing is fetched from elsewhere."""
    said, fetched = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: fetched.append(request.url))
    for place in places.values():
        response = page.goto(live_server + place)
        assert response.status == 200, place
        assert response.headers["content-security-policy"] == POLICY
    assert said == []
    assert [url for url in fetched if not url.startswith(live_server)] == []
