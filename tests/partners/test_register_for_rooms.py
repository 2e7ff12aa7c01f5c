"""What other rooms rely on: a partner is found by its name, and its level changes with a reason."""

import pytest
from sqlalchemy import select

from app.partners import operations, reading
from app.partners.models import LEVELS, SECTORS, LevelChange, Partner
from app.partners.words import level_words, sector_words
from app.platform.database import db, writing


@pytest.fixture
def context(stored_app):
    with stored_app.app_context():
        yield stored_app


def named(name: str, **facts) -> int | None:
    with writing() as session:
        return operations.partner_named(session, name, "Karen", **facts)


def changes(partner_id: int) -> list[LevelChange]:
    return list(
        db.session.execute(
            select(LevelChange).where(LevelChange.partner_id == partner_id).order_by(LevelChange.id)
        ).scalars()
    )


def test_a_name_that_nobody_has_makes_a_partner_we_have_contact_with(context):
    partner = db.session.get(Partner, named("  Café  Mellem ", sector="civil", owner="Bo", contact="Anne"))
    assert (partner.name, partner.level, partner.sector) == ("Café Mellem", "glance", "civil")
    assert (partner.owner, partner.contact_name, partner.created_by) == ("Bo", "Anne", "Karen")
    assert [(each.before, each.after) for each in changes(partner.id)] == [("", "glance")]


@pytest.mark.parametrize("other", ["CAFÉ MELLEM", " cafe mellem ", "Café\tMellem", "Cafe\u0301 Mellem"])
def test_a_name_is_found_however_it_is_written(context, other):
    assert named("Café Mellem") == named(other, owner="somebody else")


def test_the_ring_makes_another_letter(context):
    assert named("Bål") != named("Bal")


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_name_is_nobody(context, blank):
    assert named(blank) is None


def test_a_name_is_as_long_as_its_column(context):
    partner = db.session.get(Partner, named("ﷺ" * 400, contact="x" * 400, owner="y" * 400))
    assert (len(partner.name), len(partner.contact_name), len(partner.owner)) == (300, 200, 200)


def test_a_level_changes_with_its_reason(context):
    partner_id = named("Teatret")
    with writing() as session:
        operations.set_level(session, partner_id, "date", "It was approved", "Bo", "2026-11-22")
    assert db.session.get(Partner, partner_id).level == "date"
    last = changes(partner_id)[-1]
    assert (last.before, last.after, last.reason) == ("glance", "date", "It was approved")
    assert (last.created_by, last.on) == ("Bo", "2026-11-22")


def test_the_same_level_is_no_change(context):
    partner_id = named("Teatret")
    with writing() as session:
        operations.set_level(session, partner_id, "glance", "Nothing new", "Bo", "2026-11-22")
    assert len(changes(partner_id)) == 1


def test_every_level_and_sector_has_words(context):
    with context.test_request_context():
        assert len({level_words(level).title for level in LEVELS}) == len(LEVELS)
        assert all(sector_words(sector) for sector in SECTORS)


def test_names_to_choose_from_are_in_alphabetical_order(context):
    for name in ("Teatret", "Museet"):
        named(name)
    assert reading.all_names() == ["Museet", "Teatret"]
