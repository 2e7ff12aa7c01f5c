"""``overvej serve``: for one person on this machine, and plain about what stands in the way."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import create_app
from app.catalogue import installed
from app.cli import doors
from app.cli.application import is_full
from app.cli.arguments import parser
from app.cli.doors import address_of, listening
from app.cli.problem import Problem
from app.cli.serve import has_desktop
from app.definitions.models import Definition
from app.platform.database import db, writing
from tests.cli.conftest import ROOT
from tests.cli.examples import written

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are for POSIX")


class Served:
    """A server in a process of its own, on a port that was free."""

    def __init__(self, data: Path, *arguments: str, **environ: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--no-browser", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "OVERVEJ_DATA": str(data), "LC_ALL": "C", **environ},
        )
        self.line = self.process.stdout.readline()
        found = re.search(r"http://\S+", self.line)
        self.address = found[0] if found else ""

    def stop(self) -> str:
        """Ctrl-C, and what it said on standard error until it ended."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=60)[1]


@posix
def test_it_says_its_address_answers_there_and_stops_quietly(tmp_path):
    served = Served(tmp_path)
    assert re.fullmatch(r"Overvej: http://127\.0\.0\.1:\d+  \(stop: Ctrl\+C\)\n", served.line)
    with urllib.request.urlopen(served.address, timeout=60) as page:
        assert page.status == 200
        assert "Overvej" in page.read().decode()
    assert served.stop() == ""
    assert served.process.returncode == 0


def commands_below(pid: int) -> list[str]:
    """The commands that a process has started and that run."""
    command = ["ps", "-o", "args=", "--ppid", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()


@posix
def test_it_gets_ready_to_print_before_somebody_asks(tmp_path):
    """Else the first decision takes twice as long as the next."""
    served = Served(tmp_path)
    with urllib.request.urlopen(served.address, timeout=60):
        assert [command for command in commands_below(served.process.pid) if "app.printing.worker" in command]
    assert served.stop() == ""


@posix
def test_a_faulty_questionnaire_is_told_and_the_others_are_served(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "half.json").write_text('{"format": ', encoding="utf-8")
    served = Served(tmp_path / "data", OVERVEJ_QUESTIONNAIRES=str(mine))
    with urllib.request.urlopen(served.address, timeout=60) as page:
        assert page.status == 200
    told = served.stop()
    assert told.startswith("Left out: ")
    assert "half.json:1:" in told
    assert told.count("\n") == 1


@posix
def test_a_questionnaire_that_was_changed_after_its_use_is_told(tmp_path, monkeypatch):
    """Its old assessments stay what they are; a new one would mix two texts under one version."""
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path))
    application = create_app()
    with application.app_context(), writing() as session:
        version = installed().find("new-partner").questionnaire.version
        facts = {"version": version, "digest": "0" * 64, "source": "{}", "installed": True}
        old = Definition(questionnaire="new-partner", **facts)
        session.add(old)
    served = Served(tmp_path)
    told = served.stop()
    assert told == (
        f"Cannot be started: new-partner {version} was changed after it had been used; "
        "give it a new version\n"
    )


@posix
def test_a_database_that_cannot_be_used_is_one_line(tmp_path):
    served = Served(tmp_path, OVERVEJ_DATABASE_URL="mysql://nowhere/at-all")
    said = served.process.communicate(timeout=60)[1]
    assert served.process.returncode == 2
    assert said.startswith("overvej: ")
    assert said.count("\n") == 1
    assert "OVERVEJ_DATABASE_URL" in said


@posix
def test_a_database_of_a_newer_overvej_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path))
    with create_app().app_context():
        with writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.engine.dispose()
    served = Served(tmp_path)
    said = served.process.communicate(timeout=60)[1]
    assert served.process.returncode == 2
    assert said == "overvej: the database was made by a newer version of Overvej; install that version here\n"


@posix
def test_a_data_folder_that_cannot_be_used_is_one_line(tmp_path):
    path = written(tmp_path, {}, "a-file")
    served = Served(path)
    said = served.process.communicate(timeout=60)[1]
    assert served.process.returncode == 2
    assert "a-file" in said
    assert said.count("\n") == 1


def test_a_damaged_key_is_one_line_with_the_file_and_what_to_do(overvej, tmp_path, monkeypatch):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path))
    (tmp_path / "secret-key").write_bytes(b"\xff\xfe" * 40)
    ran = overvej("backup", tmp_path / "a.zip")
    assert ran.code == 2
    assert f"damaged or too short: {tmp_path / 'secret-key'}. Delete the file" in ran.err
    assert ran.err.count("\n") == 1


