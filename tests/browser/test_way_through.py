"""The way through in a real browser: by keyboard, offline, for every screen, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessible import axe_faults, faults_on_every_screen
from tests.browser.going import press

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "da-DK"}


def begin(page: Page, server: str) -> str:
    """Begin an assessment and return its address."""
    page.goto(f"{server}/assessments/new")
    page.get_by_label("Hvem er partneren?").fill("Teaterforeningen")
    page.get_by_label("Hvad går forslaget ud på?").fill("En sommerfestival")
    page.get_by_role("button", name="Begynd").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvorfor?")
    page.wait_for_load_state()  # the scripts have run then; until they have, a key does nothing
    return page.url.partition("/sections")[0]


def begin_example(page: Page, server: str) -> str:
    page.goto(server)
    press(page.get_by_role("button", name="Eller prøv et eksempel"))
    return re.sub(r"/(review|sections|result).*", "", page.url)


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"^Gemt \d\d:\d\d$"))


def test_the_whole_way_by_keyboard(page: Page, live_server):
    page.goto(live_server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
    page.get_by_role("link", name="Begynd").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Hvem er partneren?").focus()
    page.keyboard.type("Teaterforeningen")
    page.keyboard.press("Tab")
    page.keyboard.type("En sommerfestival")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvorfor?")
    while "/sections/" in page.url:
        here = page.url
        for question in page.locator(".question").all():
            question.locator("input:not([type=hidden])").first.focus()
            page.keyboard.press("1" if question.evaluate("each => each.matches('.gate, .exchange')") else "4")
        saved(page)
        page.get_by_role("button", name="Gem og fortsæt").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
    page.get_by_role("button", name="Vis anbefalingen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Anbefaling ·")).to_be_visible()


def test_digits_and_arrows_answer(page: Page, live_server):
    begin(page, live_server)
    page.locator("#answer\\.goal input[value='0']").focus()
    page.keyboard.press("3")
    expect(page.locator("#answer\\.goal input[value='2']")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#answer\\.goal input[value='3']")).to_be_checked()
    page.keyboard.press("0")
    expect(page.locator("#answer\\.goal input[value='?']")).to_be_checked()
    expect(page.locator("#answer\\.goal .agenda")).to_be_visible()
    page.locator("#answer\\.goal summary").click()
    page.locator("#answer\\.goal textarea").fill("")
    page.locator("#answer\\.goal textarea").press("2")
    expect(page.locator("#answer\\.goal textarea")).to_have_value("2")
    expect(page.locator("#answer\\.goal input[value='?']")).to_be_checked()
    saved(page)


def test_enter_in_an_answer_saves(page: Page, live_server):
    begin(page, live_server)
    page.locator("#answer\\.goal input[value='3']").check()
    saved(page)
    page.locator("#answer\\.goal input[value='3']").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#answer\\.goal input[value='3']")).to_be_checked()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvorfor?")


def test_answers_and_notes_save_themselves(page: Page, live_server):
    begin(page, live_server)
    page.locator("#answer\\.goal input[value='3']").check()
    page.locator("#answer\\.goal summary").click()
    page.locator("#answer\\.goal textarea").fill("Strategien, s. 4")
    saved(page)
    expect(page.locator("[data-section='why'] .count")).to_have_text("1 af 9")
    page.reload()
    expect(page.locator("#answer\\.goal input[value='3']")).to_be_checked()
    expect(page.locator("#answer\\.goal textarea")).to_have_value("Strategien, s. 4")


def test_a_lost_connection_is_said_and_made_good(page: Page, live_server):
    begin(page, live_server)
    pattern = "**/sections/why"
    page.route(pattern, lambda route: route.abort())
    page.locator("#answer\\.goal input[value='4']").check()
    expect(page.locator("[data-status]")).to_have_text(
        "Ikke gemt: ingen forbindelse. Siden prøver selv igen."
    )
    page.unroute(pattern)
    expect(page.locator("[data-status]")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator("#answer\\.goal input[value='4']")).to_be_checked()


def test_what_finds_the_database_busy_is_saved_a_moment_later(page: Page, live_server):
    begin(page, live_server)
    pattern = "**/sections/why"
    page.route(pattern, lambda route: route.fulfill(status=503, body=""))
    page.locator("#answer\\.goal input[value='4']").check()
    expect(page.locator("[data-status]")).to_contain_text("Siden prøver selv igen")
    page.unroute(pattern)
    saved(page)


def test_a_refusal_is_said(page: Page, live_server):
    begin(page, live_server)
    page.route("**/sections/why", refuse)
    page.locator("#answer\\.goal input[value='4']").check()
    expect(page.locator("[data-status]")).to_contain_text("Ikke gemt: Der er en fejl")


def refuse(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=400, content_type="application/json", body='{"errors": {"goal": "x"}}')
    else:
        route.continue_()


def test_two_windows_save_themselves_without_loss(page: Page, live_server, context):
    address = begin(page, live_server)
    other = context.new_page()
    other.goto(f"{address}/sections/why")
    page.locator("#answer\\.goal input[value='3']").check()
    saved(page)
    other.locator("#answer\\.alone input[value='2']").check()
    saved(other)
    page.reload()
    expect(page.locator("#answer\\.goal input[value='3']")).to_be_checked()
    expect(page.locator("#answer\\.alone input[value='2']")).to_be_checked()


def test_not_known_and_a_number_exclude_each_other(page: Page, live_server):
    address = begin(page, live_server)
    page.goto(f"{address}/sections/together")
    cell = page.get_by_role("radiogroup", name="Penge: Vi giver").get_by_label("2")
    state = page.locator("#answer\\.exchange input[type='checkbox']")
    cell.check(force=True)
    state.check()
    expect(cell).not_to_be_checked()
    cell.check(force=True)
    expect(state).not_to_be_checked()
    saved(page)


def test_the_example_without_scripts(browser, browser_context_args, live_server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    address = begin_example(page, live_server)
    page.goto(f"{address}/sections/ready")
    page.locator("#answer\\.time label", has_text="Nej").first.click()
    press(page.get_by_role("button", name="Gem og fortsæt"))
    page.goto(f"{address}/sections/ready")
    expect(page.locator("#answer\\.time input[value='0']")).to_be_checked()
    page.locator("#answer\\.time").get_by_role("button", name="Ryd svaret").click()
    expect(page.locator("#answer\\.time .points input:checked")).to_have_count(0)
    press(page.get_by_role("button", name="Gennemse"))
    press(page.get_by_role("button", name="Vis anbefalingen"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for name in ("Hent oplægget (PDF)", "Hent mødearket (PDF)", "Hent skemaet (PDF)"):
        form = page.locator("form.card", has=page.get_by_role("button", name=name))
        target = form.get_attribute("action")
        response = page.request.get(live_server + target)
        assert response.headers["content-type"] == "application/pdf"
    context.close()


def test_the_pages_of_an_assessment_are_accessible_and_fit_every_screen(page: Page, live_server):
    address = begin_example(page, live_server)
    page.goto(f"{address}/sections/in-place")
    page.locator("#answer\\.user-data input[value='no']").check()
    page.locator("#answer\\.fair-terms input[value='?']").check()
    saved(page)
    page.goto(f"{address}/review")
    page.locator("[name='confirmed']").check()
    press(page.get_by_role("button", name="Vis anbefalingen"))
    rooms = ("sections/why", "sections/together", "sections/in-place", "review", "result")
    for place in [f"{live_server}/nothing", *(f"{address}/{room}" for room in rooms)]:
        page.goto(place)
        assert faults_on_every_screen(page) == []


def test_a_page_of_errors_is_accessible(page: Page, live_server):
    page.goto(f"{live_server}/assessments/new")
    page.get_by_role("button", name="Begynd").click()
    expect(page.get_by_role("alert")).to_contain_text("Der er 2 fejl")
    assert axe_faults(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.url.endswith("#answer.partner")


def test_nothing_is_complained_of_and_nothing_is_fetched_elsewhere(page: Page, live_server):
    complaints, elsewhere = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: elsewhere.append(request.url) if not request.url.startswith(live_server) else None,
    )
    address = begin_example(page, live_server)
    for room in ("subject", "sections/why", "sections/together", "sections/in-place", "review"):
        page.goto(f"{address}/{room}")
    press(page.get_by_role("button", name="Vis anbefalingen"))
    assert complaints == []
    assert elsewhere == []


def test_the_page_prints_without_its_controls(page: Page, live_server):
    address = begin_example(page, live_server)
    page.goto(f"{address}/review")
    press(page.get_by_role("button", name="Vis anbefalingen"))
    page.emulate_media(media="print")
    expect(page.locator("#documents")).to_be_hidden()
    expect(page.locator("aside")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
