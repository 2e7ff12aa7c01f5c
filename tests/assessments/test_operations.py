"""What every write to an assessment leaves behind: its history, its summary, its partner and its goal."""

import io
import json
import threading
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import func, select

from app.assessments import operations
from app.assessments.answered import AnsweredQuestionnaire
from app.assessments.changes import Change, fingerprint_of, stored
from app.assessments.deleted import operations as deleted
from app.assessments.history import operations as history_operations
from app.assessments.loaded import InBin, open_assessment
from app.assessments.models import Assessment, AssessmentChange, Summary
from app.assessments.summaries import summarise
from app.catalogue import find
from app.decisions.models import Decision, Motion
from app.definitions.operations import VersionTaken
from app.engine.answers import Answer, Answers, GateAnswer
from app.engine.assess import assess
from app.organisation.models import Goal
from app.partners.models import Partner
from app.platform.conflicts import ChangedMeanwhile
from app.platform.database import db, writing
from tests.web import begin, begin_example, count_queries, export


@pytest.fixture
def context(stored_app):
    with stored_app.app_context():
        yield stored_app


def make(questionnaire: str = "kinds", subject: dict[str, Any] | None = None, **changes: Any) -> str:
    loaded = find(questionnaire)
    answers = Answers(
        questionnaire,
        loaded.questionnaire.version,
        subject=subject or {"partner": "Æblerne", "proposal": "Saft"},
    )
    given = {"language": "da", "variant": "full", "origin": "new", "actor": "Karen", **changes}
    return operations.create(loaded, answers, **given)


def save(public_id: str, actor: str = "Bent", **said: Any) -> None:
    """Save as a page does that was opened just now (underscores stand for hyphens)."""
    opened = open_assessment(public_id)
    changes = [
        Change(name, value, fingerprint_of(stored(opened.answers, name)))
        for name, value in ((key.replace("_", "-"), value) for key, value in said.items())
    ]
    operations.save_answers(public_id, opened.questionnaire, changes, actor)


def known(value: Any) -> Answer:
    return Answer("known", value)


def row(public_id: str) -> Assessment:
    db.session.expire_all()
    return db.session.execute(select(Assessment).where(Assessment.public_id == public_id)).scalar_one()


