"""Whatever is typed in a workshop, on phones, paper or by who leads: it is words, on pages and in files."""

import csv
import io
import re
import zipfile

import html5lib
import pytest

from app.platform.running import run_now
from app.workshops import operations
from tests.web import Client
from tests.workshops.phones.ways import phone
from tests.workshops.ways import LEADER, opened

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "{{7*7}}{% raw %}${7*7}%(answer)s {0} %s",
    "\"' onfocus=alert(1) autofocus x='",
    "\u202egnol \u2066x\u200f😀👩‍👩‍👧 e\u0301",
    "æ" * 3000,
    '=HYPERLINK("http://x";"y")',
    "</textarea></title></svg></select><b>fed</b>",
    "A\x00B\x0bC\ufffe &lt;&#39;",
]
SHORT = 60


def dangers(page: str) -> list[str]:
    """What a browser would make of a page that no page of ours holds."""
    found = []
    for each in html5lib.HTMLParser().parse(page).iter():
        tag = str(each.tag).rpartition("}")[2]
        found += [str(name) for name in each.attrib if str(name).lower().startswith("on")]
        found += [tag] if tag == "script" and not each.get("src") else []
        found += [tag] if each.get("src") == "x" or (tag == "b" and each.text == "fed") else []
    return found


@pytest.mark.parametrize("typed", HOSTILE)
def test_it_is_words_everywhere(app, client: Client, typed):
    short = typed[:SHORT]
    words = re.sub("[\x00\x0b\ufffe]", "", short)
    public_id = opened(app, named=True, smallest_group=1, subject={"partner": words, "proposal": words})
    pages = []

    def look(*addresses: str) -> None:
        pages.extend((each, client.http.get(each).text) for each in addresses)

    def post(address: str, data: dict[str, str], status: int) -> None:
        response = client.http.post(address, data={**data, "csrf_token": client.token})
        assert response.status_code == status, address
        pages.append((address, client.http.get(response.location).text if status == 303 else response.text))

    guest = phone(app, public_id, name=short)
    guest.answer("why", goal="3", goal__note=typed)
    pages += [(each, guest.http.get(each).text) for each in (guest.base, guest.section("why"))]
    client.get("/workshops")
    base = f"/workshops/{public_id}"
    rooms = ("", "/live", "/wall", "/wall/live", "/wall?question=goal", "/agree", "/agree/goal", "/actions")
    around = [f"{base}{each}" for each in (*rooms, "/close", "/sheets")]
    keyed = {"sheet": "7", "name": short, "1.1": "a", "1.1.note": typed}
    post(f"{base}/sheets/key", keyed, 303)
    post(f"{base}/sheets/key", {**keyed, "1.1": "b"}, 409)
    post(f"{base}/sheets/key", {**keyed, "1.1": typed}, 400)
    look(*around)
    with app.app_context():
        operations.reveal(public_id, LEADER)
    agreed = {"answer.goal": "2", "room_reason": typed, "room_minority": typed, "room_shown": ""}
    post(f"{base}/agree/goal", agreed, 303)
    post(f"{base}/agree/goal", {**agreed, "answer.goal": typed}, 400)
    post(f"{base}/actions", {"what": typed, "who": short, "due": ""}, 303)
    post(f"{base}/actions", {"what": typed, "who": short, "due": typed}, 400)
    look(*around)
    with app.app_context():
        operations.close(public_id, LEADER)
    look(*around, "/", "/workshops", "/assessments", "/partners", "/backups", "/exports")
    assert [(address, dangers(page)) for address, page in pages if dangers(page)] == []
    assert [address for address, page in pages if "alert(1)</script>" in page] == []
    assert [name for kind in ("xlsx", "csv") for name in with_formulas(client, kind)] == []


def with_formulas(client: Client, kind: str) -> list[str]:
    """The parts of an export that a program would reckon with."""
    job = client.post("/exports", {"format": kind, "persons": "yes"}).headers["Location"]
    with client.app.app_context():
        run_now(job.rpartition("/")[2])
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{job}/file").data))
    parts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    if kind == "xlsx":
        return [name for name, part in parts.items() if "<f>" in part or "<hyperlink" in part]
    return [
        name
        for name, part in parts.items()
        for row in csv.reader(io.StringIO(part), delimiter=";")
        if any(re.match(r"\s*[=+@-](?!\d)", cell) for cell in row)
    ]
