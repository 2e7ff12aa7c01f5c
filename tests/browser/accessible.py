"""What axe finds wrong on a page, in light and dark and at every width."""

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 375, 1280)

OF_COLOURS = ("color-contrast", "link-in-text-block")
OF_SIZES = ("target-size", "scrollable-region-focusable")
"""What a scheme and a width can change of a page: all other rules find on it what they found before."""

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
RUN = """options => axe.run(document, options).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))"""


def axe_faults(page: Page, *rules: str) -> list[str]:
    """Return each rule that the page breaks, with the element that breaks it. ``rules``: no others."""
    chosen = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    # Left to itself, axe asks for the style sheets again, and for those they import at a wrong address: on a
    # phone's page at /w/theme.css, which is taken for a guessed code. No rule here needs what it would read.
    options: dict[str, Any] = {"runOnly": chosen, "preload": False, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN, options)


def faults_on_every_screen(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Return what is wrong with a page at any width, in light or dark; nothing may need scrolling sideways.

    At the narrowest and the widest every rule is tried in light, and in dark those of colours.
    """
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        wrong = axe_faults(page) if width in (widths[0], widths[-1]) else axe_faults(page, *OF_SIZES)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append("is wider than the screen")
        if width in (widths[0], widths[-1]):
            page.emulate_media(color_scheme="dark")
            wrong += [f"in dark: {fault}" for fault in axe_faults(page, *OF_COLOURS)]
        found += [f"{page.url} at {width}: {fault}" for fault in wrong]
    return found
