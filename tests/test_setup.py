"""What `dev` decides, given what it finds. Nothing is installed and nothing is fetched here."""

import ast
import importlib.machinery
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def machine(dev):
    def make(**facts):
        usual = {
            "manager": "apt",
            "is_root": False,
            "has_sudo": True,
            "is_ci": False,
            "can_ask": True,
            "no_system": False,
        }
        return dev.Machine(**{**usual, **facts})

    return make


class Calls:
    """Stands in for running commands; `fails` says which of them do not succeed."""

    def __init__(self, fails=lambda command: False):
        self.made = []
        self.fails = fails

    def __call__(self, command):
        self.made.append(list(command))
        return 1 if self.fails(command) else 0


# Who is asked


@pytest.mark.parametrize(
    ("facts", "plan"),
    [
        ({}, "ask"),
        ({"can_ask": False}, "tell"),
        ({"has_sudo": False}, "tell"),
        ({"is_root": True, "has_sudo": False, "can_ask": False}, "do"),
        ({"is_ci": True, "can_ask": False}, "do"),
        ({"is_ci": True, "has_sudo": False}, "tell"),
        ({"is_root": True, "no_system": True}, "tell"),
        ({"manager": "brew", "has_sudo": False}, "ask"),
        ({"manager": "brew", "no_system": True}, "tell"),
        ({"manager": ""}, "tell"),
    ],
)
def test_installs_only_where_it_may(machine, facts, plan):
    assert machine(**facts).plan() == plan


@pytest.mark.parametrize(
    ("reply", "agreed"), [("", True), ("J", True), ("yes", True), ("n", False), ("x", False)]
)
def test_asks_before_sudo(dev, machine, monkeypatch, reply, agreed):
    monkeypatch.setattr("builtins.input", lambda prompt: reply)
    assert dev.agreed(["chromium"], machine()) is agreed


def test_a_closed_input_is_a_no(dev, machine, monkeypatch):
    def closed(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    assert not dev.agreed(["chromium"], machine())


# What is installed


def test_takes_only_what_is_missing(dev):
    needs = [
        dev.Need("here", ("a",), ("a",), lambda: True),
        dev.Need("gone", ("b", "c"), ("d",), lambda: False),
        dev.Need("gone too", ("c",), ("d",), lambda: False),
    ]
    lacking = dev.missing(needs)
    assert [need.what for need in lacking] == ["gone", "gone too"]
    assert dev.packages(lacking, "apt") == ["b", "c"]
    assert dev.packages(lacking, "brew") == ["d"]


def test_java_only_for_the_validator(dev):
    assert "Java" not in [need.what for need in dev.needs_of_tests(validator=False)]
    assert "Java" in [need.what for need in dev.needs_of_tests(validator=True)]


def test_finds_a_database_server_off_the_path(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "has_program", lambda *names: False)
    assert not dev.has_database_server(tmp_path)
    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "initdb").touch()
    assert dev.has_database_server(tmp_path)


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("PRETTY_NAME=x\nID=debian\n", "chromium"),
        ("ID=ubuntu\n", "chromium-browser"),
        ("ID=x\nID_LIKE=ubuntu\n", "chromium"),
    ],
)
def test_chromium_has_another_name_in_ubuntu(dev, tmp_path, text, package):
    (tmp_path / "os-release").write_text(text, encoding="utf-8")
    assert dev.chromium_package(tmp_path / "os-release") == package


def test_apt_is_asked_once_when_it_knows_the_packages(dev, machine):
    calls = Calls()
    dev.install(["a", "b"], machine(), calls)
    assert calls.made == [["sudo", "apt-get", "install", "--yes", "--no-install-recommends", "a", "b"]]


def test_apt_fetches_its_list_once_when_a_package_is_not_found(dev, machine):
    updated = []
    calls = Calls(lambda command: "install" in command and not updated)

    def call(command):
        updated.extend(["yes"] if "update" in command else [])
        return calls(command)

    dev.install(["a"], machine(is_root=True), call)
    assert [command[1] for command in calls.made] == ["install", "update", "install"]
    assert calls.made[0][0] == "apt-get"


def test_one_unknown_package_does_not_keep_the_others_away(dev, machine):
    calls = Calls(lambda command: "unknown" in command)
    dev.install(["unknown", "b"], machine(), calls)
    assert [command[-1] for command in calls.made][-2:] == ["unknown", "b"]


