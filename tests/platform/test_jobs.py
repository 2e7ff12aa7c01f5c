"""Work in the background: done once, done after all that may happen to a process, and told in plain words."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app import create_app
from app.config import Config
from app.platform import jobs, running
from app.platform.database import db, now, writing
from app.platform.i18n import gettext, language
from app.platform.jobs import Job, JobFailed, Product, begin, register, something_to_do, uploaded_file
from app.platform.running import run_now, sweep
from tests.cli.conftest import ROOT
from tests.platform.slow_jobs import PIECES, count


@pytest.fixture
def context(stored_app):
    """The application's context, and no kinds of jobs left behind."""
    before = dict(jobs.KINDS)
    with stored_app.app_context():
        yield stored_app
    jobs.KINDS.clear()
    jobs.KINDS.update(before)


def job(public_id: str) -> Job:
    db.session.rollback()
    return db.session.execute(select(Job).where(Job.public_id == public_id)).scalar_one()


def asked_for(work, **parameters) -> str:
    register("test", work)
    return begin("test", parameters, "da", "Karen")


def content(public_id: str) -> bytes | None:
    return db.session.execute(select(Job.content).where(Job.public_id == public_id)).scalar_one()


def file(text: str = "hej") -> Product:
    return Product("a.txt", "text/plain", text.encode())


# Doing a job


def test_a_job_waits_until_it_is_done_and_then_its_file_can_be_had(context):
    public_id = asked_for(lambda parameters, language, progress: file(parameters["say"]), say="æøå")
    assert (job(public_id).state, job(public_id).attempts) == ("waiting", 0)
    run_now(public_id)
    done = job(public_id)
    assert (done.state, done.file_name, done.mime, done.attempts) == ("done", "a.txt", "text/plain", 1)
    assert content(public_id) == "æøå".encode()
    assert done.finished_at is not None


def test_a_job_is_done_once_however_often_it_is_in_the_queue(context):
    times = []
    public_id = asked_for(lambda *_: times.append(1) or file())
    for _ in range(3):
        run_now(public_id)
    assert len(times) == 1


