"""Recommendations beside what came of them: counts that add up, and no more than counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.assessments.models import Assessment
from app.decisions.comparing import ENOUGH, Comparison, Kind, Share, comparisons
from app.decisions.days import CHOICES, choice_of, chosen_day, months_later
from app.decisions.levels import HEIGHTS, level_after
from app.decisions.models import WENT
from app.definitions.models import Definition
from app.engine.loading import load
from app.partners.models import LEVELS
from app.platform.database import db
from tests.decisions.ways import NOTHING, assessed, decide, decided_on, propose

OUTCOMES = ("none", "date", "engagement")
KINDS = st.lists(
    st.builds(
        Kind,
        recommended=st.sampled_from(["", *OUTCOMES]),
        proposed=st.sampled_from(OUTCOMES),
        decided=st.sampled_from(OUTCOMES),
        went=st.sampled_from(["", *WENT]),
        count=st.integers(1, 40),
    ),
    max_size=30,
)


def comparison(kinds: list[Kind]) -> Comparison:
    return Comparison("Prøve", [(each, each) for each in OUTCOMES], "unknown", kinds)


@given(KINDS)
def test_every_table_adds_up_to_all_decisions(kinds):
    found = comparison(kinds)
    total = sum(kind.count for kind in kinds)
    assert found.total == total
    assert sum(row.total for row in found.by_recommendation) == total
    assert sum(row.total for row in found.by_went) == total
    columns = [sum(row.counts[place] for row in found.by_recommendation) for place in range(len(OUTCOMES))]
    assert columns == [row.total for row in found.by_went], "both tables count the same decisions"


@given(KINDS)
def test_what_differs_is_never_more_than_there_is(kinds):
    found = comparison(kinds)
    same = sum(kind.count for kind in kinds if kind.recommended == kind.proposed == kind.decided)
    for share in (found.motions_apart, found.decisions_apart, found.asked):
        assert 0 <= share.count <= share.of == found.total
    assert same + found.motions_apart.count + found.decisions_apart.count >= found.total


@given(st.integers(0, 500), st.integers(0, 500))
def test_there_is_no_percentage_of_few_cases(count, more):
    share = Share(count, count + more)
    if share.of < ENOUGH:
        assert share.percent is None
    else:
        assert 0 <= share.percent <= 100
        assert share.percent * share.of <= count * 100 < (share.percent + 1) * share.of


def test_the_page_counts_what_was_recommended_proposed_and_decided(stored_client, stored_app):
    decided_on(stored_app, stored_client)
    decided_on(stored_app, stored_client, proposed="date")
    _, decision = decided_on(stored_app, stored_client, verdict="declined")
    decided_on(stored_app, stored_client, verdict="postponed")
    went = {"went": "worse", "on": "2026-06-01", "ask_again": "none", "seen": "0"}
    stored_client.post(f"/decisions/{decision}/follow-up", went)
    page = stored_client.get("/decisions/record").text
    assert "Her er 3 beslutninger." in page
    assert page.count("<b>1 af 3</b>") == 3
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]
    assert "ikke bevis for noget" in page


def test_the_last_follow_up_counts_and_no_other(stored_client, stored_app):
    _, decision = decided_on(stored_app, stored_client)
    for seen, went in enumerate(("better", "worse")):
        posted = {"went": went, "on": "2026-06-01", "ask_again": "none", "seen": str(seen)}
        stored_client.post(f"/decisions/{decision}/follow-up", posted)
    with stored_app.test_request_context():
        (found,) = comparisons()
    assert [(kind.went, kind.count) for kind in found.kinds] == [("worse", 1)]


def test_from_ten_cases_on_percentages_are_told(client, app):
    for number in range(ENOUGH):
        decided_on(app, client, verdict="declined" if number < 3 else "approved")
        page = client.get("/decisions/record").text
        assert ("(30" in page) is (number + 1 == ENOUGH)
        assert ("Der vises først procenter fra 10" in page) is (number + 1 < ENOUGH)


def test_where_too_little_was_known_it_says_so(client, app):
    public_id = assessed(app, case="")
    propose(client, public_id, "date", motion_why="Vi prøver.")
    decide(client, public_id)
    client.speak("en")
    assert "Ask first" in client.get("/decisions/record").text


def test_questionnaires_are_kept_apart(client, app):
    decided_on(app, client)
    assert client.get("/decisions/record").text.count('id="questionnaire-') == 1
    public_id = assessed(app, case=NOTHING)
    with app.app_context():
        another_questionnaire(public_id)
    propose(client, public_id, "none")
    decide(client, public_id)
    assert client.get("/decisions/record").text.count('id="questionnaire-') == 2


def another_questionnaire(public_id: str) -> None:
    """Let an assessment belong to a questionnaire of another id, with the same questions."""
    row = db.session.scalar(select(Definition))
    source = json.dumps({**json.loads(row.source), "id": "another"})
    loaded = load(source)
    other = Definition(
        questionnaire="another",
        version=row.version,
        digest=loaded.questionnaire.digest,
        source=source,
        installed=False,
    )
    db.session.add(other)
    db.session.flush()
    found = db.session.scalar(select(Assessment).where(Assessment.public_id == public_id))
    found.definition_id = other.id
    db.session.commit()


# Days and levels


@given(st.dates(), st.sampled_from([6, 12]))
def test_so_many_months_later_is_a_day_of_that_month(day, months):
    later = months_later(day.isoformat(), months) if day.year < 9998 else day.isoformat()
    assert later >= day.isoformat()
    if day.year < 9998:
        assert (int(later[:4]) - day.year) * 12 + int(later[5:7]) - day.month == months


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-06-30", "2026-12-30"),
        ("2026-12-01", "2027-06-01"),
    ],
)
def test_half_a_year_ends_where_a_month_is_shorter(day, later):
    assert months_later(day, 6) == later


@given(st.dates(), st.sampled_from(CHOICES))
def test_a_choice_is_found_again(day, choice):
    start = day.replace(year=2000 + day.year % 100).isoformat()
    own = months_later(start, 3)
    stored = chosen_day(choice, own, start)
    assert choice_of(stored, start) == choice


@given(st.integers(0, 2), st.sampled_from(LEVELS))
def test_a_decision_never_takes_a_partner_down(rank, level):
    after = level_after(rank, level)
    assert HEIGHTS[after] >= HEIGHTS[level]
    assert after == level or after in ("date", "engagement")