def history(public_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    found = select(AssessmentChange).where(AssessmentChange.assessment_id == row(public_id).id)
    return [
        (x.kind, x.actor, x.changes)
        for x in db.session.execute(found.order_by(AssessmentChange.id)).scalars()
    ]


def summary(public_id: str) -> Summary | None:
    return db.session.execute(
        select(Summary).where(Summary.assessment_id == row(public_id).id)
    ).scalar_one_or_none()


# The history


def test_every_write_says_who_did_what(context):
    public_id = make()
    save(public_id, idea=known(1))
    save(public_id, actor="Rie", idea=known(2), lawful=GateAnswer("yes"))
    operations.finish_review(public_id, [], "Karen")
    deleted.delete(public_id, "Bent")
    deleted.take_back(public_id, "Rie")
    assert history(public_id) == [
        ("created", "Karen", {"partner": [None, "Æblerne"], "proposal": [None, "Saft"]}),
        ("answers", "Bent", {"idea": [None, 1]}),
        ("answers", "Rie", {"idea": [1, 2], "lawful": [None, "yes"]}),
        ("reviewed", "Karen", {}),
        ("deleted", "Bent", {}),
        ("taken-back", "Rie", {}),
    ]


def test_what_changes_nothing_is_not_remembered(context):
    public_id = make()
    save(public_id, idea=known(1))
    operations.finish_review(public_id, [], "Karen")
    before = history(public_id)
    save(public_id, idea=known(1))
    operations.finish_review(public_id, [], "Bent")
    operations.set_variant(public_id, "full", "Bent")
    deleted.take_back(public_id, "Bent")
    assert history(public_id) == before


def test_a_save_that_was_refused_is_not_remembered(context):
    public_id = make()
    questionnaire = find("kinds").questionnaire
    save(public_id, idea=known(1))
    stale = [Change("idea", known(2), "")]
    with pytest.raises(ChangedMeanwhile):
        operations.save_answers(public_id, questionnaire, stale, "Bent")
    assert len(history(public_id)) == 2


# The summary


def test_a_summary_is_there_exactly_while_the_result_may_be_seen(context):
    public_id = make()
    for step in (
        lambda: save(public_id, idea=known(2)),
        lambda: operations.finish_review(public_id, [], "Karen"),
        lambda: save(public_id, lawful=GateAnswer("no")),
        lambda: operations.finish_review(public_id, ["lawful"], "Karen"),
        lambda: save(public_id, lawful=GateAnswer("yes")),
        lambda: save(public_id, lawful=None),
    ):
        step()
        db.session.expire_all()
        opened = open_assessment(public_id)
        kept = summary(public_id)
        assert (kept is not None) == opened.may_see_result
        if kept is not None:
            wanted = asdict(summarise(opened.questionnaire, opened.answers))
            assert {name: getattr(kept, name) for name in wanted} == wanted


def test_a_summary_says_what_the_result_says(client):
    address = begin_example(client)
    client.post(f"{address}/review")
    with client.app.app_context():
        opened = open_assessment(address.rsplit("/", 1)[-1])
        result = assess(opened.questionnaire, opened.answers)
        kept = db.session.execute(select(Summary)).scalar_one()
    assert (kept.outcome, kept.low, kept.high) == (result.outcome, *result.range)
    assert kept.rank == opened.questionnaire.outcome_ids.index(result.outcome)
    assert (kept.known, kept.asked) == (result.coverage.known, result.coverage.asked)


def test_value_and_readiness_are_weighted_means_of_what_is_known():
    questionnaire = find("new-partner").questionnaire
    nothing = summarise(questionnaire, Answers(questionnaire.id, questionnaire.version))
    assert (nothing.outcome, nothing.rank, nothing.value, nothing.readiness) == ("", -1, None, None)
    first = next(each for each in questionnaire.criteria if each.axis == "value")
    item = first.weighted_items[0].item
    one = Answers(questionnaire.id, questionnaire.version, items={item: known(4)})
    assert summarise(questionnaire, one).value == 100
    assert summarise(questionnaire, one).readiness is None


# Partner and goal


def test_a_new_assessment_puts_its_partner_into_the_register_once(context):
    ids = {
        row(make(subject={"partner": name, "proposal": "Saft"})).partner_id
        for name in ("Æblerne", " ÆBLERNE ")
    }
    assert len(ids) == 1
    assert [each.name for each in db.session.execute(select(Partner)).scalars()] == ["Æblerne"]


def test_an_example_belongs_to_nobody(client):
    begin_example(client)
    with client.app.app_context():
        assert db.session.execute(select(Partner)).all() == []


def test_the_partner_it_was_begun_from_is_kept(context):
    make()
    chosen = db.session.execute(select(Partner.id)).scalar_one()
    assert row(make(subject={"partner": "Andet", "proposal": "X"}, partner_id=chosen)).partner_id == chosen


def test_a_copy_belongs_to_the_same_partner(context):
    public_id = make()
    assert row(operations.copy(public_id, "Bent")).partner_id == row(public_id).partner_id is not None


def test_the_goal_follows_its_words_and_stays_when_it_goes_out_of_use(context):
    with writing() as session:
        session.add_all(
            Goal(title=title, created_by="Karen", updated_by="Karen")
            for title in ("Flere læser", "Flere mødes")
        )
    goals = dict(db.session.execute(select(Goal.title, Goal.id)).all())
    public_id = make("new-partner", {"partner": "A", "proposal": "B", "library-goal": "flere LÆSER"})
    assert row(public_id).goal_id == goals["Flere læser"]
    with writing() as session:
        session.get(Goal, goals["Flere læser"]).active = False
    save(public_id, proposal=known("C"))
    assert row(public_id).goal_id == goals["Flere læser"], "its words stand as they were"
    save(public_id, library_goal=known("Flere mødes"))
    assert row(public_id).goal_id == goals["Flere mødes"]
    save(public_id, library_goal=known("Noget helt tredje"))
    assert row(public_id).goal_id is None


# The bin


def test_what_lies_in_the_bin_cannot_be_opened_or_written_to(context):
    public_id = make()
    deleted.delete(public_id, "Bent")
    with pytest.raises(InBin):
        open_assessment(public_id)
    for write in (
        lambda: deleted.delete(public_id, "Bent"),
        lambda: operations.copy(public_id, "Bent"),
        lambda: operations.finish_review(public_id, [], "Bent"),
        lambda: history_operations.restore(public_id, 1, "Bent"),
    ):
        with pytest.raises(operations.Gone):
            write()


def test_erasing_leaves_nothing_behind_and_touches_no_other(context):
    public_id, other = make(), make(subject={"partner": "Pærerne", "proposal": "Most"})
    for each in (public_id, other):
        operations.finish_review(each, [], "Karen")
    with writing() as session:
        session.add(
            Motion(assessment_id=row(public_id).id, outcome="x", created_by="Karen", updated_by="Karen")
        )
    deleted.delete(public_id, "Bent")
    deleted.erase(public_id, "Bent")
    assert [each.public_id for each in db.session.execute(select(Assessment)).scalars()] == [other]
    assert {each.assessment_id for each in db.session.execute(select(Summary)).scalars()} == {row(other).id}
    assert len(history(other)) == 2
    for table in (AssessmentChange, Motion):
        wanted = 2 if table is AssessmentChange else 0
        assert db.session.execute(select(func.count()).select_from(table)).scalar_one() == wanted
    assert db.session.execute(select(func.count()).select_from(Partner)).scalar_one() == 2


def test_only_what_lies_in_the_bin_can_be_erased(context):
    public_id = make()
    with pytest.raises(operations.Gone):
        deleted.erase(public_id, "Bent")
    assert row(public_id)


def decide(public_id: str) -> None:
    with writing() as session:
        session.add(
            Decision(
                assessment_id=row(public_id).id,
                verdict="approved",
                decided_by="Lederen",
                decided_on="2026-11-22",
                created_by="Karen",
                updated_by="Karen",
            )
        )


def test_what_was_decided_on_is_never_erased(context):
    public_id = make()
    decide(public_id)
    deleted.delete(public_id, "Bent")
    with pytest.raises(deleted.Decided):
        deleted.erase(public_id, "Bent")
    deleted.take_back(public_id, "Bent")
    assert open_assessment(public_id)


# Going back


def test_a_restored_state_answers_hidden_questions_as_then(context):
    public_id = make()
    save(public_id, tried=known("yes"), how_many=known(40))
    then = select(func.max(AssessmentChange.id))
    change = db.session.execute(then).scalar_one()
    save(public_id, tried=known("no"))
    save(public_id, how_many=known(2))
    history_operations.restore(public_id, change, "Rie")
    assert row(public_id).answers == {"tried": "yes", "how-many": 40}
    assert history(public_id)[-1] == ("restored", "Rie", {"tried": ["no", "yes"], "how-many": [2, 40]})


def test_another_s_history_leads_nowhere(context):
    public_id, other = make(), make()
    foreign = db.session.execute(select(func.max(AssessmentChange.id))).scalar_one()
    for change in (foreign, 0, -1, 10**9):
        with pytest.raises(history_operations.NoSuchChange):
            history_operations.restore(public_id, change, "Bent")
    assert row(other)


def test_a_state_is_not_brought_back_over_what_was_not_seen(context):
    public_id = make()
    change, seen = history(public_id), row(public_id).row_version
    save(public_id, idea=known(1))
    number = db.session.execute(select(func.min(AssessmentChange.id))).scalar_one()
    with pytest.raises(ChangedMeanwhile):
        history_operations.restore(public_id, number, "Rie", shown=seen)
    assert row(public_id).answers == {"idea": 1}
    assert len(history(public_id)) == len(change) + 1


# Many at once


def brought(partner: str) -> AnsweredQuestionnaire:
    loaded = find("kinds")
    answers = Answers(
        "kinds", "1.0.0", subject={"partner": partner, "proposal": "Saft"}, items={"idea": known(1)}
    )
    return AnsweredQuestionnaire(loaded, answers)


def test_many_files_are_one_transaction(context):
    made = operations.create_many([brought(f"Partner {n}") for n in range(30)], language="da", actor="Karen")
    assert [row(each).subject["partner"] for each in made] == [f"Partner {n}" for n in range(30)]
    assert {row(each).origin for each in made} == {"import"}
    assert db.session.execute(select(func.count()).select_from(Partner)).scalar_one() == 30
    assert all(len(history(each)) == 1 for each in made)


def test_of_many_files_none_is_stored_when_one_cannot_be(context, monkeypatch):
    real, calls = operations.store, []

    def fails_at_the_third(*given):
        calls.append(1)
        if len(calls) == 3:
            raise VersionTaken("kinds", "1.0.0")
        return real(*given)

    monkeypatch.setattr(operations, "store", fails_at_the_third)
    with pytest.raises(VersionTaken):
        operations.create_many([brought(f"Partner {n}") for n in range(5)], language="da", actor="Karen")
    assert db.session.execute(select(func.count()).select_from(Assessment)).scalar_one() == 0
    assert db.session.execute(select(func.count()).select_from(Partner)).scalar_one() == 0


def files(*contents: tuple[str, bytes]) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), name) for name, content in contents]


