"""The pages of the one who leads: prepare, open, show, close; whatever the stage, and whatever is sent."""

import re

import pytest
from sqlalchemy import select

from app import catalogue
from app.assessments.models import Assessment
from app.partners.models import Partner
from app.platform.database import db, now, writing
from app.workshops import operations
from app.workshops.models import Participant, Workshop
from tests.web import (
    as_posted,
    begin,
    count_queries,
    each_database_and_language,
    everything_stored,
    reviewed_example,
)
from tests.workshops.ways import LEADER, answer, answered, of_library, opened, prepared, revealed, room

MINUTES = {"welcome": "5", "answer": "15", "see": "10", "talk": "20", "agree": "5", "end": "5"}
STAGES = {"prepared": prepared, "open": answered, "revealed": revealed}
NOBODY = "A" * 22


def chosen(**changed):
    """What a browser posts from the page that prepares."""
    sections = [each.id for each in catalogue.find("new-partner").questionnaire.sections]
    facts = {
        "partner": "Teaterforeningen",
        "proposal": "En sommerfestival",
        "variant": "full",
        "sections": sections,
        "sides": ["library", "partner"],
        "named": "no",
        "smallest_group": "4",
        "may_change": "no",
        "led": "no",
        "on": "2026-11-24",
        **MINUTES,
    }
    return {**facts, **changed}


def prepare(client, query="", **changed) -> str:
    """Prepare a workshop through its page; its address."""
    return client.post(f"/workshops/new{query}", chosen(**changed)).headers["Location"]


def public_id(address: str) -> str:
    return address.split("#", maxsplit=1)[0].rsplit("/", 1)[1]


def shown_mark(client, address: str, page: str = "edit") -> str:
    """What the page that edits, or deletes, says of the workshop that it shows."""
    return re.search(r'name="shown" value="([^"]+)"', client.get(f"{address}/{page}").text)[1]


def closed(app) -> str:
    made = revealed(app)
    with app.app_context():
        operations.close(made, LEADER)
    return made


def at(app, stage: str) -> str:
    return closed(app) if stage == "closed" else STAGES[stage](app)


# The whole way


def test_a_workshop_goes_all_the_way_through_its_pages(stored_app, stored_client):
    client = stored_client
    address = prepare(client)
    assert "Åbn workshoppen" in client.get(address).text
    client.follow(client.post(f"{address}/open"))
    answered(stored_app, public_id(address))
    text = client.get(address).text
    assert room(stored_app, public_id(address)).code in text
    assert "6 er færdige" in text
    assert "4 er færdige" in text
    text = client.follow(client.post(f"{address}/reveal")).text
    assert "Skriv, hvad I er enige om" in text
    assert "Vil du afslutte workshoppen?" in client.get(f"{address}/close").text
    text = client.follow(client.post(f"{address}/close")).text
    assert "Workshoppen er afsluttet." in text
    result = re.search(r"/assessments/[\w-]{22}/result", text)[0]
    assert "Fra en workshop" in client.get(result).text
    assert "Fra en workshop" in client.get("/assessments").text
    assert "Fra en workshop" in client.get("/").text
    assert "Afsluttet" in client.get("/workshops").text


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("stage", ["prepared", "open", "revealed", "closed"])
def test_every_stage_has_its_page_in_both_languages(app, client, stage, language):
    client.speak(language)
    made = at(app, stage)
    text = client.get(f"/workshops/{made}").text
    assert "En sommerfestival" in text
    assert "Teaterforeningen" in client.get("/workshops").text
    if stage == "prepared":
        client.get(f"/workshops/{made}/edit")
    if stage == "revealed":
        client.get(f"/workshops/{made}/close")


def test_what_was_chosen_is_stored(app, client):
    address = prepare(
        client,
        variant="short",
        sections=["why", "together"],
        sides=["library", "others"],
        named="yes",
        smallest_group="2",
        may_change="yes",
        led="yes",
        on="",
        end="0",
    )
    stored = room(app, public_id(address))
    assert (stored.variant, stored.sections) == ("short", ["why", "together"])
    assert stored.sides == ["library", "others"]
    assert (stored.named, stored.may_change, stored.in_step) == (True, True, True)
    assert (stored.smallest_group, stored.on) == (2, "")
    assert stored.plan == {"welcome": 5, "answer": 15, "see": 10, "talk": 20, "agree": 5, "end": 0}
    assert (stored.created_by, stored.language) == ("Mette Holm", "da")
    with app.app_context():
        assert db.session.get(Partner, stored.partner_id).name == "Teaterforeningen"


