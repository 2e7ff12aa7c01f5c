"""A paper is keyed in within a minute, from the keyboard alone, in the order of the paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app import catalogue
from app.platform.database import db
from app.workshops.models import Participant
from tests.workshops.sheets.keying import paper
from tests.workshops.ways import opened, room

pytestmark = pytest.mark.browser

A_SECOND = 3
"""Keys that a practised hand presses in a second."""


@pytest.fixture
def keyer(browser: Browser, live_server, named_browser) -> Iterator[Page]:
    context = browser.new_context(storage_state=named_browser, locale="da-DK")
    yield context.new_page()
    context.close()


class Keyboard:
    """Presses one key after the other, and counts."""

    def __init__(self, page: Page):
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def boxes() -> list[tuple[str, str]]:
    """Every box of the shipped questionnaire, and what is typed there: in those of a state, nothing."""
    sheet = paper(catalogue.find("new-partner").questionnaire)
    return [
        (box.name, "" if box.name.endswith(".state") else box.characters[place % 3])
        for place, box in enumerate(box for question in sheet.questions for box in question.boxes)
    ]


def test_a_whole_sheet_takes_less_than_a_minute_and_no_mouse(keyer: Page, live_server, live_app):
    public_id = opened(live_app)
    keyer.goto(f"{live_server}/workshops/{public_id}/sheets/key")
    keyboard = Keyboard(keyer)
    expect(keyer.locator("#sheet-v")).to_be_focused()
    keyboard.press("7", "Enter")
    for name, character in boxes():
        expect(keyer.locator(f'[name="{name}"]')).to_be_focused()
        keyboard.press(character or "Enter")
    keyboard.press("Enter")
    expect(keyer.get_by_role("status")).to_contain_text("Papirskema 7 er tastet ind.")
    expect(keyer.locator("#sheet-v")).to_be_focused()
    with live_app.app_context():
        of_this = Participant.workshop_id == room(live_app, public_id).id
        (row,) = db.session.execute(select(Participant).where(of_this)).scalars()
    questionnaire = catalogue.find("new-partner").questionnaire
    assert set(row.answers) == set(questionnaire.items)
    assert set(row.gates) == set(questionnaire.gates_by_id)
    assert keyboard.pressed <= 60 * A_SECOND
    print(f"{keyboard.pressed} keys, {keyboard.pressed / A_SECOND:.0f} seconds")


def test_a_wrong_letter_is_refused_at_once_and_keys_lead_back(keyer: Page, live_server, live_app):
    public_id = opened(live_app)
    keyer.goto(f"{live_server}/workshops/{public_id}/sheets/key?sheet=8")
    first, second = keyer.locator('[name="1.1"]'), keyer.locator('[name="1.2"]')
    expect(first).to_be_focused()
    keyer.keyboard.press("q")
    expect(keyer.locator("#wrong-key")).to_have_text("q? Ved 1.1 kan der kun stå a, b, c, d, e, x.")
    expect(first).to_have_value("")
    expect(first).to_be_focused()
    keyer.keyboard.press("C")
    expect(first).to_have_value("c")
    expect(keyer.locator("#wrong-key")).to_be_empty()
    expect(keyer.locator('[id="1.1"] .chosen')).to_contain_text("c")
    expect(second).to_be_focused()
    keyer.keyboard.press("Backspace")
    expect(first).to_be_focused()
    keyer.keyboard.press("b")
    expect(first).to_have_value("b")
    expect(second).to_be_focused()
    keyer.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    keyer.keyboard.press("ArrowDown")
    keyer.keyboard.press("Enter")
    expect(keyer.locator('[name="1.3"]')).to_be_focused()
    assert "/sheets/key?sheet=8" in keyer.url


def test_without_scripts_tab_and_enter_do_it(browser: Browser, live_server, named_browser, live_app):
    public_id = opened(live_app)
    context = browser.new_context(storage_state=named_browser, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/workshops/{public_id}/sheets/key")
    expect(page.locator('[name="sheet"]')).to_be_focused()
    for key in ("9", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Papirskema 9")
    expect(page.locator('[name="1.1"]')).to_be_focused()
    for key in ("a", "Tab", "x", "Tab", "Tab", "e", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text("Papirskema 9 er tastet ind.")
    with live_app.app_context():
        of_this = Participant.workshop_id == room(live_app, public_id).id
        (row,) = db.session.execute(select(Participant).where(of_this)).scalars()
    first, second, _, fourth = catalogue.find("new-partner").questionnaire.sections[0].questions[:4]
    assert row.answers == {first: 0, second: {"unknown": True}, fourth: 4}
    context.close()
