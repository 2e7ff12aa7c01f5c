"""What the library settles for everybody: its details, its goals, and who must decide."""

import pytest
from sqlalchemy.exc import OperationalError

from app.organisation import operations, reading
from app.platform.database import db
from tests.web import Client, begin, count_queries

LIBRARY = {"name": "Bibliotek Nord", "language": "da", "default_owner": "Lene", "contact": "nord@bib.dk"}


def hidden(page: str) -> str:
    """The version that a page shows its reader."""
    return page.partition('name="row_version" value="')[2].partition('"')[0]


def save_library(client: Client, **data: str) -> None:
    version = hidden(client.get("/settings/library").text)
    client.post("/settings/library", {**LIBRARY, "row_version": version, **data})


def add_goal(client: Client, title: str, text: str = "") -> str:
    """Add a goal and return its address."""
    client.post("/settings/goals/new", {"title": title, "text": text, "active": "yes"})
    with client.app.app_context():
        found = next(goal for goal in reading.all_goals() if goal.title == " ".join(title.split()))
    return f"/settings/goals/{found.public_id}"


def titles(client: Client) -> list[str]:
    with client.app.app_context():
        return [goal.title for goal in reading.all_goals()]


# The library


def test_a_library_that_has_settled_nothing_has_settings_all_the_same(stored_client):
    page = stored_client.get("/settings").text
    assert "ikke oplyst endnu" in page
    assert "Ingen mål endnu" in page
    assert "Ingen beløb endnu" in page
    with stored_client.app.app_context():
        assert reading.current().language == "da"
        assert reading.letterhead() == reading.Letterhead("", "")
        assert reading.must_decide(10**9) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/settings",
        "/settings/library",
        "/settings/thresholds",
        "/settings/goals/new",
        "/accessibility",
        "/name",
    ],
)
def test_every_page_speaks_both_languages(client, path):
    client.get(path)
    client.speak("en")
    client.get(path)


def test_what_is_saved_is_shown_with_who_did_it(stored_client):
    save_library(stored_client)
    page = stored_client.get("/settings").text
    assert "Gemt." in page
    for written in ("Bibliotek Nord", "Lene", "nord@bib.dk"):
        assert written in page
    with stored_client.app.app_context():
        assert reading.current().updated_by == "Mette Holm"


def test_what_is_written_is_shown_as_it_was_written(client):
    save_library(client, name='<b>Nord</b> & "Syd"')
    assert "&lt;b&gt;Nord&lt;/b&gt; &amp; &#34;Syd&#34;" in client.get("/settings").text


def test_two_who_change_the_same_lose_nothing(stored_client):
    save_library(stored_client)
    version = hidden(stored_client.get("/settings/library").text)
    save_library(stored_client, name="Bibliotek Syd")
    refused = stored_client.post("/settings/library", {**LIBRARY, "name": "Mit", "row_version": version}, 409)
    assert "nu står der: Bibliotek Syd" in refused.text
    assert 'value="Mit"' in refused.text
    stored_client.post("/settings/library", {**LIBRARY, "name": "Mit", "row_version": hidden(refused.text)})
    assert "Mit" in stored_client.get("/settings").text


def test_settings_with_an_error_still_see_what_another_saved(client):
    save_library(client)
    version = hidden(client.get("/settings/library").text)
    save_library(client, name="Bibliotek Syd")
    refused = client.post("/settings/library", {**LIBRARY, "name": "x" * 999, "row_version": version}, 400)
    again = {**LIBRARY, "name": "Mit", "row_version": hidden(refused.text)}
    assert "nu står der: Bibliotek Syd" in client.post("/settings/library", again, 409).text


def test_two_who_write_the_same_do_not_disturb_each_other(client):
    version = hidden(client.get("/settings/library").text)
    save_library(client)
    client.post("/settings/library", {**LIBRARY, "row_version": version})


# The language of those who chose none


def test_who_chose_no_language_is_answered_in_the_library_s(stored_client):
    save_library(stored_client, language="en")
    stored_client.language = "en"
    assert "Before the meeting" in stored_client.get("/").text
    stored_client.speak("da")
    assert "Før mødet" in stored_client.get("/").text


def test_a_page_can_be_written_when_the_database_does_not_answer(client, monkeypatch):
    def silent():
        raise OperationalError("SELECT", {}, Exception("no answer"))

    monkeypatch.setattr("app.organisation.reading.current", silent)
    assert "Databasen svarer ikke" in client.get("/settings", 503).text


# Goals


def test_goals_are_added_in_order_and_moved(stored_client):
    first = add_goal(stored_client, "Flere læser")
    add_goal(stored_client, "Byen mødes")
    third = add_goal(stored_client, "Alle kan IT")
    assert titles(stored_client) == ["Flere læser", "Byen mødes", "Alle kan IT"]
    stored_client.post(f"{third}/move", {"to": "up"})
    assert titles(stored_client) == ["Flere læser", "Alle kan IT", "Byen mødes"]
    stored_client.post(f"{first}/move", {"to": "up"})
    assert titles(stored_client) == ["Flere læser", "Alle kan IT", "Byen mødes"]
    page = stored_client.get("/settings").text
    assert page.index("Flere læser") < page.index("Alle kan IT") < page.index("Byen mødes")


def test_moving_a_goal_does_not_disturb_who_writes_about_it(stored_client):
    address = add_goal(stored_client, "Flere læser")
    other = add_goal(stored_client, "Byen mødes")
    version = hidden(stored_client.get(address).text)
    stored_client.post(f"{other}/move", {"to": "up"})
    stored_client.post(
        address, {"title": "Flere læser", "text": "Nyt", "active": "yes", "row_version": version}
    )
    assert "Nyt" in stored_client.get(address).text


def test_a_goal_out_of_use_is_kept_and_not_offered(stored_client):
    address = add_goal(stored_client, "Flere læser")
    version = hidden(stored_client.get(address).text)
    stored_client.post(address, {"title": "Flere læser", "row_version": version})
    assert "ude af brug" in stored_client.get("/settings").text
    assert "Flere læser" not in stored_client.get("/assessments/new").text
    with stored_client.app.app_context():
        assert reading.active_goals() == []
        assert reading.goal_titled(db.session, "Flere læser") is None
        assert [goal.title for goal in reading.goals_by_id().values()] == ["Flere læser"]


def test_two_who_change_one_goal_lose_nothing(stored_client):
    address = add_goal(stored_client, "Flere læser", "Også de unge")
    version = hidden(stored_client.get(address).text)
    change = {"title": "Flere læser", "active": "yes", "row_version": version}
    stored_client.post(address, {**change, "text": "Deres"})
    refused = stored_client.post(address, {**change, "text": "Mit"}, 409)
    assert "nu står der: Deres" in refused.text
    assert "Mit</textarea>" in refused.text
    stored_client.post(address, {**change, "text": "Mit", "row_version": hidden(refused.text)})
    assert "Mit" in stored_client.get(address).text


def test_taking_out_of_use_in_two_windows_is_told_too(client):
    address = add_goal(client, "Flere læser")
    version = hidden(client.get(address).text)
    client.post(address, {"title": "Flere læser", "text": "x", "row_version": version})
    refused = client.post(address, {"title": "Flere læser", "active": "yes", "row_version": version}, 409)
    assert "nu står der: ude af brug" in refused.text


def test_two_goals_never_have_one_title(stored_client):
    add_goal(stored_client, "Flere læser")
    other = add_goal(stored_client, "Byen mødes")
    refused = stored_client.post("/settings/goals/new", {"title": " FLERE  LÆSER ", "active": "yes"}, 400)
    assert "Et andet mål har allerede den titel" in refused.text
    version = hidden(stored_client.get(other).text)
    stored_client.post(other, {"title": "flere læser", "row_version": version}, 400)


def test_a_goal_that_was_never_served_can_be_removed(stored_client):
    address = add_goal(stored_client, "Flere læser")
    stored_client.post(f"{address}/remove")
    assert titles(stored_client) == []
    stored_client.get(address, 404)
    for gone in (address, f"{address}/remove", f"{address}/move"):
        stored_client.post(gone, {"title": "x", "to": "up"}, 404)


def test_a_goal_that_is_served_stays(stored_client):
    address = add_goal(stored_client, "Flere læser")
    begin(stored_client, **{"library-goal": "flere LÆSER"})
    page = stored_client.get(address).text
    assert "1 vurdering tjener det" in page
    assert "Fjern målet" not in page
    answer = stored_client.post(f"{address}/remove")
    assert "så det bliver stående" in stored_client.follow(answer).text
    assert titles(stored_client) == ["Flere læser"]


def test_the_settings_ask_the_database_as_often_for_many_goals_as_for_few(client, app):
    add_goal(client, "Mål 0")
    with count_queries(app) as few:
        client.get("/settings")
    for number in range(1, 12):
        add_goal(client, f"Mål {number}")
    client.get("/settings")
    with count_queries(app) as many:
        client.get("/settings")
    assert len(many) == len(few) <= 5


# Who must decide


def save_thresholds(client: Client, *rows: tuple[str, str], status: int = 303):
    version = hidden(client.get("/settings/thresholds").text)
    data = {"row_version": version}
    for number, (amount, decides) in enumerate(rows, start=1):
        data |= {f"amount_{number}": amount, f"decides_{number}": decides}
    return client.post("/settings/thresholds", data, status)


def test_the_highest_amount_that_is_passed_says_who_decides(stored_client):
    save_thresholds(stored_client, ("200.000", "direktionen"), ("", ""), ("50 000", "chefen"))
    with stored_client.app.app_context():
        assert [row["amount"] for row in reading.current().thresholds] == [50_000, 200_000]
        decides = {
            amount: reading.must_decide(amount) for amount in (None, 0, 50_000, 50_000.5, 200_000, 200_001)
        }
    assert decides == {
        None: "", 0: "", 50_000: "", 50_000.5: "chefen", 200_000: "chefen", 200_001: "direktionen",
    }  # fmt: skip
    page = stored_client.get("/settings").text
    assert page.index("Over 50.000 kr.: chefen") < page.index("Over 200.000 kr.: direktionen")
    assert 'value="50 000"' in stored_client.get("/settings/thresholds").text


def test_a_threshold_is_whole_and_stands_once(client):
    assert "Feltet skal udfyldes" in save_thresholds(client, ("1000", ""), status=400).text
    assert "Feltet skal udfyldes" in save_thresholds(client, ("", "chefen"), status=400).text
    assert "står der allerede" in save_thresholds(client, ("1.000", "a"), ("1000", "b"), status=400).text
    for amount in ("-5", "0", "mange", "1,5", "9" * 15, "9" * 25, "\u0664\u0665"):
        save_thresholds(client, (amount, "chefen"), status=400)


def test_two_who_change_the_amounts_lose_nothing(stored_client):
    version = hidden(stored_client.get("/settings/thresholds").text)
    save_thresholds(stored_client, ("1000", "chefen"))
    mine = {"amount_1": "2000", "decides_1": "bestyrelsen", "row_version": version}
    refused = stored_client.post("/settings/thresholds", mine, 409)
    assert "Over 1.000 kr.: chefen" in refused.text
    assert 'value="bestyrelsen"' in refused.text
    stored_client.post("/settings/thresholds", {**mine, "row_version": hidden(refused.text)})
    with stored_client.app.app_context():
        assert reading.must_decide(3000) == "bestyrelsen"


# What nobody should send


@pytest.mark.parametrize(
    "path", ["/settings/library", "/settings/thresholds", "/settings/goals/new", "/name"]
)
@pytest.mark.parametrize(
    "written", ["", "\x00", "x" * 5000, "\ud83d", "<script>", "9" * 400, ["a", "b"], ["", "\x00", "x" * 900]]
)
def test_no_form_breaks(client, path, written):
    names = ["name", "language", "default_owner", "contact", "title", "text", "active", "row_version", "back"]
    names += ["amount_1", "decides_1"]
    if isinstance(written, str):
        written = written.encode("utf-8", "replace").decode()
    client.get(path)
    response = client.http.post(path, data={**dict.fromkeys(names, written), "csrf_token": client.token})
    assert response.status_code in (303, 400, 409)
    client.check(response)
    response = client.http.post(path, data={"csrf_token": client.token})
    assert response.status_code in (303, 400, 409)


def test_moving_needs_a_way_to_move(client):
    address = add_goal(client, "Flere læser")
    client.post(f"{address}/move", {"to": "sideways"}, 400)
    client.post(f"{address}/move", {}, 400)


def test_only_a_whole_library_is_stored(client, app):
    """A language that there is none of would leave every page without words."""
    version = hidden(client.get("/settings/library").text)
    client.post("/settings/library", {**LIBRARY, "language": "tlh", "row_version": version}, 400)
    with app.app_context():
        assert reading.default_language() == "da"


def test_a_stored_language_that_is_gone_is_not_answered_in(app):
    with app.test_request_context():
        operations.save_settings({"language": "tlh"}, 0, "x")
    with app.app_context():
        assert reading.default_language() == "da"