def full(app, url) -> None:
    """Write until SQLite itself says that there is no room."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA max_page_count = 2")
        try:
            for number in range(9):
                database.execute(f"CREATE TABLE t{number} (x)")
        except sqlite3.OperationalError as error:
            raise OperationalError("CREATE", {}, error) from error


@pytest.mark.parametrize(("language", "told"), [("en", "the disk is full"), ("da", "disken er fuld")])
def test_a_full_disk_at_the_start_is_told_as_that(overvej, monkeypatch, tmp_path, language, told):
    monkeypatch.setenv("OVERVEJ_DATA", str(tmp_path))
    monkeypatch.setenv("LANG", language)
    monkeypatch.setattr("app.factory.set_up_database", full)
    ran = overvej("backup", tmp_path / "a.zip")
    assert ran.code == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_what_sqlite_calls_an_io_error_is_a_full_disk_where_there_is_no_room(monkeypatch):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    assert not is_full(error)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=4096))
    assert is_full(error)
    assert not is_full(sqlite3.OperationalError("no such table: x"))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "library.example", "", "127.0.0.2"])
def test_another_address_than_this_machine_s_own_is_refused(overvej, host):
    ran = overvej("serve", "--host", host, "--port", "0", "--no-browser")
    assert ran.code == 2
    assert "answers this machine alone" in ran.err
    assert ran.err.count("\n") == 1


def test_a_port_in_use_is_said_with_another_to_try(overvej):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = overvej("serve", "--port", port, "--no-browser")
    assert ran.code == 2
    assert ran.err.startswith(f"overvej: port {port} is in use")
    assert ran.err.count("\n") == 1


def test_a_port_without_a_neighbour_suggests_a_lower_one(overvej):
    try:
        taken = socket.create_server(("127.0.0.1", 65535))
    except OSError:
        pytest.skip("somebody has the last port")
    with taken:
        assert "--port 65534" in overvej("serve", "--port", "65535", "--no-browser").err


def test_it_listens_on_this_machine_alone():
    with listening("localhost", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_an_address_is_written_as_a_browser_wants_it():
    assert address_of("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert address_of("::1", 8000) == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"SSH_CONNECTION": "a b"}, "darwin", False),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
    ],
)
def test_a_browser_is_opened_where_somebody_sits(environ, platform, expected):
    assert has_desktop(environ, platform) is expected


def test_the_browser_is_opened_unless_told_not_to(overvej, not_served, monkeypatch):
    opened = []
    monkeypatch.setattr("app.cli.serve.has_desktop", lambda: True)
    monkeypatch.setattr("app.cli.serve.webbrowser.open", opened.append)

    ran = overvej("serve", "--port", "0")
    assert ran.code == 0
    assert opened == [ran.out.split()[1]]
    overvej("serve", "--port", "0", "--no-browser")
    assert len(opened) == 1


# A workshop, open to the network


@pytest.fixture
def in_a_network(monkeypatch):
    """The machine is in a network, whatever the one is that runs the tests."""
    monkeypatch.setattr(doors, "own_address", lambda family: "192.168.1.20")


@pytest.fixture
def not_served(monkeypatch):
    """All is said that is said at the start, and nothing is served. Returns where it would have listened."""
    heard = []

    def serve(doors, announce):
        heard.append(doors)
        shut(doors)
        announce()

    monkeypatch.setattr("app.cli.serve._serve", serve)
    return heard


def shut(doors):
    for listener in filter(None, (doors.here, doors.network)):
        listener.close()


def test_a_workshop_says_two_addresses_and_who_is_let_in(overvej, in_a_network, not_served):
    ran = overvej("serve", "--workshop", "--port", "0", "--no-browser")
    port = re.search(r"http://127\.0\.0\.1:(\d+)", ran.out)[1]
    assert ran.out.splitlines()[:2] == [
        f"Overvej: http://127.0.0.1:{port}  (stop: Ctrl+C)",
        f"Phones: http://192.168.1.20:{port}/w",
    ]
    assert "Only the pages of those who take part are open to the network" in ran.out
    assert "all else stays on this machine" in ran.out
    assert (not_served[0].phones, bool(not_served[0].network)) == (f"http://192.168.1.20:{port}", True)


def test_without_a_workshop_nothing_of_it_is_said(overvej, not_served):
    ran = overvej("serve", "--port", "0", "--no-browser")
    assert ran.out.count("\n") == 1
    assert (not_served[0].phones, not_served[0].network) == ("", None)


def test_a_workshop_speaks_danish_too(overvej, in_a_network, not_served, monkeypatch):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    ran = overvej("serve", "--workshop", "--port", "0", "--no-browser")
    assert "Telefoner: http://192.168.1.20:" in ran.out
    assert "Kun deltagernes sider er åbne for netværket" in ran.out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("http://workshop.bibliotek.lan", "http://workshop.bibliotek.lan"),
        ("http://Skranke-PC:8000/", "http://skranke-pc:8000"),
        ("https://[2001:db8::5]:8443", "https://[2001:db8::5]:8443"),
    ],
)
def test_phones_are_told_the_address_that_was_given(overvej, in_a_network, not_served, typed, told):
    ran = overvej("serve", "--workshop", "--address", typed, "--port", "0", "--no-browser")
    assert f"Phones: {told}/w" in ran.out
    assert not_served[0].phones == told


@pytest.mark.parametrize(
    "typed",
    ["workshop", "ftp://x", "http://", "http://x/w", "http://x?y", "http://a@b", "http://x:99999",
     "http://x y", "http://x:0000000", "javascript:alert(1)", "http://æ"],
)  # fmt: skip
def test_what_is_no_address_is_refused(overvej, typed):
    ran = overvej("serve", "--workshop", "--address", typed, "--port", "0", "--no-browser")
    assert ran.code == 2
    assert "is not an address that phones can be told" in " ".join(ran.err.split())


@pytest.mark.parametrize("typed", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"])
def test_phones_cannot_be_told_of_themselves(overvej, typed):
    ran = overvej("serve", "--workshop", "--address", typed, "--port", "0", "--no-browser")
    assert ran.code == 2
    assert "on a phone it is the phone itself" in ran.err


def test_an_address_without_a_workshop_is_refused(overvej):
    ran = overvej("serve", "--address", "http://x", "--port", "0", "--no-browser")
    assert ran.code == 2
    assert "write --workshop too" in ran.err


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "::1", "localhost", "library.example", "", "127.0.0.2", "fe80::1%lo"]
)
def test_a_workshop_cannot_listen_where_no_phone_comes(overvej, host):
    ran = overvej("serve", "--workshop", "--host", host, "--port", "0", "--no-browser")
    assert ran.code == 2
    assert "phones cannot reach" in ran.err
    assert ran.err.count("\n") == 1


def test_a_workshop_cannot_listen_on_another_machine_s_address(overvej):
    ran = overvej("serve", "--workshop", "--host", "192.0.2.200", "--port", "0", "--no-browser")
    assert ran.code == 2
    assert "192.0.2.200 is no address of this machine" in ran.err


def test_a_machine_in_no_network_says_so_and_lets_nobody_in(overvej, monkeypatch, not_served):
    monkeypatch.setattr(doors, "own_address", lambda family: "")
    ran = overvej("serve", "--workshop", "--port", "0", "--no-browser")
    assert "this machine is in no network" in ran.out
    assert "Only the pages" not in ran.out
    assert not_served[0].phones == ""


def test_one_address_in_the_network_leaves_the_facilitator_s_own(monkeypatch):
    """Whoever listens on one network alone still needs 127.0.0.1, where everything is."""
    bound = []

    def create(address, **options):
        bound.append(address)
        return socket.socket()

    monkeypatch.setattr(socket, "create_server", create)
    monkeypatch.setattr(doors, "port_of", lambda listener: 8000)
    asked = parser().parse_args(["serve", "--workshop", "--host", "192.168.1.20"])
    found = doors.opened(asked)
    shut(found)
    assert bound == [("192.168.1.20", 8000), ("127.0.0.1", 8000)]
    assert (found.own, found.phones) == ("http://127.0.0.1:8000", "http://192.168.1.20:8000")


def test_a_network_cannot_fill_the_connections_of_this_machine():
    """What listens everywhere leaves 127.0.0.1 to a server of its own, on the same port."""
    found = doors.opened(parser().parse_args(["serve", "--workshop", "--port", "0"]))
    port = doors.port_of(found.here)
    try:
        assert found.network.getsockname() == ("0.0.0.0", port)
        with socket.create_connection(("127.0.0.1", port)):
            found.here.settimeout(5)
            found.here.accept()[0].close()
        with pytest.raises(Problem, match="is in use"):
            doors.opened(parser().parse_args(["serve", "--workshop", "--port", str(port)]))
        with pytest.raises(Problem, match="is in use"):
            doors.opened(parser().parse_args(["serve", "--port", str(port)]))
    finally:
        shut(found)


@posix
def test_it_ends_quietly_when_the_system_tells_it_to(tmp_path):
    served = Served(tmp_path)
    served.process.terminate()
    assert served.process.communicate(timeout=60)[1] == ""
    assert served.process.returncode == 0


@posix
def test_a_workshop_is_served_to_the_network_and_the_rest_is_not(tmp_path):
    served = Served(tmp_path, "--workshop", "--address", "http://overvej.example")
    port = int(served.address.rpartition(":")[2])
    try:
        assert status(port, "/", f"127.0.0.1:{port}") == 200
        assert status(port, "/partners", f"127.0.0.1:{port}") == 303  # asks for a name first
        assert status(port, "/w", "overvej.example") == 200
        assert status(port, "/partners", "overvej.example") == 403
        assert status(port, "/w", "evil.example") == 403
    finally:
        assert served.stop() == ""


def status(port: int, path: str, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()
