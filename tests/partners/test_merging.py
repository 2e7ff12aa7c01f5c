"""Two entries that were one partner become one: nothing is lost, and the old address still leads there."""

import re
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.assessments import operations as starting
from app.assessments.models import Assessment
from app.partners import operations, reading
from app.partners.models import CONTACT_PERSON, LevelChange, Partner, PartnerContact
from app.platform.conflicts import ChangedMeanwhile
from app.platform.database import db, writing
from tests.partners.ways import contacts_at, note, partner_at, put_in
from tests.web import NAME, Client, begin, meanwhile

EVERYTHING = (PartnerContact, LevelChange, Assessment)


def merge(client, kept: str, gone: str, status: int = 303, **changes):
    versions = {
        "kept_version": partner_at(client, kept).row_version,
        "gone_version": partner_at(client, gone).row_version,
    }
    posted = {"other": gone.rpartition("/")[2], "sure": "yes", **versions, **changes}
    return client.post(f"{kept}/merge", {name: value for name, value in posted.items() if value}, status)


def counts(client, address: str) -> list[int]:
    """How many contacts, level changes and assessments a partner has."""
    partner_id = partner_at(client, address).id
    with client.app.app_context():
        return [
            db.session.execute(
                select(func.count()).select_from(each).where(each.partner_id == partner_id)
            ).scalar_one()
            for each in EVERYTHING
        ]


@pytest.fixture
def context(stored_app):
    with stored_app.app_context():
        yield stored_app


def test_the_sum_of_both_is_kept(stored_client):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    for address, name, number in ((kept, "Teatret", 2), (gone, "Teateret", 3)):
        for _ in range(number):
            note(stored_client, address)
            begin(stored_client, partner=name)
    both = [sum(each) for each in zip(counts(stored_client, kept), counts(stored_client, gone), strict=True)]
    merge(stored_client, kept, gone)
    assert counts(stored_client, kept) == both == [5, 2, 5]
    assert counts(stored_client, gone) == [0, 0, 0]


def test_everything_comes_to_stand_on_one_timeline(stored_client):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    note(stored_client, kept, "Kaffe")
    note(stored_client, gone, "Te")
    begin(stored_client, partner="Teateret", proposal="En sommerfestival")
    merge(stored_client, kept, gone)
    page = stored_client.get(kept).text
    for words in ("Kaffe", "Te", "En sommerfestival", "Lagt sammen med Teateret", NAME):
        assert words in page
    assert stored_client.get("/partners").text.count('<th scope="row">') == 1


def test_the_address_of_the_one_that_went_leads_to_the_kept_one(stored_client):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    merge(stored_client, kept, gone)
    assert stored_client.get(gone, 303).headers["Location"] == kept
    note(stored_client, gone, "Til den gamle adresse")
    assert [each.text for each in contacts_at(stored_client, kept)] == ["Til den gamle adresse"]
    for part in ("/edit", "/level", "/erase", "/merge", "/personal-data.json"):
        stored_client.get(gone + part)


def test_facts_are_kept_and_gaps_are_filled(stored_client):
    kept = put_in(stored_client, "Teatret", owner="Bo", level="date")
    gone = put_in(stored_client, "Teateret", owner="Ida", sector="civil", about="God scene", level="marriage")
    merge(stored_client, kept, gone)
    partner = partner_at(stored_client, kept)
    assert (partner.name, partner.owner, partner.level) == ("Teatret", "Bo", "date")
    assert (partner.sector, partner.about) == ("civil", "God scene")


def test_two_people_are_never_mixed_into_a_third(stored_client):
    kept = put_in(stored_client, "Teatret", contact_name="Anne")
    gone = put_in(stored_client, "Teateret", contact_name="Bent", contact_phone="12345678")
    page = stored_client.get(f"{kept}/merge?other={gone.rpartition('/')[2]}").text
    assert "det, der er gemt om den anden, slettes" in page
    merge(stored_client, kept, gone)
    partner = partner_at(stored_client, kept)
    assert (partner.contact_name, partner.contact_phone) == ("Anne", "")
    left = partner_at(stored_client, gone)
    assert not any(getattr(left, column) for column in CONTACT_PERSON), "nobody would find it there"


def test_a_person_comes_along_whole_where_none_was_known(stored_client):
    kept = put_in(stored_client, "Teatret")
    gone = put_in(stored_client, "Teateret", contact_name="Bent", contact_phone="12345678")
    merge(stored_client, kept, gone)
    partner = partner_at(stored_client, kept)
    assert (partner.contact_name, partner.contact_phone, partner.contact_by) == ("Bent", "12345678", NAME)


def test_a_chain_leads_to_its_end(stored_client):
    first, second, third = (put_in(stored_client, name) for name in ("Et", "To", "Tre"))
    merge(stored_client, second, first)
    merge(stored_client, third, second)
    assert stored_client.get(first, 303).headers["Location"] == third
    page = stored_client.get(third).text
    assert "Lagt sammen med Et" in page
    assert "Lagt sammen med To" in page


