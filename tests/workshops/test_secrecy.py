"""Before the reveal nothing tells what anybody answered: whatever they say, not one byte is another."""

import re
import zipfile
from collections import deque
from io import BytesIO

import html5lib
from sqlalchemy import select

from app.partners.models import Partner
from app.platform.database import db, writing
from app.platform.running import run_now
from app.workshops import operations
from app.workshops.models import Participant
from tests.platform.crawling import links
from tests.web import Client
from tests.workshops.ways import LEADER, answer, of_library, of_partner, opened, room

SIDES = ["library", "partner", "others"]
OFTEN_ANOTHER = re.compile(rb'(csrf_token"\s+value="|elapsed=")[^"]+')
"""What differs between two looks at the same page."""

NOW = re.compile(rb"20\d\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?|\b4\d{4}[.]\d+|(?<=>)\d\d:\d\d(:\d\d)?")
"""A moment as the files have it."""

IS_LOOKED_AT = re.compile(r"^/(?!static/|questionnaires|example|settings|accessibility)(?!.*[.]pdf)")
"""Neither what is the same for all libraries, nor what takes seconds to print and is made of the same."""


def silence(n: int):
    return {}, {}


def of_one_mind(n: int):
    answers, gates = of_library(0)
    return dict.fromkeys(answers, 0) | {"exchange": {"give": {"rooms": 1}, "get": {}}, "owner": 1}, gates


ITS_OWN = re.compile(r'csrf_token"\s+value="[^"]+|elapsed="[^"]+|\b\d\d[.:]\d\d\b')
"""What two workshops never share."""

WAYS = {"nothing": (silence, silence), "one mind": (of_one_mind, of_partner), "six": (of_library, of_partner)}


def held(app) -> str:
    """A room with people on every side, all done; what they said is filled in by :func:`say`."""
    public_id = opened(app, sides=SIDES)
    for side in SIDES:
        answer(app, public_id, side, *[({}, {})] * 6)
    return public_id


def say(app, public_id: str, ways) -> None:
    """Let all of them have answered so, with other numbers of saves each time."""
    with app.app_context(), writing() as session:
        workshop = operations.locked(session, public_id)
        workshop.answer_count += 17
        everybody = select(Participant).where(Participant.workshop_id == workshop.id)
        for person in session.execute(everybody).scalars():
            person.answers, person.gates = ways[person.side != "library"](person.number % 5)
            person.answered = bool(person.answers)


def looks(client: Client, begin: list[str]) -> dict[str, tuple]:
    """Status, headers and body of every page that can be reached, by its address."""
    seen: dict[str, tuple] = {}
    waiting = deque(begin)
    while waiting:
        address = waiting.popleft()
        if address in seen or not IS_LOOKED_AT.match(address):
            continue
        response = client.http.get(address)
        headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
        body = response.get_data()
        if response.mimetype == "application/zip":
            headers.pop("Content-Length", "")
            body = unpacked(body)
        seen[address] = (response.status_code, headers, OFTEN_ANOTHER.sub(rb"\1", body))
        if response.mimetype == "text/html" and response.status_code == 200:
            waiting.extend(links(address, html5lib.parse(response.text, namespaceHTMLElements=False)))
        response.close()
    return seen


def unpacked(body: bytes) -> bytes:
    archive = zipfile.ZipFile(BytesIO(body))
    parts = (re.sub(rb'"date":.*', b"", archive.read(name)) for name in archive.namelist())
    return b"\n".join(parts)


def everywhere(app, public_id: str) -> list[str]:
    """Each address of the rooms around a workshop, linked to or not."""
    workshop = room(app, public_id)
    values = {
        "public_id": public_id,
        "action_id": public_id,
        "code": workshop.code,
        "section_id": "why",
        "question": "goal",
        "sheet": 1,
        "rest": "x",
    }
    rooms = ("workshops", "wall", "agreeing", "sheets", "report", "phones")
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.partition(".")[0] in rooms and "GET" in rule.methods:
                address = rule.build({name: values[name] for name in rule.arguments})[1]
                found.append(address)
    wall = f"/workshops/{public_id}/wall"
    return [*found, f"{wall}?question=goal", f"{wall}/live?question=goal", f"{found[0]}?key={workshop.key}"]


def beside(app) -> list[str]:
    """Where else something of a workshop could stand."""
    with app.app_context():
        partner = db.session.execute(select(Partner.public_id)).scalar_one()
    return ["/", "/workshops", "/assessments", f"/partners/{partner}", "/backups", "/exports"]


def exported(client: Client) -> list[bytes]:
    """What is written to the files with everything in them."""
    files = []
    for kind in ("xlsx", "csv"):
        job = client.post("/exports", {"format": kind, "persons": "yes"}).headers["Location"]
        with client.app.app_context():
            run_now(job.rpartition("/")[2])
        archive = zipfile.ZipFile(BytesIO(client.get(f"{job}/file").data))
        files += [archive.read(name) for name in archive.namelist()]
    return [NOW.sub(b"", each) for each in files]


def test_not_one_byte_of_any_page_tells_what_was_answered(stored_app):
    client, public_id = Client(stored_app), held(stored_app)
    begin = [*everywhere(stored_app, public_id), *beside(stored_app)]
    told, filed = {}, {}
    for way, said in WAYS.items():
        say(stored_app, public_id, said)
        told[way] = looks(client, begin)
    for way, said in WAYS.items():
        say(stored_app, public_id, said)
        filed[way] = exported(client)
    assert len(told["nothing"]) > 40
    assert f"/workshops/{public_id}/wall" in told["nothing"]
    for way in WAYS:
        assert told[way].keys() == told["nothing"].keys()
        for address, look in told[way].items():
            assert look == told["nothing"][address], f"{address} after {way}"
        for mine, other in zip(filed[way], filed["nothing"], strict=True):
            assert mine == other


def of_three(own: int):
    """What the library says where half of it alone answers one question, with a remark."""
    people = [of_library(n) for n in range(6)]
    for n, (answers, _) in enumerate(people):
        answers.pop("alone", None)
        if n < 3:
            answers["alone"] = {"value": own, "note": f"Hemmelig {own}"}
    return people


def test_after_it_nothing_tells_what_too_few_answered(app, client):
    """A side of three, and a question that three of six answered: on no page, and not in what comes of it."""

    def told(few, own) -> list[str]:
        public_id = opened(app, sides=SIDES)
        answer(app, public_id, "library", *of_three(own))
        answer(app, public_id, "partner", *[few] * 3)
        with app.app_context():
            operations.reveal(public_id, LEADER)
        pages = ("", "/wall", "/wall/live", "/wall?question=alone", "/agree", "/agree/alone", "/actions")
        found = [client.http.get(f"/workshops/{public_id}{page}").text for page in (*pages, "/close")]
        with app.app_context():
            assessment = operations.close(public_id, LEADER)
        found += [client.http.get(f"/workshops/{public_id}{page}").text for page in pages]
        found += [client.http.get(f"/assessments/{assessment}{page}").text for page in ("", "/answers.json")]
        workshop = room(app, public_id)
        found.append(repr(workshop.kept))
        own_marks = (public_id, assessment, workshop.code, workshop.key, workshop.code[:4], workshop.code[4:])
        return [ITS_OWN.sub("", plain(page, own_marks)) for page in found]

    first, second = told(of_partner(0), 0), told(of_partner(3), 4)
    for mine, other in zip(first, second, strict=True):
        assert mine == other


def plain(page: str, own_marks: tuple[str, ...]) -> str:
    for each in own_marks:
        page = page.replace(each, "")
    return page