def test_says_what_to_install_and_goes_on(dev, machine, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(dev, "install", lambda *arguments: pytest.fail("must not install"))
    pango = dev.Need("Pango", ("libpangoft2-1.0-0",), ("pango",), lambda: False)
    assert not dev.ensure([pango], machine(can_ask=False))
    assert "sudo apt-get install --yes --no-install-recommends libpangoft2-1.0-0" in capsys.readouterr().err


def test_looks_again_after_installing(dev, machine, monkeypatch):
    there = []
    monkeypatch.setattr(dev, "install", lambda *arguments: there.append("now"))
    pango = dev.Need("Pango", ("libpangoft2-1.0-0",), ("pango",), lambda: bool(there))
    assert dev.ensure([pango], machine(is_root=True))


def test_no_word_on_standard_output(dev, machine, capsys):
    """`dev overvej score … > result.json` must hold the result only."""
    dev.ensure([dev.Need("Pango", ("p",), ("p",), lambda: False)], machine(no_system=True))
    assert capsys.readouterr().out == ""


# What is said


@pytest.mark.parametrize(
    ("environ", "danish"),
    [
        ({"LANG": "da_DK.UTF-8"}, True),
        ({"LANG": "en_DK.UTF-8"}, False),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "da_DK.UTF-8"}, True),
        ({}, False),
    ],
)
def test_speaks_the_readers_language(dev, environ, danish):
    assert dev.reads_danish(environ) is danish


def test_an_old_python_is_told_so(dev):
    assert dev.age_fault((3, 11)) is None
    assert dev.age_fault((3, 14)) is None
    english, danish = dev.age_fault((3, 10))
    assert "3.11 or newer; this is 3.10" in english
    assert "3.11 eller nyere; dette er 3.10" in danish


def test_an_old_python_can_read_it():
    """Not newer than Python 3.9 in what it writes, and in what it imports from the standard library."""
    source = (ROOT / "dev").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 9))
    assert not re.search(r"^(from|import) (tomllib|make_assets)", source, flags=re.MULTILINE)


# What is started


def test_a_run_takes_no_tools_for_tests(dev):
    command = dev.sync_command("uv", testing=False, exists=True)
    assert {"--frozen", "--no-default-groups", "--inexact"} <= set(command)


def test_tests_take_everything_locked(dev):
    assert dev.sync_command("uv", testing=True, exists=True) == ["uv", "sync", "--frozen", "--quiet"]


def test_python_is_chosen_when_the_environment_is_made(dev):
    assert "--python" in dev.sync_command("uv", testing=True, exists=False)


def test_the_first_start_need_not_compile_the_packages(dev):
    assert "--compile-bytecode" in dev.sync_command("uv", testing=False, exists=False)
    assert "--compile-bytecode" not in dev.sync_command("uv", testing=False, exists=True), "it takes a while"


