"""What axe finds wrong on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 375, 1280)

# Left to itself, axe asks for the style sheets again, and for those they import at a wrong address: on a
# phone's page at /w/theme.css, which is taken for a guessed code. No rule here needs what it would read.
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "preload": False}


def axe_faults(page: Page) -> list[str]:
    """Return each rule that the page breaks, with the element that breaks it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
