"""``overvej serve``: for one person on this machine, and plain about what stands in the way."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from app import create_app
from app.assessments.models import Definition
from app.cli.doors import address_of, listening
from app.cli.serve import gunicorn_settings, has_desktop
from app.library import installed
from app.platform.database import writing
from tests.cli.conftest import ROOT
from tests.cli.examples import written

posix = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn and signals are for POSIX")


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
        return self.process.communicate(timeout=20)[1]


@posix
def test_it_says_its_address_answers_there_and_stops_quietly(tmp_path):
    served = Served(tmp_path)
    assert re.fullmatch(r"Overvej: http://127\.0\.0\.1:\d+  \(stop: Ctrl\+C\)\n", served.line)
    with urllib.request.urlopen(served.address, timeout=20) as page:
        assert page.status == 200
        assert "Overvej" in page.read().decode()
    assert served.stop() == ""
    assert served.process.returncode == 0


@posix
def test_a_faulty_questionnaire_is_told_and_the_others_are_served(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "half.json").write_text('{"format": ', encoding="utf-8")
    served = Served(tmp_path / "data", OVERVEJ_QUESTIONNAIRES=str(mine))
    with urllib.request.urlopen(served.address, timeout=20) as page:
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
    said = served.process.communicate(timeout=30)[1]
    assert served.process.returncode == 2
    assert said.startswith("overvej: ")
    assert said.count("\n") == 1
    assert "OVERVEJ_DATABASE_URL" in said


@posix
def test_a_data_folder_that_cannot_be_used_is_one_line(tmp_path):
    path = written(tmp_path, {}, "a-file")
    served = Served(path)
    said = served.process.communicate(timeout=30)[1]
    assert served.process.returncode == 2
    assert "a-file" in said
    assert said.count("\n") == 1


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


def test_one_process_with_threads_serves():
    settings = gunicorn_settings(7)
    assert settings["bind"] == "fd://7"
    assert gunicorn_settings(7, 8)["bind"] == "fd://7,fd://8"
    assert settings["worker_class"].endswith(".PatientWorker")
    assert (settings["workers"], settings["threads"]) == (1, 24)
    assert settings["keepalive"] == 15
    assert settings["control_socket_disable"] is True


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


def test_the_browser_is_opened_unless_told_not_to(overvej, monkeypatch):
    opened = []
    monkeypatch.setattr("app.cli.serve.has_desktop", lambda: True)
    monkeypatch.setattr("app.cli.serve.webbrowser.open", opened.append)

    def serve(doors, announce):
        for listener in doors.listeners:
            listener.close()
        announce()
        return 0

    monkeypatch.setattr("app.cli.serve._serve_by_gunicorn", serve)
    monkeypatch.setattr("app.cli.serve._serve_by_waitress", serve)
    ran = overvej("serve", "--port", "0")
    assert ran.code == 0
    assert opened == [ran.out.split()[1]]
    overvej("serve", "--port", "0", "--no-browser")
    assert len(opened) == 1
