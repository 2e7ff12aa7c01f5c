"""A library at work, and all that a reader can reach in it: every address, every form with its fields.

Nothing is listed by hand, so a page that is made later is found as well.
"""

from __future__ import annotations

import io
import json
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask
from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from app.assessments.models import Assessment
from app.decisions.models import Decision
from app.definitions.models import Definition
from app.organisation.models import Goal
from app.partners.models import Partner
from app.platform.database import db, writing
from app.platform.jobs import Job
from app.platform.running import run_now
from app.workshops import operations
from app.workshops.agreeing import operations as agreeing
from app.workshops.sheets import operations as sheets
from tests.benchmarks.seeding import seed
from tests.web import QUESTIONNAIRES, Client, begin, reviewed_example
from tests.workshops import ways

HERE = "http://localhost"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
UNUSED = "Et mål uden vurderinger"
ALIKE = 2
"""As many addresses of one endpoint are looked at: two assessments need not have the same pages."""

REFUSED = {"phones.nowhere": (404,), "backups.download": (200, 409)}
"""What is not given: nothing is there, or a workshop is under way and the file would tell who said what."""

STAGES = 5
"""As many workshops: at each stage there are other forms, and where the room is led as well."""


@dataclass(frozen=True)
class Form:
    """A form as a browser would post it, and which of its fields are free text or files."""

    endpoint: str
    action: str
    shown: MultiDict[str, str]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """What was reached: the addresses of each endpoint, and the forms that are posted."""

    addresses: dict[str, list[str]]
    forms: list[Form]


def furnish(client: Client, folder: Path, monkeypatch: Any) -> None:
    """Fill an empty library with something of everything."""
    with client.app.app_context():
        seed(12, 30)
    begin(client)
    client.post("/settings/goals/new", {"title": UNUSED, "active": "yes"})
    binned = begin(client)
    client.post(f"{binned}/delete")
    begin(client, "kinds")
    install_newer(folder, monkeypatch)
    upload(client, "/settings/logo", "logo", LOGO, "logo.svg")
    backup = client.get("/backups/overvej-backup.zip").data
    waiting = upload(client, "/backups", "file", backup, "kopi.zip")
    client.post(waiting, {"go": "restore"})


def install_newer(folder: Path, monkeypatch: Any) -> None:
    """Install a newer version of the questionnaire of every kind."""
    data = json.loads((QUESTIONNAIRES / "kinds.json").read_text(encoding="utf-8"))
    folder.mkdir()
    (folder / "kinds.json").write_text(json.dumps({**data, "version": "99.0.0"}), encoding="utf-8")
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", f"{QUESTIONNAIRES}:{folder}")


def upload(client: Client, address: str, field: str, content: bytes, name: str) -> str:
    data = {field: (io.BytesIO(content), name)}
    return client.post(address, data, content_type="multipart/form-data").headers["Location"]


def on_the_way(client: Client) -> list[str]:
    """Pages that one comes to by doing something first: a job that is done, one that failed, a backup that
    waits, two partners to be merged, an answer that was tried, a decision to be corrected, a newer version.
    """
    done, failed = (client.post("/exports", {"format": "csv"}).headers["Location"] for _ in range(2))
    with client.app.app_context():
        run_now(done.rpartition("/")[2])
        with writing() as session:
            session.execute(update(Job).where(Job.state == "waiting").values(state="failed", problem="Hov"))
        partners = select(Partner.public_id).where(Partner.merged_into_id.is_(None)).limit(2)
        kept, gone = db.session.scalars(partners)
        decided = select(Decision.public_id).where(Decision.verdict != "postponed").limit(1)
        decision = db.session.scalar(decided)
        goal = db.session.scalar(select(Goal.public_id).where(Goal.title == UNUSED))
        older = select(Assessment.public_id).join(Definition).where(Definition.questionnaire == "kinds")
        moved = db.session.scalar(older.limit(1))
    backup = client.get("/backups/overvej-backup.zip").data
    brought = upload(client, "/backups", "file", backup, "kopi.zip")
    tried = f"{reviewed_example(client)}/what-if"
    return [
        *(done, failed, f"{failed}/status.json", f"{done}/file"),
        *at_work(client),
        brought,
        f"/partners/{kept}/merge?other={gone}",
        *(f"{tried}/up/0", f"{tried}/outcome?goal=1", f"{tried}?goal=1"),
        f"/decisions/{decision}/correct",
        f"/assessments/{moved}/newer",
        f"/settings/goals/{goal}",
    ]


