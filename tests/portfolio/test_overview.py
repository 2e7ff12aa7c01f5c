"""The overview: where the partners stand, by their latest assessments, on both databases."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise

import pytest

from app.organisation.reading import all_goals
from app.partners.models import LEVELS
from app.platform.database import writing
from app.portfolio.choice import Choice, chosen
from app.portfolio.goals import coverage
from app.portfolio.levels import levels_now, levels_over_time
from app.portfolio.overview import Lengths, overview
from app.portfolio.positions import MOST_POINTS, groups_of, positions
from tests.portfolio import ways
from tests.web import count_queries, each_database_and_language

TODAY = date(2026, 11, 22)
FEW = Lengths(partners=6, waiting=5)


def standing(choice: Choice = Choice()):  # noqa: B008 - a frozen value
    return positions(choice, groups_of(choice))


def found(choice: Choice = Choice()) -> dict[str, tuple[int, int]]:  # noqa: B008
    return {point.name: (point.value, point.readiness) for point in standing(choice).points}


# The latest assessment


@pytest.fixture
def reading(stored_app):
    """The application's context, in a request for the overview in Danish."""
    with stored_app.test_request_context("/overview"):
        yield stored_app


def test_a_partner_stands_where_its_latest_reviewed_assessment_places_it(reading):
    with writing() as session:
        one = ways.partner(session, "Teaterforeningen")
        ways.assessment(session, one, value=10, readiness=10, date="2025-01-01")
        ways.assessment(session, one, value=70, readiness=80, date="2026-03-01")
        ways.assessment(session, one, value=20, readiness=20, date="2024-01-01")
        ways.assessment(session, one, value=99, readiness=99, date="2026-10-01", deleted_at=ways.MOMENT)
        ways.assessment(session, one, value=98, readiness=98, date="2026-11-01", reviewed=False)
        ways.assessment(session, None, value=97, readiness=97, date="2026-11-01", origin="example")
    assert found() == {"Teaterforeningen": (70, 80)}


def test_of_two_assessments_of_one_day_the_last_made_counts(reading):
    with writing() as session:
        one = ways.partner(session, "Teaterforeningen")
        ways.assessment(session, one, value=10, readiness=10)
        ways.assessment(session, one, value=70, readiness=80)
    assert found() == {"Teaterforeningen": (70, 80)}


def test_a_partner_that_turned_out_to_be_another_is_not_counted(reading):
    with writing() as session:
        one = ways.partner(session, "Teaterforeningen")
        other = ways.partner(session, "Teaterforeningen i Nord", merged_into_id=one.id)
        ways.assessment(session, other)
    assert found() == {}
    assert levels_now(Choice()) == [1, 0, 0, 0, 0, 0]
    assert levels_over_time(Choice(), TODAY, [1, 0, 0, 0, 0, 0])[0].total == 1


def test_what_has_no_place_is_named_and_not_drawn(reading):
    with writing() as session:
        for name, value, readiness in (("A", 50, 50), ("B", None, 50), ("C", 50, None), ("D", None, None)):
            ways.assessment(session, ways.partner(session, name), value=value, readiness=readiness)
    where = standing()
    assert [point.name for point in where.points] == ["A"]
    assert [name for name, _ in where.without] == ["B", "C", "D"]
    assert (where.assessed, where.placeless) == (4, 3)


def test_every_partner_is_in_one_quarter_and_the_middle_belongs_to_the_better(reading):
    corners = ((50, 50), (49, 50), (50, 49), (49, 49), (0, 0), (100, 100))
    with writing() as session:
        for value, readiness in corners:
            name = f"{value} {readiness}"
            ways.assessment(session, ways.partner(session, name), value=value, readiness=readiness)
    counted = {quarter.id: quarter.count for quarter in standing().quadrants}
    assert counted == {"much-ready": 2, "much-not-yet": 1, "little-ready": 1, "little-not-yet": 2}


def test_recommendations_are_counted_with_the_highest_first(reading):
    with writing() as session:
        for number, rank in enumerate((0, 2, 1, 2, -1)):
            ways.assessment(session, ways.partner(session, f"Nr. {number}"), rank)
    where = standing()
    assert where.outcomes[0] == "Partnerskab for en periode"
    assert where.totals == [2, 1, 1, 1]
    assert sum(sum(quarter.counts) for quarter in where.quadrants) == 5


