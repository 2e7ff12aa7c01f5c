"""The free texts of a partner's workshops, where somebody may have named a person.

What single persons answer is not among them before everybody has seen it, nor afterwards what too few on a
side answered: nobody sees it, and it is erased when the workshop closes. Nothing here tells who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import url_for
from sqlalchemy import Select, select

from app.partners.mentions import Passage
from app.platform.database import db
from app.platform.text import texts_in
from app.workshops.loaded import maps_shown
from app.workshops.models import Participant, RoomAnswer, Workshop, WorkshopAction
from app.workshops.room_map import to_plain


def passages(partner_id: int) -> list[Passage]:
    """Return every text of a partner's workshops, in five queries."""
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
        *_shown(partner_id),
    ]


def _written(
    statement: Select[str, str, Any], partner_id: int, columns: tuple[str, ...]
) -> Iterator[Passage]:
    for public_id, on, row in db.session.execute(statement.where(Workshop.partner_id == partner_id)):
        yield from _passages([_part(row, column) for column in columns], public_id, on)


def _shown(partner_id: int) -> Iterator[Passage]:
    """Yield what was remarked where everybody has seen it, but the workshop is not closed yet."""
    for workshop, room_map in maps_shown(partner_id):
        yield from _passages(_typed(to_plain(room_map)), workshop.public_id, workshop.on)


def _passages(content: Any, public_id: str, on: str) -> Iterator[Passage]:
    address = url_for("workshops.conduct", public_id=public_id)
    texts = dict.fromkeys(texts_in(content))
    yield from (Passage("workshop", text, on, address) for text in texts)


def _part(row: Any, column: str) -> Any:
    """Return what is in a column; of what a closed workshop keeps, only what somebody wrote."""
    content = getattr(row, column)
    if column != "kept" or content is None:
        return content
    room_map, answers = content["map"], content["answers"]
    return [
        [answers[part] for part in ("answers", "gates")],
        _typed(room_map),
        [name for name, _side, _outcome in room_map["people"]],
        room_map["by_name"],
    ]


def _typed(room_map: Mapping[str, Any]) -> list[Any]:
    """Return what was remarked at the questions, and typed where there is nothing to choose from."""
    spreads = [spread for each in room_map["questions"].values() for spread in each.values()]
    return [room_map["notes"], [spread["said"] for spread in spreads]]
