"""The web application under test: a client that holds every page to the promises that all pages make."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import html5lib
import psycopg
import pytest
from babel.messages.pofile import read_po
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, event, make_url
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from app import create_app
from app.assessments.fields.names import ASKED, PREFIX, answer_name
from app.config import Config
from app.data.backups import trial
from app.engine.texts import LANGUAGES
from app.paths import APP
from app.platform.database import Base, db
from app.platform.i18n import DOMAINS
from app.printing.printer import Printer

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
NAME = "Mette Holm"
"""Who has said their name in every test, but those of the name itself."""

ASKING_AT_ONCE = ("/assessments/new", "/workshops/new")
QUESTION = re.compile(rf'name="{re.escape(PREFIX)}([a-z0-9-]+)')

HTML = "{http://www.w3.org/1999/xhtml}"
ID = re.compile(r'\sid="([^"]+)"')
VARYING = re.compile(r"(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{22,}[A-Za-z0-9_.-]*|\d+")
"""Addresses of single things and tokens, which have a figure in them, moments and counts. They are sought
where a word begins: a page may hold a word of two million letters."""
FOUND_RIGHT: set[int] = set()


# Every page


class Client:
    """A browser without JavaScript: follows nothing by itself, and checks every page that it is given."""

    def __init__(self, app, named: bool = True):
        self.app = app
        self.http = app.test_client()
        self.language = "da"
        self.token = ""
        self.questions: set[str] = set()
        """The ids of the questions on the pages that it was given."""
        if named:
            with self.http.session_transaction() as kept:
                kept["name"] = NAME

    def get(self, path: str, status: int = 200, **options) -> TestResponse:
        response = self.http.get(path, **options)
        assert response.status_code == status, f"{path}: {response.status}"
        self.check(response)
        return response

    def post(self, path: str, data: Any = None, status: int = 303, **options) -> TestResponse:
        if not self.token:
            self.token = self.some_token()
        if not self.questions and path.partition("?")[0] in ASKING_AT_ONCE:
            self.questions |= set(QUESTION.findall(self.http.get(path).text))
        given = data.to_dict(flat=False) if isinstance(data, MultiDict) else data or {}
        body = as_posted(given, self.questions)
        response = self.http.post(path, data={**body, "csrf_token": self.token}, **options)
        assert response.status_code == status, f"{path}: {response.status}"
        self.check(response)
        return response

    def some_token(self) -> str:
        """What any page would give this browser for its forms, without making one."""
        with self.app.test_request_context():
            token = generate_csrf()
            secret = session["csrf_token"]
        with self.http.session_transaction() as kept:
            kept["csrf_token"] = secret
        return token

    def follow(self, response: TestResponse, status: int = 200) -> TestResponse:
        assert response.status_code == 303
        return self.get(response.headers["Location"], status)

    def speak(self, language: str) -> None:
        self.post("/language", {"language": language, "back": "/"})
        self.language = language

    def check(self, response: TestResponse) -> None:
        response.get_data()
        response.close()
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if response.mimetype == "text/html" and response.status_code != 303:
            assert response.headers["Cache-Control"] == "no-store"
            check_page(response.text, self.language)
            self.questions |= set(QUESTION.findall(response.text))
            found = TOKEN.search(response.text)
            self.token = found[1] if found else self.token


def check_page(html: str, language: str) -> None:
    """What every page promises: valid, one heading, its own language, nothing inline, every file there.

    A page that was found right is not looked at again where nothing but numbers has changed.
    """
    ids = Counter(ID.findall(html))
    assert {name for name, count in ids.items() if count > 1} == set(), "ids are unique"
    content = hash((language, VARYING.sub("#", html)))
    if content not in FOUND_RIGHT:
        _check_content(html, language, set(ids))
        FOUND_RIGHT.add(content)


def _check_content(html: str, language: str, ids: set[str]) -> None:
    tree = html5lib.HTMLParser(strict=True).parse(html)
    elements = list(tree.iter())
    names = Counter(element.tag for element in elements)
    assert tree.get("lang") == language
    assert names[f"{HTML}h1"] == 1
    assert names[f"{HTML}main"] == 1
    title = next(element.text for element in elements if element.tag == f"{HTML}title")
    assert re.fullmatch(r".{4,} – Overvej", title)
    assert {element.get("id") for element in elements if element.get("id")} == ids
    for element in elements:
        assert not {"style", "onclick", "onchange", "onsubmit"} & set(element.attrib), "nothing inline"
        assert element.tag != f"{HTML}style"
        assert element.tag != f"{HTML}script" or (element.get("src") and not element.text)
        address = element.get("href") or element.get("src") or ""
        if address.startswith("/static/"):
            file = address.split("/", 3)[3]
            assert (APP / "static" / file).is_file(), f"{file} is not there"
        for reference in ("aria-describedby", "aria-labelledby", "for"):
            assert set((element.get(reference) or "").split()) <= ids, f"{reference} points at nothing"
    text = re.sub(r"\s+", " ", " ".join(tree.itertext()))
    assert [each for each in foreign_texts(language) if each in text] == []


@cache
def foreign_texts(language: str) -> list[str]:
    """Whole catalogue strings of the other language, long enough not to be met by chance."""
    pairs = []
    for domain in DOMAINS:
        with (APP / "translations" / "da" / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
            pairs += [(each.id, each.string) for each in read_po(file) if each.id]
    single = [
        (english, danish) for english, danish in pairs if isinstance(english, str) and english != danish
    ]
    strange = [english if language == "da" else danish for english, danish in single]
    return [each for each in strange if len(each) > 12 and not re.search(r"[%{]", each)]


# The application on both databases


@pytest.fixture
def app(tmp_path, monkeypatch, printer):
    """The application on SQLite, with the shipped questionnaire and the tests' own."""
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(QUESTIONNAIRES))
    yield from running(Config(tmp_path / "data"), printer)


