"""Every form around a workshop, at every stage, wants its own page, and no input is an error of ours."""

import io

import pytest
from werkzeug.datastructures import MultiDict

from app.workshops import operations
from tests.web import Client, everything_stored
from tests.workshops.ways import LEADER, opened, prepared, revealed

ROOMS = ("workshops", "wall", "agreeing", "sheets", "report")
LONG = "æ" * 9000
JUNK = [
    "",
    "\x00",
    "a\x00\ufffe\u202e",
    LONG,
    "9" * 400,
    "-1",
    "1e9",
    "{}",
    "[]",
    "=1+1",
    "../..",
    "\ud7ff😀",
]
FIELDS = [
    *("go", "clear", "sheet", "name", "replace", "number", "section", "script", "what", "who", "due", "step"),
    *("goal", "answer.goal", "answer.goal.note", "answer.goal.state", "answer.own-goal", "room_reason"),
    *("answer.exchange.give.hours", "answer.partner", "answer.proposal", "room_minority"),
    *("room_shown", "partner", "proposal", "variant", "sections", "sides", "named", "smallest_group"),
    *("may_change", "led", "on", "welcome", "1.1", "1.1.note", "1.9.give.1", "row_version", "csrf", "goal[]"),
]
ASKED = ("question", "step", "sheet", "side", "count", "first", "language", "stage", "page", "assessment")
STAGES = ["prepared", "open", "revealed", "closed"]


def at_stage(app, stage: str) -> str:
    public_id = {"prepared": prepared, "open": opened}.get(stage, revealed)(app)
    if stage == "closed":
        with app.app_context():
            operations.close(public_id, LEADER)
    return public_id


def posted_to(app, public_id: str) -> list[str]:
    """Each address of the rooms that something is posted to."""
    values = {"public_id": public_id, "action_id": "x" * 22, "question": "goal", "sheet": 7}
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ROOMS and "POST" in rule.methods
    ]
    return [rule.build({name: values[name] for name in rule.arguments})[1] for rule in rules]


@pytest.mark.parametrize("stage", STAGES)
def test_no_form_is_taken_from_elsewhere(app, client, stage):
    public_id = at_stage(app, stage)
    addresses = posted_to(app, public_id)
    assert len(addresses) > 8
    before = everything_stored(app)
    posted = {"what": "Ring", "goal": "2", "number": "1", "sheet": "7", "1.1": "a", "room_shown": ""}
    for address in addresses:
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "x.y.z"}):
            assert client.http.post(address, data={**posted, **token}).status_code == 400, address
            assert client.http.post(address, json={**posted, **token}).status_code == 400, address
    assert everything_stored(app) == before


@pytest.mark.parametrize("stage", STAGES)
def test_whatever_is_posted_is_answered(app, client: Client, stage):
    """A crash would be raised here: missing, repeated, over-long, NUL, files for words, and junk for all."""
    public_id = at_stage(app, stage)
    client.get("/workshops")
    for address in posted_to(app, public_id):
        bodies = [
            {},
            {name: ["1", "2"] for name in FIELDS},
            {"sheet": "7", "replace": "yes", "1.1": ["a", "b"]},
        ]
        bodies += [dict.fromkeys(FIELDS, junk) for junk in JUNK]
        bodies += [{"sheet": "7", "goal": "2", "partner": "x", "1.1.note": junk} for junk in JUNK]
        for body in bodies:
            data = MultiDict({**body, "csrf_token": client.token})
            response = client.http.post(address, data=data)
            assert response.status_code in (200, 303, 400, 404, 409, 413), f"{address}: {response.status}"
            client.check(response)
        files = {name: (io.BytesIO(b"\x00\xff"), "x.bin") for name in FIELDS[:8]}
        response = client.http.post(address, data={**files, "csrf_token": client.token})
        assert response.status_code in (200, 303, 400, 404, 409), address


@pytest.mark.parametrize("stage", STAGES)
def test_whatever_is_asked_for_is_answered_and_changes_nothing(app, client, stage):
    """Each name with one bad value, and each bad value under every name."""
    public_id = at_stage(app, stage)
    before = everything_stored(app)
    queries = [{name: ["\x00", "1"]} for name in ASKED]
    queries += [{name: [junk, "1"] for name in ASKED} for junk in JUNK[:-6]]
    for query in queries:
        for page in ("", "/live", "/wall", "/wall/live", "/agree", "/agree/x", "/actions", "/sheets/key"):
            response = client.http.get(f"/workshops/{public_id}{page}", query_string=query)
            assert response.status_code in (200, 303, 400, 404), f"{page} {query}"
        to_begin = {**query, "partner": "x", "questionnaire": "\x00"}
        response = client.http.get("/workshops/new", query_string=to_begin)
        assert response.status_code in (200, 303, 400, 404), query
    assert everything_stored(app) == before