@pytest.mark.parametrize(("count", "drawn"), [(MOST_POINTS, True), (MOST_POINTS + 1, False)])
def test_of_too_many_partners_it_is_counted_how_many_stand_where(reading, count, drawn):
    ways.many(reading, count)
    where = standing()
    assert bool(where.points) is drawn
    assert bool(where.cells) is not drawn
    if not drawn:
        assert sum(cell.count for cell in where.cells) == count
        assert {cell.value % 10 for cell in where.cells} == {0}
        assert max(cell.value for cell in where.cells) <= 90


# Goals


@pytest.mark.parametrize(
    ("language", "words"), [("da", "mål har ingen partner"), ("en", "goal has no partner")]
)
def test_without_goals_none_is_said_to_have_no_partner(client, app, language, words):
    client.speak(language)
    with app.app_context(), writing() as session:
        ways.partner(session, "Skakklubben")
        ways.goal(session, "Glemt", active=False)
    assert words not in client.get("/overview").text
    with app.app_context(), writing() as session:
        ways.goal(session, "Flere læser")
    assert words in client.get("/overview").text


def test_goals_without_a_partner_are_told_apart_from_those_served(reading):
    with writing() as session:
        served, lonely = ways.goal(session, "Flere læser"), ways.goal(session, "Åbent mødested")
        former = ways.goal(session, "Kulturnat 2024", active=False)
        ways.goal(session, "Glemt", active=False)
        for name, goal in (("A", served), ("B", served), ("C", former)):
            ways.assessment(session, ways.partner(session, name, "date"), 2, goal_id=goal.id)
        old = ways.partner(session, "D")
        ways.assessment(session, old, date="2024-01-01", goal_id=lonely.id)
        ways.assessment(session, old, date="2026-01-01")
    covered = coverage(Choice(), groups_of(Choice()), all_goals(), 1)
    assert [goal.title for goal in covered.without] == ["Åbent mødested"], "only an old assessment served it"
    assert [(goal.title, goal.count, goal.more) for goal in covered.served] == [("Flere læser", 2, 1)]
    assert [goal.title for goal in covered.former] == ["Kulturnat 2024"]
    first = covered.served[0].partners[0]
    assert (first.name, first.level, first.outcome) == ("A", "date", "Partnerskab for en periode")


# Levels over time


@pytest.mark.parametrize("seed", range(4))
def test_levels_at_the_end_of_a_period_are_those_that_stood_then(reading, seed):
    """Whatever came in whatever order: compared with going through every partner, one by one."""
    chance = random.Random(seed)
    first = 2024 if seed % 2 else 2015
    stories = []
    with writing() as session:
        for number in range(25):
            days = sorted(
                f"{chance.randint(first, 2026)}-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}"
                for _ in range(chance.randint(1, 5))
            )
            story = [(day, chance.choice(LEVELS)) for day in days]
            made = ways.partner(session, f"Nr. {number}", story[0][1], story[0][0])
            for (_, before), (day, after) in pairwise(story):
                ways.changed(session, made, before, after, day)
            stories.append(story)
    periods = levels_over_time(Choice(), TODAY, levels_now(Choice()))
    assert periods[-1].total == 25
    for period in periods[:-1]:
        last = f"{period.year}-{period.quarter * 3 or 12:02}-31"
        stood = [[level for day, level in story if day <= last] for story in stories]
        expected = [sum(1 for levels in stood if levels and levels[-1] == level) for level in LEVELS]
        assert period.counts == expected, last
    assert {bool(period.quarter) for period in periods[:-1]} == {seed % 2 == 1}, "quarters while they are few"


# What is chosen


def test_each_choice_narrows_everything_that_is_shown(reading):
    with writing() as session:
        goal = ways.goal(session, "Flere læser")
        one = ways.partner(session, "Den ene", "date", sector="civil", owner="Anna Holm")
        ways.motion(session, ways.assessment(session, one, goal_id=goal.id, date="2026-05-01"))
        other = ways.partner(session, "Den anden", "glance", sector="public", owner="Bo")
        ways.motion(session, ways.assessment(session, other, date="2025-05-01"))
        number = goal.public_id
    for choice in (
        Choice(sector="civil"),
        Choice(owner="Anna Holm"),
        Choice(level="date"),
        Choice(goal=number),
    ):
        shown = overview(choice, TODAY, FEW)
        assert [point.name for point in shown.positions.points] == ["Den ene"], choice
        assert (shown.partners, shown.now[1], shown.periods[-1].total) == (1, 1, 1)
        assert [each.partner for each in shown.waiting.awaited] == ["Den ene"]
    assert set(found(Choice(since="2026-01-01"))) == {"Den ene"}
    assert set(found(Choice(until="2025-12-31"))) == {"Den anden"}
    assert found(Choice(sector="civil", owner="Bo")) == {}