@pytest.fixture(scope="session", autouse=True)
def _routes_are_compiled_once() -> Iterator[None]:
    """How an address is built depends on its rule alone, and compiling it was most of making an app."""
    compile_builder, known = Rule._compile_builder, {}

    def remembered(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_of_a_revision_are_made_once() -> Iterator[None]:
    """A trial restore begins with empty tables of the backup's revision: the next one begins with a copy."""
    made: dict[str, bytes] = {}
    bring_up = trial._bring_up

    def brought_up(engine: Engine, revision: str) -> None:
        file = Path(engine.url.database)
        if file.stat().st_size:
            bring_up(engine, revision)
        elif revision in made:
            file.write_bytes(made[revision])
        else:
            bring_up(engine, revision)
            made[revision] = file.read_bytes()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "_bring_up", brought_up)
        yield


class PrintsOnce(Printer):
    """Gives a document that was printed before as it was then: the same job makes the same bytes, as the
    tests of :class:`Printer` itself show.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self._kept: dict[bytes, bytes] = {}

    def _printed(self, message: bytes) -> bytes:
        if message not in self._kept:
            self._kept[message] = super()._printed(message)
        return self._kept[message]


@pytest.fixture(scope="session")
def printer() -> Iterator[Printer]:
    """One warm printing process for all tests; patient, because the machine has other tests to do as well."""
    with PrintsOnce(seconds=120) as shared:
        yield shared


@pytest.fixture
def client(app) -> Client:
    return Client(app)


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory, printer):
    """The same for all tests of a module: for what they only look at, once it is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERVEJ_QUESTIONNAIRES", str(QUESTIONNAIRES))
        yield from running(Config(tmp_path_factory.mktemp("shared") / "data"), printer)


@pytest.fixture(params=["sqlite", "postgresql"])
def stored_app(request, tmp_path, monkeypatch, printer):
    """The application on each database in turn: every test of storage runs on both."""
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(QUESTIONNAIRES))
    url = request.getfixturevalue("empty_database") if request.param == "postgresql" else ""
    yield from running(Config(tmp_path / "data", url), printer)


each_database_and_language = pytest.mark.parametrize(
    ("stored_app", "language"), [("sqlite", "da"), ("postgresql", "en")], indirect=["stored_app"]
)
"""For what a person reads, where no database makes a difference in one language alone."""


@pytest.fixture
def stored_client(stored_app) -> Client:
    return Client(stored_app)


def running(config: Config, printer: Printer) -> Iterator[Flask]:
    """An application that closes its connections when the test is over."""
    if not config.database_url:
        begin_with_tables(Path(make_url(config.engine_url).database))
    application = create_app(config)
    application.testing = True
    application.jinja_env.bytecode_cache = COMPILED
    application.extensions["printer"] = printer
    yield application
    with application.app_context():
        db.engine.dispose()


