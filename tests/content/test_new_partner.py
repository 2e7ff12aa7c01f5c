"""What the new-partner questionnaire promises to those who answer it, in either language."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.engine.checks.minutes import reading_minutes
from app.engine.definition import Questionnaire
from app.engine.items import ScoredItem
from app.engine.items.exchange import ExchangeItem
from app.engine.items.scale import ScaleItem
from app.engine.loading import load_file
from app.engine.texts import Text

FILE = Path(__file__).parents[2] / "questionnaires" / "new-partner.json"
LOADED = load_file(FILE)
QUESTIONNAIRE: Questionnaire = LOADED.questionnaire
ITEMS = list(QUESTIONNAIRE.items.values())
SCORED = [item for item in ITEMS if item.id in QUESTIONNAIRE.criterion_of]
LANGUAGES = ["da", "en"]


def texts_in(data: Any) -> Iterator[Text]:
    if isinstance(data, dict):
        if set(data) == set(LANGUAGES):
            yield data
        else:
            for value in data.values():
                yield from texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)


TEXTS = list(texts_in(json.loads(FILE.read_text(encoding="utf-8"))))


def words(text: str) -> int:
    return len(text.split())


def answered(items: dict[str, Any], gate: str | None = None) -> Answers:
    return Answers(
        questionnaire=QUESTIONNAIRE.id,
        version=QUESTIONNAIRE.version,
        items={item: Answer("known", value) for item, value in items.items()},
        gates={} if gate is None else {each: GateAnswer(gate) for each in QUESTIONNAIRE.gates_by_id},
    )


def section_items(*sections: str) -> list[str]:
    return [item.id for section in QUESTIONNAIRE.sections if section.id in sections for item in section.items]


# ---- the whole ----


def test_the_loader_has_nothing_to_say() -> None:
    assert LOADED.warnings == []


def test_it_takes_a_quarter_of_an_hour() -> None:
    assert QUESTIONNAIRE.minutes == 15
    assert abs(reading_minutes(QUESTIONNAIRE) - 15) <= 1


def test_it_asks_24_to_28_scored_questions_about_eight_things() -> None:
    assert 24 <= len(SCORED) <= 28
    assert [criterion.id for criterion in QUESTIONNAIRE.criteria] == [
        "goals",
        "benefits",
        "reciprocity",
        "trust",
        "time",
        "people",
        "alignment",
        "development",
    ]
    assert sum(criterion.weight for criterion in QUESTIONNAIRE.criteria) == 100


def test_the_conversation_begins_with_ourselves_and_ends_with_five_gates() -> None:
    assert [section.title["da"] for section in QUESTIONNAIRE.sections] == [
        "Hvorfor?",
        "Er vi klar?",
        "Hvad ved vi om partneren?",
        "Sammen",
        "Fem ting, der skal være på plads",
    ]
    assert len(QUESTIONNAIRE.gates) == len(QUESTIONNAIRE.sections[-1].gates) == 5


def test_nobody_has_to_know_more_than_partner_and_proposal() -> None:
    assert [field.item.id for field in QUESTIONNAIRE.subject if field.required] == ["partner", "proposal"]


def test_the_subject_has_a_field_for_all_that_a_decision_asks_for() -> None:
    roles = {field.role for field in QUESTIONNAIRE.subject}
    decision = "partner proposal goal period contact prepared-by case-number decided-by decide-by money hours"
    assert roles >= {
        *decision.split(),
        "funding",
        "running-costs",
        "owner",
        "alternative",
        "disqualification",
    }


def test_the_short_variant_has_12_questions_about_all_eight_things() -> None:
    assert len(QUESTIONNAIRE.short) == 12
    asked = {QUESTIONNAIRE.criterion_of.get(item) for item in QUESTIONNAIRE.short} - {None}
    assert asked == set(QUESTIONNAIRE.criteria_by_id)


# ---- the questions ----


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_question_is_short_enough_to_be_read_once(item: Any, language: str) -> None:
    assert words(item.text[language]) <= 14
    if isinstance(item, ScaleItem):
        assert max(words(point[language]) for point in item.points) <= 9


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_question_has_words_for_the_meeting_the_note_and_its_source(item: Any) -> None:
    for language in LANGUAGES:
        assert item.ask[language].endswith("?")
        assert words(item.ask[language]) <= 20
        assert item.note[language].endswith("?")
    assert item.basis


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_aloud_to_the_partner_has_no_word_for_marking_them(language: str) -> None:
    asks = [ask[language] for ask in [*(item.ask for item in ITEMS if item.ask), *gate_asks()]]
    marking = re.compile(r"score|point|kriteri|criteri|veto|vægt|weight|stoler|tillid|\btrust", re.IGNORECASE)
    assert [ask for ask in asks if marking.search(ask)] == []


def gate_asks() -> list[Text]:
    return [gate.ask for gate in QUESTIONNAIRE.gates]


@pytest.mark.parametrize("item", SCORED, ids=lambda item: item.id)
def test_every_scale_has_five_described_steps_that_all_differ(item: Any) -> None:
    if isinstance(item, ExchangeItem):
        assert item.ids == ["money", "hours", "rooms", "skill", "network", "publicity", "audience"]
        return
    assert isinstance(item, ScaleItem)
    for language in LANGUAGES:
        said = [point[language] for point in item.points]
        assert len(set(said)) == 5
        assert min(map(words, said)) >= 2


def test_what_both_sides_can_answer_has_the_partners_own_wording() -> None:
    shared = [item for item in ITEMS if item.side == "both"]
    assert len(shared) >= 8
    assert all(item.text_partner for item in shared)


def test_trust_and_people_are_never_asked_of_the_partner() -> None:
    criteria = [QUESTIONNAIRE.criteria_by_id[name] for name in ("trust", "people")]
    judging = [part for criterion in criteria for part in criterion.weighted_items]
    assert {QUESTIONNAIRE.items[part.item].side for part in judging} == {"library"}


def test_no_criterion_can_be_answered_away() -> None:
    for criterion in QUESTIONNAIRE.criteria:
        items = [QUESTIONNAIRE.items[part.item] for part in criterion.weighted_items]
        assert any(isinstance(item, ScoredItem) and not item.may_be_na for item in items)


def test_the_five_challenges_are_the_pitfalls_of_five_criteria() -> None:
    guarded = [criterion.id for criterion in QUESTIONNAIRE.criteria if criterion.pitfall]
    assert guarded == ["reciprocity", "trust", "time", "people", "alignment"]
    sources = " ".join(item.basis or "" for item in ITEMS)
    assert all(f"challenge {number}" in sources for number in range(1, 6))


def test_benefits_are_the_six_and_two_or_three_strong_ones_are_enough() -> None:
    benefits = QUESTIONNAIRE.criteria_by_id["benefits"]
    assert len(benefits.items) == 6
    assert (benefits.aggregate.by, benefits.aggregate.k) == ("top_mean", 3)


@pytest.mark.parametrize("gate", QUESTIONNAIRE.gates, ids=lambda gate: gate.id)
def test_at_a_gate_yes_is_good_and_an_open_one_allows_a_date(gate: Any) -> None:
    assert (gate.breach_when, gate.open_at_most) == ("no", "date")
    for language in LANGUAGES:
        assert gate.text[language].endswith("?")
        assert words(gate.text[language]) <= 14
        assert words(gate.title[language]) <= 4


# ---- the words ----


def test_every_text_is_written_in_both_languages() -> None:
    assert len(TEXTS) > 300
    assert [text for text in TEXTS if text["da"].casefold() == text["en"].casefold()] == []


def test_quotes_are_typographic_and_each_language_has_its_own() -> None:
    for text in TEXTS:
        assert not re.search("[\"'“”„]", text["da"])
        assert not re.search("[\"'»«„]", text["en"])
        assert "..." not in text["da"] + text["en"]


def test_danish_puts_a_comma_before_a_subordinate_clause() -> None:
    """Only before words that always open one; a leading »Hvis« has none before it."""
    missing = re.compile(r"[^,(»:.?\s]\s(fordi|hvis|selv om|som vi|som de|som I|der skal)\s")
    assert [text["da"] for text in TEXTS if missing.search(text["da"])] == []


@pytest.mark.parametrize("outcome", QUESTIONNAIRE.outcomes, ids=lambda outcome: outcome.id)
def test_a_motion_can_be_put_before_a_municipal_leadership(outcome: Any) -> None:
    assert outcome.motion["da"].startswith("Det indstilles, at biblioteket ")
    assert outcome.motion["en"].startswith("It is proposed that the library ")
    for language in LANGUAGES:
        assert "{partner}" in outcome.motion[language]
        assert "{proposal}" in outcome.motion[language]
        assert outcome.motion[language].endswith(".")
    assert 5 <= len(outcome.next_steps) <= 6
    assert not any(step[language].endswith(".") for step in outcome.next_steps for language in LANGUAGES)


def test_no_is_said_kindly_in_a_letter_with_its_reason() -> None:
    letter = QUESTIONNAIRE.outcome("none").letter
    assert letter is not None
    assert letter["da"].startswith("Kære {partner}\n")
    assert letter["en"].startswith("Dear {partner},\n")
    assert all("{reason}" in letter[language] for language in LANGUAGES)


def test_an_engagement_names_its_three_ways_out() -> None:
    engagement = QUESTIONNAIRE.outcome("engagement")
    steps = engagement.next_steps[-1]
    for danish in (engagement.meaning["da"], steps["da"]):
        assert all(
            way in danish
            for way in ("fast partnerskab", "tilbage til et afgrænset samarbejde", "venligt farvel")
        )
    for english in (engagement.meaning["en"], steps["en"]):
        assert all(
            way in english for way in ("lasting partnership", "back to a joint activity", "friendly goodbye")
        )


def test_each_criterion_has_advice_for_when_it_is_low() -> None:
    advised = {advice.criterion for advice in QUESTIONNAIRE.advice if advice.kind == "advice"}
    assert advised >= set(QUESTIONNAIRE.criteria_by_id)


# ---- what the answers come to ----

OWN_SIDE = section_items("why", "ready")


def test_our_own_side_asks_only_us() -> None:
    assert {QUESTIONNAIRE.items[item].side for item in OWN_SIDE} == {"library"}


@pytest.mark.parametrize("point", range(5))
@pytest.mark.parametrize("gate", [None, "yes"])
def test_our_own_side_and_the_hoped_for_benefits_are_enough_for_a_first_outcome(
    point: int, gate: str | None
) -> None:
    result = assess(QUESTIONNAIRE, answered(dict.fromkeys(OWN_SIDE, point), gate))
    assert result.outcome == ("date" if point >= 2 else "none")


def test_without_the_partner_it_is_never_more_than_a_date() -> None:
    """However good our own side looks, nothing is known yet of trust, expectations and development."""
    best = dict.fromkeys(OWN_SIDE, 4) | {"prior-activity": "several", "recurrence": "recurring"}
    assert assess(QUESTIONNAIRE, answered(best, "yes")).outcome == "date"


def test_an_untouched_questionnaire_has_no_outcome() -> None:
    result = assess(QUESTIONNAIRE, answered({}))
    assert (result.outcome, result.status, result.coverage.known) == (None, "too-little-known", 0)


def all_at(point: int) -> dict[str, Any]:
    even = {"give": {"hours": 2}, "get": {"skill": 2}}
    return {item.id: even if isinstance(item, ExchangeItem) else point for item in SCORED} | {
        "prior-activity": "several",
        "recurrence": "recurring",
    }


@pytest.mark.parametrize(
    ("point", "outcome"), [(0, "none"), (1, "none"), (2, "date"), (3, "engagement"), (4, "engagement")]
)
def test_the_whole_scale_leads_through_every_outcome(point: int, outcome: str) -> None:
    assert assess(QUESTIONNAIRE, answered(all_at(point), "yes")).outcome == outcome


@pytest.mark.parametrize(("point", "outcome"), [(0, "none"), (2, "date"), (4, "engagement")])
def test_the_short_variant_reaches_every_outcome_too(point: int, outcome: str) -> None:
    short = {item: value for item, value in all_at(point).items() if item in QUESTIONNAIRE.short}
    result = assess(QUESTIONNAIRE, answered(short, "yes"))
    assert result.outcome == outcome
    assert all(score.point is not None for score in result.criteria.values())


@pytest.mark.parametrize("gate", QUESTIONNAIRE.gates, ids=lambda gate: gate.id)
def test_no_benefit_outweighs_a_gate(gate: Any) -> None:
    best = answered(all_at(4), "yes")
    for value, outcome in (("no", "none"), (None, "date")):
        gates = {**best.gates, gate.id: GateAnswer(value)}
        changed = Answers(best.questionnaire, best.version, items=best.items, gates=gates)
        result = assess(QUESTIONNAIRE, changed)
        assert (result.outcome, result.before_limits) == (outcome, "engagement")


@pytest.mark.parametrize(
    ("criterion", "outcome"),
    [
        ("goals", "none"),
        ("benefits", "none"),
        ("reciprocity", "none"),
        ("trust", "none"),
        ("time", "date"),
        ("people", "date"),
        ("alignment", "date"),
        ("development", "date"),
    ],
)
def test_a_hole_in_one_place_is_not_filled_by_the_rest(criterion: str, outcome: str) -> None:
    items = all_at(4)
    for part in QUESTIONNAIRE.criteria_by_id[criterion].weighted_items:
        items[part.item] = {"give": {"money": 3}, "get": {"money": 0}} if part.item == "exchange" else 0
    assert assess(QUESTIONNAIRE, answered(items, "yes")).outcome == outcome


def test_three_strong_benefits_of_six_are_enough_for_an_engagement() -> None:
    benefits = [part.item for part in QUESTIONNAIRE.criteria_by_id["benefits"].weighted_items]
    for strong in itertools.combinations(benefits, 3):
        items = all_at(3) | {item: 3 if item in strong else 0 for item in benefits}
        assert assess(QUESTIONNAIRE, answered(items, "yes")).outcome == "engagement"


@pytest.mark.parametrize(
    ("changed", "cap"),
    [({"prior-activity": "none"}, "nothing-tried-yet"), ({"recurrence": "once", "wish": 0}, "one-off")],
)
def test_what_is_new_or_for_once_is_at_most_a_date(changed: dict[str, Any], cap: str) -> None:
    result = assess(QUESTIONNAIRE, answered(all_at(4) | changed, "yes"))
    assert (result.outcome, result.before_limits) == ("date", "engagement")
    assert [each for each, state in result.caps.items() if state == "holds"] == [cap]


def test_nobody_is_told_to_change_what_is_as_it_is() -> None:
    """Whether a partner keeps its word, and whether we could do without one, are no steps to take."""
    fixed = [item.id for item in SCORED if isinstance(item, ScoredItem) and not item.changeable]
    assert fixed == ["alone", "reliability"]
    middling = assess(QUESTIONNAIRE, answered(all_at(2), "yes"))
    steps = {step.item for way in middling.changes_up for step in way}
    assert steps
    assert not steps & set(fixed)