def test_several_files_are_opened_at_once(client):
    first, second = (json.dumps(export(client, begin(client, partner=name))).encode() for name in ("A", "B"))
    response = client.post("/import", {"file": files(("a.json", first), ("b.json", second))})
    page = client.follow(response).text
    assert "2 vurderinger er åbnet." in page
    assert page.count("En sommerfestival") == 4


def test_of_several_files_none_is_opened_when_one_cannot_be_and_each_is_named(client):
    good = json.dumps(export(client, begin(client))).encode()
    several = files(("god.json", good), ("tom.json", b""), ("andet.json", b"{}"))
    page = client.post("/import", {"file": several}, status=400).text
    assert "tom.json: " in page
    assert "andet.json: " in page
    assert "god.json" not in page
    with client.app.app_context():
        assert db.session.execute(select(func.count()).select_from(Assessment)).scalar_one() == 1


def test_more_files_than_a_page_can_take_are_refused_plainly(client, monkeypatch):
    monkeypatch.setattr("app.data.limits.MOST_AT_ONCE", 2)
    page = client.post("/import", {"file": files(*((f"{n}.json", b"{}") for n in range(3)))}, status=400).text
    assert "højst 2 filer" in page


# What a request has read already


def test_a_row_that_was_read_already_is_written_without_being_read_again(context):
    public_id = make()
    opened = open_assessment(public_id)
    change = Change("idea", known(2), "")
    with count_queries(context) as statements:
        operations.save_answers(public_id, opened.questionnaire, [change], "Bent", read=opened.assessment)
    assert [each.split()[0] for each in statements] == ["BEGIN"] * (len(statements) - 2) + [
        "UPDATE",
        "INSERT",
    ]
    assert row(public_id).answers == {"idea": 2}


