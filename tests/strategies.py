"""Small questionnaires and answers to them, drawn by hypothesis or built by hand. Every one is valid."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.definition import Questionnaire
from app.engine.items import KINDS, BaseItem, ScoredItem
from app.engine.loading import load_file

SHIPPED = Path(__file__).parent.parent / "questionnaires" / "new-partner.json"
LEVELS = [0, 25, 100 / 3, 50, 60, 200 / 3, 75, 100]
OUTCOMES = ["none", "some", "more", "most"]
RESOURCES = ["money", "hours"]


def text(words: str) -> dict[str, str]:
    return {"da": words, "en": f"{words} (en)"}


def scale(item_id: str, points: int = 5, **more: Any) -> dict[str, Any]:
    words = [text(f"{item_id} {point}") for point in range(points)]
    return {"id": item_id, "kind": "scale", "text": text(item_id), "points": words, **more}


def choice(item_id: str, scores: list[float | None], **more: Any) -> dict[str, Any]:
    options = [
        {"id": f"o{place}", "text": text(f"o{place}"), **({} if score is None else {"score": score})}
        for place, score in enumerate(scores)
    ]
    return {"id": item_id, "kind": "choice", "text": text(item_id), "options": options, **more}


def exchange(item_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": item_id,
        "kind": "exchange",
        "text": text(item_id),
        "resources": [{"id": resource, "text": text(resource)} for resource in RESOURCES],
        "levels": [text(word) for word in ("no", "some", "more", "much")],
        "give": text("give"),
        "get": text("get"),
        **more,
    }


def fact(item_id: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "kind": "fact", "text": text(item_id), **more}


def gate(gate_id: str, open_at_most: str, breach_when: str = "no") -> dict[str, Any]:
    words = {key: text(f"{gate_id} {key}") for key in ("text", "title", "because", "ask")}
    return {"id": gate_id, "breach_when": breach_when, "open_at_most": open_at_most, **words}


def cap(cap_id: str, at_most: str, when: dict[str, Any]) -> dict[str, Any]:
    return {"id": cap_id, "at_most": at_most, "when": when, "because": text(cap_id)}


def criterion(criterion_id: str, items: list[Any], weight: float = 1, **aggregate: Any) -> dict[str, Any]:
    return {
        "id": criterion_id,
        "title": text(criterion_id),
        "meaning": text(criterion_id),
        "weight": weight,
        "aggregate": aggregate or {"by": "mean"},
        "items": items,
    }


def boundary(
    between: tuple[str, str],
    profiles: Mapping[str, float],
    majority: float = 0.5,
    vetoes: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    return {
        "between": list(between),
        "majority": majority,
        "profiles": dict(profiles),
        "vetoes": dict(vetoes or {}),
    }


def definition(
    items: list[dict[str, Any]],
    criteria: list[dict[str, Any]],
    boundaries: list[dict[str, Any]],
    **more: Any,
) -> dict[str, Any]:
    """Return a whole definition as JSON data from its parts that matter to the method."""
    outcomes = [boundaries[0]["between"][0], *(each["between"][1] for each in boundaries)]
    words = {key: text(key) for key in ("title", "meaning", "motion")}
    return {
        "format": "overvej-questionnaire/1",
        "id": "small",
        "version": "1.0.0",
        "languages": ["da", "en"],
        "title": text("small"),
        "purpose": text("purpose"),
        "minutes": 1,
        "enough": 0.5,
        "subject": [
            {
                "item": {"id": "name", "kind": "text", "text": text("name")},
                "required": True,
                "role": "partner",
            },
            {"item": choice("sector", [None, None])},
        ],
        "sections": [
            {"id": "all", "title": text("all"), "items": items},
            {"id": "gates", "title": text("gates"), "gates": [each["id"] for each in more.get("gates", [])]},
        ],
        "criteria": criteria,
        "outcomes": [{"id": each, "next_steps": [text("next")], **words} for each in outcomes],
        "boundaries": boundaries,
        **more,
    }


def questionnaire_of(*parts: Any, **more: Any) -> Questionnaire:
    """Return the questionnaire that :func:`definition` describes."""
    return Questionnaire.model_validate(definition(*parts, **more))


def answers_to(
    questionnaire: Questionnaire, gates: Mapping[str, str | None] | None = None, **items: Any
) -> Answers:
    """Return answers by item id (``_`` for ``-``): a value, an ``Answer``, or ``None`` for unknown."""
    said = {key.replace("_", "-"): value for key, value in items.items()}
    return Answers(
        questionnaire.id,
        questionnaire.version,
        items={key: value if isinstance(value, Answer) else _answer(value) for key, value in said.items()},
        gates={key: GateAnswer(value) for key, value in (gates or {}).items()},
    )


def _answer(value: Any) -> Answer:
    return Answer("unknown" if value is None else "known", value)


@st.composite
def definitions(draw: st.DrawFn, most_criteria: int = 4) -> dict[str, Any]:
    """Draw a definition with up to so many criteria, with gates, caps, vetoes and hidden questions."""
    count = draw(st.integers(1, most_criteria))
    items: list[dict[str, Any]] = []
    criteria = [draw(_criteria(f"c{place}", items)) for place in range(count)]
    outcomes = OUTCOMES[: draw(st.integers(2, 4))]
    unscored = draw(_unscored_items(items))
    tests = _cap_tests([*items, *unscored])
    caps = [draw(_caps(f"cap{place}", tests, outcomes)) for place in range(draw(st.integers(0, 2)))]
    gates = [
        gate(f"g{n}", draw(st.sampled_from(outcomes[:-1])), draw(st.sampled_from(["yes", "no"])))
        for n in range(draw(st.integers(0, 2)))
    ]
    return definition(
        [*items, *unscored],
        criteria,
        draw(_boundaries([each["id"] for each in criteria], outcomes)),
        caps=caps,
        gates=gates,
        enough=draw(st.sampled_from([0.1, 0.5, 0.75, 1])),
    )


def questionnaires(most_criteria: int = 4) -> st.SearchStrategy[Questionnaire]:
    """Draw a questionnaire: see :func:`definitions`."""
    return definitions(most_criteria).map(Questionnaire.model_validate)


@cache
def shipped() -> Questionnaire:
    """Return the questionnaire that Overvej comes with."""
    return load_file(SHIPPED).questionnaire


def shipped_or_drawn(most_criteria: int = 4) -> st.SearchStrategy[Questionnaire]:
    """Draw a questionnaire, now and then the one that Overvej comes with."""
    return st.one_of(questionnaires(most_criteria), questionnaires(most_criteria), st.builds(shipped))


@st.composite
def cases(draw: st.DrawFn, complete: bool = False) -> tuple[Questionnaire, Answers]:
    """Draw a questionnaire and answers to it."""
    questionnaire = draw(shipped_or_drawn())
    return questionnaire, draw(answers_for(questionnaire, complete))


@st.composite
def _criteria(draw: st.DrawFn, criterion_id: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    count = draw(st.integers(1, 3))
    own = [draw(_scored_items(f"{criterion_id}-i{place}", first=place == 0)) for place in range(count)]
    items.extend(own)
    by = draw(st.sampled_from(["mean", "top_mean", "min"]))
    aggregate: dict[str, Any] = {"by": by}
    named: list[Any] = [item["id"] for item in own]
    if by == "top_mean":
        aggregate["k"] = draw(st.integers(1, count))
    if by == "mean":
        weights = st.sampled_from([0.5, 1, 2, 3])
        named = [draw(st.sampled_from([name, {"item": name, "weight": draw(weights)}])) for name in named]
    weight = draw(st.sampled_from([1, 2, 2.5, 5, 15]))
    return criterion(criterion_id, named, weight, **aggregate)


@st.composite
def _scored_items(draw: st.DrawFn, item_id: str, first: bool) -> dict[str, Any]:
    more = {"changeable": draw(st.booleans()) or draw(st.booleans())}
    if not first:
        more["may_be_na"] = draw(st.booleans())
    kind = draw(st.sampled_from(["scale", "scale", "uneven", "choice", "exchange"]))
    if kind == "exchange":
        return exchange(item_id, **more)
    points = draw(st.integers(2, 4))
    inner = sorted(draw(st.lists(st.sampled_from(LEVELS), min_size=points - 2, max_size=points - 2)))
    scores = [0, *inner, 100]
    if kind == "choice":
        return choice(item_id, scores, **more)
    return scale(item_id, points, **({"scores": scores} if kind == "uneven" else {}), **more)


@st.composite
def _unscored_items(draw: st.DrawFn, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw a fact, and perhaps others that are shown only after certain answers to it or to a scale."""
    scales = [item for item in items if item["kind"] == "scale"]
    unscored = [fact("f0")]
    conditions = [
        {"item": "f0", "is": "yes"},
        {"item": "f0", "answered": True},
        {"item": "f0", "answered": False},
        {"item": "sector", "is": "o1"},
        *({"item": each["id"], "at_least": 1} for each in scales[:1]),
    ]
    for place in range(1, draw(st.integers(1, 3))):
        shown_if = draw(st.sampled_from(conditions))
        kind = draw(st.sampled_from(["fact", "choice"]))
        made = fact(f"f{place}") if kind == "fact" else choice(f"f{place}", [None, None, None])
        unscored.append({**made, "show_if": shown_if})
        conditions.append({"item": f"f{place}", "answered": True})
    return unscored


