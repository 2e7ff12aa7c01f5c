"""The printing process: warm, closed off, stopped in time, started again, and gone when not needed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.printing import channel, documents, worker
from app.printing import printer as printing
from app.printing.failure import MESSAGES, PrintingFailed
from app.printing.job import PrintJob, to_json
from app.printing.printer import Printer
from tests.printing import paper, samples


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    """One that prints each time, patient as the one of the other tests."""
    with Printer(seconds=120) as shared:
        yield shared


@pytest.fixture(scope="module")
def small() -> PrintJob:
    return documents.meeting(samples.case("ekko-af-byen-after", "da"))


def process_of(printer: Printer) -> int:
    assert printer._worker is not None
    return printer._worker._process.pid


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_many_threads_share_one_printer(printer: Printer, small: PrintJob) -> None:
    with ThreadPoolExecutor(4) as pool:
        printed = set(pool.map(printer.print, [small] * 6))
    assert len(printed) == 1
    assert paper.pages(printed.pop()) == 2


def test_a_killed_process_is_started_again(printer: Printer, small: PrintJob) -> None:
    first = printer.print(small)
    killed = process_of(printer)
    os.kill(killed, signal.SIGKILL)
    assert printer.print(small) == first
    assert process_of(printer) != killed


def test_it_can_be_started_before_there_is_a_document(printer: Printer, small: PrintJob) -> None:
    """It has printed one for nobody by then, which leaves no trace in the next."""
    with Printer() as early:
        early.start()
        started = process_of(early)
        early.start()
        assert early.print(small) == printer.print(small)
        assert process_of(early) == started


WITHOUT_A_PRESS = """
import sys
from app.printing import worker

class Press:
    def prepare(self, kind, language):
        pass

    def print(self, job):
        print(job.kind, file=sys.stderr)
        return b""

