"""The loader refuses, all at once and with the exact line, every questionnaire that cannot be relied on."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from app.engine.loading import Fault, LoadingFailed, load
from tests.definitions import GONE, changed, line_of, minimal_definition, written
from tests.strategies import boundary, choice, scale, text


class Refusal(NamedTuple):
    """Changes to the small definition, the one code they are refused with, and the path pointed at."""

    code: str
    changes: dict[str, Any]
    where: str
    says: str = ""


ITEM = "sections.0.items"
REFUSALS = [
    # The shape of the file
    Refusal("extra_forbidden", {"minuts": 3}, "minuts", "minutes"),
    Refusal("extra_forbidden", {f"{ITEM}.1.poins": []}, f"{ITEM}.1.poins", "points"),
    Refusal("extra_forbidden", {f"{ITEM}.0.points_": 1}, f"{ITEM}.0.points_", "points"),
    Refusal("extra_forbidden", {"caps.0.when.any.0.is_": "o0"}, "caps.0.when.any.0.is_", "at_least"),
    Refusal("missing", {"gates.0.ask": GONE}, "gates.0", '"ask": {"da"'),
    Refusal("missing", {f"{ITEM}.3.levels": GONE}, f"{ITEM}.3", '"levels": […]'),
    Refusal("missing", {"subject.0.item.text": GONE}, "subject.0.item"),
    Refusal("id_pattern", {f"{ITEM}.7.id": "Én Dag"}, f"{ITEM}.7.id", "en-dag"),
    Refusal("version_pattern", {"version": "1.0"}, "version", "1.0.0"),
    Refusal("union_tag_invalid", {f"{ITEM}.0.kind": "skale"}, f"{ITEM}.0.kind", "scale"),
    Refusal("union_tag_not_found", {f"{ITEM}.4.kind": GONE}, f"{ITEM}.4", "fact"),
    Refusal("literal_error", {"format": "overvej-questionnaire/2"}, "format", "overvej-questionnaire/1"),
    Refusal("literal_error", {f"{ITEM}.1.side": "library "}, f"{ITEM}.1.side", "partner"),
    Refusal("literal_error", {"subject.0.role": "parter"}, "subject.0.role", "partner"),
    Refusal("string_type", {f"{ITEM}.1.points.0.da": 5}, f"{ITEM}.1.points.0.da", '"…"'),
    Refusal("string_type", {f"{ITEM}.0.scale": 5}, f"{ITEM}.0.scale"),
    Refusal("int_type", {"minutes": "2"}, "minutes"),
    Refusal("float_type", {"enough": "0.5"}, "enough", "0.5"),
    Refusal("bool_type", {"subject.0.required": "yes"}, "subject.0.required", "true"),
    Refusal("dict_type", {"purpose": "Hello"}, "purpose", '{"da": "…", "en": "…"}'),
    Refusal("model_type", {"caps.0": "new"}, "caps.0"),
    Refusal("tuple_type", {f"{ITEM}.1.points": "abc"}, f"{ITEM}.1.points", "[ … ]"),
    Refusal("too_short", {"outcomes.2.next_steps": []}, "outcomes.2.next_steps"),
    Refusal("too_long", {f"{ITEM}.1.points": [text(str(n)) for n in range(10)]}, f"{ITEM}.1.points", "9"),
    Refusal("greater_than", {"criteria.0.weight": 0}, "criteria.0.weight", "above 0"),
    Refusal("greater_than_equal", {"boundaries.0.majority": 0.4}, "boundaries.0.majority", "0.5"),
    Refusal("less_than_equal", {"boundaries.1.majority": 1.1}, "boundaries.1.majority", "1.1"),
    Refusal("condition_value", {"caps.0.when.any.1.is": True}, "caps.0.when.any.1.is"),
    Refusal("condition_value", {"caps.0.when.any.1.is": []}, "caps.0.when.any.1.is"),
    Refusal("condition_shape", {"caps.0.when.any.0.any": [{"item": "need", "is": 0}]}, "caps.0.when.any.0"),
    Refusal("condition_shape", {"caps.0.when": {}}, "caps.0.when"),
    Refusal("condition_one_test", {"caps.0.when.any.0.in": ["o0"]}, "caps.0.when.any.0"),
    Refusal("condition_one_test", {"caps.0.when.any.0.is": GONE}, "caps.0.when.any.0"),
    Refusal("criterion_item_shape", {"criteria.0.items.0": 7}, "criteria.0.items.0"),
    Refusal("missing", {"criteria.0.items.1.item": GONE}, "criteria.0.items.1", '"item"'),
    # Languages and texts
    Refusal("language_unknown", {"languages.1": "no"}, "languages.1", "da, en"),
    Refusal("language_twice", {"languages.2": "da"}, "languages.2"),
    Refusal("translation_missing", {f"{ITEM}.1.ask.en": GONE}, f"{ITEM}.1.ask", "English"),
    Refusal("translation_missing", {"scales.much.points.3.da": GONE}, "scales.much.points.3", "Danish"),
    Refusal("translation_missing", {f"{ITEM}.2.options.1.text": {"en": "x"}}, f"{ITEM}.2.options.1.text"),
    Refusal("translation_missing", {f"{ITEM}.3.levels.2.en": GONE}, f"{ITEM}.3.levels.2"),
    Refusal("translation_missing", {"subject.0.item.text.en": GONE}, "subject.0.item.text"),
    Refusal("translation_missing", {"outcomes.1.next_steps.0.en": GONE}, "outcomes.1.next_steps.0"),
    Refusal("language_not_declared", {"title.de": "Titel"}, "title.de", "da, en"),
    Refusal("text_empty", {"gates.0.because.da": " \n"}, "gates.0.because.da"),
    Refusal("text_html", {f"{ITEM}.6.text.da": "Hvor <b>mange</b>?"}, f"{ITEM}.6.text.da", "<b>"),
    Refusal("text_html", {"purpose.en": "Tea &amp; cake"}, "purpose.en", "&amp;"),
    Refusal("text_html", {"outcomes.1.meaning.da": "Hej<br/>du"}, "outcomes.1.meaning.da"),
    Refusal("text_control_character", {"purpose.en": "a\tb"}, "purpose.en"),
    Refusal("placeholder_not_here", {"purpose.da": "Om {partner}"}, "purpose.da", "{partner}"),
    Refusal(
        "placeholder_unknown", {"outcomes.0.motion.da": "At {parter} får"}, "outcomes.0.motion.da", "partner"
    ),
    Refusal("placeholder_unknown", {"outcomes.0.motion.da": "At {Partner} får"}, "outcomes.0.motion.da"),
    Refusal("placeholder_unknown", {"outcomes.0.motion.da": "At } får"}, "outcomes.0.motion.da"),
    # Ids and references
    Refusal("id_twice", {f"{ITEM}.7.id": "people"}, f"{ITEM}.7.id", "people"),
    Refusal("id_twice", {f"{ITEM}.7.id": "sector"}, f"{ITEM}.7.id", "sector"),
    Refusal("id_twice", {f"{ITEM}.7.id": "law"}, "gates.0.id", "law"),
    Refusal("id_twice", {"sections.1.id": "all"}, "sections.1.id"),
    Refusal("id_twice", {f"{ITEM}.2.options.2.id": "o1"}, f"{ITEM}.2.options.2.id"),
    Refusal("id_twice", {f"{ITEM}.3.resources.1.id": "money"}, f"{ITEM}.3.resources.1.id"),
    Refusal("no_such_item", {"criteria.0.items.0": "nead"}, "criteria.0.items.0", "Did you mean “need”?"),
    Refusal("no_such_item", {"criteria.0.items.1.item": "x"}, "criteria.0.items.1.item", "once, why"),
    Refusal("no_such_item", {"short.0": "sector"}, "short.0", "need"),
    Refusal("no_such_item", {"caps.0.when.any.1.item": "onse"}, "caps.0.when.any.1.item", "once"),
    Refusal("no_such_gate", {"sections.1.gates": ["law", "lav"]}, "sections.1.gates.1", "law"),
    Refusal("no_such_criterion", {"boundaries.0.profiles.x": 5}, "boundaries.0.profiles.x", "goals, give"),
    Refusal("no_such_criterion", {"boundaries.0.vetoes.x": 5}, "boundaries.0.vetoes.x"),
    Refusal("no_such_criterion", {"advice.0.criterion": "gols"}, "advice.0.criterion", "goals"),
    Refusal("no_such_outcome", {"gates.0.open_at_most": "dat"}, "gates.0.open_at_most", "date"),
    Refusal("no_such_outcome", {"caps.0.at_most": "x"}, "caps.0.at_most", "none, date, engagement"),
    Refusal("no_such_outcome", {"advice.0.outcomes.0": "x"}, "advice.0.outcomes.0"),
    Refusal("no_such_scale", {f"{ITEM}.0.scale": "mush"}, f"{ITEM}.0.scale", "much"),
    Refusal("scale_or_points", {f"{ITEM}.0.scale": GONE}, f"{ITEM}.0", "much"),
    Refusal("scale_and_points", {f"{ITEM}.1.scale": "much"}, f"{ITEM}.1.scale", "points"),
    # Scores
    Refusal("too_few_points", {f"{ITEM}.1.points": [text("one")]}, f"{ITEM}.1.points", "2"),
    Refusal("scores_count", {f"{ITEM}.1.scores": [0, 100]}, f"{ITEM}.1.scores", "3"),
    Refusal("scores_span", {f"{ITEM}.1.scores": [0, 50, 99]}, f"{ITEM}.1.scores", "99"),
    Refusal("scores_span", {"scales.much.scores.0": 5}, "scales.much.scores", "5"),
    Refusal("scores_span", {f"{ITEM}.2.options.2.score": 90}, f"{ITEM}.2.options", "90"),
    Refusal("scores_fall", {"scales.much.scores.1": 60}, "scales.much.scores.2", "50"),
    Refusal("scores_fall", {f"{ITEM}.2": choice("prior", [0, 50, 40, 100])}, f"{ITEM}.2.options.2"),
    Refusal("some_options_scored", {f"{ITEM}.2.options.1.score": GONE}, f"{ITEM}.2.options", "o1"),
    # Criteria
    Refusal("item_in_two_criteria", {"criteria.1.items.0": "need"}, "criteria.1.items.0", "goals"),
    Refusal("item_in_two_criteria", {"criteria.0.items.2": "need"}, "criteria.0.items.2", "goals"),
    Refusal("item_without_scores", {f"{ITEM}.2": choice("prior", [None] * 3)}, "criteria.1.items.0", "prior"),
    Refusal("item_without_values", {"criteria.1.items.2": "once"}, "criteria.1.items.2", "fact"),
    Refusal("item_without_values", {"criteria.1.items.2": "day"}, "criteria.1.items.2", "date"),
    Refusal("k_missing", {"criteria.1.aggregate.k": GONE}, "criteria.1.aggregate", '"k": 3'),
    Refusal("k_too_great", {"criteria.1.aggregate.k": 3}, "criteria.1.aggregate.k", "2"),
    Refusal("k_not_used", {"criteria.0.aggregate.k": 1}, "criteria.0.aggregate.k", "mean"),
    Refusal("weight_not_used", {"criteria.0.aggregate.by": "min"}, "criteria.0.items.1.weight", "min"),
    Refusal("criterion_all_na", {f"{ITEM}.0.may_be_na": True}, "criteria.0.items", "goals"),
    # Boundaries
    Refusal("profile_missing", {"boundaries.1.profiles.give": GONE}, "boundaries.1.profiles", "give"),
    Refusal("profile_out_of_range", {"boundaries.1.profiles.give": 101}, "boundaries.1.profiles.give", "101"),
    Refusal("veto_out_of_range", {"boundaries.0.vetoes.goals": -1}, "boundaries.0.vetoes.goals", "-1"),
    Refusal("profile_falls", {"boundaries.1.profiles.give": 24}, "boundaries.1.profiles.give", "25"),
    Refusal("veto_not_under_profile", {"boundaries.1.vetoes.give": 50}, "boundaries.1.vetoes.give", "50"),
    Refusal("veto_not_under_profile", {"boundaries.1.vetoes.give": 51}, "boundaries.1.vetoes.give", "51"),
    Refusal("boundary_missing", {"boundaries.1": GONE}, "boundaries", '["date", "engagement"]'),
    # Gates and sections
    Refusal(
        "section_with_both",
        {"sections.1.items": [{"id": "more", "kind": "text", "text": text("more")}]},
        "sections.1.gates",
    ),
    Refusal("section_empty", {"sections.2": {"id": "last", "title": text("last")}}, "sections.2", "last"),
    Refusal("gate_in_two_sections", {"sections.1.gates": ["law", "law"]}, "sections.1.gates.1", "law"),
    # Conditions
    Refusal("condition_on_criterion", {"caps.0.when.any.0.item": "goals"}, "caps.0.when.any.0.item"),
    Refusal("condition_on_gate", {"caps.0.when.any.0.item": "law"}, "caps.0.when.any.0.item"),
    Refusal("condition_no_option", {"caps.0.when.any.0.is": "o3"}, "caps.0.when.any.0", "o0, o1, o2"),
    Refusal("condition_no_option", {"advice.0.when.not.at_least": 5}, "advice.0.when.not", "4"),
    Refusal("condition_no_option", {"advice.0.when.not.at_least": "3"}, "advice.0.when.not"),
    Refusal("condition_no_option", {f"{ITEM}.5.show_if.is": "ja"}, f"{ITEM}.5.show_if", "yes, no"),
    Refusal(
        "condition_no_number",
        {"advice.0.when": {"item": "people", "at_least": "many"}},
        "advice.0.when",
        "many",
    ),
    Refusal("condition_no_number", {"advice.0.when": {"item": "people", "is": 1001}}, "advice.0.when"),
    Refusal(
        "condition_only_answered", {"advice.0.when": {"item": "day", "is": "2026-11-22"}}, "advice.0.when"
    ),
    Refusal("condition_only_answered", {"advice.0.when": {"item": "both", "at_least": 50}}, "advice.0.when"),
    Refusal(
        "condition_only_answered", {"advice.0.when": {"item": "name", "is": "A"}}, "advice.0.when", "text"
    ),
    Refusal("condition_without_order", {"advice.0.when": {"item": "once", "at_most": "no"}}, "advice.0.when"),
    Refusal(
        "answered_outside_show_if",
        {"caps.0.when.any.1": {"item": "once", "answered": True}},
        "caps.0.when.any.1.answered",
    ),
    Refusal(
        "answered_outside_show_if",
        {"advice.0.when": {"item": "once", "answered": False}},
        "advice.0.when.answered",
    ),
    Refusal("show_if_on_values", {f"{ITEM}.1.show_if": {"item": "need", "is": 1}}, f"{ITEM}.1.show_if"),
    Refusal("show_if_later", {f"{ITEM}.5.show_if": {"item": "people", "is": 1}}, f"{ITEM}.5.show_if.item"),
    Refusal(
        "show_if_later", {f"{ITEM}.5.show_if": {"item": "why", "answered": True}}, f"{ITEM}.5.show_if.item"
    ),
    Refusal(
        "show_if_later",
        {"subject.1.item.show_if": {"item": "once", "is": "yes"}},
        "subject.1.item.show_if.item",
    ),
    Refusal("cap_for_better_answers", {"caps.0.when.any.0.is": "o1"}, "caps.0.when.any.0", "at_most"),
    Refusal("cap_for_better_answers", {"caps.0.when": {"item": "need", "at_least": 1}}, "caps.0.when"),
    Refusal(
        "cap_for_better_answers",
        {"caps.0.when": {"not": {"all": [{"item": "need", "at_most": 1}]}}},
        "caps.0.when.not.all.0",
    ),
    # Subject fields and items
    Refusal("subject_with_values", {"subject.1.item": scale("sector")}, "subject.1.item", "choice, choices"),
    Refusal("subject_with_scores", {"subject.1.item": choice("sector", [0, 100])}, "subject.1.item", "score"),
    Refusal("role_twice", {"subject.1.role": "partner"}, "subject.1.role", "partner"),
    Refusal("no_required_partner", {"subject.0.required": False}, "subject", '"required": true'),
    Refusal("no_required_partner", {"subject.0.role": "proposal"}, "subject"),
    Refusal(
        "required_and_show_if",
        {"subject.1.item.show_if": {"item": "name", "answered": True}, "subject.1.required": True},
        "subject.1.required",
    ),
    Refusal("text_partner_missing", {f"{ITEM}.1.side": "both"}, f"{ITEM}.1", "text_partner"),
    Refusal("text_partner_not_used", {f"{ITEM}.1.text_partner": text("x")}, f"{ITEM}.1.text_partner", "both"),
    Refusal("minimum_above_maximum", {f"{ITEM}.6.minimum": 1001}, f"{ITEM}.6.minimum", "1000"),
    # Advice
    Refusal("below_without_criterion", {"advice.0.criterion": GONE}, "advice.0.below", "ask-more"),
    Refusal("criterion_without_below", {"advice.0.below": GONE}, "advice.0.criterion", "ask-more"),
    Refusal(
        "advice_without_occasion", {"advice.1": {"id": "idle", "text": text("idle")}}, "advice.1", "when"
    ),
    # What nobody can reach
    Refusal(
        "outcome_unreachable",
        {"boundaries.1": boundary(("date", "engagement"), {"goals": 40, "give": 25})},
        "outcomes.1",
        "date",
    ),
]


def refused(data: Any) -> list[Fault]:
    """Return what the loader refuses data for."""
    with pytest.raises(LoadingFailed) as failed:
        load(written(data), "file.json")
    return failed.value.faults


def test_the_small_definition_is_accepted_without_a_word() -> None:
    loaded = load(written(minimal_definition()))
    assert loaded.warnings == []
    assert loaded.questionnaire.id == "small"


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda x: f"{x.code} at {x.where}")
def test_each_fault_alone_is_refused_once_and_on_its_line(refusal: Refusal) -> None:
    data = changed(refusal.changes)
    faults = refused(data)
    assert [fault.code for fault in faults] == [refusal.code]
    assert faults[0].line == line_of(data, refusal.where)
    assert refusal.says in faults[0].message("en")


def test_every_part_is_checked_though_others_have_the_wrong_shape() -> None:
    changes = {
        f"{ITEM}.0.helpp": text("x"),  # an unknown key
        f"{ITEM}.1.text": "owner",  # a text without languages: this item is set aside
        f"{ITEM}.5.text.en": GONE,  # behind it, in the same list
        f"{ITEM}.6.minimum": 1001,
        "gates.0.open_at_most": "dat",
        "boundaries.1.profiles.give": 24,
        "purpose.da": "<i>Hej</i>",
        "minutes": "2",
    }
    data = changed(changes)
    faults = refused(data)
    expected = {
        "extra_forbidden": f"{ITEM}.0.helpp",
        "dict_type": f"{ITEM}.1.text",
        "translation_missing": f"{ITEM}.5.text",
        "minimum_above_maximum": f"{ITEM}.6.minimum",
        "no_such_outcome": "gates.0.open_at_most",
        "profile_falls": "boundaries.1.profiles.give",
        "text_html": "purpose.da",
        "int_type": "minutes",
    }
    assert {fault.code: fault.line for fault in faults} == {
        code: line_of(data, where) for code, where in expected.items()
    }
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_an_item_that_is_set_aside_is_not_called_missing_by_those_who_name_it() -> None:
    assert [fault.code for fault in refused(changed({f"{ITEM}.0.text": GONE}))] == ["missing"]


@pytest.mark.parametrize(
    ("pairs", "codes"),
    [
        ([("date", "engagement"), ("none", "date")], ["boundary_out_of_order"] * 2),
        ([("none", "date"), ("none", "date")], ["boundary_missing", "boundary_twice"]),
        ([("none", "engagement"), ("date", "engagement")], ["boundary_missing", "boundary_not_neighbours"]),
        ([("date", "none"), ("date", "engagement")], ["boundary_missing", "boundary_not_neighbours"]),
    ],
)
def test_there_is_one_boundary_between_neighbours_in_order(pairs: list[Any], codes: list[str]) -> None:
    profiles = ({"goals": 40, "give": 25}, {"goals": 60, "give": 50})
    boundaries = [boundary(pair, figures) for pair, figures in zip(pairs, profiles, strict=True)]
    assert sorted(fault.code for fault in refused(changed({"boundaries": boundaries}))) == codes


def test_a_gate_must_be_asked_somewhere() -> None:
    faults = refused(changed({"sections.1": GONE}))
    assert [(fault.code, fault.where) for fault in faults] == [("gate_in_no_section", "gates[0]")]


def test_a_message_names_the_line_of_the_other_place() -> None:
    data = changed({f"{ITEM}.7.id": "people"})
    assert f"line {line_of(data, f'{ITEM}.6.id')}" in refused(data)[0].message("en")


def test_a_fault_is_told_as_file_line_column_and_message() -> None:
    data = changed({"minutes": 0})
    (fault,) = refused(data)
    line = line_of(data, "minutes")
    assert fault.where == "minutes"
    assert fault.line_for("en") == f"file.json:{line}:3: “minutes” is 0 but must be at least 1."
    assert fault.line_for("da") == f"file.json:{line}:3: »minutes« er 0, men skal være mindst 1."


def smallest(path: str, value: Any) -> Any:
    """Return a definition with one of everything that there must be, and a fault in it."""
    one = [boundary(("none", "date"), {"goals": 40})]
    changes = {"criteria.1": GONE, "caps": [], "advice": [], "short": [], "boundaries": one, "gates": []}
    items = minimal_definition()["sections"][0]["items"][:2]
    section = {"id": "all", "title": text("all"), "items": items}
    whole = changed({**changes, "outcomes.2": GONE, "subject.1": GONE, "sections": [section]})
    load(written(whole))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    parent = whole
    for step in way:
        parent = parent[step]
    if value is GONE:
        del parent[last]
    else:
        parent[last] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("boundaries.0.majority", 0.49),
        ("boundaries.0.profiles", 40),
        ("boundaries.0.between", ["none"]),
        ("criteria.0.weight", 0),
        ("criteria.0.items.0", 7),
        ("outcomes.0.motion", GONE),
        ("outcomes.1.next_steps", []),
        ("sections.0.title", GONE),
        ("sections.0.items.1.points", [text("one"), 2]),
        ("subject.0.role", "parter"),
        ("subject.0.item.text", GONE),
    ],
)
def test_a_fault_in_the_only_one_of_its_list_is_told_once(path: str, value: Any) -> None:
    (fault,) = refused(smallest(path, value))
    assert fault.code != "too_short" or path.endswith(("next_steps", "between"))


def test_a_pair_of_one_is_told_how_many_there_must_be() -> None:
    (fault,) = refused(changed({"boundaries.0.between": ["none"]}))
    assert fault.message("en") == "“between” has 1 but needs at least 2. Add more."
    (fault,) = refused(changed({f"{ITEM}.3.levels": [text("no"), text("some"), text("more")]}))
    assert fault.message("en") == "“levels” has 3 but needs at least 4. Add more."


def test_a_shared_scale_is_put_into_its_items() -> None:
    questionnaire = load(written(minimal_definition())).questionnaire
    need = questionnaire.scored_items["need"]
    assert need.options() == [0, 1, 2, 3, 4]
    assert [need.score(point) for point in range(5)] == [0, 10, 50, 90, 100]


def test_a_fault_in_a_shared_scale_is_told_once_whoever_uses_it() -> None:
    data = changed({"scales.much.points.1": 7, f"{ITEM}.1.scale": "much", f"{ITEM}.1.points": GONE})
    faults = refused(data)
    assert [(fault.code, fault.where) for fault in faults] == [("dict_type", "scales.much.points[1]")]


def test_what_may_be_filled_in_is_accepted_where_it_is_filled_in() -> None:
    letter = text("Kære {partner}. {proposal} for {goal}: nej, fordi {reason}.")
    load(written(changed({"outcomes.0.letter": letter, "outcomes.0.next_steps.0": letter})))


def test_less_than_and_ampersand_are_plain_text() -> None:
    load(written(changed({"purpose.da": "Færre end 3 < 5 & mere; R&D"})))


def test_advice_may_be_for_an_outcome_alone() -> None:
    load(written(changed({"advice.1": {"id": "a", "outcomes": ["date"], "text": text("a")}})))


def test_a_cap_may_hold_for_the_worse_answers_however_it_says_so() -> None:
    worse = [
        {"item": "need", "at_most": 2},
        {"item": "need", "in": [0, 1]},
        {"item": "prior", "at_most": "o1"},
        {"not": {"item": "need", "at_least": 1}},
        {"not": {"not": {"item": "need", "is": 0}}},
        {"not": {"any": [{"item": "need", "is": 4}, {"item": "prior", "at_least": "o1"}]}},
        {"item": "once", "is": "no"},
        {"item": "people", "at_least": 10},
    ]
    for when in worse:
        load(written(changed({"caps.0.when": when})))


def test_an_outcome_reached_only_through_a_veto_can_be_reached() -> None:
    same = {"goals": 40, "give": 25}
    load(
        written(
            changed(
                {
                    "boundaries.0": boundary(("none", "date"), same),
                    "boundaries.1": boundary(("date", "engagement"), same, vetoes={"give": 20}),
                }
            )
        )
    )


def test_the_lowest_outcome_must_be_within_reach_too() -> None:
    nothing = boundary(("none", "date"), {"goals": 0, "give": 0})
    assert [fault.where for fault in refused(changed({"boundaries.0": nothing}))] == ["outcomes[0]"]


def test_points_too_far_apart_for_two_close_profiles_leave_an_outcome_out_of_reach() -> None:
    """One item with the scores 0, 50 and 100: nobody lands between a profile of 60 and one of 70."""
    changes = {
        "criteria.0.items": ["owner"],
        f"{ITEM}.1.may_be_na": False,
        "criteria.1.items": ["prior"],
        f"{ITEM}.2": {**choice("prior", [0, 50, 100])},
        "boundaries.0": boundary(("none", "date"), {"goals": 60, "give": 60}),
        "boundaries.1": boundary(("date", "engagement"), {"goals": 70, "give": 70}),
    }
    assert [fault.code for fault in refused(changed(changes))] == ["outcome_unreachable"]
    changes["boundaries.1"] = boundary(("date", "engagement"), {"goals": 70, "give": 70}, majority=0.7)
    load(written(changed(changes)))


def test_the_source_is_kept_to_the_letter() -> None:
    source = written(minimal_definition()) + "\n\n"
    assert load(source).source == source


def test_the_digest_is_of_what_the_file_says_and_not_of_how_it_is_laid_out() -> None:
    data = minimal_definition()
    digest = load(written(data)).questionnaire.digest
    backwards = dict(reversed(data.items()))
    assert load(json.dumps(backwards)).questionnaire.digest == digest
    assert load(written(changed({"minutes": 3}))).questionnaire.digest != digest
    assert len(digest) == 64
