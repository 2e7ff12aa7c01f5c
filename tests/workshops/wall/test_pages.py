"""The big screen: how to join, and numbers; after the reveal what divides, and what each comes to."""

import re

import html5lib
import pytest

from app import catalogue
from app.engine.answers import Answer, GateAnswer
from app.workshops import operations
from app.workshops.agreeing import operations as agreeing
from tests.web import HTML, count_queries, everything_stored
from tests.workshops.ways import (
    LEADER,
    answer,
    answered,
    of_library,
    of_partner,
    opened,
    prepared,
    revealed,
    room,
)

ADDRESS = "http://192.168.1.20:8000"
HOSTILE = '<script>alert("x")</script><img src=x onerror=y>&amp;{{ 7*7 }}'
NOBODY = "A" * 22


def wall(public_id: str, question: str = "") -> str:
    return f"/workshops/{public_id}/wall?own=yes" + (f"&question={question}" if question else "")


def words(page: str) -> str:
    tree = html5lib.parse(page)
    return re.sub(r"\s+", " ", " ".join(tree.itertext()))


def main(page: str):
    return next(html5lib.parse(page).iter(f"{HTML}main"))


def section(page: str, title: str) -> str:
    """The words of the section that is labelled so."""
    found = [each for each in main(page).iter(f"{HTML}section") if each.get("aria-labelledby") == title]
    return re.sub(r"\s+", " ", " ".join(" ".join(each.itertext()) for each in found))


def shown(app, public_id: str) -> str:
    with app.app_context():
        operations.reveal(public_id, LEADER)
    return public_id


# Before the reveal


def test_the_code_is_large_and_grouped_and_scanned_where_phones_can_reach_us(app, client):
    public_id = opened(app)
    app.config["WORKSHOP_ADDRESS"] = ADDRESS
    page, row = client.get(wall(public_id)).text, room(app, public_id)
    assert f"{row.code[:4]} {row.code[4:]}" in words(page)
    assert "192.168.1.20:8000/w" in words(page)
    assert 'class="qr"' in page
    assert "overvej serve --workshop" not in page


def test_where_no_phone_can_reach_us_it_says_how_to_mend_that(app, client):
    page = client.get(wall(opened(app))).text
    assert "overvej serve --workshop" in page
    assert 'class="qr"' not in page
    client.speak("en")
    assert "Phones cannot reach this machine yet" in client.get(wall(opened(app))).text


def test_it_says_that_it_has_not_begun(app, client):
    assert "Vi er ikke begyndt endnu" in client.get(wall(prepared(app))).text
    assert "Vi er ikke begyndt endnu" not in client.get(wall(opened(app))).text


def test_joined_and_done_are_numbers_of_each_side(app, client):
    numbers = section(client.get(wall(answered(app))).text, "numbers-title")
    assert re.search(r"Biblioteket 6 er med 6 er færdige .*Partneren 4 er med 4 er færdige", numbers)


@pytest.mark.parametrize(("named", "promise"), [(True, "med navn"), (False, "uden navn")])
def test_it_says_what_was_promised(app, client, named, promise):
    page = words(client.get(wall(opened(app, named=named, smallest_group=5))).text)
    assert promise in page
    assert "mindst 5 i samme gruppe" in page


def test_it_shows_the_part_that_is_answered_now_where_the_room_is_led(app, client):
    led, free = opened(app, in_step=True), opened(app)
    assert "Vi svarer nu på" not in client.get(wall(led)).text
    with app.app_context():
        operations.show_section(led, "together", LEADER)
    assert "Vi svarer nu på: Sammen" in words(client.get(wall(led)).text)
    assert "Vi svarer nu på" not in client.get(wall(free)).text


def test_it_tells_the_time_that_is_left(app, client):
    page = client.get(wall(opened(app))).text
    assert "Velkomst, og sådan gør vi 5 min. tilbage" in section(page, "time-title")
    assert page.count('aria-current="step"') == 1
    assert "tid er gået" in page, "hidden until it is so"
    assert "min. tilbage" not in section(client.get(wall(prepared(app))).text, "time-title")
    assert "min. tilbage" not in section(client.get(wall(opened(app, plan={}))).text, "time-title")