def test_a_choice_that_cannot_be_understood_narrows_nothing():
    nonsense = {
        "sector": "moon",
        "level": "x",
        "goal": "short",
        "since": "2026-02-30",
        "until": "never",
        "owner": "\x00 ",
    }
    assert chosen(nonsense) == Choice()
    assert chosen({name: [1, 2] for name in nonsense}) == Choice()
    assert chosen({"owner": "A" * 5000}).owner == "A" * 200


# The page


@each_database_and_language
def test_the_page_says_kindly_that_there_is_nothing_yet(stored_client, language):
    stored_client.speak(language)
    page = stored_client.get("/overview").text
    assert {"da": "Der er ingen partnere endnu", "en": "There are no partners yet"}[language] in page
    assert "/partners/new" in page


@each_database_and_language
def test_the_page_has_the_chart_and_the_same_as_a_table(stored_client, language):
    ways.many(stored_client.app, 12)
    stored_client.speak(language)
    page = stored_client.get("/overview").text
    numbered = re.findall(
        r'<td class="amount" data-label="[^"]+">(\d+)</td>\s*<th scope="row"><a [^>]+>([^<]+)', page
    )
    assert [name for _, name in numbered] == [f"Forening {number:03}" for number in range(12)]
    for number, name in numbered:
        assert f"{number} {name}: " in page, "the chart's description says the same"
    assert {"da": "Meget værd, ikke klar endnu", "en": "Worth much, not ready yet"}[language] in page
    assert {"da": "Mål uden en partner", "en": "Goals that have no partner"}[language] in page


def test_the_table_is_paged_and_keeps_what_was_chosen(client):
    ways.many(client.app, 104)
    page = client.get("/overview?level=glance&page=2").text
    assert "51–52 af 52" in page
    assert "/overview?level=glance&amp;page=1#partners" in page
    assert "Forening 102" in page
    assert "Forening 002" not in page.partition('id="partners"')[2].partition("</table>")[0]
    client.get("/overview?page=999999")
    client.get("/overview?page=-1&page=x&sector=&owner=%00&since=1&goal[]=1")


def test_what_is_waited_for_leads_to_where_it_is_done(stored_client):
    with stored_client.app.app_context(), writing() as session:
        one = ways.assessment(session, ways.partner(session, "Skakklubben"))
        ways.motion(session, one)
        other = ways.assessment(session, ways.partner(session, "Filmklubben"))
        ways.motion(session, other)
        decided = ways.decision(session, other, follow_up_on="2020-01-01")
        awaited, due = one.public_id, decided.public_id
    page = stored_client.get("/overview").text
    assert f'href="/assessments/{awaited}/decision">Skakklubben' in page
    assert f'href="/decisions/{due}/follow-up">Filmklubben' in page
    assert "1.\N{NO-BREAK SPACE}januar 2020" in page


def test_names_are_text_whatever_they_are(client):
    with client.app.app_context(), writing() as session:
        goal = ways.goal(session, "<i>Mål</i> {{ 7*7 }}")
        for name in ('<script>alert("x")</script>', "%(count)s {0} {partner}", "A" * 300, "»ÆØÅ« 👍"):
            made = ways.partner(session, name, owner=f"{name}"[:200])
            ways.motion(session, ways.assessment(session, made, goal_id=goal.id, subject={"proposal": name}))
    page = client.get("/overview").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "%(count)s {0} {partner}" in page
    assert "{{ 7*7 }}" in page


def test_it_costs_the_same_for_many_partners(stored_client):
    """No query for a partner, a goal or a level: two hundred take no more than ten."""
    ways.many(stored_client.app, 10)
    stored_client.get("/overview")
    with count_queries(stored_client.app) as few:
        stored_client.get("/overview")
    ways.many(stored_client.app, 190)
    with count_queries(stored_client.app) as many:
        stored_client.get("/overview")
    assert 10 < len(many) <= len(few) <= 20