def test_of_many_who_want_a_job_one_gets_it(context):
    times = []
    public_id = asked_for(lambda *_: times.append(1) or time.sleep(0.2) or file())

    def want():
        with context.app_context():
            run_now(public_id)

    threads = [threading.Thread(target=want) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == 1
    assert job(public_id).state == "done"


def test_a_job_speaks_the_language_that_it_was_asked_for_in(context):
    said = []

    def work(parameters, spoken, progress):
        said.append((spoken, language(), gettext("It is ready.")))
        return file()

    register("test", work)
    for spoken in ("en", "da"):
        run_now(begin("test", {}, spoken, "Karen"))
    assert said == [("en", "en", "It is ready."), ("da", "da", "Filen er klar.")]


def test_a_job_reads_the_file_that_was_brought_for_it(context):
    register("test", lambda *_: file(uploaded_file().decode().upper()))
    public_id = begin("test", {}, "da", "Karen", b"brought")
    run_now(public_id)
    assert content(public_id) == b"BROUGHT"


def test_a_job_that_cannot_be_done_says_why(context):
    def work(*_):
        raise JobFailed("Der er ingen partnere.")

    public_id = asked_for(work)
    run_now(public_id)
    assert (job(public_id).state, job(public_id).problem) == ("failed", "Der er ingen partnere.")


def test_our_own_fault_is_logged_and_said_plainly(context, caplog):
    public_id = asked_for(lambda *_: 1 / 0)
    run_now(public_id)
    assert job(public_id).state == "failed"
    assert job(public_id).problem == "Noget gik galt. Fejlen er vores og står i serverens log."
    assert "ZeroDivisionError" in caplog.text


def test_a_product_that_no_database_takes_is_refused(context, monkeypatch):
    monkeypatch.setattr(running, "LARGEST_PRODUCT", 2)
    public_id = asked_for(lambda *_: file())
    run_now(public_id)
    assert job(public_id).state == "failed"
    assert "større" in job(public_id).problem


def test_a_failed_job_can_be_tried_again(context):
    tries = []

    def work(*_):
        tries.append(1)
        if len(tries) == 1:
            raise JobFailed("Ikke endnu")
        return file()

    public_id = asked_for(work)
    run_now(public_id)
    assert jobs.again(public_id)
    run_now(public_id)
    assert (job(public_id).state, job(public_id).problem) == ("done", "")


def test_a_job_that_is_done_is_not_done_again(context):
    public_id = asked_for(lambda *_: file())
    assert not jobs.again(public_id), "it still waits"
    run_now(public_id)
    assert not jobs.again(public_id)
    assert not jobs.again("x" * 22)


def test_a_kind_that_nobody_knows_is_not_begun(context):
    with pytest.raises(ValueError, match="no such kind"):
        begin("nonsense", {}, "da", "Karen")


def test_a_queue_that_cannot_be_reached_loses_no_job(context, monkeypatch):
    def away(_public_id):
        raise OSError("the queue is away")

    monkeypatch.setattr(context.extensions["queue"], "put", away)
    public_id = asked_for(lambda *_: file())
    assert job(public_id).state == "waiting"


def test_a_page_wakes_the_process_that_does_jobs(context):
    woken = []
    context.extensions["wake_jobs"] = lambda: woken.append(1)
    asked_for(lambda *_: file())
    assert woken == [1]


# Progress


def test_how_far_it_is_can_be_seen_while_it_runs(context, monkeypatch):
    monkeypatch.setattr(running, "BEAT", 0.02)
    seen = []

    def work(parameters, language, progress):
        progress(7, 9)
        for _ in range(200):
            found = job(public_id)
            if found.done:
                seen.append((found.state, found.done, found.total))
                break
            time.sleep(0.02)
        return file()

    public_id = asked_for(work)
    run_now(public_id)
    assert seen == [("running", 7, 9)]


def test_a_job_that_writes_for_long_itself_is_not_held_up_by_its_own_progress(context, monkeypatch):
    monkeypatch.setattr(running, "BEAT", 0.02)

    def work(parameters, language, progress):
        with writing() as session:
            session.execute(update(Job).where(Job.public_id == "nobody").values(done=1))
            for piece in range(20):
                progress(piece, 20)
                time.sleep(0.01)
        return file()

    public_id = asked_for(work)
    began = time.monotonic()
    run_now(public_id)
    assert job(public_id).state == "done"
    assert time.monotonic() - began < 6


def test_a_job_ends_when_the_server_does_and_waits_for_the_next(context):
    def work(parameters, language, progress):
        running.stop_all()
        progress(1, 2)
        raise AssertionError("it should have ended")

    public_id = asked_for(work)
    run_now(public_id)
    assert (job(public_id).state, job(public_id).attempts) == ("waiting", 0), "that was no attempt"


# What nobody does


def left_behind(context, *, attempts: int, silent: timedelta) -> str:
    public_id = asked_for(lambda *_: file())
    with writing() as session:
        session.execute(update(Job).values(state="running", attempts=attempts, heartbeat=now() - silent))
    return public_id


def test_a_job_that_fell_silent_is_begun_again(context):
    public_id = left_behind(context, attempts=1, silent=timedelta(minutes=1))
    sweep()
    assert job(public_id).state == "waiting"
    run_now(public_id)
    assert (job(public_id).state, job(public_id).attempts) == ("done", 2)


def test_a_job_that_was_heard_of_is_left_alone(context):
    public_id = left_behind(context, attempts=1, silent=timedelta(seconds=5))
    sweep(at_start=True)
    assert job(public_id).state == "running"


def test_a_job_of_this_process_is_not_begun_again_after_the_machine_has_slept(context):
    seen = []

    def work(*_):
        with context.app_context(), writing() as session:
            session.execute(update(Job).values(heartbeat=now() - timedelta(hours=9)))
        with context.app_context():
            sweep()
        seen.append(job(public_id).state)
        return file()

    public_id = asked_for(work)
    run_now(public_id)
    assert seen == ["running"]
    assert (job(public_id).state, job(public_id).attempts) == ("done", 1)


def test_a_job_that_breaks_off_each_time_is_given_up_with_a_sentence(context):
    public_id = left_behind(context, attempts=3, silent=timedelta(minutes=1))
    sweep()
    assert job(public_id).state == "failed"
    assert job(public_id).problem == "Arbejdet blev begyndt 3 gange og blev afbrudt hver gang."


def test_who_comes_back_to_a_job_that_another_has_done_changes_nothing(context):
    def slept(*_):
        with context.app_context(), writing() as session:
            session.execute(update(Job).values(state="waiting"))
        register("test", lambda *_: file("the other's"))
        with context.app_context():
            run_now(public_id)
        return file("mine, too late")

    public_id = asked_for(slept)
    run_now(public_id)
    assert content(public_id) == b"the other's"
    assert job(public_id).attempts == 2


def test_a_job_that_was_lost_from_the_queue_is_put_there_again(context, monkeypatch):
    put = []
    public_id = asked_for(lambda *_: file())
    monkeypatch.setattr(context.extensions["queue"], "put", put.append)
    sweep()
    assert put == [], "it has not waited for long"
    sweep(at_start=True)
    assert put == [public_id]
    with writing() as session:
        session.execute(update(Job).values(heartbeat=now() - timedelta(minutes=2)))
    sweep()
    sweep()
    assert put == [public_id, public_id], "once, not at every look"


def test_a_file_is_cleared_away_after_a_week_and_can_be_made_again(context):
    public_id = asked_for(lambda *_: file())
    run_now(public_id)
    assert not something_to_do()
    for days, kept in ((6, b"hej"), (8, None)):
        with writing() as session:
            session.execute(update(Job).values(finished_at=now() - timedelta(days=days)))
        assert something_to_do() is (kept is None)
        sweep()
        assert content(public_id) == kept
    assert jobs.again(public_id)
    run_now(public_id)
    assert content(public_id) == b"hej"


# Whole processes


posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are for POSIX")


@contextmanager
def program(data: Path, url: str, *arguments: str, **settings):
    """The server with the process beside it, or that process alone."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.platform.slow_jobs", *arguments],
        cwd=ROOT,
        env={
            **os.environ, "OVERVEJ_DATA": str(data), "OVERVEJ_DATABASE_URL": url, "LC_ALL": "C",
            "PYTHONPATH": str(ROOT),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **settings,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


SERVE = ("serve", "--port", "0", "--no-browser")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """A data folder, a database, and a slow job that waits in it."""
    url = request.getfixturevalue("empty_database") if request.param == "postgresql" else ""
    data = tmp_path / "data"
    register("slow", count)
    application = create_app(Config(data, url))
    lines = tmp_path / "lines"
    lines.touch()
    with application.app_context():
        public_id = begin("slow", {"file": str(lines), "seconds": 2}, "da", "Karen")
        yield data, url, lines, public_id
        db.session.close()
        db.engine.dispose()
    jobs.KINDS.pop("slow")


def until(true, seconds: float = 240):
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
    return found


def workers(lines: Path) -> list[int]:
    return [int(line) for line in lines.read_text().split()]


@posix
def test_a_killed_worker_loses_no_job(place):
    data, url, lines, public_id = place
    with program(data, url, *SERVE):
        first = until(lambda: workers(lines))[0]
        os.kill(first, signal.SIGKILL)
        until(lambda: job(public_id).state == "done")
    done = Counter(workers(lines))
    assert len(done) == 2
    assert done.pop(first) < PIECES
    assert list(done.values()) == [PIECES], "the second did it whole"
    assert job(public_id).attempts == 2


@posix
def test_a_killed_server_loses_no_job_and_leaves_no_worker(place):
    data, url, lines, public_id = place
    with program(data, url, *SERVE, start_new_session=True) as server:
        first = until(lambda: workers(lines))[0]
        os.killpg(server.pid, signal.SIGKILL)
        until(lambda: not alive(first))
    assert job(public_id).state != "done"
    with program(data, url, *SERVE):
        until(lambda: job(public_id).state == "done")
    assert content(public_id) == str(PIECES).encode()


@posix
def test_a_server_that_is_stopped_takes_its_worker_along_and_says_nothing(place):
    data, url, lines, public_id = place
    with program(data, url, *SERVE, stderr=subprocess.PIPE) as server:
        first = until(lambda: workers(lines))[0]
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=60)
        assert said == ""
        until(lambda: not alive(first))
    assert (job(public_id).state, job(public_id).attempts) == ("waiting", 0), "for the next time"


@posix
def test_two_workers_share_a_queue_and_no_job(place):
    data, url, lines, public_id = place
    more = [begin("slow", {"file": str(lines), "seconds": 0.5}, "da", "Karen") for _ in range(6)]
    with program(data, url) as one, program(data, url) as two:
        until(lambda: all(job(each).state == "done" for each in (public_id, *more)))
        assert {one.pid, two.pid} == set(workers(lines))
    assert len(workers(lines)) == 7 * PIECES
    assert {job(each).attempts for each in (public_id, *more)} == {1}


@posix
def test_a_server_with_nothing_to_do_starts_no_worker(tmp_path):
    with program(tmp_path, "", *SERVE) as server:
        assert re.search("http://", server.stdout.readline())
        time.sleep(0.5)
        (only,) = children(server.pid)
        told = subprocess.run(
            ["ps", "-o", "args=", "-p", str(only)], capture_output=True, text=True, check=True
        )
        assert "app.printing.worker" in told.stdout, "it gets ready to print, and no more"


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], check=False, capture_output=True, text=True)
    return [int(each) for each in found.stdout.split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