# After it


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_three_that_divide_most_come_first_each_with_something_to_talk_about(app, client, language):
    public_id = revealed(app)
    client.speak(language)
    page = client.get(wall(public_id)).text
    first = next(each for each in main(page).iter(f"{HTML}section"))
    assert first.get("aria-labelledby") == "divides-title"
    articles = list(first.iter(f"{HTML}article"))
    assert len(articles) == 3
    said = [re.sub(r"\s+", " ", " ".join(each.itertext())) for each in articles]
    assert {"da": "Kommer vi tættere på lokalsamfundet?", "en": "local community"}[language] in said[0]
    assert {"da": "A = −1,00: I trækker hver sin vej.", "en": "A = −1.00: you pull apart."}[language] in said[
        0
    ]
    assert {"da": "på begge sider af kravet", "en": "both sides of what is required"}[language] in said[0]
    assert {"da": "Det midterste svar: »", "en": "The middle answer: “"}[language] in said[0]
    prompts = ["".join(each.itertext()) for each in first.iter(f"{HTML}p") if each.get("class") == "prompt"]
    assert len(set(prompts)) == 3, "three ways to begin a talk"


def test_under_three_answers_there_is_no_index(app, client):
    public_id = opened(app, smallest_group=2)
    answer(app, public_id, "library", *(of_library(n) for n in range(2)))
    assert "A =" not in words(client.get(wall(shown(app, public_id))).text)


def test_no_word_for_the_index_claims_that_a_small_group_agrees(app, client):
    page = words(client.get(wall(revealed(app))).text)
    assert "A = 1,00: det samme fra alle, der ved det." in page
    assert not re.search(r"A = [^.]*(enig|enighed|agree)", page.replace("uenig", ""))


def test_the_verdicts_are_counts_of_persons_for_all_and_for_each_side(app, client):
    said = section(client.get(wall(revealed(app))).text, "verdicts-title")
    assert "Alle 10 personer" in said
    assert "Biblioteket 6 personer" in said
    assert "Partneren 4 personer" in said
    assert re.search(r"Partneren 4 personer .*4 .*For lidt at bygge på", said)


def test_every_verdict_has_a_shape_and_a_word(app, client):
    page = client.get(wall(revealed(app))).text
    found = [
        each for each in main(page).iter(f"{HTML}section") if each.get("aria-labelledby") == "verdicts-title"
    ]
    verdicts = [*found[0].iter(f"{HTML}li")]
    assert len(verdicts) >= 3, "of all, and of each side"
    for item in verdicts:
        assert any(each.tag.endswith("svg") for each in item.iter())
        assert "".join(each.text or "" for each in item.iter(f"{HTML}span")).strip()


def test_library_and_partner_stand_under_each_other_where_they_lie_apart(app, client):
    said = section(client.get(wall(revealed(app))).text, "apart-title")
    assert "Vil vi det samme?" in said
    assert re.search(r"Biblioteket 0 0 0 ▸ ●●●●●● 6 0 Partneren 0 0 0 0 ▸ ●●●● 4", said)


def test_a_flagged_gate_is_open_until_a_fact_settles_it(app, client):
    public_id = revealed(app)
    flagged = section(client.get(wall(public_id)).text, "flagged-title")
    assert "Det stemmer I ikke om" in flagged
    gate = "own-goal"
    with app.app_context():
        agreeing.agree_on(public_id, gate, GateAnswer("yes"), "Mål 2 i strategien", "", LEADER)
    flagged = section(client.get(wall(public_id)).text, "flagged-title")
    assert "Det stemmer I ikke om" not in flagged
    assert "Mål 2 i strategien" in flagged


def test_every_question_stands_folded_under_its_part(app, client):
    page = client.get(wall(revealed(app))).text
    folds = list(main(page).iter(f"{HTML}details"))
    assert [each.get("id") for each in folds] == [
        f"part-{part}" for part in ("why", "ready", "partner", "together", "in-place")
    ]
    assert all(each.get("open") is None for each in folds)
    assert sum(len(list(each.iter(f"{HTML}article"))) for each in folds) > 30


def test_notes_are_counted_and_not_shown(app, client):
    page = client.get(wall(revealed(app))).text
    assert "Set fra plads" not in page
    assert "1 bemærkning: se dem, hvor I bliver enige" in words(page)


@pytest.mark.parametrize("stage", ["revealed", "closed"])
def test_a_side_with_too_few_is_a_number(app, client, stage):
    public_id = opened(app)
    answer(app, public_id, "library", *(of_library(n) for n in range(4)))
    answer(app, public_id, "partner", *(of_partner(n) for n in range(3)))
    shown(app, public_id)
    if stage == "closed":
        with app.app_context():
            operations.close(public_id, LEADER)
    page = client.get(wall(public_id)).text
    assert "Partneren: Kun 3 har svaret" in words(page)
    assert "4 personer" in section(page, "verdicts-title")
    assert "Partneren" not in section(page, "verdicts-title")
    assert section(page, "apart-title") == ""


def test_a_room_that_may_show_nothing_is_told_kindly(app, client):
    public_id = opened(app)
    answer(app, public_id, "library", of_library(0))
    page = words(client.get(wall(shown(app, public_id))).text)
    assert "Biblioteket: Kun 1 har svaret" in page
    assert "Der er ikke noget, der må vises endnu" in page


def test_a_room_of_one_mind_is_asked_what_it_has_not_thought_of(app, client):
    public_id = opened(app)
    answer(app, public_id, "library", *(of_library(0) for _ in range(4)))
    assert "noget, ingen af jer har tænkt på" in client.get(wall(shown(app, public_id))).text


# One question alone


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_question_stands_alone_with_what_was_agreed_below_it(app, client, language):
    public_id = revealed(app)
    client.speak(language)
    assert "En nabo" not in client.get(wall(public_id, "new-users")).text
    with app.app_context():
        agreeing.agree_on(public_id, "new-users", Answer("known", 3), "En nabo", "To tvivler", LEADER)
    page = client.get(wall(public_id, "new-users")).text
    heading = next(main(page).iter(f"{HTML}h1"))
    assert heading.text == {"da": "Når vi nye brugere?", "en": "Will we reach new users?"}[language]
    assert "En nabo" in page
    assert "To tvivler" in page
    assert wall(public_id) in page, "the way back"


def test_what_is_linked_can_be_opened(app, client):
    public_id = revealed(app)
    page = client.get(wall(public_id)).text
    linked = set(re.findall(r"\?question=([a-z-]+)", page))
    assert len(linked) > 1
    for question in linked:
        assert 'class="alone"' in client.get(wall(public_id, question)).text


def test_names_stand_beside_one_question_alone_and_only_where_that_was_promised(app, client):
    public_id = opened(app, named=True)
    names = ["Anna", "Bodil", "Carl", "Dorte"]
    answer(app, public_id, "library", *(of_library(n) for n in range(4)), names=names)
    answer(app, public_id, "partner", of_partner(0), names=["Finn"])
    assert not [name for name in names if name in client.get(wall(public_id)).text]
    shown(app, public_id)
    alone = client.get(wall(public_id, "owner")).text
    assert all(name in alone for name in names)
    assert "Ved ikke endnu" in alone
    assert "Finn" not in client.get(wall(public_id, "common-goal")).text
    assert not [name for name in names if name in client.get(wall(public_id)).text]


def test_without_names_nobody_is_listed(app, client):
    public_id = opened(app)
    answer(
        app,
        public_id,
        "library",
        *(of_library(n) for n in range(4)),
        names=["Anna", "Bodil", "Carl", "Dorte"],
    )
    assert "Anna" not in client.get(wall(shown(app, public_id), "owner")).text


def test_a_question_that_too_few_answered_says_so(app, client):
    public_id = opened(app)
    answer(app, public_id, "library", *(({"goal": 2}, {}) for _ in range(3)), ({"alone": 1}, {}))
    assert "For få har svaret" in client.get(wall(shown(app, public_id), "goal")).text


@pytest.mark.parametrize("question", ["nobody", "a" * 3000, "%00", "<script>", "partner"])
def test_a_question_that_is_not_asked_is_no_page(app, client, question):
    public_id = revealed(app)
    client.get(wall(public_id, question), 404)
    client.get(f"/workshops/{public_id}/wall/live?question={question}", 404)


def test_a_question_is_not_shown_before_the_reveal(app, client):
    public_id = answered(app)
    page = client.get(wall(public_id, "new-users")).text
    assert "Når vi nye brugere?" not in page
    assert "Vær med på din telefon" in page


# Every kind of question, whatever was typed


def test_every_kind_of_question_has_a_place(app, client):
    public_id = opened(app, "kinds", sides=["library"], subject={"partner": HOSTILE, "proposal": HOSTILE})
    answer(app, public_id, "library", *(kinds(n) for n in range(4)))
    page = client.get(wall(shown(app, public_id))).text
    said = words(page)
    assert said.count(f"{HOSTILE} nr. 3") == 1
    assert "<script>alert" not in page
    assert "49" not in said
    assert "Hvor mange der svarede hvad" in said
    for question in re.findall(r"\?question=([a-z-]+)", page):
        alone = client.get(wall(public_id, question)).text
        assert "<script>alert" not in alone


def kinds(n: int):
    """What the n-th answers where every kind is asked."""
    questionnaire = catalogue.find("kinds").questionnaire
    answers = {}
    for key, item in questionnaire.items.items():
        if item.kind == "exchange":
            answers[key] = {"give": {item.ids[0]: n}, "get": {item.ids[0]: 2}}
        elif item.kind == "choices":
            answers[key] = list(item.options()[:n])
        elif item.options():
            answers[key] = item.options()[n % len(item.options())]
        else:
            answers[key] = {"text": f"{HOSTILE} nr. {n}", "number": n, "date": f"2026-11-0{n + 1}"}[item.kind]
    return answers, {gate.id: ("yes", "no")[n % 2] for gate in questionnaire.gates}


# Like every page


@pytest.mark.parametrize("make", [prepared, opened, answered, revealed])
def test_it_has_no_navigation_and_a_way_back(app, client, make):
    public_id = make(app)
    page = client.get(wall(public_id)).text
    assert f'href="/workshops/{public_id}"' in page
    assert "<nav" not in page


def test_nobody_s_workshop_is_no_page(client):
    client.get(wall(NOBODY), 404)
    client.get(f"{wall(NOBODY)}/live", 404)


def test_to_look_changes_nothing(app, client):
    public_id = revealed(app)
    client.get("/")
    before = everything_stored(app)
    client.get(wall(public_id))
    client.get(f"{wall(public_id)}/live")
    assert everything_stored(app) == before


def test_a_full_room_asks_the_database_no_more_than_a_small_one(app, client):
    def asked(public_id):
        client.get(wall(public_id))
        with count_queries(app) as statements:
            client.get(wall(public_id))
        return len(statements)

    large = opened(app)
    answer(app, large, "library", *(of_library(n) for n in range(30)))
    assert asked(shown(app, large)) == asked(revealed(app)) <= 8


def test_where_others_are_in_the_room_the_librarys_own_questions_are_shown_only_when_asked_for(app, client):
    """Trust, people and gates are not for the partner to read from the wall."""
    public_id = revealed(app)
    shared, own = (f"/workshops/{public_id}/wall{rest}" for rest in ("", "?own=yes"))
    for words in ("Når vi nye brugere?", "Hvem tager telefonen, når partneren ringer?", "står åbent"):
        assert (words.lower() in client.get(shared).text.lower(), words) == (False, words)
        assert (words.lower() in client.get(shared.replace("/wall", "/wall/live")).text.lower()) is False
    assert "Er vi enige om, hvor stort det skal være?" in client.get(shared).text
    assert own in client.get(shared).text
    assert "Når vi nye brugere?" in client.get(own).text
    assert "Hvem tager telefonen, når partneren ringer?" in client.get(own).text
    client.speak("en")
    assert "Show the library’s own questions too" in client.get(shared).text


def test_the_library_alone_sees_everything(app, client):
    public_id = revealed(app, opened(app, sides=["library"]))
    page = client.get(f"/workshops/{public_id}/wall").text
    assert "Når vi nye brugere?" in page
    assert "own=yes" not in page
