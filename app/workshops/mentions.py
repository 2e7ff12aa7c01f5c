"""The free texts of a partner's workshops, where somebody may have named a person.

What single persons answer is not among them: nobody sees it, and it is erased when the workshop closes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import Select, select

from app.partners.mentions import Passage
from app.platform.database import db
from app.platform.text import texts_in
from app.workshops.models import Participant, RoomAnswer, Workshop, WorkshopAction


def passages(partner_id: int) -> list[Passage]:
    """Return every text of a partner's workshops, in four queries."""
    workshops = select(Workshop.public_id, Workshop.on, Workshop).order_by(Workshop.id)
    agreed = select(Workshop.public_id, Workshop.on, RoomAnswer).join(
        RoomAnswer, RoomAnswer.workshop_id == Workshop.id
    )
    actions = select(Workshop.public_id, Workshop.on, WorkshopAction).join(
        WorkshopAction, WorkshopAction.workshop_id == Workshop.id
    )
    people = select(Workshop.public_id, Workshop.on, Participant).join(
        Participant, Participant.workshop_id == Workshop.id
    )
    return [
        *_written(workshops, partner_id, ("subject", "kept")),
        *_written(agreed.order_by(RoomAnswer.id), partner_id, ("answer", "reason", "minority")),
        *_written(actions.order_by(WorkshopAction.id), partner_id, ("what", "who")),
        *_written(people.order_by(Participant.id), partner_id, ("name",)),
    ]


def _written(
    statement: Select[str, str, Any], partner_id: int, columns: tuple[str, ...]
) -> Iterator[Passage]:
    for public_id, on, row in db.session.execute(statement.where(Workshop.partner_id == partner_id)):
        texts = dict.fromkeys(texts_in([_part(row, column) for column in columns]))
        address = url_for("workshops.conduct", public_id=public_id)
        yield from (Passage("workshop", text, on, address) for text in texts)


def _part(row: Any, column: str) -> Any:
    """Return what stands in a column; of what a closed workshop keeps, only what somebody wrote."""
    content = getattr(row, column)
    if column != "kept" or content is None:
        return content
    room_map, answers = content["map"], content["answers"]
    spreads = [spread for each in room_map["questions"].values() for spread in each.values()]
    return [
        [answers[part] for part in ("answers", "gates")],
        room_map["notes"],
        [spread["said"] for spread in spreads],
        [name for name, _side, _outcome in room_map["people"]],
        room_map["by_name"],
    ]
