"""Ways to a partner that tests of this room share."""

from sqlalchemy import select

from app.partners.models import Partner, PartnerContact
from app.platform.database import db


def put_in(client, name="Teatret", **facts) -> str:
    """Put a partner into the register and return the address of its page."""
    posted = {"name": name, "level": "glance", "despite": "yes", **facts}
    return client.post("/partners/new", posted).headers["Location"]


def partner_at(client, address: str) -> Partner:
    """What is stored of the partner with this address."""
    public_id = address.rpartition("/")[2]
    with client.app.app_context():
        return db.session.execute(select(Partner).where(Partner.public_id == public_id)).scalar_one()


def contacts_at(client, address: str) -> list[PartnerContact]:
    partner = partner_at(client, address)
    with client.app.app_context():
        found = select(PartnerContact).where(PartnerContact.partner_id == partner.id)
        return list(db.session.execute(found.order_by(PartnerContact.id)).scalars())


def note(client, address: str, text="Kaffe på havnen", on="2026-11-20", kind="meeting") -> None:
    client.post(f"{address}/contacts", {"on": on, "kind": kind, "text": text})
