"""A workshop in browsers: one who leads, a wall, three phones, one of them without JavaScript."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.going import press
from tests.browser.test_whole_path import fetch

pytestmark = pytest.mark.browser

PHONES = {"with scripts": True, "also with scripts": True, "without scripts": False}


@contextmanager
def a_browser(browser: Browser, **options) -> Iterator[Page]:
    context = browser.new_context(locale="da-DK", **options)
    yield context.new_page()
    context.close()


@pytest.fixture
def leader(browser: Browser, named_browser) -> Iterator[Page]:
    with a_browser(browser, storage_state=named_browser) as page:
        yield page


@pytest.fixture
def wall(browser: Browser, named_browser) -> Iterator[Page]:
    with a_browser(browser, storage_state=named_browser, viewport={"width": 1920, "height": 1080}) as page:
        yield page


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Page]]:
    size = {"width": 375, "height": 720}
    pages = [
        browser.new_context(
            locale="da-DK", java_script_enabled=scripts, viewport=size, has_touch=True
        ).new_page()
        for scripts in PHONES.values()
    ]
    yield pages
    for page in pages:
        page.context.close()


def test_from_the_first_choice_to_the_printed_report(
    leader: Page, wall: Page, phones: list[Page], live_server
):
    workshop = prepare(leader, live_server)
    press(leader.get_by_role("button", name="Åbn workshoppen"))
    wall.goto(f"{workshop}/wall")
    code = leader.locator(".join-code .unseen").inner_text()
    for phone in phones:
        join(phone, live_server, code)
    expect(wall.locator("main")).to_contain_text(re.compile(r"\b3\b"))
    for place, phone in enumerate(phones):
        answer_all(phone, place)
    a_phone_reloads_and_is_where_it_was(phones[0])
    nothing_is_given_away(wall, leader, *phones)
    reveal(leader)
    expect(wall.locator("main")).to_contain_text("Når vi nye brugere?")
    expect(phones[0].locator("main")).to_contain_text("skærmen")
    agree_on_what_divides(leader)
    write_an_action(leader)
    close(leader, workshop)
    expect(phones[1].get_by_role("heading", level=1)).to_contain_text("slut")
    print_everything(leader, workshop)


def prepare(page: Page, server: str) -> str:
    page.goto(server)
    page.get_by_role("link", name="Workshops", exact=True).click()
    page.get_by_role("main").get_by_role("link", name=re.compile("[Ff]orbered")).first.click()
    page.locator("#answer\\.partner\\.v").fill("Havnens Kor & Venner <b>")
    page.locator("#answer\\.proposal\\.v").fill("Sommersang på havnen")
    page.locator("input[name=sides][value=partner]").uncheck(force=True)
    page.get_by_label(re.compile("^Den korte udgave")).check(force=True)
    page.locator("#smallest_group-v").fill("3")
    page.get_by_role("button", name="Forbered workshoppen").click()
    expect(page.locator("main")).to_contain_text("Sommersang på havnen")
    return page.url


def join(page: Page, server: str, code: str) -> None:
    page.goto(f"{server}/w")
    page.locator("input[name=code]").fill(f"{code[:4].lower()} {code[4:]}")
    page.locator("main form button.button").first.click()
    expect(page.locator("main")).to_contain_text("Sommersang på havnen")
    library = page.get_by_label("Biblioteket", exact=True)
    if library.count():
        library.check(force=True)
    page.get_by_role("button", name="Deltag", exact=True).click()
    expect(page.locator("main")).to_contain_text("Sommersang på havnen")


def answer_all(page: Page, place: int) -> None:
    """Each answers on their own: the first low, the last high; one does not know about the gates."""
    page.get_by_role("link", name="Begynd", exact=True).click()
    while page.locator("#answers").count():
        here = page.url
        for question in page.locator(".question:visible").all():
            choose(question, place)
        page.get_by_role("button", name=re.compile("^Gem og fortsæt")).click()
        page.wait_for_url(lambda url, here=here: url != here)
    press(page.get_by_role("button", name="Jeg er færdig"))


def choose(question: Locator, place: int) -> None:
    points = question.locator(".points label")
    if points.count() and question.locator(".points input[type=radio]").count():
        is_gate = "gate" in question.get_attribute("class")
        points.nth(0 if is_gate else min(place + 1, points.count() - 1)).click()


def a_phone_reloads_and_is_where_it_was(page: Page) -> None:
    said = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == said


def nothing_is_given_away(*pages: Page) -> None:
    for page in pages:
        page.reload()
        assert "midterste svar" not in page.content()
        assert "anbefaling" not in page.locator("main").inner_text().lower()


def reveal(page: Page) -> None:
    page.locator("summary", has_text="Vis svarene").click()
    press(page.get_by_role("button", name="Ja, vis dem til alle nu"))


def agree_on_what_divides(page: Page) -> None:
    page.goto(page.url.split("#")[0])
    page.locator("main a[href$='/agree']").first.click()
    page.locator("main a[href*='/agree/new-users']").first.click()
    page.locator(".room-answer .points label").nth(2).click()
    page.locator("#room_reason-v").fill("Partneren har en liste med <i>navne</i>.")
    page.locator("#room_minority-v").fill("Én af os tror ikke på listen.")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("main")).to_contain_text("Partneren har en liste med <i>navne</i>.")


def write_an_action(page: Page) -> None:
    page.goto(re.sub(r"/agree.*", "/actions", page.url) if "/agree" in page.url else page.url)
    page.locator("#what-v").fill("Ringer til koret")
    page.locator("#who-v").fill("Karen")
    page.locator("#due-v").fill("2026-12-01")
    page.get_by_role("button", name="Tilføj", exact=True).click()
    expect(page.locator("main")).to_contain_text("1. december 2026")


def close(page: Page, workshop: str) -> None:
    page.goto(f"{workshop}/close")
    page.get_by_role("button", name="Afslut workshoppen").click()
    expect(page.locator("main")).to_contain_text("Sommersang på havnen")


def print_everything(page: Page, workshop: str) -> None:
    for language in ("da", "en"):
        fetch(page, workshop, f"{workshop}/report.pdf?language={language}")
    assessment = page.locator("main a[href*='/assessments/']").first.get_attribute("href")
    server = workshop.partition("/workshops")[0]
    found = re.search(r"/assessments/[\w-]+", assessment)[0]
    for document in ("decision", "meeting"):
        fetch(page, server, f"{server}{found}/{document}.pdf")
