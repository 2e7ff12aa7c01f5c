"""What the loader accepts and still points at, each on its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.engine.checks.minutes import reading_minutes
from app.engine.loading import Fault, load, load_file
from tests.definitions import GONE, changed, line_of, minimal_definition, written
from tests.strategies import boundary, choice, fact, gate, scale, text

SHIPPED = Path(__file__).parents[2] / "questionnaires" / "new-partner.json"
ITEM = "sections.0.items"
LONG = "These are four words"


def warnings_of(changes: dict[str, Any]) -> list[Fault]:
    return load(written(changed(changes)), "file.json").warnings


@pytest.mark.parametrize(
    ("code", "changes", "where"),
    [
        ("same_in_two_languages", {"purpose": {"da": LONG, "en": LONG.upper()}}, "purpose.en"),
        ("straight_quotes", {"purpose.en": "The library's own"}, "purpose.en"),
        ("straight_quotes", {"purpose.da": 'Det "nye" bibliotek'}, "purpose.da"),
        ("minutes_belied", {"minutes": 20}, "minutes"),
        ("ask_missing", {f"{ITEM}.1.ask": GONE}, f"{ITEM}.1"),
        ("item_never_matters", {f"{ITEM}.8": scale("idle", ask=text("ask"))}, f"{ITEM}.8"),
        ("item_never_matters", {f"{ITEM}.8": fact("idle")}, f"{ITEM}.8"),
        ("item_never_matters", {f"{ITEM}.8": choice("idle", [None, None])}, f"{ITEM}.8"),
        (
            "criterion_never_matters",
            {"boundaries.0.profiles.give": 0, "boundaries.1.profiles.give": 0},
            "criteria.1",
        ),
        ("criterion_never_matters", {"criteria.1.weight": 0.5}, "criteria.1"),
        ("scale_not_used", {"scales.idle": {"points": [text("no"), text("yes")]}}, "scales.idle"),
        ("short_without_criterion", {"short": ["prior"]}, "criteria.0"),
        ("gate_without_effect", {"gates.0.open_at_most": "engagement"}, "gates.0.open_at_most"),
        ("cap_without_effect", {"caps.0.at_most": "engagement"}, "caps.0.at_most"),
        ("veto_without_effect", {"boundaries.1.vetoes.goals": 5}, "boundaries.1.vetoes.goals"),
    ],
)
def test_each_oddity_alone_is_pointed_at_on_its_line(code: str, changes: dict[str, Any], where: str) -> None:
    (warning,) = warnings_of(changes)
    assert warning.code == code
    assert warning.line == line_of(changed(changes), where)
    assert warning.message("da") != warning.message("en")


def test_short_texts_may_be_the_same_in_two_languages() -> None:
    assert warnings_of({"purpose": text("Overvej"), "title": {"da": "En date", "en": "En date"}}) == []


def test_an_item_that_only_a_condition_asks_about_matters() -> None:
    changes = {f"{ITEM}.8": fact("asked"), "advice.0.when": {"item": "asked", "is": "yes"}}
    assert warnings_of(changes) == []


def test_a_criterion_matters_by_its_veto_alone() -> None:
    changes = {"criteria.1.weight": 0.5, "boundaries.0.vetoes.give": 5}
    assert warnings_of(changes) == []


def test_gates_that_hold_something_back_are_not_pointed_at() -> None:
    more = {"gates.1": gate("rules", "none"), "sections.1.gates": ["law", "rules"]}
    assert warnings_of(more) == []


def test_the_reading_time_is_200_words_a_minute_and_6_seconds_a_question() -> None:
    """Counted by hand: 8 questions, 1 gate and 2 fields, and the words that the lines below say."""
    words = {
        "section titles": 2,
        "need, with the five points of its shared scale": 1 + 5,
        "owner and its points, of two words each": 1 + 3 * 2,
        "prior and its options": 1 + 3,
        "both, its resources, levels, give and get": 1 + 2 + 4 + 2,
        "once, why, people, day": 4,
        "the gate": 2,
        "name; sector and its options": 1 + 1 + 2,
    }
    questionnaire = load(written(minimal_definition())).questionnaire
    assert reading_minutes(questionnaire) == pytest.approx(sum(words.values()) / 200 + 11 * 6 / 60)


def test_helps_and_intros_are_read_and_notes_and_asks_are_not() -> None:
    before = reading_minutes(load(written(minimal_definition())).questionnaire)
    many = text(" ".join(["ord"] * 100))
    silent = changed({f"{ITEM}.1.note": many, f"{ITEM}.1.ask": many, "gates.0.because": many})
    assert reading_minutes(load(written(silent)).questionnaire) == pytest.approx(before)
    read = changed({f"{ITEM}.1.help": many, "gates.0.help": many, "sections.0.intro": many})
    assert reading_minutes(load(written(read)).questionnaire) == pytest.approx(before + 1.5)


@pytest.mark.parametrize(("minutes", "is_pointed_at"), [(1, False), (2, False), (4, True)])
def test_minutes_may_be_off_by_one_and_a_half(minutes: int, is_pointed_at: bool) -> None:
    """The small definition takes about 1.3 minutes."""
    assert bool(warnings_of({"minutes": minutes})) == is_pointed_at


def test_a_veto_that_stays_or_rises_has_an_effect() -> None:
    figures = {"goals": 60, "give": 50}
    same = boundary(("date", "engagement"), figures, 0.75, {"goals": 10, "give": 1})
    assert warnings_of({"boundaries.1": same}) == []


def test_the_shipped_questionnaire_earns_no_warning() -> None:
    assert [warning.line_for("en") for warning in load_file(SHIPPED).warnings] == []
