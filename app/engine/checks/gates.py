"""Gates and caps, and the sections that ask questions and gates."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.draft import Draft
from app.engine.faults import Finding
from app.engine.json_positions import Path


def check(draft: Draft) -> Iterator[Finding]:
    """Refuse gates that are asked nowhere or twice, and sections that ask nothing or both kinds."""
    first: dict[str, Path] = {}
    for i, section in enumerate(draft.questionnaire.sections):
        if section.items and section.gates:
            yield Finding(("sections", i, "gates"), "section_with_both", {"id": section.id})
        elif draft.whole and not section.items and not section.gates:
            yield Finding(("sections", i), "section_empty", {"id": section.id})
        for j, gate in enumerate(section.gates):
            path: Path = ("sections", i, "gates", j)
            if gate in first:
                yield Finding(path, "gate_in_two_sections", {"id": gate}, other=first[gate])
            first.setdefault(gate, path)
    for i, placed in enumerate(draft.questionnaire.gates):
        if draft.whole and placed.id not in first:
            yield Finding(("gates", i), "gate_in_no_section", {"id": placed.id})


def advise(draft: Draft) -> Iterator[Finding]:
    """Point at gates and caps that allow the best outcome and so hold nothing back."""
    best = draft.questionnaire.outcome_ids[-1]
    for i, gate in enumerate(draft.questionnaire.gates):
        if gate.open_at_most == best:
            yield Finding(("gates", i, "open_at_most"), "gate_without_effect", {"id": gate.id, "best": best})
    for i, cap in enumerate(draft.questionnaire.caps):
        if cap.at_most == best:
            yield Finding(("caps", i, "at_most"), "cap_without_effect", {"id": cap.id, "best": best})