def test_what_was_prepared_can_be_changed_until_it_is_open(app, client):
    address = prepare(client)
    mark = shown_mark(client, address)
    client.post(f"{address}/edit", chosen(proposal="En vinterfestival", smallest_group="6", shown=mark))
    stored = room(app, public_id(address))
    assert (stored.subject["proposal"], stored.smallest_group) == ("En vinterfestival", 6)
    client.post(f"{address}/open")
    assert "Workshoppen er kommet videre" in client.get(f"{address}/edit", 409).text
    client.post(f"{address}/edit", chosen(smallest_group="9"), 409)
    assert room(app, public_id(address)).smallest_group == 6


def test_of_two_who_change_it_at_once_neither_loses_what_they_wrote(stored_app, stored_client):
    client = stored_client
    address = prepare(client)
    mark = shown_mark(client, address)
    client.post(f"{address}/edit", chosen(proposal="En vinterfestival", shown=mark))
    late = chosen(proposal="En <b>forårsfestival", smallest_group="7", shown=mark)
    text = client.post(f"{address}/edit", late, 409).text
    assert "Den blev rettet, mens du skrev" in text
    assert "En vinterfestival" in text
    assert 'value="En &lt;b&gt;forårsfestival"' in text
    assert room(stored_app, public_id(address)).subject["proposal"] == "En vinterfestival"
    again = re.search(r'name="shown" value="([^"]+)"', text)[1]
    client.post(f"{address}/edit", {**late, "shown": again})
    assert room(stored_app, public_id(address)).smallest_group == 7
    for wrong in ("", "\x00", "x" * 5000, mark):
        client.post(f"{address}/edit", {**late, "shown": wrong}, 409)


@pytest.mark.parametrize(("asked", "status"), [({"smallest_group": "?"}, 400), ({"script": "90"}, 200)])
def test_a_form_that_comes_back_still_sees_what_another_changed(app, client, asked, status):
    address = prepare(client)
    mark = shown_mark(client, address)
    client.post(f"{address}/edit", chosen(proposal="En vinterfestival", shown=mark))
    back = client.post(f"{address}/edit", chosen(shown=mark) | asked, status).text
    again = re.search(r'name="shown" value="([^"]+)"', back)[1]
    assert "En vinterfestival" in client.post(f"{address}/edit", chosen(shown=again), 409).text
    assert room(app, public_id(address)).subject["proposal"] == "En vinterfestival"


# Preparing


def test_a_ready_time_plan_is_filled_in_and_nothing_else_is_touched(app, client):
    before = everything_stored(app)
    posted = chosen(script="90", partner="", sections=["why"], proposal="Noget <b>")
    text = client.post("/workshops/new", posted, 200).text
    assert 'name="talk" value="30"' in text
    assert 'name="answer.proposal" value="Noget &lt;b&gt;"' in text
    assert len(re.findall(r'name="sections" value="\w+" checked', text)) == 1
    assert 'class="errors"' not in text
    assert everything_stored(app) == before


@pytest.mark.parametrize(("questionnaire", "is_asked"), [("new-partner", True), ("smallest", False)])
def test_the_partner_is_ticked_where_something_is_asked_of_it(client, questionnaire, is_asked):
    text = client.get(f"/workshops/new?questionnaire={questionnaire}").text
    assert ('name="sides" value="partner" checked' in text) == is_asked