@pytest.mark.parametrize(
    ("said", "conflicts"),
    [({"size": known("large")}, False), ({"idea": known(0)}, True)],
    ids=["other", "same"],
)
def test_what_somebody_wrote_since_it_was_read_is_kept(context, said, conflicts):
    public_id = make()
    opened = open_assessment(public_id)
    written_meanwhile_by_another(context, public_id, **said)
    change = Change("idea", known(2), "")
    expected = pytest.raises(ChangedMeanwhile) if conflicts else nullcontext()
    with expected:
        operations.save_answers(public_id, opened.questionnaire, [change], "Bent", read=opened.assessment)
    assert row(public_id).answers == ({"idea": 0} if conflicts else {"idea": 2, "size": "large"})
    assert len(history(public_id)) == (2 if conflicts else 3)


def test_what_somebody_deleted_since_it_was_read_is_not_written(context):
    public_id = make()
    opened = open_assessment(public_id)
    in_another_thread(context, lambda: deleted.delete(public_id, "Rie"))
    change = Change("idea", known(2), "")
    with pytest.raises(operations.Gone):
        operations.save_answers(public_id, opened.questionnaire, [change], "Bent", read=opened.assessment)


def written_meanwhile_by_another(app, public_id: str, **said: Any) -> None:
    in_another_thread(app, lambda: save(public_id, "Rie", **said))


def in_another_thread(app, work) -> None:
    failed = []

    def run() -> None:
        try:
            with app.app_context():
                work()
        except Exception as error:  # a thread must not swallow it
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []
