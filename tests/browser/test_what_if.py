"""Trying other answers, after the meeting, and two assessments side by side, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import faults_on_every_screen
from tests.browser.going import press
from tests.browser.test_way_through import begin_example

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "da-DK"}


def reviewed(page: Page, server: str) -> str:
    """Make the example, review it and return its address."""
    address = begin_example(page, server)
    page.goto(f"{address}/review")
    press(page.get_by_role("button", name="Vis anbefalingen"))
    return address


def test_a_change_is_answered_at_once_and_nothing_is_saved(page: Page, live_server):
    address = reviewed(page, live_server)
    press(page.get_by_role("link", name="Prøv andre svar"))
    page.wait_for_load_state()
    expect(page.get_by_role("button", name="Se, hvad der sker")).to_have_count(0)
    page.locator("#answer\\.own-goal\\.v").select_option("no")
    expect(page.locator(".side.then h2")).to_have_text("Intet partnerskab nu")
    expect(page.get_by_role("status").last).to_contain_text("Med disse svar: Intet partnerskab nu")
    expect(page).to_have_url(f"{address}/what-if?own-goal=no")
    page.locator("#answer\\.time\\.v").select_option("4")
    expect(page.locator(".tried-answers li")).to_have_count(2)
    page.locator(".undo").first.click()
    expect(page.locator(".tried-answers li")).to_have_count(1)
    page.reload()
    expect(page.locator(".tried-answers li")).to_have_count(1)
    page.goto(f"{address}/result")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ét afgrænset samarbejde")


def test_what_was_tried_can_be_kept(page: Page, live_server):
    address = reviewed(page, live_server)
    page.goto(f"{address}/what-if")
    page.wait_for_load_state()
    page.locator("#answer\\.time\\.v").select_option("4")
    press(page.get_by_role("button", name="Gem disse svar"))
    expect(page).to_have_url(f"{address}/result")
    page.goto(f"{address}/sections/ready")
    expect(page.locator("#answer\\.time input[value='4']")).to_be_checked()


def test_a_lost_connection_is_said_and_the_button_comes_back(page: Page, live_server):
    address = reviewed(page, live_server)
    page.goto(f"{address}/what-if")
    page.wait_for_load_state()
    page.route("**/what-if/outcome*", lambda route: route.abort())
    page.locator("#answer\\.time\\.v").select_option("4")
    expect(page.get_by_role("status").last).to_have_text(
        "Ingen forbindelse. Tryk på knappen for at prøve igen."
    )
    page.unroute("**/what-if/outcome*")
    page.get_by_role("button", name="Se, hvad der sker").click()
    expect(page.locator(".tried-answers li")).to_have_count(1)


def test_without_scripts_the_button_shows_what_happens(browser, browser_context_args, live_server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    address = reviewed(page, live_server)
    page.goto(f"{address}/what-if")
    page.locator("#answer\\.time\\.v").select_option("4")
    page.get_by_role("button", name="Se, hvad der sker").click()
    expect(page).to_have_url(f"{address}/what-if?time=4#try_outcome")
    expect(page.locator(".tried-answers li")).to_have_count(1)
    context.close()


def test_these_pages_are_accessible_and_fit_every_screen(page: Page, live_server):
    first = reviewed(page, live_server)
    press(page.get_by_role("button", name=re.compile("Vurdér igen")))
    second = page.url.partition("/subject")[0]
    page.goto(f"{second}/sections/in-place")
    page.locator("#answer\\.user-data input[value='?']").check()
    press(page.get_by_role("button", name="Gem og fortsæt"))
    press(page.get_by_role("button", name="Vis anbefalingen"))
    ids = [each.rpartition("/")[2] for each in (first, second)]
    places = [
        f"{second}/what-if?time=0&exchange.give.money=3&own-goal=no",
        f"{second}/after-meeting",
        f"{live_server}/compare?a={ids[0]}&b={ids[1]}",
        f"{live_server}/compare?a={ids[0]}",
        f"{second}/newer",
    ]
    for place in places:
        page.goto(place)
        assert faults_on_every_screen(page) == []