def test_partner_and_proposal_must_be_written(client):
    text = client.post("/workshops/new", chosen(partner=" ", proposal=""), 400).text
    assert "Der er 2 fejl" in text
    assert 'href="#answer.partner"' in text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("smallest_group", "2", "Uden navne mindst 3"),
        ("smallest_group", "21", "Skriv et helt tal fra 1 til 20"),
        ("smallest_group", "", "Feltet skal udfyldes"),
        ("sections", [], "Vælg mindst én del"),
        ("sections", ["why", "nowhere"], "Vælg blandt mulighederne"),
        ("sections", ["why"], "bliver partneren og andre ikke spurgt"),
        ("sides", ["library", "press"], "Vælg blandt mulighederne"),
        ("named", "maybe", "Vælg en af mulighederne"),
        ("variant", "tiny", "Vælg en af mulighederne"),
        ("on", "i morgen", "Skriv en dato"),
        ("on", "1.12.26", "Skriv en dato, for eksempel 22.11.2026."),
        ("on", "31.11.2026", "Skriv en dato"),
        ("on", "0026-12-01", "Året skal ligge mellem 1900 og 2200."),
        ("talk", "481", "Skriv et helt tal"),
        ("talk", "-1", "Skriv et helt tal"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(app, client, field, value, message):
    text = client.post("/workshops/new", chosen(**{field: value}), 400).text
    assert message in text
    assert "Teaterforeningen" in text, "nothing of what was written is lost"
    with app.app_context():
        assert db.session.execute(select(Workshop)).first() is None


@pytest.mark.parametrize("typed", ["1.12.2026", " 01/12-2026 ", "2026-12-01"])
def test_a_day_is_taken_as_a_dane_types_it(app, client, typed):
    assert room(app, public_id(prepare(client, on=typed))).on == "2026-12-01"


def test_with_names_a_side_of_two_may_be_shown(app, client):
    assert room(app, public_id(prepare(client, named="yes", smallest_group="1"))).smallest_group == 1


def test_a_questionnaire_without_a_short_version_offers_none(client):
    other = next(
        each
        for each in catalogue.installed().loaded
        if not each.questionnaire.short and each.questionnaire.id != "new-partner"
    ).questionnaire
    path = f"/workshops/new?questionnaire={other.id}"
    assert 'type="radio" name="variant"' not in client.get(path).text
    sections = [each.id for each in other.sections]
    client.post(path, chosen(variant="short", sections=sections), 400)


def test_a_partner_of_the_register_is_filled_in_and_kept(app, client):
    prepare(client)
    with app.app_context():
        partner = db.session.execute(select(Partner)).scalar_one()
    assert f"/workshops/new?partner={partner.public_id}" in client.get(f"/partners/{partner.public_id}").text
    query = f"?partner={partner.public_id}"
    assert 'value="Teaterforeningen"' in client.get(f"/workshops/new{query}").text
    assert room(app, public_id(prepare(client, query))).partner_id == partner.id
    other = room(app, public_id(prepare(client, query, partner="Kajakklubben"))).partner_id
    assert other not in (None, partner.id)
    client.get("/workshops/new?partner=nobody", 404)


def test_from_an_assessment_all_that_it_knows_of_the_proposal_comes_along(app, client):
    address = reviewed_example(client)
    made_from = address.rsplit("/", 1)[1]
    page = f"/workshops/new?assessment={made_from}"
    assert page.replace("&", "&amp;") in client.get(f"{address}/result").text
    known = client.get(f"{address}/answers.json").get_json()["subject"]
    text = client.get(page).text
    assert known["partner"] in text
    posted = chosen(partner=known["partner"], proposal=known["proposal"])
    made = client.post(page, posted).headers["Location"]
    assert known.items() <= room(app, public_id(made)).subject.items()
    other = client.post(page, {**posted, "partner": "Kajakklubben"}).headers["Location"]
    assert "contact" not in room(app, public_id(other)).subject, "the person at another partner stays there"
    client.get(f"/workshops/new?assessment={NOBODY}", 404)


# Deleting


@each_database_and_language
@pytest.mark.parametrize("way", [prepared, opened])
def test_a_workshop_that_nobody_joined_can_be_deleted(stored_app, stored_client, way, language):
    client = stored_client
    client.speak(language)
    before = everything_stored(stored_app)
    kept, made = prepared(stored_app), way(stored_app)
    page = f"/workshops/{made}"
    assert f'href="{page}/delete"' in client.get(page).text
    text = client.get(f"{page}/delete").text
    asked, said = {
        "da": ("Vil du slette workshoppen?", "Workshoppen er slettet."),
        "en": ("Delete the workshop?", "The workshop is deleted."),
    }[language]
    assert asked in text
    assert "En sommerfestival" in text
    mark = shown_mark(client, page, "delete")
    gone = client.post(f"{page}/delete", {"shown": mark})
    assert gone.headers["Location"] == "/workshops"
    text = client.follow(gone).text
    assert said in text
    assert made not in text
    assert kept in text
    client.get(page, 404)
    client.get(f"{page}/delete", 404)
    client.post(f"{page}/delete", {"shown": mark}, 404)
    after = everything_stored(stored_app)
    assert len(after["workshops"]) == len(before["workshops"]) + 1
    assert "Teaterforeningen" in client.get("/partners").text


@each_database_and_language
def test_a_workshop_that_holds_what_people_said_is_not_deleted(stored_app, stored_client, language):
    client = stored_client
    client.speak(language)
    said = {"da": "Workshoppen kan ikke slettes", "en": "This workshop cannot be deleted"}[language]
    for stage in ("open", "revealed", "closed"):
        page = f"/workshops/{at(stored_app, stage)}"
        before = everything_stored(stored_app)
        assert f'href="{page}/delete"' not in client.get(page).text
        assert said in client.get(f"{page}/delete", 409).text
        assert said in client.post(f"{page}/delete", {"shown": ""}, 409).text
        assert everything_stored(stored_app) == before


def test_somebody_who_joins_while_the_page_stands_open_keeps_the_workshop(stored_app, stored_client):
    client, made = stored_client, opened(stored_app)
    mark = shown_mark(client, f"/workshops/{made}", "delete")
    answer(stored_app, made, "library", of_library(0))
    assert "kan ikke slettes" in client.post(f"/workshops/{made}/delete", {"shown": mark}, 409).text
    client.post(f"/workshops/{made}/remove", {"number": "1"})
    client.post(f"/workshops/{made}/delete", {"shown": mark}, 409)
    assert room(stored_app, made).stage == "open"


def test_what_another_prepared_meanwhile_is_seen_before_it_is_deleted(stored_app, stored_client):
    client, address = stored_client, prepare(stored_client)
    mark = shown_mark(client, address, "delete")
    late = chosen(proposal="En vinterfestival", shown=shown_mark(client, address))
    client.post(f"{address}/edit", late)
    for wrong in (mark, "", "\x00", "x" * 5000):
        text = client.post(f"{address}/delete", {"shown": wrong}, 409).text
        assert "Den blev rettet imens" in text
        assert "En vinterfestival" in text
    client.post(f"{address}/delete", {"shown": shown_mark(client, address, "delete")})
    client.get(address, 404)


# Leading


def test_the_register_is_empty_kindly(client):
    assert "Forbered den første" in client.get("/workshops").text


def test_the_number_of_queries_does_not_grow_with_the_register(app, client):
    def queries() -> int:
        client.get("/workshops")
        with count_queries(app) as seen:
            client.get("/workshops")
        return len(seen)

    prepared(app)
    first = queries()
    for _ in range(5):
        prepared(app)
    assert queries() == first


def test_the_register_is_paged_the_newest_first(app, client):
    for number in range(52):
        prepared(app, subject={"partner": f"Partner {number}", "proposal": f"Forslag {number:02d}"})
    first = client.get("/workshops").text
    assert "Forslag 51" in first
    assert "Forslag 01" not in first
    assert "Forslag 01" in client.get("/workshops?page=2").text


def test_without_a_network_the_page_says_how_to_let_phones_in(app, client):
    text = client.get(f"/workshops/{opened(app)}").text
    assert "overvej serve --workshop" in text
    assert '<svg aria-hidden="true"' not in re.sub(r'<a class="wordmark".*?</a>', "", text)


def test_phones_are_told_the_way_in_by_words_and_picture(app, client):
    app.config["WORKSHOP_ADDRESS"] = "http://192.168.1.20:8000"
    text = client.get(f"/workshops/{opened(app)}").text
    assert "http://192.168.1.20:8000/w" in text
    assert 'class="qr"' in text
    assert "overvej serve --workshop" not in text


def test_the_leader_says_which_section_is_answered(app, client):
    made = opened(app, in_step=True)
    page = f"/workshops/{made}"
    assert 'name="section" value="together"' in client.get(page).text
    client.post(f"{page}/lead", {"section": "together"})
    assert room(app, made).section == "together"
    assert re.search(r'value="together" aria-current="step"', client.get(page).text)
    refused = client.follow(client.post(f"{page}/lead", {"section": "nowhere"}))
    assert "intet blev ændret" in refused.text
    assert room(app, made).section == "together"


def test_a_phone_can_be_sent_out(app, client):
    made = opened(app)
    answer(app, made, "library", *(of_library(n) for n in range(3)))
    page = f"/workshops/{made}"
    assert "Fjern nummer 2" in client.get(page).text
    client.post(f"{page}/remove", {"number": "2"})
    assert "Fjern nummer 2" not in client.get(page).text
    for number in ("99", "", "x", "-1", "²", "9" * 30):
        client.post(f"{page}/remove", {"number": number}, 404)


def test_with_names_those_who_joined_are_named_and_without_not(app, client):
    for named in (True, False):
        made = opened(app, named=named)
        answer(app, made, "library", of_library(0), names=["Bo <b>"])
        assert ("Bo &lt;b&gt;" in client.get(f"/workshops/{made}").text) == named


def test_the_time_plan_tells_the_clock_once_the_workshop_is_open(app, client):
    made = prepared(app)
    assert "60 minutter i alt" in client.get(f"/workshops/{made}").text
    with app.app_context(), writing() as session:
        workshop = operations.locked(session, made)
        workshop.stage, workshop.opened_at = "open", now().astimezone().replace(hour=13, minute=58)
    text = client.get(f"/workshops/{made}").text
    assert [each in text for each in ("13:58", "14:03", "14:18", "14:28", "14:48", "14:53")] == [True] * 6


def test_a_button_of_a_page_that_stood_open_changes_nothing_and_says_so(app, client):
    for stage, steps in {
        "prepared": ("lead", "reveal", "remove", "close"),
        "open": ("open", "lead", "close"),
        "closed": ("open", "lead", "reveal", "remove", "close"),
    }.items():
        page = f"/workshops/{at(app, stage)}"
        before = everything_stored(app)
        for step in steps:
            text = client.follow(client.post(f"{page}/{step}", {"number": "1", "section": "why"})).text
            assert "intet blev ændret" in text
        assert everything_stored(app) == before


def test_what_is_not_there_is_not_found(client):
    for path in ("", "/edit", "/live", "/close", "/delete"):
        client.get(f"/workshops/{NOBODY}{path}", 404)
    for step in ("open", "lead", "reveal", "remove", "close", "edit", "delete"):
        client.post(f"/workshops/{NOBODY}/{step}", {"number": "1"}, 404)


def test_to_look_changes_nothing(app, client):
    for stage in ("prepared", "open", "revealed", "closed"):
        made = at(app, stage)
        before = everything_stored(app)
        for path in ("", "/edit", "/live", "/close", "/delete"):
            client.http.get(f"/workshops/{made}{path}")
        client.get("/workshops")
        client.get("/workshops/new")
        assert everything_stored(app) == before


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "<script>", "[]", "9" * 400, "'--", "٣"])
def test_whatever_is_written_is_answered(app, client, value):
    for field in chosen():
        client.get("/")
        written = as_posted({**chosen(), field: [value, value]}, {"partner", "proposal"})
        data = {**written, "csrf_token": client.token}
        response = client.http.post("/workshops/new", data=data)
        assert response.status_code in (303, 400), field
        assert "<script>" not in response.text.replace("<script ", "")
    nothing = client.http.post("/workshops/new", data={"csrf_token": client.token})
    assert nothing.status_code == 400


