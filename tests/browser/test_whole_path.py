"""From the first page to the leadership's report, as a library does it: with JavaScript and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.assessments.fields.names import answer_name
from app.platform.database import db
from app.platform.jobs import Job
from app.platform.running import run_now
from tests.browser.going import press

pytestmark = pytest.mark.browser

UNKNOWN = tuple(map(answer_name, ("new-users", "time", "common-goal")))
"""What nobody knows before the meeting."""


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def visitor(request, browser: Browser, live_server) -> Iterator[Page]:
    """A browser that has never been here: it has said no name."""
    context = browser.new_context(java_script_enabled=request.param, locale="da-DK")
    yield context.new_page()
    context.close()


def test_from_a_first_contact_to_the_report(visitor: Page, live_server, live_app, request):
    name = "Havnens Kor" if "no-scripts" in request.node.callspec.id else "Sangforeningen Syd"
    say_who_we_are(visitor, live_server)
    write_a_goal(visitor, f"Flere synger i byen ({request.node.callspec.id})")
    partner = register(visitor, live_server, name)
    note_a_contact(visitor)
    assessment = answer_before_the_meeting(visitor)
    fetch(visitor, live_server, f"{assessment}/meeting.pdf")
    answer_after_the_meeting(visitor, assessment)
    try_another_answer(visitor)
    put_it_to_leadership(visitor, assessment)
    fetch(visitor, live_server, f"{assessment}/decision.pdf")
    everything_is_on_the_timeline(visitor, partner)
    print_the_overview(visitor, live_server, live_app, name)


def say_who_we_are(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("link", name="Indstillinger").click()
    page.locator("#name-v").fill("Anna Holm")
    page.locator("main form button.button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Indstillinger")
    expect(page.get_by_role("banner")).to_contain_text("Anna Holm")


def write_a_goal(page: Page, title: str) -> None:
    page.get_by_role("link", name="Tilføj et mål").click()
    page.locator("#title-v").fill(title)
    page.locator("main form button.button").first.click()
    expect(page.locator("main")).to_contain_text(title)


def register(page: Page, server: str, name: str) -> str:
    page.get_by_role("link", name="Partnere", exact=True).click()
    page.get_by_role("link", name="Ny partner").first.click()
    page.get_by_label("Partnerens navn").fill(name)
    page.get_by_label("Sektor").select_option("civil")
    page.get_by_role("button", name="Gem partneren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def note_a_contact(page: Page) -> None:
    page.get_by_label("Hvad handlede det om?").fill("De ringede: vil I være med til en sommersang?")
    page.get_by_role("button", name="Notér", exact=True).click()
    expect(page.locator("#timeline")).to_contain_text("sommersang")


def answer_before_the_meeting(page: Page) -> str:
    page.get_by_role("link", name="Begynd en vurdering").click()
    page.get_by_label("Hvad går forslaget ud på?").fill("Sommersang på havnen")
    press(page.get_by_role("button", name="Begynd", exact=True))
    assessment = page.url.partition("/sections")[0]
    while "/sections/" in page.url:
        here = page.url
        for question in page.locator(".question:visible").all():
            answer(question)
        page.get_by_role("button", name="Gem og fortsæt").click()
        page.wait_for_url(lambda url, here=here: url != here)
    expect(page.locator("main")).not_to_contain_text("Partnerskab for en periode")
    page.get_by_role("button", name="Vis anbefalingen").click()
    expect(page.get_by_text("Anbefaling ·")).to_be_visible()
    return assessment


def answer(question) -> None:
    """A good answer to each question, and "not known yet" to three."""
    if question.get_attribute("id") in UNKNOWN:
        question.locator(".apart label").first.click()
    elif "gate" in question.get_attribute("class"):
        question.locator(".points label").first.click()
    elif question.locator(".points input[type=radio]").count():
        question.locator(".points label").last.click()


def fetch(page: Page, server: str, address: str) -> None:
    response = page.request.get(address)
    assert response.headers["content-type"] == "application/pdf"


def answer_after_the_meeting(page: Page, assessment: str) -> None:
    page.goto(f"{assessment}/after-meeting")
    asked = [each.get_attribute("id") for each in page.locator(".question").all()]
    assert set(UNKNOWN) <= set(asked)
    for name in UNKNOWN:
        page.locator(f"[id='{name}'] .points label").nth(3).click()
    page.get_by_role("button", name="Gem og vis anbefalingen").click()
    expect(page.get_by_text("Anbefaling ·")).to_be_visible()


def try_another_answer(page: Page) -> None:
    page.get_by_role("link", name="Prøv andre svar").click()
    before = page.locator("#try_outcome").inner_text()
    page.locator("select[name='prior-activity']").select_option(index=0)
    see = page.locator("#try_button")
    if see.is_visible():
        see.click()
    expect(page.locator("#try_outcome")).not_to_have_text(before)


def put_it_to_leadership(page: Page, assessment: str) -> None:
    page.goto(f"{assessment}/decision")
    page.get_by_label("Ét afgrænset samarbejde").check(force=True)
    page.get_by_label("Hvorfor, hvis den afviger").fill("Vi vil prøve én sang, før vi lover mere.")
    press(page.get_by_role("button", name="Gem indstillingen"))
    page.locator("input[name='verdict'][value='approved']").check(force=True)
    page.locator("#decided_by-v").fill("Biblioteksledelsen")
    page.locator("input[name='ask_again'][value='6']").check(force=True)
    page.get_by_role("button", name="Gem beslutningen").click()
    expect(page.locator("main")).to_contain_text("Godkendt")


def everything_is_on_the_timeline(page: Page, partner: str) -> None:
    page.goto(partner)
    for said in ("Sommersang på havnen", "Godkendt", "Afgrænset samarbejde", "Kom ind i registret"):
        expect(page.locator("main")).to_contain_text(said)


def print_the_overview(page: Page, server: str, app, name: str) -> None:
    page.get_by_role("link", name="Overblik", exact=True).click()
    expect(page.locator("main")).to_contain_text(name)
    press(page.get_by_role("button", name="Lav PDF’en"))
    with app.app_context():
        waiting = db.session.query(Job.public_id).filter_by(state="waiting").all()
        for (public_id,) in waiting:
            run_now(public_id)
    link = page.get_by_role("link", name=re.compile("Hent"))
    expect(link).to_be_visible(timeout=30_000)  # the page looks by itself, with scripts or without
    response = page.request.get(server + link.get_attribute("href"))
    assert response.headers["content-type"] == "application/pdf"
