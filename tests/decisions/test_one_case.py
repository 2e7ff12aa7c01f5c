"""One assessment: recommendation, motion and decision are three things, and none is lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.decisions import operations
from app.decisions.days import chosen_day
from app.decisions.models import Decision, FollowUp, Motion
from app.partners.models import LevelChange, Partner
from app.platform.database import db
from tests.decisions.ways import SITTING, assessed, decide, decided_on, decision_of, desk, propose
from tests.web import NAME, Client, begin, meanwhile


def rows(app, model):
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


# The motion


@pytest.mark.parametrize(
    ("language", "word"), [("da", "Indstilling og beslutning"), ("en", "Motion and decision")]
)
def test_the_page_keeps_three_things_apart(client, app, language, word):
    client.speak(language)
    page = client.get(desk(assessed(app))).text
    assert f"<h1>{word}</h1>" in page
    for part in ("the-recommendation", "the-motion", "the-decision"):
        assert f'id="{part}"' in page


def test_before_the_review_there_is_no_recommendation_to_decide_on(client):
    address = begin(client).removesuffix("/sections/why").removesuffix("/subject")
    page = client.get(f"{address}/decision", 303)
    assert page.headers["Location"].endswith("/review")


def test_the_motion_begins_as_what_overvej_recommends(client, app):
    page = client.get(desk(assessed(app))).text
    assert 'value="engagement" checked' in page
    assert "Det indstilles, at biblioteket indgår et tidsbegrænset partnerskab" in page


def test_a_motion_is_kept_with_who_wrote_it_and_what_was_recommended(stored_client, stored_app):
    public_id = assessed(stored_app)
    propose(stored_client, public_id, "engagement", motion_text="Vi siger ja.")
    (motion,) = rows(stored_app, Motion)
    assert (motion.outcome, motion.recommended, motion.text) == ("engagement", "engagement", "Vi siger ja.")
    assert motion.created_by == NAME
    assert "Vi siger ja." in stored_client.get(desk(public_id)).text


def test_whoever_differs_says_why(client, app):
    public_id = assessed(app)
    page = propose(client, public_id, "none", 400, motion_text="Vi siger nej.").text
    assert "Skriv, hvorfor indstillingen afviger fra anbefalingen." in page
    assert "Vi siger nej." in page
    propose(client, public_id, "none", motion_text="Vi siger nej.", motion_why="Vi har ikke tid.")
    assert (
        "Den afviger fra anbefalingen, som var: Partnerskab for en periode."
        in client.get(desk(public_id)).text
    )


def test_also_where_too_little_is_known(client, app):
    public_id = assessed(app, case="")
    assert "Overvej har ingen anbefaling endnu" in client.get(desk(public_id)).text
    propose(client, public_id, "date", 400)
    propose(client, public_id, "date", motion_why="Vi prøver.")
    assert rows(app, Motion)[0].recommended == ""


def test_the_ordinary_text_follows_the_outcome_that_is_chosen(client, app):
    """Else one motion would say two things."""
    public_id = assessed(app)
    page = client.get(desk(public_id)).text
    ordinary = page.partition('name="motion_text"')[2].partition(">\n")[2].partition("</textarea>")[0]
    client.speak("en")
    propose(client, public_id, "none", motion_text=ordinary, motion_why="No time.")
    assert rows(app, Motion)[0].text.startswith("It is proposed that the library declines")


def test_one_s_own_words_stay_whatever_is_chosen(client, app):
    public_id = assessed(app)
    propose(client, public_id, "date", motion_text="Mine egne ord.", motion_why="Fordi.")
    assert rows(app, Motion)[0].text == "Mine egne ord."


def test_two_who_write_a_motion_lose_nothing(stored_client, stored_app):
    public_id = assessed(stored_app)
    propose(stored_client, public_id, "engagement", motion_text="Den første.")
    page = propose(stored_client, public_id, "engagement", 409, motion_text="Den anden.").text
    assert "Den første." in page
    assert "Den anden." in page
    assert rows(stored_app, Motion)[0].text == "Den første."
    propose(stored_client, public_id, "engagement", motion_text="Den anden.", motion_version="1")
    assert rows(stored_app, Motion)[0].text == "Den anden."


def test_a_motion_with_an_error_still_sees_what_another_wrote(client, app):
    public_id = assessed(app)
    propose(client, public_id, "engagement", motion_text="Den første.")
    refused = propose(client, public_id, "engagement", 400, motion_text="x" * 9999).text
    version = re.search('name="motion_version" value="([0-9]+)"', refused)[1]
    propose(client, public_id, "engagement", 409, motion_text="Den anden.", motion_version=version)
    assert rows(app, Motion)[0].text == "Den første."


def test_a_motion_can_be_changed_until_a_final_decision(client, app):
    public_id, _ = decided_on(app, client, verdict="postponed")
    propose(client, public_id, "date", motion_version="1", motion_why="Nu ved vi mere.")
    decide(client, public_id, motion_version="2", decisions="1")
    page = propose(
        client, public_id, "none", 409, motion_version="2", motion_text="For sent", motion_why="X"
    ).text
    assert "For sent" in page
    assert "Ret indstillingen" not in page
    assert rows(app, Motion)[0].outcome == "date"


# The decision


@pytest.mark.parametrize(
    ("verdict", "chosen", "decided"),
    [
        ("approved", "", "engagement"),
        ("amended", "", "engagement"),
        ("amended", "date", "date"),
        ("declined", "", "none"),
        ("declined", "date", "date"),
        ("postponed", "", ""),
    ],
)
def test_what_was_decided_follows_from_the_verdict(client, app, verdict, chosen, decided):
    decided_on(app, client, verdict=verdict, outcome=chosen)
    (decision,) = rows(app, Decision)
    assert (decision.verdict, decision.outcome) == (verdict, decided)
    assert (decision.recommended, decision.proposed) == ("engagement", "engagement")


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "approved", "outcome": "none"},
        {"verdict": "postponed", "outcome": "date"},
        {"verdict": "maybe"},
        {"verdict": ""},
        {"outcome": "marriage"},
        {"decided_by": " "},
        {"decided_on": "2026-02-30"},
        {"decided_on": "2199-01-01"},
        {"ask_again": "own"},
        {"ask_again": "own", "ask_again_on": "2026-01-15"},
        {"ask_again": "soon"},
        {"level": "best-friends"},
        {"reasons": "x" * 3001},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(client, app, wrong):
    public_id = assessed(app)
    propose(client, public_id, "engagement")
    page = decide(client, public_id, 400, conditions="Behold mig", **wrong).text
    assert "Der er 1 fejl" in page
    assert "Behold mig" in page
    assert rows(app, Decision) == []


def test_without_a_motion_there_is_nothing_to_decide(client, app):
    public_id = assessed(app)
    decide(client, public_id, 400)
    assert "Skriv indstillingen først." in client.get(desk(public_id)).text


def test_all_that_was_written_is_read_again(stored_client, stored_app):
    fields = {
        "reasons": "Fordi det er rigtigt.",
        "conditions": "Hvis pengene er der.",
        "habilitet": "Jens forlod lokalet.",
        "case_number": "26/77",
    }
    public_id, _ = decided_on(stored_app, stored_client, **fields)
    page = stored_client.get(desk(public_id)).text
    for written in (*fields.values(), SITTING["decided_by"], "15. januar 2026"):
        assert written.replace(". ", ".\N{NO-BREAK SPACE}", 1) in page or written in page


@pytest.mark.parametrize(
    ("choice", "own", "day"),
    [
        ("6", "", "2026-07-15"),
        ("12", "", "2027-01-15"),
        ("own", "2026-03-01", "2026-03-01"),
        ("none", "", ""),
    ],
)
def test_the_day_to_ask_again_is_counted_from_the_decision(client, app, choice, own, day):
    decided_on(app, client, ask_again=choice, ask_again_on=own)
    assert rows(app, Decision)[0].follow_up_on == day


def test_no_day_is_counted_beyond_those_that_can_be_given():
    assert chosen_day("12", "", "2199-12-31") == "2200-12-31"
    assert chosen_day("6", "", "2200-10-31") == "2200-12-31"


def test_a_postponed_decision_is_followed_by_another(client, app):
    public_id, first = decided_on(app, client, verdict="postponed", ask_again="6", reasons="Vi mangler tal.")
    assert rows(app, Decision)[0].follow_up_on == ""
    assert client.get(f"/decisions/{first}/follow-up", 303)
    decide(client, public_id, decisions="1")
    page = client.get(desk(public_id)).text
    assert "Vi mangler tal." in page
    assert [each.verdict for each in rows(app, Decision)] == ["postponed", "approved"]


def test_two_who_decide_lose_nothing(stored_client, stored_app):
    public_id, _ = decided_on(stored_app, stored_client, reasons="Den enes grund.")
    page = decide(stored_client, public_id, 409, reasons="Den andens grund.").text
    assert "Den enes grund." in page
    assert "Den andens grund." in page
    assert len(rows(stored_app, Decision)) == 1


def test_a_decision_on_a_motion_that_was_changed_meanwhile_is_not_taken(client, app):
    public_id = assessed(app)
    propose(client, public_id, "engagement")
    propose(client, public_id, "date", motion_version="1", motion_why="Hellere småt.")
    page = decide(client, public_id, 409, reasons="Om det gamle.").text
    assert "Hellere småt." in page
    assert "Om det gamle." in page
    assert rows(app, Decision) == []


@pytest.mark.parametrize("part", ["motion", "decision", "follow-up"])
def test_what_is_written_while_another_deletes_the_assessment_is_answered_in_words(
    stored_client, stored_app, monkeypatch, part
):
    public_id = assessed(stored_app)
    propose(stored_client, public_id, "engagement")
    if part == "follow-up":
        decide(stored_client, public_id)
        decision = decision_of(stored_client, public_id)
    delete = f"/assessments/{public_id}/delete"
    meanwhile(monkeypatch, operations, lambda: Client(stored_app).post(delete))
    if part == "motion":
        page = propose(stored_client, public_id, "date", 404, motion_version="1", motion_why="Prøv først.")
    elif part == "decision":
        page = decide(stored_client, public_id, 404)
    else:
        said = {"seen": "0", "on": "2026-02-01", "went": "better", "ask_again": "none"}
        page = stored_client.post(f"/decisions/{decision}/follow-up", said, 404)
    assert "Hent den tilbage" in page.text


def test_the_case_is_filled_in_from_what_was_written_about_it(client, app):
    public_id = assessed(app, case_number="26/123", decided_by="Kulturudvalget")
    propose(client, public_id, "engagement")
    page = client.get(desk(public_id)).text
    assert 'value="26/123"' in page
    assert 'value="Kulturudvalget"' in page


def test_so_much_money_says_who_must_decide(client, app, monkeypatch):
    monkeypatch.setattr(
        "app.decisions.reading.must_decide", lambda amount: "Byrådet" if amount and amount > 100_000 else ""
    )
    said = "På grund af beløbet skal det besluttes af: Byrådet"
    for money, is_said in ((200_000, True), (100_000, False)):
        public_id = assessed(app, money=money)
        propose(client, public_id, "engagement")
        assert (said in client.get(desk(public_id)).text) is is_said


# Correcting


def test_a_correction_is_never_silent(stored_client, stored_app):
    public_id, decision = decided_on(stored_app, stored_client, reasons="Fejl.")
    assert "Rettet af" not in stored_client.get(desk(public_id)).text
    shown = {**SITTING, "version": "1", "reasons": "Rigtigt."}
    stored_client.post(f"/decisions/{decision}/correct", shown)
    page = stored_client.get(desk(public_id)).text
    assert f"Rettet af {NAME} den" in page
    assert "Rigtigt." in page


def test_a_correction_that_changes_nothing_is_none(client, app):
    public_id, decision = decided_on(app, client)
    client.post(f"/decisions/{decision}/correct", {**SITTING, "version": "1"})
    assert "Rettet af" not in client.get(desk(public_id)).text


def test_two_who_correct_lose_nothing(stored_client, stored_app):
    _, decision = decided_on(stored_app, stored_client)
    address = f"/decisions/{decision}/correct"
    stored_client.post(address, {**SITTING, "version": "1", "reasons": "Den enes."})
    page = stored_client.post(address, {**SITTING, "version": "1", "reasons": "Den andens."}, 409).text
    assert "Den enes." in page
    assert "Den andens." in page
    stored_client.post(address, {**SITTING, "version": "2", "reasons": "Den andens."})


def test_a_correction_with_an_error_still_sees_what_another_wrote(client, app):
    _, decision = decided_on(app, client)
    address = f"/decisions/{decision}/correct"
    client.post(address, {**SITTING, "version": "1", "reasons": "Den enes."})
    refused = client.post(address, {**SITTING, "version": "1", "decided_on": "?"}, 400).text
    version = re.search('name="version" value="([0-9]+)"', refused)[1]
    assert "Den enes." in client.post(address, {**SITTING, "version": version}, 409).text


def test_a_decision_that_another_follows_stays_postponed(client, app):
    public_id, first = decided_on(app, client, verdict="postponed")
    decide(client, public_id, decisions="1")
    page = client.post(f"/decisions/{first}/correct", {**SITTING, "version": "1"}, 400).text
    assert "Der kom en ny beslutning bagefter" in page
    client.speak("en")
    client.get(f"/decisions/{first}/correct")


def test_the_form_of_a_correction_shows_what_stands(client, app):
    _, decision = decided_on(
        app, client, verdict="declined", outcome="date", ask_again="12", reasons="Nej tak."
    )
    page = client.get(f"/decisions/{decision}/correct").text
    for shown in ('value="declined" checked', 'value="date" selected', 'value="12" checked', "Nej tak."):
        assert shown in page


# The partner's level


@pytest.mark.parametrize(
    ("outcome", "before", "after"),
    [
        ("none", "glance", "glance"),
        ("date", "glance", "date"),
        ("engagement", "glance", "engagement"),
        ("engagement", "marriage", "marriage"),
        ("date", "separation", "date"),
        ("none", "engagement", "engagement"),
    ],
)
def test_the_level_follows_the_decision_upwards_only(client, app, outcome, before, after):
    public_id = assessed(app)
    with app.app_context():
        partner = db.session.scalar(select(Partner))
        partner.level = before
        db.session.commit()
    propose(client, public_id, outcome, motion_why="Fordi.")
    decide(client, public_id, level="as-decided")
    assert rows(app, Partner)[0].level == after


def test_the_level_s_change_says_which_decision(stored_client, stored_app):
    decided_on(stored_app, stored_client, level="as-decided")
    change = rows(stored_app, LevelChange)[-1]
    assert (change.before, change.after, change.on) == ("glance", "engagement", "2026-01-15")
    assert change.reason.startswith("Besluttet den 15.")
    assert change.created_by == NAME


def test_a_level_of_one_s_own_or_none(client, app):
    decided_on(app, client, level="separation")
    assert rows(app, Partner)[0].level == "separation"
    decided_on(app, client, level="")
    assert rows(app, Partner)[0].level == "separation"


def test_a_conflict_leaves_the_level_alone(stored_client, stored_app):
    public_id, _ = decided_on(stored_app, stored_client)
    decide(stored_client, public_id, 409, level="marriage")
    assert rows(stored_app, Partner)[0].level == "glance"


# How did it go?


def went(client: Client, decision: str, status: int = 303, **fields: str):
    posted = {"went": "better", "on": "2026-06-01", "ask_again": "none", "seen": "0", **fields}
    return client.post(f"/decisions/{decision}/follow-up", posted, status)


@pytest.mark.parametrize(("language", "words"), [("da", "Bedre end håbet"), ("en", "Better than hoped")])
def test_how_it_went_stands_under_the_decision(client, app, language, words):
    public_id, decision = decided_on(app, client)
    client.speak(language)
    client.get(f"/decisions/{decision}/follow-up")
    client.follow(went(client, decision, text="Der kom 80.", ask_again="6", level="marriage"))
    page = client.get(desk(public_id)).text
    assert words in page
    assert "Der kom 80." in page
    (follow_up,) = rows(app, FollowUp)
    assert (follow_up.next_on, follow_up.created_by) == ("2026-12-01", NAME)
    assert rows(app, Partner)[0].level == "marriage"


def test_two_who_say_how_it_went_lose_nothing(stored_client, stored_app):
    _, decision = decided_on(stored_app, stored_client)
    went(stored_client, decision, text="Den enes.")
    page = went(stored_client, decision, 409, text="Den andens.").text
    assert "Den enes." in page
    assert "Den andens." in page
    assert len(rows(stored_app, FollowUp)) == 1


@pytest.mark.parametrize(
    "wrong", [{"went": "so-so"}, {"on": "x"}, {"on": "2199-01-01"}, {"ask_again": "own"}]
)
def test_a_follow_up_that_cannot_be_is_said(client, app, wrong):
    _, decision = decided_on(app, client)
    assert "Behold mig" in went(client, decision, 400, text="Behold mig", **wrong).text


# Hostile input


FIELDS = (
    *("part", "motion", "motion_text", "motion_why", "motion_version", "verdict", "outcome", "reasons"),
    *("conditions", "habilitet", "case_number", "decided_by", "decided_on", "ask_again", "ask_again_on"),
    *("level", "decisions", "version", "went", "text", "on", "seen"),
)
HOSTILE = (
    "\x00",
    "x" * 5000,
    "<script>alert(1)</script>",
    "\ud7ff\ufffe",
    "9" * 400,
    "-1",
    "²",
    "2026-13-45",
)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_fields_get_an_answer(client, app, what):
    public_id, decision = decided_on(app, client)
    other = assessed(app)
    propose(client, other, "engagement")
    for address in (desk(other), f"/decisions/{decision}/correct", f"/decisions/{decision}/follow-up"):
        for part in ("motion", "decision", what):
            for posted in (dict.fromkeys(FIELDS, what), {key: [what, what] for key in FIELDS}):
                client.get("/decisions")
                body = {**posted, "part": part, "csrf_token": client.token}
                reply = client.http.post(address, data=body)
                assert reply.status_code in (303, 400, 409), address
                assert "<script>alert" not in reply.text
    assert client.get(desk(public_id))


def test_what_is_missing_is_said(client, app):
    public_id, decision = decided_on(app, client)
    for address in (desk(public_id), f"/decisions/{decision}/correct", f"/decisions/{decision}/follow-up"):
        client.post(address, {}, 400)
    client.post(desk(public_id), {"part": "decision"}, 400)


@pytest.mark.parametrize(
    "page", ["/decisions/%s/correct", "/decisions/%s/follow-up", "/assessments/%s/decision"]
)
def test_what_is_not_there_is_not_found(client, page):
    client.get(page % ("x" * 22), 404)
    client.post(page % ("x" * 22), {}, 404)


def test_typed_text_is_text(client, app):
    typed = "<b>x</b> {{ 7*7 }} %(who)s"
    public_id, decision = decided_on(app, client, reasons=typed, decided_by=typed, habilitet=typed)
    went(client, decision, text=typed)
    page = client.get(desk(public_id)).text
    assert "<b>x</b>" not in page
    assert "{{ 7*7 }}" in page


def test_the_example_can_be_decided_and_counts_nowhere(client, app):
    public_id = assessed(app, origin="example")
    page = client.get(desk(public_id)).text
    assert "Det tæller ikke med i nogen liste." in page
    propose(client, public_id, "engagement")
    assert "Intet venter på beslutning." in client.get("/decisions").text
    decide(client, public_id, ask_again="own", ask_again_on="2026-01-16", level="as-decided")
    assert decision_of(client, public_id)
    assert "Intet er besluttet endnu." in client.get("/decisions/record").text
    assert "Der er ingen opfølgning i dag." in client.get("/decisions").text