# What nobody may know


def test_before_the_reveal_no_page_of_the_leader_tells_anything_of_answers(app, client):
    """Two rooms, answered by as many and in opposite ways, look the same but for their own addresses."""

    def pages(made: str) -> list[str]:
        code = room(app, made).code
        paths = (f"/workshops/{made}", f"/workshops/{made}/live", "/workshops")
        texts = [client.http.get(path).text.replace(made, "ID") for path in paths[:2]]
        texts = [text.replace(code, "CODE").replace(code[:4], "CO").replace(code[4:], "DE") for text in texts]
        return [re.sub(r'value="[^"]{80,}"', "", text) for text in texts]

    one, other = opened(app), opened(app)
    high = ({"goal": {"value": 4, "note": "Hemmeligt"}, "new-users": 4}, {})
    low = ({"goal": 0}, {})
    answer(app, one, "library", *[high] * 5)
    answer(app, other, "library", *[low] * 5)
    moment = now()
    with app.app_context(), writing() as session:
        for each in session.execute(select(Workshop)).scalars():
            each.opened_at = moment
    assert pages(one) == pages(other)
    assert "Hemmeligt" not in "".join(pages(one))


def test_an_answer_is_no_news_to_the_page_that_follows(app, client):
    made = opened(app)
    path = f"/workshops/{made}/live"
    answer(app, made, "library", of_library(0))
    tag = client.http.get(path).headers["ETag"]
    assert client.http.get(path, headers={"If-None-Match": tag}).status_code == 304
    with app.app_context(), writing() as session:
        workshop = operations.locked(session, made)
        workshop.answer_count += 1
        session.execute(select(Participant)).scalars().one().answers = {"goal": 1}
    assert client.http.get(path, headers={"If-None-Match": tag}).status_code == 304
    answer(app, made, "partner", of_library(1))
    fresh = client.http.get(path, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "er med" in fresh.text


def test_a_page_of_another_stage_is_told_that_the_workshop_has_gone_on(app, client):
    made = opened(app)
    path = f"/workshops/{made}/live?stage=open"
    assert "kommet videre" not in client.http.get(path).text
    with app.app_context():
        operations.reveal(made, LEADER)
    assert "kommet videre" in client.http.get(path).text


def test_closing_says_what_is_not_settled(app, client):
    made = revealed(app)
    text = client.get(f"/workshops/{made}/close").text
    questionnaire = catalogue.find("new-partner").questionnaire
    assert questionnaire.gates[0].text["da"] in text, "somebody flagged it"
    assert questionnaire.items["community"].text["da"] in text, "it divides the room"


# Where else a workshop is met


def test_a_workshop_stands_in_the_partners_story(app, client):
    made = prepare(client)
    with app.app_context():
        partner = db.session.execute(select(Partner)).scalar_one().public_id
    assert "Workshop forberedt" in client.get(f"/partners/{partner}").text
    client.post(f"{made}/open")
    text = client.get(f"/partners/{partner}").text
    assert "Workshop i gang" in text
    assert made in text


@each_database_and_language
def test_a_workshop_and_the_assessment_that_it_became_lead_to_each_other(stored_app, stored_client, language):
    client, made = stored_client, closed(stored_app)
    closed(stored_app)
    client.speak(language)
    page = f"/workshops/{made}"
    result = re.search(r"/assessments/[\w-]{22}/result", client.get(page).text)[0]
    words = {"da": "Svarene kommer fra en workshop.", "en": "The answers come from a workshop."}[language]
    text = client.get(result).text
    assert words in text
    assert f'href="{page}"' in text
    other = client.get(f"{reviewed_example(client)}/result").text
    assert words not in other
    assert 'href="/workshops/' not in re.sub(r'href="/workshops/new[^"]*"', "", other)


def test_an_assessment_whose_workshop_is_not_here_says_nothing_of_it(app, client):
    """As one does that came from another Overvej in an answers file."""
    address = reviewed_example(client)
    with app.app_context(), writing() as session:
        session.execute(select(Assessment)).scalars().one().origin = "workshop"
    assert "Svarene kommer fra en workshop." not in client.get(f"{address}/result").text


def test_an_assessment_that_is_only_begun_can_be_brought_to_a_workshop(client):
    address = begin(client)
    begun = re.search(r"/assessments/([\w-]{22})", address)[1]
    assert "En sommerfestival" in client.get(f"/workshops/new?assessment={begun}").text
