"""One partner: written in, changed by two at once, in touch with, and its level with a reason."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.organisation.models import Organisation
from app.partners import timeline
from app.partners.models import LEVELS
from app.partners.story import OPEN
from app.platform.database import writing
from tests.partners.ways import contacts_at, note, partner_at, put_in
from tests.web import NAME, begin, count_queries

NASTY = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ufffe",
    "-1",
    "9" * 30,
    "[]",
    "{{ 7 * 7 }}",
    "%(x)s",
    "<b>",
    "x" * 5000,
    "😀",
]
PARTS = ["", "/edit", "/level", "/merge", "/erase", "/personal-data.json"]
FIELDS = {
    "/new": ["name", "sector", "owner", "about", "contact_name", "contact_email", "contact_phone", "level"],
    "/edit": ["name", "sector", "about", "contact_email", "row_version", "despite"],
    "/contacts": ["on", "kind", "text"],
    "/level": ["level", "reason", "shown"],
    "/merge": ["other", "sure", "kept_version", "gone_version"],
    "/erase": ["sure"],
}


def facts(client, address: str, **changes) -> dict:
    """What the page of facts would post if only ``changes`` were written."""
    partner = partner_at(client, address)
    names = ("name", "sector", "owner", "about", "row_version")
    people = ("contact_name", "contact_role", "contact_email", "contact_phone")
    return {**{name: getattr(partner, name) for name in (*names, *people)}, **changes}


def test_a_name_is_enough(stored_client):
    partner = partner_at(stored_client, put_in(stored_client, "  Teater  foreningen "))
    assert (partner.name, partner.level, partner.created_by) == ("Teater foreningen", "glance", NAME)


def test_a_partner_needs_a_name(client):
    page = client.post("/partners/new", {"name": "  ", "level": "glance", "about": "Godt"}, 400).text
    assert "<title>Fejl:" in page
    assert "Godt" in page


def test_a_new_partner_comes_in_with_its_level_and_why(stored_client):
    address = put_in(stored_client, level="date", reason="Fastelavn sammen i 2025")
    page = stored_client.get(address).text
    assert "Kom ind i registret: Afgrænset samarbejde" in page
    assert "Fastelavn sammen i 2025" in page


def test_a_similar_name_is_shown_before_another_is_made(stored_client):
    address = put_in(stored_client, "Teaterforeningen i Aarhus")
    posted = {"name": "teaterforeningen i århus", "level": "glance", "about": "Ny"}
    page = stored_client.post("/partners/new", posted, 409).text
    assert f'href="{address}"' in page
    assert "Ny</textarea>" in page
    assert stored_client.post("/partners/new", {**posted, "despite": "yes"}).headers["Location"] != address


def test_a_partner_may_keep_its_name(client):
    address = put_in(client, "Teatret")
    client.post(f"{address}/edit", facts(client, address, about="Nyt"))
    assert partner_at(client, address).about == "Nyt"


def test_changing_a_name_changes_where_it_is_found(stored_client):
    address = put_in(stored_client, "Teatret")
    stored_client.post(f"{address}/edit", facts(stored_client, address, name="Østfronten"))
    assert "Østfronten" in stored_client.get("/partners?q=ØST").text


def test_two_at_once_lose_nothing(stored_client):
    address = put_in(stored_client, "Teatret", about="Først", owner="Bo")
    mine = facts(stored_client, address, about="Mit")
    stored_client.post(f"{address}/edit", facts(stored_client, address, about="<Deres>", owner=""))
    page = stored_client.post(f"{address}/edit", mine, 409).text
    assert "Mit</textarea>" in page
    assert "»&lt;Deres&gt;«" in page
    assert partner_at(stored_client, address).about == "<Deres>"
    version = re.search(r'name="row_version" value="(\d+)"', page)[1]
    stored_client.post(f"{address}/edit", {**mine, "row_version": version})
    assert partner_at(stored_client, address).about == "Mit"


def test_noting_a_contact_disturbs_nobody_who_is_writing(stored_client):
    address = put_in(stored_client)
    mine = facts(stored_client, address, about="Mit")
    note(stored_client, address)
    stored_client.post(f"{address}/level", {"level": "date", "reason": "Prøve", "shown": "glance"})
    stored_client.post(f"{address}/edit", mine)
    assert partner_at(stored_client, address).level == "date"


def test_a_contact_is_noted_from_the_page(stored_client):
    address = put_in(stored_client)
    page = stored_client.get(address).text
    assert re.search(r'type="date"[^>]+value="\d{4}-\d\d-\d\d"', page), "the day stands there already"
    note(stored_client, address, "Kaffe på havnen", "2026-11-20", "visit")
    page = stored_client.get(address).text
    assert "Kontakten er noteret." in page
    assert "Kaffe på havnen" in page
    stored_client.speak("en")
    page = stored_client.get(address).text
    assert "Visit" in page
    assert "Besøg" not in page


@pytest.mark.parametrize("wrong", [{"text": ""}, {"on": "i går"}, {"kind": "gossip"}, {"on": "2026-02-30"}])
def test_a_contact_that_lacks_something_is_kept_on_the_page(client, wrong):
    address = put_in(client)
    posted = {"on": "2026-11-20", "kind": "call", "text": "Noget sagt", **wrong}
    page = client.post(f"{address}/contacts", posted, 400).text
    assert wrong.get("text", "Noget sagt") in page
    assert contacts_at(client, address) == []


def test_a_contact_is_corrected_with_both_names(stored_client):
    address = put_in(stored_client)
    note(stored_client, address, "Kafe")
    with stored_client.http.session_transaction() as session:
        session["name"] = "Bo"
    path = f"{address}/contacts/{contacts_at(stored_client, address)[0].public_id}"
    assert "Kafe" in stored_client.get(path).text
    stored_client.post(path, {"on": "2026-11-21", "kind": "call", "text": "Kaffe", "row_version": "1"})
    contact = contacts_at(stored_client, address)[0]
    assert (contact.on, contact.text, contact.created_by, contact.corrected_by) == (
        *("2026-11-21", "Kaffe"),
        *(NAME, "Bo"),
    )
    assert f"{NAME}, rettet af Bo" in stored_client.get(address).text


def test_a_contact_that_another_corrected_is_not_overwritten_unseen(stored_client):
    address = put_in(stored_client)
    note(stored_client, address, "Første")
    path = f"{address}/contacts/{contacts_at(stored_client, address)[0].public_id}"
    posted = {"on": "2026-11-21", "kind": "call", "row_version": "1"}
    stored_client.post(path, {**posted, "text": "Deres"})
    page = stored_client.post(path, {**posted, "text": "Mit"}, 409).text
    assert "»Deres«" in page
    assert 'value="Mit"' in page
    stored_client.post(path, {"remove": "yes", "row_version": "1"}, 409)
    assert [each.text for each in contacts_at(stored_client, address)] == ["Deres"]


def test_a_contact_is_removed(stored_client):
    address = put_in(stored_client)
    note(stored_client, address, "Forkert partner")
    path = f"{address}/contacts/{contacts_at(stored_client, address)[0].public_id}"
    stored_client.post(path, {"remove": "yes", "row_version": "1"})
    assert contacts_at(stored_client, address) == []
    stored_client.get(path, 404)
    assert partner_at(stored_client, address).updated_by == NAME


def test_a_contact_is_only_found_at_its_own_partner(client):
    one, other = put_in(client, "Teatret"), put_in(client, "Museet")
    note(client, one)
    client.get(f"{other}/contacts/{contacts_at(client, one)[0].public_id}", 404)


def test_any_level_can_follow_any_other_with_a_reason(stored_client):
    address = put_in(stored_client)
    for before, after in itertools.pairwise((*LEVELS, *reversed(LEVELS[:-1]))):
        posted = {"level": after, "shown": before}
        stored_client.post(f"{address}/level", {**posted, "reason": ""}, 400)
        stored_client.post(f"{address}/level", {**posted, "reason": f"Fra {before} til {after}"})
        assert partner_at(stored_client, address).level == after
    page = stored_client.get(address).text
    assert "Fra marriage til separation" in page
    assert "(før: Afgrænset samarbejde)" in page


def test_the_reason_of_a_level_is_corrected_with_both_names(stored_client):
    address = put_in(stored_client, level="date", reason="Anne ville\r\nselv")
    path = re.search(rf'href="({address}/level/\d+)"', stored_client.get(address).text)[1]
    shown = "Anne ville\nselv"
    with stored_client.http.session_transaction() as session:
        session["name"] = "Bo"
    assert "Anne ville" in stored_client.get(path).text
    stored_client.post(path, {"shown": shown, "reason": "De ville selv"})
    page = stored_client.get(address).text
    assert "De ville selv" in page
    assert f"{NAME}, rettet af Bo" in page
    page = stored_client.post(path, {"shown": shown, "reason": "Mit"}, 409).text
    assert "»De ville selv«" in page
    assert "Mit</textarea>" in page
    stored_client.post(path, {"reason": "x" * 4000}, 400)
    other = put_in(stored_client, "Museet")
    for wrong in (f"{other}/level/{path.rpartition('/')[2]}", f"{address}/level/{10**30}"):
        stored_client.get(wrong, 404)


def test_the_level_page_tells_what_each_needs(client):
    address = put_in(client)
    assert client.get(f"{address}/level").text.count("Det kræver") == len(LEVELS)
    client.speak("en")
    assert client.get(f"{address}/level").text.count("It needs") == len(LEVELS)


def test_a_level_that_another_changed_is_shown_first(stored_client):
    address = put_in(stored_client)
    posted = {"shown": "glance", "reason": "Fordi"}
    stored_client.post(f"{address}/level", {**posted, "level": "date"})
    page = stored_client.post(f"{address}/level", {**posted, "level": "engagement"}, 409).text
    assert "Afgrænset samarbejde" in page
    assert partner_at(stored_client, address).level == "date"
    stored_client.post(f"{address}/level", {**posted, "level": "date", "shown": "date"}, 400)


def test_a_level_without_a_reason_still_sees_what_another_chose(client):
    address = put_in(client)
    client.post(f"{address}/level", {"shown": "glance", "level": "date", "reason": "En aften."})
    refused = client.post(f"{address}/level", {"shown": "glance", "level": "engagement"}, 400).text
    shown = re.search('name="shown" value="([a-z]+)"', refused)[1]
    again = {"shown": shown, "level": "engagement", "reason": "Et år."}
    client.post(f"{address}/level", again, 409)


def test_an_assessment_stands_on_the_timeline_of_its_partner(stored_client):
    begin(stored_client, partner="Teatret", proposal="En sommerfestival")
    address = re.search(r'href="(/partners/[\w-]{22})"', stored_client.get("/partners").text)[1]
    assert "En sommerfestival" in stored_client.get(address).text


def test_two_assessments_can_be_compared_and_one_cannot(client):
    begin(client, partner="Teatret")
    address = re.search(r'href="(/partners/[\w-]{22})"', client.get("/partners").text)[1]
    assert "Sammenlign to vurderinger" not in client.get(address).text
    begin(client, partner="Teatret")
    is_there = "comparisons.comparison" in client.app.view_functions
    assert ("Sammenlign to vurderinger" in client.get(address).text) == is_there


def test_a_new_partner_is_offered_to_who_owns_most(stored_client):
    with stored_client.app.app_context(), writing() as session:
        session.add(Organisation(default_owner="Sanne Lind", updated_by="Karen"))
    assert 'value="Sanne Lind"' in stored_client.get("/partners/new").text


def test_a_long_story_is_folded(client):
    address = put_in(client)
    for each in range(OPEN + 5):
        note(client, address, f"Snak {each}", f"{2026 - each // 20}-01-{each % 20 + 1:02}")
    page = client.get(address).text
    assert "Tidligere:" in page
    assert all(f"Snak {each}" in page for each in range(OPEN + 5))
    assert re.search(r"<details[^>]*>\s*<summary>Tidligere", page)


def test_what_happened_last_comes_first(stored_client):
    address = put_in(stored_client)
    for day in ("2025-05-01", "2026-05-01", "2024-05-01"):
        note(stored_client, address, f"Den {day}", day)
    page = stored_client.get(address).text
    assert re.findall(r"Den (\d{4})-05-01", page) == ["2026", "2025", "2024"]


def test_a_page_takes_the_same_queries_however_long_the_story(stored_app, stored_client):
    address = put_in(stored_client)
    counts = []
    for number in (2, 30):
        for _ in range(number):
            note(stored_client, address)
        stored_client.get(address)
        with count_queries(stored_app) as queries:
            stored_client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_a_source_that_is_added_twice_speaks_once():
    before = list(timeline._SOURCES)
    for source in before:
        timeline.add_source(source)
    assert before == timeline._SOURCES


def test_what_is_typed_is_shown_as_it_was_typed(stored_client):
    hostile = '<script>alert("1")</script>{{ 7 * 7 }}'
    address = put_in(
        stored_client, hostile, about=hostile, owner=hostile, contact_name=hostile, reason=hostile
    )
    note(stored_client, address, hostile)
    for path in (address, f"{address}/edit", f"{address}/merge", f"{address}/erase", "/partners"):
        page = stored_client.get(path).text
        assert "<script>alert" not in page
        assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("form", FIELDS)
def test_every_form_survives_every_nasty_value(client, form):
    address = put_in(client)
    path = f"/partners{form}" if form == "/new" else address + form
    for field, value in itertools.product([*FIELDS[form], "nobody-asked"], NASTY):
        response = client.http.post(path, data={field: [value, "date"], "csrf_token": client.token})
        assert response.status_code in (303, 400, 409, 404)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mixture_of_fields_survives(client, data):
    address = put_in(client)
    form = data.draw(st.sampled_from(sorted(FIELDS)))
    path = f"/partners{form}" if form == "/new" else address + form
    value = st.one_of(
        st.sampled_from([*NASTY, "date", "2026-11-22", "call", "Teatret"]), st.text(max_size=20)
    )
    posted = data.draw(st.dictionaries(st.sampled_from(FIELDS[form]), st.lists(value, max_size=3)))
    response = client.http.post(path, data={**posted, "csrf_token": client.token})
    assert response.status_code in (303, 400, 404, 409)
    client.check(response)


def test_nobody_is_404(client):
    for part in PARTS:
        client.get(f"/partners/{'x' * 22}{part}", 404)


def test_a_look_writes_nothing(stored_app, stored_client):
    address = put_in(stored_client, contact_name="Anne")
    with count_queries(stored_app) as queries:
        for part in PARTS:
            stored_client.get(address + part)
    assert [
        each for each in queries if not each.lstrip().upper().startswith(("SELECT", "BEGIN", "PRAGMA"))
    ] == []


def test_an_e_mail_address_says_no_more_than_whom_to_write_to(client):
    """What stands behind a question mark would fill in the letter, and to whom else it goes."""
    page = client.follow(
        client.post("/partners/new", {"name": "Et", "level": "glance", "contact_email": "ida@teater.dk"})
    ).text
    assert 'href="mailto:ida@teater.dk"' in page
    odd = {"name": "Et andet", "level": "glance", "contact_email": "ida?bcc=x@teater.dk"}
    assert 'href="mailto:ida%3Fbcc%3Dx@teater.dk"' in client.follow(client.post("/partners/new", odd)).text
