"""Who is asked what: the questions of a workshop, for each side.

The library is asked everything that is meant for it. The partner is asked only what is meant for both, in
words of its own, and what is meant for it alone; others are asked what is meant for both. So nobody but the
library sees a gate, or a question about the partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.definition import Gate, Questionnaire, Section
from app.engine.items import BaseItem

ASKED = {"library": ("library", "both"), "partner": ("partner", "both"), "others": ("both",)}
"""The sides of a question that each side of the room is asked."""


@dataclass(frozen=True)
class AskedSection:
    """A section with what one side is asked in it. The partner's items carry the words meant for it."""

    section: Section
    gates: tuple[Gate, ...]
    items: tuple[BaseItem, ...]

    @property
    def questions(self) -> list[str]:
        """The ids of all that is asked, in order."""
        return [*(gate.id for gate in self.gates), *(item.id for item in self.items)]


def asked_sections(
    questionnaire: Questionnaire, variant: str, chosen: Sequence[str], side: str
) -> list[AskedSection]:
    """Return the sections that one side of the room answers, in the order of the questionnaire.

    ``variant``: ``full`` or ``short``. ``chosen``: the ids of the workshop's sections.
    """
    every = [
        AskedSection(
            section,
            tuple(questionnaire.gates_by_id[gate] for gate in section.gates) if side == "library" else (),
            tuple(
                _in_words_for(item, side)
                for item in section.items
                if item.side in ASKED[side] and (variant == "full" or item.id in questionnaire.short)
            ),
        )
        for section in questionnaire.sections
        if section.id in chosen
    ]
    return [each for each in every if each.questions]


def _in_words_for(item: BaseItem, side: str) -> BaseItem:
    """Return the item as that side reads it. Help and remark are the library's alone."""
    if side == "library":
        return item
    words = item.text_partner if side == "partner" and item.text_partner else item.text
    return item.model_copy(update={"text": words, "help": None, "note": None})
