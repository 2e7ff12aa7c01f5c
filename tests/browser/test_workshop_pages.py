"""What a room looks at, at each stage: accessible in light and dark, on the phone and on the wall."""

import pytest
from playwright.sync_api import Page

from app.workshops import operations
from tests.browser.accessible import faults_on_every_screen
from tests.browser.going import press
from tests.workshops import ways

pytestmark = pytest.mark.browser

SCREENS = {"phone": (320, 375), "wall": (1280, 1920)}


@pytest.mark.parametrize("side", ["library", "partner"])
def test_every_page_of_a_phone(page: Page, live_server, live_app, side):
    public_id = ways.opened(live_app, in_step=True)
    entrance = f"{live_server}/w/{ways.room(live_app, public_id).code}"
    page.goto(entrance)
    page.locator(f"input[name=side][value={side}]").check(force=True)
    press(page.locator("main form .button"))
    found = faults_on_every_screen(page, SCREENS["phone"])  # waiting for the first part
    page.goto("about:blank")  # where nothing looks by itself for what comes next, and is in the way then
    lead(live_app, public_id, "together")
    page.goto(entrance)
    assert page.locator(".question").count() > 3
    found += faults_on_every_screen(page, SCREENS["phone"])
    page.goto("about:blank")
    with live_app.app_context():
        operations.reveal(public_id, ways.LEADER)
    page.goto(entrance)
    found += faults_on_every_screen(page, SCREENS["phone"])
    page.goto("about:blank")
    with live_app.app_context():
        operations.close(public_id, ways.LEADER)
    page.goto(entrance)
    found += faults_on_every_screen(page, SCREENS["phone"])
    page.goto(f"{live_server}/w/22222222")
    assert found + faults_on_every_screen(page, SCREENS["phone"]) == []


def test_every_stage_for_the_leader_and_on_the_wall(page: Page, live_server, live_app):
    found = []
    closed = ways.revealed(live_app)
    with live_app.app_context():
        operations.close(closed, ways.LEADER)
    for public_id in (ways.prepared(live_app), ways.answered(live_app), ways.revealed(live_app), closed):
        for place in ("", "/wall"):
            assert page.goto(f"{live_server}/workshops/{public_id}{place}").status == 200
            found += faults_on_every_screen(page, (375, *SCREENS["wall"]))
    page.goto(f"{live_server}/workshops/{closed}/wall?question=new-users")
    assert found + faults_on_every_screen(page, SCREENS["wall"]) == []


def lead(app, public_id: str, section: str) -> None:
    with app.app_context():
        operations.show_section(public_id, section, ways.LEADER)
