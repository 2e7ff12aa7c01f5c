"""What a room looks at, at each stage: accessible in light and dark, on the phone and on the wall."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from app.workshops import operations
from tests.browser.accessible import axe_faults
from tests.browser.going import press
from tests.workshops import ways

pytestmark = pytest.mark.browser

SCREENS = {"phone": (320, 375), "wall": (1280, 1920)}


@pytest.fixture(params=["light", "dark"])
def screen(request, page: Page) -> Page:
    page.emulate_media(color_scheme=request.param)
    return page


def wrong_on(page: Page, widths: tuple[int, ...]) -> Iterator[str]:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{page.url} at {width} is wider than the screen"
        yield from (f"{page.url} at {width}: {fault}" for fault in axe_faults(page))


@pytest.mark.parametrize("side", ["library", "partner"])
def test_every_page_of_a_phone(screen: Page, live_server, live_app, side):
    public_id = ways.opened(live_app, led=True)
    entrance = f"{live_server}/w/{ways.room(live_app, public_id).code}"
    screen.goto(entrance)
    screen.locator(f"input[name=side][value={side}]").check(force=True)
    press(screen.locator("main form .button"))
    found = list(wrong_on(screen, SCREENS["phone"]))  # waiting for the first part
    lead(live_app, public_id, "together")
    screen.goto(entrance)
    assert screen.locator(".question").count() > 3
    found += wrong_on(screen, SCREENS["phone"])
    with live_app.app_context():
        operations.reveal(public_id, ways.LEADER)
    screen.goto(entrance)
    found += wrong_on(screen, SCREENS["phone"])
    with live_app.app_context():
        operations.close(public_id, ways.LEADER)
    screen.goto(entrance)
    found += wrong_on(screen, SCREENS["phone"])
    screen.goto(f"{live_server}/w/22222222")
    assert found + list(wrong_on(screen, SCREENS["phone"])) == []


def test_every_stage_for_the_leader_and_on_the_wall(screen: Page, live_server, live_app):
    found = []
    closed = ways.revealed(live_app)
    with live_app.app_context():
        operations.close(closed, ways.LEADER)
    for public_id in (ways.prepared(live_app), ways.answered(live_app), ways.revealed(live_app), closed):
        for place in ("", "/wall"):
            assert screen.goto(f"{live_server}/workshops/{public_id}{place}").status == 200
            found += wrong_on(screen, (375, *SCREENS["wall"]))
    screen.goto(f"{live_server}/workshops/{closed}/wall?question=new-users")
    assert found + list(wrong_on(screen, SCREENS["wall"])) == []


def lead(app, public_id: str, section: str) -> None:
    with app.app_context():
        operations.lead_to(public_id, section, ways.LEADER)
