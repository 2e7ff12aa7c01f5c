"""The checks that every page passes would find a fault."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessible import axe_faults, faults_on_every_screen

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang=en><title>A page of ours</title><style>{}</style>
<main><h1>A page</h1><button>One</button><button>Two</button></main></html>"""

FAULTS = {
    "": None,
    "h1 { color: #ccc }": "at 320: color-contrast",
    "@media (prefers-color-scheme: dark) { h1 { color: #333; background: #111 } }":
        "at 1280: in dark: color-contrast",
    "h1 { inline-size: 350px }": "at 320: is wider than the screen",
    "@media (width > 1000px) { h1 { inline-size: 1400px } }": "at 1280: is wider than the screen",
    "@media (width: 375px) { button { height: 10px; width: 10px; padding: 0; overflow: hidden } }":
        "at 375: target-size",
}  # fmt: skip


def test_axe_would_find_a_link_without_a_name(page: Page, live_server):
    page.goto(live_server)
    page.evaluate("document.querySelector('.wordmark').replaceChildren()")
    assert any(each.startswith("link-name") for each in axe_faults(page))


@pytest.mark.parametrize(("style", "fault"), FAULTS.items())
def test_a_fault_is_found_where_it_is(page: Page, style, fault):
    page.set_content(PAGE.format(style))
    found = faults_on_every_screen(page)
    assert any(fault in each for each in found) if fault else found == []
