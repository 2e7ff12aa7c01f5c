"""What a list does not show costs it next to nothing: it is counted and passed over in an index."""

import pytest
from sqlalchemy import event

from app.platform.database import db
from tests.web import begin, reviewed_example

LISTS = (
    "/assessments",
    "/assessments?page=2",
    "/assessments?q=teater",
    "/assessments?q=findes-ikke",
    "/assessments/bin",
    "/partners",
    "/partners?page=2",
)


def plans(app, ask) -> list[tuple[str, list[str]]]:
    """Return each statement that SQLite was sent meanwhile, with how it goes about it."""
    sent = []

    def heard(connection, cursor, statement, parameters, *others) -> None:
        sent.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    ask()
    event.remove(engine, "before_cursor_execute", heard)
    with engine.connect() as connection:
        return [
            (said, [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", parameters)])
            for said, parameters in sent
            if said.startswith("SELECT")
        ]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_counted_and_put_in_order_by_an_index(client, path):
    reviewed_example(client)
    for number in range(60):
        begin(client, "smallest", who=f"Teater nummer {number}")
    client.post(f"{begin(client)}/delete")
    passing = [
        (said, plan) for said, plan in plans(client.app, lambda: client.get(path)) if " IN (?" not in said
    ]
    assert any("count(*)" in said for said, _ in passing)
    for said, plan in passing:
        assert not [step for step in plan if "TEMP B-TREE" in step], said
        read_whole = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
        assert not [step for step in read_whole if "assessments" in step or "partners" in step], said


def test_the_answers_of_what_was_reviewed_are_not_read_for_a_list(client):
    reviewed_example(client)
    said = [statement for statement, _ in plans(client.app, lambda: client.get("/assessments"))]
    assert [each for each in said if "assessments.subject" in each]
    assert not [each for each in said if "assessments.answers" in each]
