"""The pages on which the room agrees: what divides first, one question at a time, and who does what."""

import html5lib
import pytest

from app.engine.answers import Answer, GateAnswer
from app.workshops import operations as workshops
from app.workshops.agreeing.operations import add_action, agree_on
from app.workshops.loaded import open_workshop
from tests.web import Client, as_posted, count_queries, named, shown, shown_on
from tests.workshops.ways import (
    LEADER,
    action,
    answer,
    answered,
    of_library,
    of_partner,
    opened,
    revealed,
    room,
)

GATE = "own-goal"
HOSTILE = """<b>Nej & "aldrig" 'så'</b><script>alert(1)</script>"""


def page_of(public_id: str, question: str = "") -> str:
    return f"/workshops/{public_id}/agree" + (f"/{question}" if question else "")


def save(client: Client, public_id: str, question: str, status: int = 303, **said):
    """Fill in the question's page as a reader does, and save it."""
    address = page_of(public_id, question)
    return client.post(address, {**shown(client, address).to_dict(flat=False), **said}, status)


def agreed(app, public_id: str, question: str):
    with app.app_context():
        return open_workshop(public_id).agreed.get(question)


def chosen(client: Client, address: str) -> list[tuple[str, str]]:
    tree = html5lib.parse(client.get(address).text, namespaceHTMLElements=False)
    return [
        (named(each), each.get("value"))
        for each in tree.iter("input")
        if each.get("type") in ("radio", "checkbox") and each.get("checked") is not None
    ]


def text_of(client: Client, address: str) -> str:
    tree = html5lib.parse(client.get(address).text, namespaceHTMLElements=False)
    main = next(each for each in tree.iter("main"))
    return " ".join(" ".join(main.itertext()).split())


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_begins_with_the_outcome_and_what_divides(client, app, language):
    public_id = revealed(app)
    client.speak(language)
    text = text_of(client, page_of(public_id))
    with app.app_context():
        found = open_workshop(public_id)
        outcome = found.questionnaire.outcome(found.result.outcome).title[language]
        first, rest = found.room_map.divided[0], found.questionnaire.items["feedback"]
        divides = found.questionnaire.items[first].text[language]
    place = [text.index(outcome), text.index(divides), text.index(rest.text[language])]
    assert place == sorted(place)
    words = {
        "da": ["I er enige om 0 af de 11", "Det midterste svar gælder:", "Ikke afklaret",
               "På begge sider af kravet", "Står åbent, indtil det er undersøgt"],
        "en": ["You have agreed on 0 of 11", "The middle answer stands:", "Not known",
               "On both sides of what is required", "Open until a fact settles it"],
    }  # fmt: skip
    assert [each for each in words[language] if each not in text] == []


def test_one_question_is_agreed_on_and_the_next_one_follows(stored_client, stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        first, second, *_ = open_workshop(public_id).room_map.divided
    response = save(stored_client, public_id, first, **{first: "1", "room_reason": "Derfor", "go": "next"})
    assert response.headers["Location"] == page_of(public_id, second)
    assert "Enige om:" in stored_client.follow(response).text
    row = agreed(stored_app, public_id, first)
    assert (row.answer, row.reason, row.minority, row.actor) == (1, "Derfor", "", "Mette Holm")
    response = save(
        stored_client, public_id, second, **{second: "?", "room_minority": "Én ved det", "go": "all"}
    )
    assert response.headers["Location"] == page_of(public_id)
    assert agreed(stored_app, public_id, second).answer == {"unknown": True}
    text = text_of(stored_client, page_of(public_id))
    assert "I er enige om 2 af de 11" in text
    assert "Én ved det" in text


def test_the_median_is_suggested_and_stored_only_when_asked(client, app):
    public_id = revealed(app)
    address = page_of(public_id, "goal")
    assert chosen(client, address) == [("goal", "3")]
    assert "Det er det midterste svar" in client.get(address).text
    assert agreed(app, public_id, "goal") is None
    save(client, public_id, "goal", go="next")
    assert agreed(app, public_id, "goal").answer == 3
    assert "Det er det midterste svar" not in client.get(address).text


def test_give_and_get_is_agreed_cell_by_cell(client, app):
    public_id = revealed(app)
    assert ("exchange.give.rooms", "2") in chosen(client, page_of(public_id, "exchange"))
    save(client, public_id, "exchange", **{"exchange.give.rooms": "3", "exchange.get.audience": "0"})
    assert agreed(app, public_id, "exchange").answer == {
        "give": {"rooms": 3, "hours": 1},
        "get": {"audience": 0},
    }
    assert ("exchange.get.audience", "0") in chosen(client, page_of(public_id, "exchange"))


def test_dont_know_beats_a_suggestion_and_a_new_value_beats_dont_know(client, app):
    public_id = revealed(app)
    save(client, public_id, "exchange", **{"exchange.state": "?"})
    assert agreed(app, public_id, "exchange").answer == {"unknown": True}
    save(client, public_id, "exchange", **{"exchange.give.rooms": "1"})
    assert agreed(app, public_id, "exchange").answer == {"give": {"rooms": 1}, "get": {}}


def test_not_relevant_can_be_agreed_only_where_the_item_allows_it(client, app):
    public_id = revealed(app)
    with app.app_context():
        items = open_workshop(public_id).questionnaire.items.values()
    scales = [item for item in items if item.kind == "scale"]
    may = next(item.id for item in scales if item.may_be_na)
    may_not = next(item.id for item in scales if not item.may_be_na)
    save(client, public_id, may, **{may: "-"})
    assert agreed(app, public_id, may).answer == {"na": True}
    assert chosen(client, page_of(public_id, may)) == [(may, "-")]
    save(client, public_id, may_not, 400, **{may_not: "-"})
    assert agreed(app, public_id, may_not) is None


def test_a_gate_is_answered_only_with_the_fact_that_settles_it(client, app):
    public_id = revealed(app)
    address = page_of(public_id, GATE)
    assert chosen(client, address) == []
    refused = save(client, public_id, GATE, 400, **{GATE: "yes", "room_reason": " \r\n "})
    assert "Skriv den oplysning, der afgør det." in refused.text
    assert agreed(app, public_id, GATE) is None
    save(client, public_id, GATE, **{GATE: "?"})
    assert agreed(app, public_id, GATE).answer == "unknown"
    save(client, public_id, GATE, **{GATE: "yes", "room_reason": "Plan 2026:\r\nmål 2"})
    row = agreed(app, public_id, GATE)
    assert (row.answer, row.reason) == ("yes", "Plan 2026:\nmål 2")
    with app.app_context():
        assert open_workshop(public_id).result.gates[GATE] == "clear"


def test_nothing_chosen_is_asked_for(client, app):
    public_id = revealed(app)
    refused = client.post(page_of(public_id, "owner"), {"room_reason": "Bare sådan"}, 400)
    assert "Vælg det svar, I er enige om." in refused.text
    assert "Bare sådan" in refused.text
    assert agreed(app, public_id, "owner") is None


def test_an_answer_is_taken_back(client, app):
    public_id = revealed(app)
    assert "Fortryd svaret" not in client.get(page_of(public_id, "goal")).text
    save(client, public_id, "goal", goal="0")
    assert "Fortryd svaret" in client.get(page_of(public_id, "goal")).text
    response = save(client, public_id, "goal", clear="goal")
    assert response.headers["Location"] == page_of(public_id, "goal")
    assert agreed(app, public_id, "goal") is None
    assert chosen(client, page_of(public_id, "goal")) == [("goal", "3")]


def test_where_two_screens_agree_at_once_both_are_shown_and_nothing_is_lost(stored_client, stored_app):
    public_id = revealed(stored_app)
    address = page_of(public_id, "goal")
    old = shown(stored_client, address).to_dict(flat=False)
    save(stored_client, public_id, "goal", goal="1", room_reason="Den første skærm")
    mine = {**old, "goal": "4", "room_reason": "Den anden skærm", "room_minority": "Enkelte"}
    conflict = stored_client.post(address, mine, 409)
    for text in ("Den første skærm", "Den anden skærm", "Enkelte", "ændret på en anden skærm"):
        assert text in conflict.text
    assert agreed(stored_app, public_id, "goal").reason == "Den første skærm"
    # Saving what the page shows now keeps mine.
    tree = html5lib.parse(conflict.text, namespaceHTMLElements=False)
    seen = next(each.get("value") for each in tree.iter("input") if each.get("name") == "room_shown")
    stored_client.post(address, {**mine, "room_shown": seen})
    assert agreed(stored_app, public_id, "goal").reason == "Den anden skærm"
    # Taking back is refused likewise, and what was being written stays.
    conflict = stored_client.post(address, {**mine, "room_shown": seen, "clear": "goal"}, 409)
    assert "Enkelte" in conflict.text
    assert agreed(stored_app, public_id, "goal").reason == "Den anden skærm"


def test_an_answer_that_comes_back_with_an_error_still_sees_what_another_screen_wrote(client, app):
    public_id = revealed(app)
    address = page_of(public_id, "goal")
    old = shown(client, address).to_dict(flat=False)
    save(client, public_id, "goal", goal="1", room_reason="Den første skærm")
    refused = client.post(address, {**old, "goal": "4", "room_reason": "x" * 3001}, 400).text
    again = shown_on(refused).to_dict(flat=False) | {"room_reason": "Den anden skærm"}
    assert "Den første skærm" in client.post(address, again, 409).text
    assert agreed(app, public_id, "goal").reason == "Den første skærm"


def test_how_each_side_answered_and_what_was_written_is_shown(client, app):
    public_id = revealed(app)
    text = text_of(client, page_of(public_id, "ambition"))
    assert "Alle 10" in text
    assert "Biblioteket 6" in text
    assert "Partneren 4" in text
    assert "Bibliotek og partner er langt fra hinanden" in text
    text = text_of(client, page_of(public_id, "goal"))
    assert "Set fra plads 1 <b>" in text
    assert "Biblioteket" not in text
    assert "Hvem sagde hvad" not in text


def test_in_a_workshop_with_names_the_question_says_who_said_what(client, app):
    public_id = opened(app, named=True)
    names = [f"{first} Ø. <i>" for first in ("Ida", "Bo", "Eva", "Jens")]
    answer(app, public_id, "library", *(of_library(n) for n in range(4)), names=names)
    answer(app, public_id, "partner", *(of_partner(n) for n in range(3)), names=["Ulla", "Kaj", "Per"])
    with app.app_context():
        workshops.reveal(public_id, LEADER)
    text = text_of(client, page_of(public_id, "ambition"))
    assert "Ida Ø. <i>" in text
    assert "Ulla" not in text, "too few of the partner answered"
    assert "Partneren: Kun 3 har svaret" in text_of(client, page_of(public_id))


def test_what_is_written_is_escaped(client, app):
    public_id = revealed(app)
    save(client, public_id, "goal", goal="1", room_reason=HOSTILE, room_minority=HOSTILE)
    client.post(f"/workshops/{public_id}/actions", {"what": HOSTILE, "who": HOSTILE})
    for address in (page_of(public_id), page_of(public_id, "goal"), f"/workshops/{public_id}/actions"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "&lt;b&gt;Nej &amp; &#34;aldrig&#34;" in page


BAD = [
    {"goal": ["1", "2"]},
    {"goal": "9"},
    {"goal": "x" * 5000},
    {"goal[]": "1"},
    {"goal": "1\x00"},
    {"goal": "1", "room_reason": "x" * 3001},
    {"goal": "1", "room_minority": "x" * 3001},
    {},
]


@pytest.mark.parametrize("posted", BAD)
def test_whatever_is_posted_is_refused_in_words_or_read(client, app, posted):
    public_id = revealed(app)
    response = client.http.post(
        page_of(public_id, "goal"), data={**as_posted(posted, {"goal"}), "csrf_token": token(client)}
    )
    if posted.get("goal") == "1\x00":
        assert (response.status_code, agreed(app, public_id, "goal").answer) == (303, 1)
        return
    assert response.status_code == 400
    assert agreed(app, public_id, "goal") is None
    client.check(response)


def token(client: Client) -> str:
    client.get("/")
    return client.token


@pytest.mark.parametrize("question", [GATE, "exchange"])
def test_hostile_fields_never_break_a_question(client, app, question):
    public_id = revealed(app)
    sent = token(client)
    asked = f"answer.{question}"
    for name in (asked, f"{asked}.state", f"{asked}.note", f"{asked}.give.hours", "room_shown",
                 "room_reason", "go", "clear", question):  # fmt: skip
        for value in ("\x00", "😀" * 2000, ["a", "b"], "?"):
            response = client.http.post(page_of(public_id, question), data={name: value, "csrf_token": sent})
            assert response.status_code in (303, 400, 409), (name, value)


def test_only_what_was_asked_has_a_page(client, app):
    public_id = answered(app, opened(app, sections=["why", "together"]))
    with app.app_context():
        workshops.reveal(public_id, LEADER)
    client.get(page_of(public_id, "goal"))
    for strange in (GATE, "time", "partner", "nothing", "%00"):
        client.get(page_of(public_id, strange), 404)
        client.post(page_of(public_id, strange), {strange: "1"}, 404)
    assert "Er vi klar?" not in text_of(client, page_of(public_id))
    client.get(page_of("A" * 22), 404)
    client.get(page_of("A" * 22, "goal"), 404)
    client.get(f"/workshops/{'A' * 22}/actions", 404)


def test_before_the_reveal_nothing_is_shown_or_taken(client, app):
    public_id = answered(app)
    for address in (page_of(public_id), page_of(public_id, "goal"), page_of(public_id, "nothing"),
                    f"/workshops/{public_id}/actions"):  # fmt: skip
        response = client.get(address, 303)
        assert response.headers["Location"] == f"/workshops/{public_id}"
    assert "Når du har vist svarene" in client.get(f"/workshops/{public_id}").text
    for address in (page_of(public_id, "goal"), f"/workshops/{public_id}/actions",
                    f"/workshops/{public_id}/actions/{'A' * 22}/remove"):  # fmt: skip
        refused = client.post(address, {"goal": "1", "what": "Ring"}, 409)
        assert "Svarene er ikke vist endnu" in refused.text
    assert agreed(app, public_id, "goal") is None


def test_after_closing_everything_can_be_read_and_nothing_written(stored_client, stored_app):
    public_id = revealed(stored_app)
    with stored_app.app_context():
        agree_on(public_id, "goal", Answer("known", 1), "Derfor", "Én så det", LEADER)
        agree_on(public_id, GATE, GateAnswer("yes"), "Mål 2", "", LEADER)
        add_action(public_id, "Ring til dem", "Ida", "2026-12-01", LEADER)
        action = open_workshop(public_id).actions[0].public_id
    before = [text_of(stored_client, page_of(public_id)), text_of(stored_client, page_of(public_id, "goal"))]
    with stored_app.app_context():
        workshops.close(public_id, LEADER)
    actions = f"/workshops/{public_id}/actions"
    for address in (page_of(public_id), page_of(public_id, "goal"), page_of(public_id, GATE), actions):
        tree = html5lib.parse(stored_client.get(address).text, namespaceHTMLElements=False)
        main = next(tree.iter("main"))
        assert [each.tag for each in main.iter() if each.tag in ("form", "input", "textarea")] == []
    for text in ("Derfor", "Én så det"):
        assert text in before[0]
        assert text in text_of(stored_client, page_of(public_id))
        assert text in text_of(stored_client, page_of(public_id, "goal"))
    assert "1. december 2026" in text_of(stored_client, actions)
    for address in (page_of(public_id, "goal"), actions, f"{actions}/{action}/remove"):
        refused = stored_client.post(address, {"goal": "2", "what": "Nyt", "clear": "goal"}, 409)
        assert "Workshoppen er afsluttet" in refused.text
    stored_client.post(page_of(public_id, "goal"), {}, 409)
    assert agreed(stored_app, public_id, "goal").reason == "Derfor"


@pytest.mark.parametrize("language", ["da", "en"])
def test_actions_are_written_suggested_and_removed(client, app, language):
    public_id = revealed(app)
    client.speak(language)
    address = f"/workshops/{public_id}/actions"
    tree = html5lib.parse(client.get(f"{address}?step=0").text, namespaceHTMLElements=False)
    suggested = next(tree.iter("textarea")).text.strip()
    assert suggested
    client.post(address, {"what": suggested, "who": "Ida", "due": "2026-12-01"})
    text = text_of(client, address)
    assert text.count(suggested) == 3, "in the list, and where it is corrected and removed; suggested no more"
    assert "Ida" in text
    with app.app_context():
        action = open_workshop(public_id).actions[0].public_id
    client.post(f"{address}/{action}/remove")
    client.post(f"{address}/{action}/remove", status=404)
    with app.app_context():
        assert open_workshop(public_id).actions == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_action_is_corrected(stored_client, stored_app, language):
    public_id = revealed(stored_app)
    made = action(stored_app, public_id, HOSTILE)
    stored_client.speak(language)
    listed = f"/workshops/{public_id}/actions"
    assert f'href="{listed}/{made}"' in stored_client.get(listed).text
    page = f"{listed}/{made}"
    posted = filled_in(stored_client, page)
    assert [posted[each] for each in ("what", "who", "due")] == [HOSTILE, "Ida", "2026-12-01"]
    saved = stored_client.post(page, {**posted, "what": "Ringer til koret", "due": ""})
    assert saved.headers["Location"] == listed
    text = stored_client.follow(saved).text
    assert {"da": "Det er rettet.", "en": "It was corrected."}[language] in text
    assert said_of(stored_app, public_id) == [("Ringer til koret", "Ida", "")]


@pytest.mark.parametrize("language", ["da", "en"])
def test_where_two_screens_correct_an_action_both_are_shown_and_nothing_is_lost(
    stored_client, stored_app, language
):
    public_id = revealed(stored_app)
    made = action(stored_app, public_id)
    stored_client.speak(language)
    page = f"/workshops/{public_id}/actions/{made}"
    old = filled_in(stored_client, page)
    stored_client.post(page, {**old, "who": "Den første"})
    mine = {**old, "what": "Ringer <b>i dag", "who": "Den anden"}
    for unusable in ({}, {"due": "i morgen"}):
        conflict = stored_client.post(page, {**mine, **unusable}, 409)
        for text in ("Ringer til koret", "Den første", "Ringer &lt;b&gt;i dag", "Den anden"):
            assert text in conflict.text
    assert said_of(stored_app, public_id) == [("Ringer til koret", "Den første", "2026-12-01")]
    # Whoever removes it from a page that shows it as it was is told, and shown how it is.
    told = stored_client.post(f"{page}/remove", {"shown": old["shown"]})
    words = {"da": "så det blev ikke fjernet", "en": "so it was not removed"}[language]
    assert words in stored_client.follow(told).text
    # Saving what the page shows now keeps mine.
    tree = html5lib.parse(conflict.text, namespaceHTMLElements=False)
    seen = next(each.get("value") for each in tree.iter("input") if each.get("name") == "shown")
    stored_client.post(page, {**mine, "shown": seen})
    assert said_of(stored_app, public_id) == [("Ringer <b>i dag", "Den anden", "2026-12-01")]


def test_what_was_removed_while_it_was_corrected_can_be_added_again(client, app):
    public_id = revealed(app)
    made = action(app, public_id)
    listed = f"/workshops/{public_id}/actions"
    mine = {**filled_in(client, f"{listed}/{made}"), "what": "Ringer i dag"}
    client.post(f"{listed}/{made}/remove", {"shown": mine["shown"]})
    for posted in (mine, {**mine, "due": "i morgen"}):
        text = client.post(f"{listed}/{made}", posted, 409).text
        assert "fjernet på en anden skærm" in text
        assert "Ringer i dag" in text
        assert f'action="{listed}"' in text
    client.get(f"{listed}/{made}", 404)
    client.post(listed, mine)
    assert said_of(app, public_id) == [("Ringer i dag", "Ida", "2026-12-01")]


@pytest.mark.parametrize(
    "posted",
    [{}, {"what": "\x00"}, {"what": "x" * 3001}, {"what": "Ring", "who": ["x" * 201, "y"]},
     {"what": "Ring", "due": "9999-99-99"}],
)  # fmt: skip
def test_a_correction_that_cannot_be_used_is_said_so(client, app, posted):
    public_id = revealed(app)
    page = f"/workshops/{public_id}/actions/{action(app, public_id)}"
    stands = filled_in(client, page)["shown"]
    client.post(page, {**posted, "shown": stands}, 400)
    for strange in ("", "\x00", "x" * 5000):
        client.post(page, {**posted, "shown": strange}, 409)
    assert said_of(app, public_id) == [("Ringer til koret", "Ida", "2026-12-01")]


def test_an_action_can_be_corrected_only_while_the_room_talks(client, app):
    public_id = revealed(app)
    made = action(app, public_id)
    listed = f"/workshops/{public_id}/actions"
    client.get(f"/workshops/{revealed(app)}/actions/{made}", 404)
    client.get(f"{listed}/{'A' * 22}", 404)
    mine = filled_in(client, f"{listed}/{made}")
    with app.app_context():
        workshops.close(public_id, LEADER)
    assert client.get(f"{listed}/{made}", 303).headers["Location"] == listed
    assert f"{listed}/{made}" not in client.get(listed).text
    assert "Workshoppen er afsluttet" in client.post(f"{listed}/{made}", {**mine, "who": "Bo"}, 409).text
    assert said_of(app, public_id) == [("Ringer til koret", "Ida", "2026-12-01")]


def filled_in(client: Client, address: str) -> dict[str, str]:
    """What a browser posts from the page that corrects an action."""
    tree = html5lib.parse(client.get(address).text, namespaceHTMLElements=False)
    fields = [each for each in next(tree.iter("main")).iter() if each.tag in ("input", "textarea")]
    return {each.get("name"): each.get("value") or (each.text or "").strip() for each in fields}


def said_of(app, public_id: str) -> list[tuple[str, str, str]]:
    with app.app_context():
        return [(each.what, each.who, each.due) for each in open_workshop(public_id).actions]


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"what": "  "},
        {"what": "x" * 3001},
        {"what": "Ring", "who": "x" * 201},
        {"what": "Ring", "due": "i morgen"},
        {"what": "Ring", "due": "9999-99-99"},
        {"what": "\x00"},
    ],
)
def test_an_action_that_cannot_be_used_is_said_so(client, app, posted):
    public_id = revealed(app)
    client.post(f"/workshops/{public_id}/actions", posted, 400)
    with app.app_context():
        assert open_workshop(public_id).actions == []


@pytest.mark.parametrize("step", ["", "9", "-1", "x", "0" * 500, "²"])
def test_a_strange_suggestion_is_none(client, app, step):
    public_id = revealed(app)
    client.get(f"/workshops/{public_id}/actions?step={step}")


def test_a_room_without_answers_is_told_what_it_can_do(client, app):
    public_id = opened(app)
    with app.app_context():
        workshops.reveal(public_id, LEADER)
    assert "Der er ingen svar at vise" in text_of(client, page_of(public_id))
    assert "For få har svaret" in text_of(client, page_of(public_id, "goal"))
    save(client, public_id, "goal", goal="2")
    assert agreed(app, public_id, "goal").answer == 2


def test_a_larger_room_asks_the_database_no_more(client, app):
    small, large = revealed(app), opened(app)
    answer(app, large, "library", *(of_library(n) for n in range(30)))
    with app.app_context():
        workshops.reveal(large, LEADER)
        for question in ("goal", "time", "need", "change"):
            agree_on(large, question, Answer("known", 1), "", "", LEADER)
    for address in (page_of, lambda public_id: page_of(public_id, "goal")):
        client.get(address(small))
        with count_queries(app) as few:
            client.get(address(small))
        with count_queries(app) as many:
            client.get(address(large))
        assert len(many) <= len(few) <= 12


def test_to_look_changes_nothing(client, app):
    public_id = revealed(app)
    before = room(app, public_id)
    for address in (page_of(public_id), page_of(public_id, "goal"), f"/workshops/{public_id}/actions?step=1"):
        client.get(address)
    after = room(app, public_id)
    assert (after.answer_count, after.updated_at) == (before.answer_count, before.updated_at)
