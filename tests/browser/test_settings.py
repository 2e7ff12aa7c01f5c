"""The settings in a real browser: asked for a name once, a logo, and accessible on every screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import axe_faults

pytestmark = pytest.mark.browser

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>'


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "da-DK"}


def test_a_new_browser_is_asked_once_and_comes_back(browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(f"{live_server}/settings")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvem er du?")
    page.get_by_label("Dit navn").fill("Ida")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Indstillinger")
    expect(page.get_by_role("link", name="Dit navn: Ida")).to_be_visible()
    context.close()


def test_a_drawing_becomes_the_logo(page: Page, live_server):
    page.goto(f"{live_server}/settings/library")
    page.get_by_label("En billedfil").set_input_files(
        {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": DRAWING}
    )
    page.get_by_role("button", name="Gem logoet").click()
    logo = page.get_by_role("img", name="Bibliotekets logo")
    expect(logo).to_be_visible()
    assert logo.evaluate("each => each.naturalWidth > 0")
    page.get_by_role("button", name="Fjern logoet").click()
    expect(logo).to_have_count(0)


def test_a_goal_that_is_refused_is_an_accessible_page(page: Page, live_server):
    page.goto(f"{live_server}/settings/goals/new")
    page.get_by_label("Titel").evaluate("each => each.form.noValidate = true")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_faults(page) == []