def test_it_asks_once_more(stored_client):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    assert "Det kan ikke fortrydes" in stored_client.get(f"{kept}/merge?other={gone.rpartition('/')[2]}").text
    merge(stored_client, kept, gone, 400, sure="")
    assert partner_at(stored_client, gone).merged_into_id is None
    stored_client.speak("en")
    assert "It cannot be undone" in stored_client.get(f"{kept}/merge?other={gone.rpartition('/')[2]}").text


def test_nobody_is_merged_with_themselves(stored_client):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    merge(stored_client, kept, kept, 400)
    merge(stored_client, kept, gone)
    for one, other in ((kept, gone), (gone, kept), (gone, gone)):
        merge(stored_client, one, other, 400)
    assert partner_at(stored_client, kept).merged_into_id is None


def test_one_that_changed_in_the_meantime_is_shown_again(stored_client):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    page = merge(stored_client, kept, gone, 409, gone_version="77").text
    assert "ændret i mellemtiden" in page
    assert partner_at(stored_client, gone).merged_into_id is None


def test_the_other_is_found_by_its_name(client):
    kept, gone = put_in(client, "Teatret"), put_in(client, "Teateret")
    far = put_in(client, "Folkescenen")
    alike = client.get(f"{kept}/merge").text
    assert gone.rpartition("/")[2] in alike
    assert far.rpartition("/")[2] not in alike
    assert far.rpartition("/")[2] in client.get(f"{kept}/merge?q=scene").text
    assert f"other={kept.rpartition('/')[2]}" not in client.get(f"{kept}/merge?q=teatret").text


def test_a_name_that_went_leads_to_who_was_kept(context):
    def named(name: str) -> int:
        with writing() as session:
            return operations.partner_named(session, name, "Karen")

    kept, gone = named("Teatret"), named("Teateret")
    operations.merge(kept, gone, (1, 1), "Karen")
    assert named("Teateret") == named("Teatret") == kept


@pytest.mark.parametrize(("one", "other"), [(0, 0), (0, 1), (1, 0), (2, 1)])
def test_what_is_merged_already_is_refused(context, one, other):
    ids = []
    for name in ("Et", "To", "Tre"):
        with writing() as session:
            ids.append(operations.partner_named(session, name, "Karen"))
    operations.merge(ids[0], ids[1], (1, 1), "Karen")
    versions = tuple(db.session.get(Partner, ids[each]).row_version for each in (one, other))
    with pytest.raises(operations.CannotMerge):
        operations.merge(ids[one], ids[other], versions, "Karen")


STEP = st.tuples(st.sampled_from(["contact", "level", "merge"]), st.integers(0, 3), st.integers(0, 3))


def take(step: tuple[str, int, int], ids: list[int]) -> str:
    """Take a step as a page would, on partners that are not gone; return what was written."""
    kind, one, other = step
    partner, second = (db.session.get(Partner, ids[each]) for each in (one, other))
    if partner.merged_into_id is not None:
        return ""
    if kind == "contact":
        operations.log_contact(partner.id, "2026-11-22", "call", "Snak", "Karen")
    elif kind == "level":
        wanted = "date" if partner.level == "glance" else "glance"
        operations.change_level(partner.id, partner.level, wanted, "Fordi", "Karen")
    elif second.merged_into_id is None and second is not partner:
        operations.merge(partner.id, second.id, (partner.row_version, second.row_version), "Karen")
    return kind


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_nothing_is_lost_in_any_row_of_merges(app, steps):
    """All that was written belongs to a partner that is there, and each address is one step from it."""
    with app.app_context():
        ids = []
        for _ in range(4):
            with writing() as session:
                ids.append(operations.partner_named(session, f"Partner {secrets.token_hex(8)}", "Karen"))
        taken = [take(step, ids) for step in steps]
        there = {each for each in ids if db.session.get(Partner, each).merged_into_id is None}
        ours = {each: db.session.get(Partner, each).merged_into_id for each in ids}
        assert {end for end in ours.values() if end is not None} <= there
        assert rows(PartnerContact, there) == taken.count("contact")
        assert rows(LevelChange, there) == taken.count("level") + len(ids)


def rows(table: type, partners: set[int]) -> int:
    counted = select(func.count()).select_from(table).where(table.partner_id.in_(partners))
    return db.session.execute(counted).scalar_one()


def test_what_was_written_meanwhile_reaches_the_kept_one(context):
    ids = []
    for name in ("Teatret", "Teateret"):
        with writing() as session:
            ids.append(operations.partner_named(session, name, "Karen", contact="Anne"))
    kept, gone = ids
    operations.merge(kept, gone, (1, 1), "Karen")
    operations.log_contact(gone, "2026-11-22", "call", "Snak", "Bo")
    operations.erase_contact_person(gone, "Bo")
    assert rows(PartnerContact, {kept}) == 1
    assert db.session.get(Partner, kept).contact_name == ""
    with pytest.raises(ChangedMeanwhile):
        operations.change_level(gone, "glance", "date", "Fordi", "Bo")


