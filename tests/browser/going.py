"""From page to page."""

from playwright.sync_api import Locator


def press(button: Locator) -> None:
    """Press what leads to a page, and wait until it is there: what comes next could meet the old one."""
    with button.page.expect_navigation():
        button.click()