there, awaited = sys.argv[1:]
worker._press = Press if there == "there" else lambda: worker.PrintingFailed("pango-missing")
worker._is_awaited = lambda source: awaited == "awaited"
worker.main()
"""


def prints(there: str, awaited: str) -> list[str]:
    """Return the documents that a process prints which is asked for one."""
    request = {"job": to_json(PrintJob("asked", "da", {})), "seconds": 30, "megabytes": 1024}
    command = [sys.executable, "-c", WITHOUT_A_PRESS, there, awaited]
    ran = subprocess.run(command, input=channel.pack(request), capture_output=True, check=True)
    assert (b"pango-missing" in ran.stdout) == (there == "missing")
    return ran.stderr.decode().split()


@pytest.mark.skipif(not worker.FORKS, reason="here each document has a process of its own")
def test_a_process_that_is_not_asked_yet_prints_one_document_for_nobody() -> None:
    """The meeting sheet takes a fifth less after it."""
    assert prints("there", "early") == ["guide", "asked"]
    assert documents.guide("da") == worker.REHEARSAL, "one that can be printed"


def test_a_process_that_is_asked_at_once_prints_nothing_else() -> None:
    assert prints("there", "awaited") == ["asked"]


def test_a_process_that_cannot_print_says_so_only_when_asked() -> None:
    assert prints("missing", "early") == []


def test_a_process_knows_whether_it_is_asked_yet() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as target:
        assert not worker._is_awaited(source)
        target.write(b"x")
        target.flush()
        assert worker._is_awaited(source)


def test_it_leaves_no_process_behind(small: PrintJob) -> None:
    with Printer() as printer:
        printer.print(small)
        started = process_of(printer)
    assert not is_running(started)


def test_it_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(
        "import os, signal\n"
        "from app.printing.job import PrintJob\n"
        "from app.printing.printer import Printer, PrintingFailed\n"
        "printer = Printer()\n"
        "try:\n"
        "    printer.print(PrintJob('none', 'da', {}))\n"
        "except PrintingFailed:\n"
        "    print(printer._worker._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    started = int(ran.stdout)
    deadline = time.monotonic() + 20
    while is_running(started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(started)


def test_a_bomb_of_pages_is_stopped_in_time_and_the_next_document_is_printed(small: PrintJob) -> None:
    reading = samples.case("ekko-af-byen-after", "da")
    bomb = documents.decision(samples.with_texts(reading, lambda text: f"{text} " + "ord " * 4000))
    with Printer(seconds=2) as printer:
        began = time.monotonic()
        with pytest.raises(PrintingFailed) as failed:
            printer.print(bomb)
        assert time.monotonic() - began < 2 * 2 + printing.STARTING
        assert failed.value.code == "timed-out"
        assert "2 sekunder" in failed.value.message("da")
    with Printer() as printer:
        assert paper.pages(printer.print(small)) == 2


def test_too_much_memory_is_refused_plainly(small: PrintJob) -> None:
    with Printer(megabytes=64) as printer, pytest.raises(PrintingFailed) as failed:
        printer.print(small)
    assert failed.value.code == "too-large"
    assert "for stort" in failed.value.message("da")


def test_a_job_out_of_all_proportion_is_refused_unprinted(printer: Printer) -> None:
    deep: dict[str, object] = {}
    for _ in range(100_000):
        deep = {"deeper": deep}
    huge = {"text": "x" * (printing.LARGEST_JOB + 1)}
    for content in (deep, huge):
        with pytest.raises(PrintingFailed) as failed:
            printer.print(PrintJob("meeting", "da", content))
        assert failed.value.code == "too-large"


def test_nesting_that_json_bears_is_refused_by_the_process(printer: Printer) -> None:
    deep: dict[str, object] = {}
    for _ in range(300):
        deep = {"deeper": deep}
    with pytest.raises(PrintingFailed) as failed:
        printer.print(PrintJob("meeting", "da", deep))
    assert failed.value.code in {"too-large", "crashed"}


def test_an_unknown_document_is_named(printer: Printer) -> None:
    with pytest.raises(PrintingFailed) as failed:
        printer.print(PrintJob("poster", "da", {}))
    assert failed.value.message("da") == "Der er ikke noget dokument, der hedder poster."


def test_waiting_for_ever_is_refused(small: PrintJob) -> None:
    with Printer(seconds=0) as printer:
        taken = printer._turn
        taken.acquire()
        try:
            with pytest.raises(PrintingFailed) as failed:
                printer.print(small)
        finally:
            taken.release()
    assert failed.value.code == "busy"


def test_the_process_takes_in_no_numbers_database_or_server() -> None:
    """Their threads and a fork do not mix."""
    script = (
        "import sys\n"
        "from app.printing import worker\n"
        "press = worker._press()\n"
        "assert type(press).__name__ == 'Press', press\n"
        "print(sorted({'sqlalchemy', 'flask', 'werkzeug', 'pydantic'} & set(sys.modules)))\n"
        "import threading\n"
        "print(threading.active_count())\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["[]", "1"]


def test_where_pango_is_missing_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "app.printing.press", raising=False)
    monkeypatch.setitem(sys.modules, "weasyprint", _Missing("weasyprint"))
    reply = worker._print_here(worker._press(), {})
    head = _head(reply)
    assert head["code"] == "pango-missing"
    assert "apt install libpangoft2-1.0-0" in PrintingFailed(head["code"], head["details"]).message("da")


class _Missing(type(os)):  # type: ignore[misc]  # a module
    """A library whose own libraries are missing, as WeasyPrint without Pango."""

    def __getattr__(self, name: str) -> object:
        raise OSError("cannot load library 'libpango-1.0-0'")


def test_where_a_font_is_missing_it_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from app.printing import press  # noqa: PLC0415

    monkeypatch.setattr(press, "fonts_folder", lambda: tmp_path)
    head = _head(worker._print_here(worker._press(), {}))
    assert head["code"] == "font-missing"
    assert "OvervejSans-Regular.ttf" in PrintingFailed(head["code"], head["details"]).message("en")


def test_where_there_is_no_fork_each_document_has_a_process(
    monkeypatch: pytest.MonkeyPatch, small: PrintJob, printer: Printer
) -> None:
    monkeypatch.setattr(printing, "FORKS", False)
    with Printer() as alone:
        assert alone.print(small) == printer.print(small)
        assert alone._worker is None


def test_a_fork_of_the_server_starts_its_own(
    printer: Printer, small: PrintJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.print(small)
    of_the_server = printer._worker
    first = process_of(printer)
    with monkeypatch.context() as in_the_fork:
        in_the_fork.setattr(of_the_server, "_owner", -1)
        printer.print(small)
    assert process_of(printer) != first
    assert is_running(first), "the server's own printing goes on"
    assert of_the_server is not None
    of_the_server.end()


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_failure_has_words(language: str) -> None:
    details = {"file": "a.ttf", "seconds": "3", "kind": "b"}
    said = [PrintingFailed(code, details).message(language) for code in MESSAGES]
    assert len(set(said)) == len(MESSAGES)
    assert not any("{" in message for message in said)


def test_the_pages_can_go_on_while_a_document_is_printed(printer: Printer, small: PrintJob) -> None:
    """A thread that only waits for the process takes no time from the others."""
    counted = 0
    done = threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    counting = threading.Thread(target=count)
    counting.start()
    printer.print(small)
    done.set()
    counting.join()
    assert counted > 10


def _head(reply: bytes) -> dict[str, str]:
    import io  # noqa: PLC0415

    received = channel.receive(io.BytesIO(reply))
    assert received is not None
    return received[0]
