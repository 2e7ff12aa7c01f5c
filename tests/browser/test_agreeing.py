"""The room agrees in a real browser: from the keyboard alone, without JavaScript, accessible everywhere."""

import pytest
from playwright.sync_api import Page, expect

from app.engine.answers import Answer
from app.workshops.agreeing.operations import add_action, agree_on
from app.workshops.loaded import open_workshop
from tests.browser.accessible import faults_on_every_screen
from tests.browser.going import press
from tests.workshops.ways import LEADER, revealed

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args, named_browser):
    return {**browser_context_args, "locale": "da-DK", "storage_state": named_browser}


def what_is_agreed(app, public_id: str) -> dict[str, object]:
    with app.app_context():
        return {question: row.answer for question, row in open_workshop(public_id).agreed.items()}


def test_three_questions_from_the_keyboard_alone(page: Page, live_app, live_server):
    public_id = revealed(live_app)
    with live_app.app_context():
        divided = open_workshop(public_id).room_map.divided[:3]
    page.goto(f"{live_server}/workshops/{public_id}/agree")
    page.get_by_role("link", name="Tal om det næste").focus()
    page.keyboard.press("Enter")
    for question, key in zip(divided, "340", strict=True):
        expect(page).to_have_url(f"{live_server}/workshops/{public_id}/agree/{question}")
        expect(page.locator("#keys")).to_be_visible()  # the script has come
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    expect(page).not_to_have_url(f"{live_server}/workshops/{public_id}/agree/{divided[2]}")
    assert what_is_agreed(live_app, public_id) == {
        divided[0]: 2,
        divided[1]: 3,
        divided[2]: {"unknown": True},
    }


def test_a_digit_in_a_reason_is_a_digit(page: Page, live_app, live_server):
    public_id = revealed(live_app)
    page.goto(f"{live_server}/workshops/{public_id}/agree/goal")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_label("Hvorfor?").press_sequentially("1 af 2")
    expect(page.get_by_role("radio", name="Det støtter et mål tydeligt")).to_be_checked()
    press(page.get_by_role("button", name="Gem", exact=True))
    assert what_is_agreed(live_app, public_id) == {"goal": 3}


def test_it_works_without_javascript(browser, named_browser, live_app, live_server):
    public_id = revealed(live_app)
    context = browser.new_context(java_script_enabled=False, locale="da-DK", storage_state=named_browser)
    page = context.new_page()
    page.goto(f"{live_server}/workshops/{public_id}/agree/exchange")
    page.get_by_role("checkbox", name="Ved ikke endnu").check()
    page.get_by_label("Er der nogen, der ser anderledes på det?").fill("To ved det")
    press(page.get_by_role("button", name="Gem og gå til næste"))
    assert what_is_agreed(live_app, public_id) == {"exchange": {"unknown": True}}
    context.close()


def test_every_page_is_accessible_and_fits(page: Page, live_app, live_server):
    public_id = revealed(live_app)
    with live_app.app_context():
        agree_on(public_id, "goal", Answer("known", 1), "Langt" * 40, "Én ser det anderledes", LEADER)
        add_action(public_id, "Ring til dem " * 9, "Ida", "2026-12-01", LEADER)
    for place in ("agree", "agree/goal", "agree/ambition", "agree/exchange", "agree/own-goal", "actions"):
        page.goto(f"{live_server}/workshops/{public_id}/{place}")
        assert faults_on_every_screen(page) == []
