"""An outcome is refused as out of reach exactly when trying every full set of answers finds none."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from app.engine.checks.reachable import can_be_reached, possible_scores
from app.engine.definition import Questionnaire
from app.engine.scoring import aggregated
from app.engine.sorting import climb
from tests.strategies import boundary, choice, criterion, questionnaire_of, scale

FIGURES = st.sampled_from([0, 10, 25, 40, 50, 60, 75, 100])
MOST_ANSWER_SETS = 3000


@st.composite
def small_questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw up to three criteria of one or two items each, and two or three boundaries that rise."""
    items, criteria = [], []
    for place in range(draw(st.integers(1, 3))):
        own = [f"i{place}-{n}" for n in range(draw(st.integers(1, 2)))]
        for name in own:
            points = draw(st.integers(2, 4))
            inner = sorted(draw(st.lists(FIGURES, min_size=1, max_size=2)))
            items.append(draw(st.sampled_from([scale(name, points), choice(name, [0, *inner, 100])])))
        by = draw(st.sampled_from(["mean", "min", "top_mean"]))
        k = {"k": draw(st.integers(1, len(own)))} if by == "top_mean" else {}
        criteria.append(criterion(f"c{place}", own, draw(st.sampled_from([1, 2, 5])), by=by, **k))
    names = [each["id"] for each in criteria]
    boundaries, bars = [], dict.fromkeys(names, 0)
    for place in range(draw(st.integers(2, 3))):
        bars = {name: max(bar, draw(FIGURES)) for name, bar in bars.items()}
        vetoes = {
            name: draw(st.integers(0, bar - 1)) for name, bar in bars.items() if bar and draw(st.booleans())
        }
        majority = draw(st.sampled_from([0.5, 0.6, 0.75, 1]))
        boundaries.append(boundary((f"o{place}", f"o{place + 1}"), bars, majority, vetoes))
    return questionnaire_of(items, criteria, boundaries)


@given(small_questionnaires())
def test_reach_is_what_trying_everything_finds(questionnaire: Questionnaire) -> None:
    scored = questionnaire.scored_items
    choices = [item.options() for item in scored.values()]
    count = 1
    for options in choices:
        count *= len(options)
    assume(count <= MOST_ANSWER_SETS)
    seen: dict[str, set[float]] = {each.id: set() for each in questionnaire.criteria}
    reached = set()
    for answers in product(*choices):
        values = {
            name: item.score(value) for (name, item), value in zip(scored.items(), answers, strict=True)
        }
        scores = {
            each.id: aggregated(each, [(part.weight, values[part.item]) for part in each.weighted_items])
            for each in questionnaire.criteria
        }
        reached.add(climb(questionnaire, scores))
        for name, score in scores.items():
            seen[name].add(round(score, 6))
    possible = {each.id: possible_scores(questionnaire, each) for each in questionnaire.criteria}
    assert {name: {round(x, 6) for x in scores} for name, scores in possible.items()} == seen
    outcomes = range(len(questionnaire.outcomes))
    assert {place for place in outcomes if can_be_reached(questionnaire, place, possible)} == reached