def begin_with_tables(file: Path) -> None:
    """Make the tables as a copy of those that were made once: it takes a tenth of the time."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(migrated_file())


@cache
def migrated_file() -> bytes:
    """Return an SQLite file with every table, and nothing in them."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(Path(folder))
        make_tables(config)
        return Path(make_url(config.engine_url).database).read_bytes()


def make_tables(config: Config) -> None:
    application = create_app(config)
    with application.app_context():
        db.engine.dispose()


class Compiled(BytecodeCache):
    """Templates that any application of this session has compiled, for the next one."""

    def __init__(self) -> None:
        self.templates: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.templates.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.templates[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """A PostgreSQL of its own in a temporary folder, reached through a socket there."""
    programs = postgres_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL's programs must be installed here")
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="overvej-pg-"))
    as_owner = own(folder)
    data = folder / "data"
    try:
        run(
            [
                *as_owner,
                programs / "initdb",
                "--no-sync",
                "--auth=trust",
                "--username=overvej",
                "--pgdata",
                data,
            ]
        )
        options = (
            f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200"
        )
        run([*as_owner, programs / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", options, "start"])
        yield folder
        run([*as_owner, programs / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgres_programs() -> Path | None:
    """Debian keeps the server's programs off PATH, in a folder for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


def own(folder: Path) -> list[str]:
    """Let a user who may run PostgreSQL own the folder; root may not. Return how to become that user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def run(command: list[Any]) -> None:
    done = subprocess.run([str(each) for each in command], check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, cwd="/")  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="session")
def migrated_database(postgres) -> str:
    """The name of a database with every table and nothing in them, which others are copied from."""
    with administration(postgres) as admin:
        admin.execute("CREATE DATABASE migrated")
    with tempfile.TemporaryDirectory() as folder:
        make_tables(Config(Path(folder), address_of(postgres, "migrated")))
    return "migrated"


@pytest.fixture
def empty_database(postgres, migrated_database) -> Iterator[str]:
    """The address of a database with every table and nothing in them."""
    name = f"test_{os.urandom(6).hex()}"
    with administration(postgres) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database} STRATEGY FILE_COPY")
        yield address_of(postgres, name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def administration(postgres: Path) -> psycopg.Connection:
    return psycopg.connect(f"host={postgres} user=overvej dbname=postgres", autocommit=True)


def address_of(postgres: Path, database: str) -> str:
    return f"postgresql://overvej@/{database}?host={postgres}"


@contextmanager
def count_queries(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that are sent to the database meanwhile; ``len`` of it counts them."""
    statements: list[str] = []

    def heard(connection, cursor, statement, *others) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", heard)


def meanwhile(monkeypatch: pytest.MonkeyPatch, operations: Any, act: Callable[[], Any]) -> None:
    """Let somebody else ``act`` once between what the next request reads and what it writes.

    ``operations``: the module whose next write waits for it.
    """
    writing, acts = operations.writing, [act]

    @contextmanager
    def after_the_other() -> Iterator[Any]:
        while acts:
            other = threading.Thread(target=acts.pop())
            other.start()
            other.join()
        with writing() as session:
            yield session

    monkeypatch.setattr(operations, "writing", after_the_other)


# A server for the browser


@pytest.fixture(scope="session")
def live_app(tmp_path_factory, printer) -> Iterator[Flask]:
    """One Overvej for all browser tests."""
    application = create_app(Config(tmp_path_factory.mktemp("live")))
    application.extensions["printer"] = printer
    yield application
    with application.app_context():
        db.engine.dispose()


def whole(application: Flask) -> Callable[..., list[bytes]]:
    """Serve each answer in one piece: the test server leaves a file open where a browser goes away."""

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        response = application(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            if hasattr(response, "close"):
                response.close()

    return answer


@pytest.fixture(scope="session")
def live_server(live_app) -> Iterator[str]:
    """Its address; it answers in a thread."""
    server = make_server("127.0.0.1", 0, whole(live_app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def named_browser(live_app, live_server) -> dict[str, Any]:
    """What a browser keeps that has said its name there; one without it is asked first."""
    client = Client(live_app)
    name = live_app.config["SESSION_COOKIE_NAME"]
    cookie = client.http.get_cookie(name)
    return {"cookies": [{"name": name, "value": cookie.value, "url": live_server}], "origins": []}


# Ways to begin


def answers(**said: Any) -> dict[str, Any]:
    """What a page posts of questions, by their ids (underscores stand for hyphens, two for a dot)."""
    names = {name.replace("__", ".").replace("_", "-"): value for name, value in said.items()}
    return {answer_name(name): value for name, value in names.items()}


def as_posted(data: Mapping[str, Any], on_pages: set[str]) -> dict[str, Any]:
    """Tests call questions by their ids; they are posted as a page calls them.

    Questions are those that are posted as ``asked``, and those that pages had.
    """
    asked = data.get(ASKED, [])
    shown = [asked] if isinstance(asked, str) else list(asked)
    questions = on_pages | {each.removeprefix(PREFIX).partition(":")[0] for each in shown}
    posted = {
        answer_name(name) if name.partition(".")[0] in questions else name: value
        for name, value in data.items()
    }
    if shown:
        posted[ASKED] = [each if each.startswith(PREFIX) else answer_name(each) for each in shown]
    if "clear" in data:
        cleared = data["clear"][0] if isinstance(data["clear"], list) else data["clear"]
        posted["clear"] = answer_name(cleared) if cleared in questions else cleared
    return posted


def begin(client: Client, questionnaire: str = "new-partner", **data: str) -> str:
    """Begin an assessment and return its address."""
    own = {name: data.pop(name) for name in ("variant",) if name in data}
    data = {**answers(**{"partner": "Teaterforeningen", "proposal": "En sommerfestival", **data}), **own}
    return client.post(f"/assessments/new?questionnaire={questionnaire}", data).headers["Location"]


def begin_example(client: Client) -> str:
    """Make the example and return its address."""
    return client.post("/example").headers["Location"]


def reviewed_example(client: Client) -> str:
    """Make the example, review it and return its address."""
    address = begin_example(client)
    client.post(f"{address}/review", {"go": "result"})
    return address


def everything_stored(app: Flask) -> dict[str, list[Any]]:
    """Every row of every table, to see that a page writes nothing."""
    with app.app_context():
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in tables}


def shown(client: Client, page: str) -> MultiDict:
    """What a browser would post if the reader changed nothing on a page: read from the page itself."""
    return shown_on(client.get(page).text)


def shown_on(page: str) -> MultiDict:
    """What a browser would post if the reader changed nothing on a page that has come."""
    posted = MultiDict()
    for element in controls(page):
        kind = element.get("type")
        if element.tag == "textarea":
            posted.add(named(element), (element.text or "").removeprefix("\n"))
        elif kind not in ("radio", "checkbox") or element.get("checked") is not None:
            posted.add(named(element), element.get("value", "").removeprefix(PREFIX))
    posted.poplist("csrf_token")
    return posted


def named(control: Any) -> str:
    """What a control is called; one of a question, by the question's id."""
    return str(control.get("name", "")).removeprefix(PREFIX)


def filled_in(client: Client, page: str) -> MultiDict:
    """What is posted by a reader who gives every question on a page its best answer."""
    posted = shown(client, page)
    choices: dict[str, list[str]] = {}
    for element in controls(client.get(page).text):
        if element.get("type") == "radio" and element.get("value") not in ("?", "-"):
            choices.setdefault(named(element), []).append(element.get("value"))
    for name, values in choices.items():
        posted[name] = values[0] if "yes" in values else values[-1]
    return posted


def controls(page: str) -> list[Any]:
    """The inputs and text boxes of a page's form."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(each for each in tree.iter("form") if each.get("id") == "answers")
    return [each for each in form.iter() if each.tag in ("input", "textarea")]


def answer(client: Client, page: str, **answers: Any) -> TestResponse:
    """Fill in a page as a reader does (underscores stand for hyphens) and save it."""
    posted = shown(client, page)
    for name, value in answers.items():
        posted.setlist(
            name.replace("__", ".").replace("_", "-"), value if isinstance(value, list) else [value]
        )
    return client.post(page, posted)


def export(client: Client, address: str) -> dict:
    return client.get(f"{address}/answers.json").get_json()


assert LANGUAGES == ("da", "en"), "foreign_texts knows these two"
