"""What is stored of the person at a partner, as a file that the person can be given."""

from __future__ import annotations

from typing import Any

from app.partners.mentions import Passage
from app.partners.models import CONTACT_PERSON, Partner


def personal_data(partner: Partner, mentions: list[Passage]) -> dict[str, Any]:
    """Return plain data: the stored facts, since when and by whom, and where else the person may be named."""
    return {
        "partner": partner.name,
        "contact": {column.removeprefix("contact_"): getattr(partner, column) for column in CONTACT_PERSON},
        "written_by": partner.contact_by,
        "written_at": partner.contact_at.isoformat() if partner.contact_at else None,
        "erased_at": partner.erased_at.isoformat() if partner.erased_at else None,
        "may_also_stand_in": [
            {"kind": each.kind, "on": each.on or None, "text": each.text} for each in mentions
        ],
    }