def at_work(client: Client) -> list[str]:
    """Workshops at every stage; this browser has joined one of them, as a phone does."""
    app = client.app
    answered, stepped = ways.answered(app), ways.opened(app, in_step=True)
    revealed = ways.revealed(app, ways.opened(app, may_change=True))
    closed = ways.revealed(app)
    room = ways.room(app, answered)
    phone = f"/w/{room.code}"
    client.post(phone, {"side": "library", "key": room.key})
    with app.app_context():
        agreeing.add_action(revealed, "Ringer til koret", "Karen", "2026-12-01", ways.LEADER)
        sheets.key_in(answered, 7, "", {"goal": 2}, {}, ways.LEADER)
        operations.close(closed, ways.LEADER)
    pages = [f"/workshops/{each}" for each in (answered, stepped, revealed, closed, ways.prepared(app))]
    return [
        *pages,
        "/backups/overvej-backup.zip",
        *(
            phone,
            f"{phone}/part/why",
            f"{phone}/live",
            f"/w/{ways.room(app, stepped).code}",
            "/w",
            "/w/a/b/c",
        ),
        *(f"{pages[2]}/{each}" for each in ("agree", "agree/new-users", "actions", "close")),
        *(f"{pages[0]}/sheets", f"{pages[0]}/sheets/key?sheet=8", f"{pages[4]}/edit"),
        *(f"{pages[0]}/sheets.pdf", f"{pages[3]}/report.pdf", f"{pages[0]}/live", f"{pages[2]}/wall/live"),
    ]


def crawl(client: Client, *begin_at: str) -> Reached:
    """Follow every link and every form from the front page on."""
    addresses: dict[str, list[str]] = {}
    forms: dict[tuple[str, frozenset[str]], Form] = {}
    seen: Counter[str] = Counter()
    waiting, known = deque([*begin_at, "/", "/name", "/favicon.ico"]), set()
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(client.app, address)
        most = STAGES if endpoint == "workshops.conduct" else ALIKE
        if address in known or endpoint is None or seen[endpoint] == most:
            continue
        known.add(address)
        seen[endpoint] += 1
        if address.endswith(".pdf"):  # leads nowhere, and takes its time
            addresses.setdefault(endpoint, []).append(address)
            continue
        response = client.http.get(address)
        assert response.status_code in REFUSED.get(endpoint, (200, 303)), f"{address}: {response.status}"
        if response.status_code == 303:
            waiting.append(local(address, response.headers["Location"]))
        addresses.setdefault(endpoint, []).append(address)
        if response.mimetype == "text/html":
            tree = html5lib.parse(response.text, namespaceHTMLElements=False)
            waiting.extend(links(address, tree))
            for form in forms_of(client.app, address, tree):
                forms.setdefault((form.endpoint, frozenset(form.shown) | {form.action[-9:]}), form)
        response.close()
    return Reached(addresses, list(forms.values()))


def links(address: str, tree: Any) -> list[str]:
    found = [(each.get("href") or each.get("src") or "") for each in tree.iter()]
    asked = [each.get("action") or address for each in tree.iter("form") if each.get("method") != "post"]
    status = [each.get("data-status") or each.get("data-live") or "" for each in tree.iter()]
    return [local(address, each) for each in [*found, *asked, *status] if each]


def local(address: str, link: str) -> str:
    parts = urlsplit(urljoin(HERE + address, link))
    if f"{parts.scheme}://{parts.netloc}" != HERE:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def endpoint_of(app: Flask, address: str, method: str = "GET") -> str | None:
    try:
        return app.url_map.bind("localhost").match(urlsplit(address).path, method=method)[0]
    except Exception:
        return None


def forms_of(app: Flask, address: str, tree: Any) -> list[Form]:
    found = []
    for form in tree.iter("form"):
        actions = [each.get("formaction") for each in tree.iter() if each.get("formaction")]
        if form.get("method") != "post":
            continue
        shown, files = fields_of(tree, form)
        for action in [form.get("action") or address, *actions]:
            endpoint = endpoint_of(app, local(address, action), "POST")
            assert endpoint, f"{address} posts to {action}"
            found.append(Form(endpoint, local(address, action), shown, files))
    return found


def fields_of(tree: Any, form: Any) -> tuple[MultiDict[str, str], tuple[str, ...]]:
    """What the form would post, and every other field that it has, empty."""
    shown: MultiDict[str, str] = MultiDict()
    files = []
    inside = [*form.iter(), *(each for each in tree.iter() if each.get("form") == form.get("id", "-"))]
    for each in inside:
        name, kind = each.get("name"), each.get("type")
        if not name or name == "csrf_token":
            continue
        if kind == "file":
            files.append(name)
        elif each.tag == "textarea":
            shown[name] = (each.text or "").removeprefix("\n")
        elif each.tag == "select":
            chosen = [o.get("value", "") for o in each.iter("option") if o.get("selected") is not None]
            shown[name] = chosen[0] if chosen else ""
        elif kind not in ("radio", "checkbox") or each.get("checked") is not None:
            shown[name] = each.get("value") or ""
        else:
            shown.setdefault(name, "")
    return shown, tuple(files)