# A page stands open meanwhile


def test_a_form_of_the_one_that_went_overwrites_nothing_of_the_kept_one(stored_client):
    kept, gone = put_in(stored_client, "Teatret", about="Vores"), put_in(stored_client, "Teateret")
    stored_client.post(f"{gone}/edit", {"name": "Teateret", "row_version": "1"})
    shown = {"name": "Teateret", "about": "Mit", "despite": "yes", "row_version": "2"}
    merge(stored_client, kept, gone)
    assert partner_at(stored_client, kept).row_version == 2, "the same number, and another partner"
    page = stored_client.post(f"{gone}/edit", shown, 409).text
    assert "Mit</textarea>" in page
    assert "»Vores«" in page
    assert partner_at(stored_client, kept).about == "Vores"
    address, version = re.search(
        r'action="(/partners/[^"]+)".*?"row_version" value="(\d+)"', page, re.S
    ).groups()
    stored_client.post(address, {**shown, "row_version": version})
    assert partner_at(stored_client, kept).about == "Mit", "saved again"


def test_whoever_would_erase_one_person_does_not_erase_another(stored_client):
    kept = put_in(stored_client, "Teatret", contact_name="Anne")
    gone = put_in(stored_client, "Teateret", contact_name="Bent")
    merge(stored_client, kept, gone)
    page = stored_client.follow(stored_client.post(f"{gone}/erase")).text
    assert "Intet er slettet endnu" in page
    assert partner_at(stored_client, kept).contact_name == "Anne"
    stored_client.follow(stored_client.post(f"{kept}/erase"))
    assert partner_at(stored_client, kept).contact_name == ""
    stored_client.speak("en")
    page = stored_client.follow(stored_client.post(f"{gone}/erase")).text
    assert "Nothing is erased yet" in page


def test_nobody_is_merged_who_was_not_shown(stored_client):
    one, other, third = (put_in(stored_client, name) for name in ("Et", "To", "Tre"))
    merge(stored_client, third, other)
    assert partner_at(stored_client, third).row_version == 2
    page = merge(stored_client, one, other, 409).text
    assert "Se en gang til" in page
    assert "Tre" in page
    assert partner_at(stored_client, third).merged_into_id is None
    merge(stored_client, one, third)


def test_what_is_begun_with_one_that_goes_belongs_to_the_kept_one(stored_client, monkeypatch):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    address = f"/assessments/new?questionnaire=new-partner&partner={gone.rpartition('/')[2]}"
    stored_client.get(address)
    meanwhile(monkeypatch, starting, lambda: merge(Client(stored_client.app), kept, gone))
    stored_client.post(address, {"partner": "Teateret", "proposal": "En festival"})
    assert partner_at(stored_client, gone).merged_into_id
    assert counts(stored_client, kept)[-1] == 1


@pytest.mark.parametrize("part", ["contacts", "level"])
def test_what_was_noted_is_found_also_while_its_partner_is_merged_with_another(
    stored_client, monkeypatch, part
):
    kept, gone = put_in(stored_client, "Teatret"), put_in(stored_client, "Teateret")
    note(stored_client, gone)
    page = re.search(rf"{gone}/{part}/[\w-]+", stored_client.get(gone).text)[0]
    partner_with, merges = reading.partner_with, [lambda: merge(Client(stored_client.app), kept, gone)]

    def merged_meanwhile(public_id: str) -> Partner:
        found = partner_with(public_id)
        while merges:
            other = threading.Thread(target=merges.pop())
            other.start()
            other.join()
        return found

    monkeypatch.setattr(reading, "partner_with", merged_meanwhile)
    stored_client.get(page)
    assert partner_at(stored_client, gone).merged_into_id


def test_who_merges_and_who_writes_wait_for_each_other_and_never_both(stored_client):
    app = stored_client.app
    for number in range(3):
        kept, gone = put_in(stored_client, f"Teatret {number}"), put_in(stored_client, f"Teateret {number}")
        assessed = begin(stored_client, partner=f"Teateret {number}").removesuffix("/subject")
        note(stored_client, gone)
        contact = f"{gone}/contacts/{contacts_at(stored_client, gone)[0].public_id}"
        said = {"on": "2026-11-20", "kind": "call", "text": "Talte med dem", "row_version": "1"}
        sure = {"sure": "yes", "other": gone.rpartition("/")[2], "kept_version": "1", "gone_version": "1"}
        forms = [
            (f"{kept}/merge", sure),
            (f"{assessed}/copy", {}),
            (contact, said),
            (f"{gone}/contacts", said),
        ]
        everybody = [(Client(app), address, form) for address, form in forms]
        for person, _address, _form in everybody:
            person.get("/")
        with ThreadPoolExecutor(len(forms)) as pool:
            for posted in [pool.submit(person.post, address, form) for person, address, form in everybody]:
                assert posted.result().status_code == 303
        assert counts(stored_client, kept) == [2, 2, 2]
        assert counts(stored_client, gone) == [0, 0, 0]