@st.composite
def _caps(draw: st.DrawFn, cap_id: str, tests: list[dict[str, Any]], outcomes: list[str]) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(tests), min_size=1, max_size=3))
    when = chosen[0] if len(chosen) == 1 else {draw(st.sampled_from(["all", "any"])): chosen}
    return cap(cap_id, draw(st.sampled_from(outcomes[:-1])), when)


def _cap_tests(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return tests for caps; on scored items they hold for worse answers only."""
    tests: list[dict[str, Any]] = [{"item": "sector", "is": "o0"}]
    for written in items:
        item = KINDS[written["kind"]].model_validate(written)
        name, options = item.id, item.options()
        if item.has_values and options:
            tests += [{"item": name, "at_most": options[0]}, {"not": {"item": name, "at_least": options[1]}}]
            tests += [{"item": name, "in": options[:1]}]
        elif options:
            tests += [{"item": name, "is": options[1]}, {"not": {"item": name, "is": options[1]}}]
    return tests


@st.composite
def _boundaries(draw: st.DrawFn, criteria: list[str], outcomes: list[str]) -> list[dict[str, Any]]:
    lowest: dict[str, float] = dict.fromkeys(criteria, 0)
    made = []
    for between in itertools.pairwise(outcomes):
        profiles = {
            each: draw(st.sampled_from([level for level in LEVELS if level >= lowest[each]]))
            for each in criteria
        }
        vetoes = {}
        for each, profile in profiles.items():
            below = [level for level in LEVELS if level < profile]
            if below and draw(st.integers(0, 2)) == 0:
                vetoes[each] = draw(st.sampled_from(below))
        majority = draw(st.sampled_from([0.5, 0.6, 0.75, 1]))
        made.append(boundary(between, profiles, majority, vetoes))
        lowest = profiles
    return made


@st.composite
def answers_for(draw: st.DrawFn, questionnaire: Questionnaire, complete: bool = False) -> Answers:
    """Draw answers to ``questionnaire``; ``complete`` ones leave no question and no gate unknown."""
    items = {}
    for item in questionnaire.items.values():
        answer = draw(item_answers(item, complete))
        if answer is not None:
            items[item.id] = answer
    gates = {}
    for each in questionnaire.gates:
        said = draw(st.sampled_from(["yes", "no", "clear", "clear"] + ([] if complete else [None])))
        clear = "no" if each.breach_when == "yes" else "yes"
        gates[each.id] = GateAnswer(clear if said == "clear" else said)
    return Answers(
        questionnaire.id,
        questionnaire.version,
        subject=draw(_subjects(questionnaire, complete)),
        items=items,
        gates=gates,
    )


def _subjects(questionnaire: Questionnaire, complete: bool) -> st.SearchStrategy[dict[str, Any]]:
    fields = {
        key: item_values(item) for key, item in questionnaire.subject_items.items() if item.asked_to_decide
    }
    return st.fixed_dictionaries(fields if complete else {}, optional={} if complete else fields)


def item_answers(item: BaseItem, complete: bool = False) -> st.SearchStrategy[Answer | None]:
    """Draw an answer to one item; ``None``: not answered at all."""
    known = item_values(item, complete).map(lambda value: Answer("known", value))
    kinds: list[st.SearchStrategy[Answer | None]] = [known]
    if isinstance(item, ScoredItem) and item.may_be_na:
        kinds.append(st.just(Answer("na")))
    if not complete:
        kinds.append(st.sampled_from([None, Answer("unknown")]))
    return st.one_of(known, *kinds)


@st.composite
def item_values(draw: st.DrawFn, item: BaseItem, complete: bool = False) -> Any:
    """Draw a value of one item; a ``complete`` one leaves no part of it open."""
    return item.drawn(lambda among: draw(st.sampled_from(among)), whole=complete)