def test_fills_our_environment_and_not_the_active_one(dev, monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    environ = dev.uv_environment()
    assert "VIRTUAL_ENV" not in environ
    assert environ["UV_PROJECT_ENVIRONMENT"] == str(ROOT / ".venv")


@pytest.mark.parametrize(
    ("arguments", "own", "rest"),
    [
        (["overvej", "form", "--help"], ["overvej"], ["form", "--help"]),
        (["--no-system", "overvej", "run"], ["--no-system", "overvej"], ["run"]),
        (["test", "-k", "bench"], ["test"], ["-k", "bench"]),
        (["run", "--port", "1"], ["run"], ["--port", "1"]),
    ],
)
def test_a_command_keeps_its_own_arguments(dev, arguments, own, rest):
    assert dev.split(arguments) == (own, rest)


@pytest.mark.parametrize(
    "arguments",
    [["--no-system", "run"], ["run", "--no-system"], ["--no-system", "test"], ["test", "--no-system"]],
)
def test_no_system_on_either_side_of_the_word(dev, arguments):
    options, rest = dev.parse(arguments)
    assert options.no_system
    assert rest == []


@pytest.mark.parametrize("word", ["test", "bench"])
def test_who_asks_for_help_gets_it_before_anything_is_checked(dev, word, capsys):
    with pytest.raises(SystemExit) as ended:
        dev.parse([word, "--help"])
    assert ended.value.code == 0
    assert "python3 dev test --quick" in capsys.readouterr().out


def test_run_starts_the_command(dev, machine, monkeypatch):
    started = []
    monkeypatch.setattr(dev, "ensure", lambda needs, machine: True)
    monkeypatch.setattr(dev, "sync", lambda **options: None)
    monkeypatch.setattr(dev, "start", started.extend)
    dev.run(["--port", "8080", "--no-browser"], machine())
    assert started[1:] == ["serve", "--port", "8080", "--no-browser"]


def test_every_check_runs_after_one_that_failed(dev, machine, monkeypatch):
    ran = []
    monkeypatch.setattr(dev, "prepare_tests", lambda machine: None)
    monkeypatch.setattr(dev, "passes", lambda name, command: ran.append(name) or name != "mypy")
    with pytest.raises(SystemExit) as stop:
        dev.test([], machine())
    assert ran == ["ruff check", "ruff format", "mypy", "pytest", "pytest, one at a time"]
    assert stop.value.code == 1


@pytest.mark.parametrize("failing", ["pytest", "pytest, one at a time"])
def test_either_run_of_pytest_can_fail_the_whole(dev, machine, monkeypatch, failing):
    monkeypatch.setattr(dev, "prepare_tests", lambda machine: None)
    monkeypatch.setattr(dev, "passes", lambda name, command: name != failing)
    with pytest.raises(SystemExit) as stop:
        dev.test([], machine())
    assert stop.value.code == 1


def test_together_both_runs_are_all_tests(dev):
    chosen = [command[command.index("-m", 3) + 1] for command in dev.whole_runs([]).values()]
    assert chosen == ["not alone", "alone"]


def test_a_choice_of_tests_is_left_as_it_is(dev):
    assert dev.whole_runs(["tests/engine", "-k", "gates"]) == {
        "pytest": [dev.python(), "-m", "pytest", "tests/engine", "-k", "gates"]
    }


def test_the_quick_lane_leaves_out_what_there_are_names_for(dev, pytestconfig):
    names = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    assert set(dev.SLOW_PARTS) <= names
    assert dev.quick_run("python", [])[-1] == "not (browser or postgresql or prints or alone or slow)"


def test_each_other_python_is_tried_once(dev, monkeypatch, tmp_path):
    """Whether uv knows of it or pyenv keeps it; not ours, not one too old, not one that does not start."""
    kept = tmp_path / "3.14.1" / "bin" / "python"
    kept.parent.mkdir(parents=True)
    kept.touch()
    versions = {
        dev.python(): (3, 11), "/usr/bin/python3.11": (3, 11), "/usr/bin/python3.9": (3, 9),
        "/opt/python3.13": (3, 13), "/opt/broken": (), str(kept): (3, 14),
    }  # fmt: skip
    listed = json.dumps([{"path": path} for path in versions if path.startswith(("/usr/bin", "/opt"))])
    monkeypatch.setattr(dev, "PYENV", tmp_path)
    monkeypatch.setattr(dev, "version_of", versions.__getitem__)
    monkeypatch.setattr(dev.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=listed))
    assert dev.other_pythons("uv") == {"3.13": "/opt/python3.13", "3.14": str(kept)}


def test_a_python_that_does_not_start_has_no_version(dev):
    assert dev.version_of("/bin/false") == ()
    assert dev.version_of(sys.executable) == sys.version_info[:2]


# The files around it


def test_help_names_every_command():
    result = subprocess.run(
        [sys.executable, str(ROOT / "dev"), "--help"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert all(f"python3 dev {command}" in result.stdout for command in ("run", "test", "bench", "overvej"))


def test_ci_calls_the_test_command():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    said = script.read_text(encoding="utf-8")
    assert "python3 dev test </dev/null" in said
    assert "python3 dev test --quick --every-python" in said


def test_the_lock_file_holds_no_private_address():
    """An index of somebody's own machine, with its port or password, would lock out everybody else."""
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    addresses = [urlsplit(address) for address in re.findall(r"\w+://[^\"\s]+", text)]
    assert {address.scheme for address in addresses} == {"https"}
    assert all(address.netloc == address.hostname for address in addresses), "a port or a password"
    assert len(set(re.findall(r"registry = \"([^\"]+)\"", text))) == 1
