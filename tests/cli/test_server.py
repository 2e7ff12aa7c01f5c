"""A server that no slow or ill-meant device can stop: a request gets a thread when all of it has come.

What takes seconds is tried with fewer of them, against a server in this process.
"""

import logging
import re
import socket
import sys
import threading
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.adjustments import Adjustments
from waitress.wasyncore import close_all

from app.cli import server
from app.cli.server import (
    LARGEST_HEAD,
    LARGEST_REQUEST,
    MOST_UNFINISHED,
    THREADS_FOR_PHONES,
    THREADS_HERE,
    OwnServer,
    PhoneServer,
    Request,
    Server,
)
from app.platform.database import CONNECTIONS
from tests.cli.test_serve import Served, posix
from tests.workshops.phones.serving import NETWORK

pytestmark = pytest.mark.alone

HEAD = b"POST /w HTTP/1.1\r\nHost: 192.0.2.2\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ncode=ABC"
IN_PARTS = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = 8 * 2**20
A_MOMENT = 0.2
PATIENCE = 20


# A server of Overvej's own, which listens on both sides


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("served"), "--workshop", "--address", "http://overvej.example")
    yield int(re.search(r":(\d+)", served.address)[1])
    assert served.stop() == "", "nothing that others send is a word on the screen of who leads"


def begun(port: int, data: bytes, host: str = "127.0.0.1", source: str = "") -> socket.socket:
    connected = socket.create_connection((host, port), PATIENCE, (source, 0) if source else None)
    OPENED.append(connected)
    connected.sendall(data)
    return connected


OPENED: list[socket.socket] = []


@pytest.fixture(autouse=True)
def _hung_up():
    yield
    while OPENED:
        OPENED.pop().close()


def told(connected: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    with connected:
        return b"".join(iter(lambda: connected.recv(65536), b""))


def is_answered(port: int) -> bool:
    """Whether this machine's own pages are, and those of phones."""
    for host, path in (("127.0.0.1", "/"), (NETWORK, "/w")):
        with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=server.PATIENCE / 3) as page:
            if page.status != 200:
                return False
    return True


@posix
@pytest.mark.parametrize("host", ["127.0.0.1", NETWORK])
@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"GET /w HT",
        HEAD + b"X-Slow: ",
        FORM[:-3],
        b"\r\n\r\n",
        HEAD + b"Content-Length: 0000000001000\r\n\r\ncode",
        IN_PARTS + b"5\r\nco",
        b"GET /w HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50,
    ],
)
def test_many_more_slow_connections_than_there_are_threads_stop_nobody(port, host, half):
    for _ in range(100):
        begun(port, half, host)
    assert is_answered(port)


@posix
def test_five_hundred_connections_stop_nobody(port):
    for number in range(500):
        begun(port, (b"", b"GET /w HT", FORM[:-3])[number % 3], NETWORK)
    assert is_answered(port)


@posix
@pytest.mark.parametrize("host", ["127.0.0.1", NETWORK])
def test_a_request_that_comes_in_pieces_is_answered_and_so_is_the_next(port, host):
    request = FORM.replace(b"192.0.2.2", b"127.0.0.1")
    with begun(port, b"", host) as phone:
        for place in range(0, len(request), 40):
            phone.sendall(request[place : place + 40])
            time.sleep(0.01)
        assert b" 400 " in phone.recv(65536).partition(b"\r\n")[0], "no page of ours posted it"
    two = b"GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with begun(port, two + two + two[:20], host) as phone:
        time.sleep(A_MOMENT)
        phone.sendall(two[20:].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert told(phone).count(b"HTTP/1.1 200 OK") == 3


@posix
def test_a_large_form_and_one_without_a_length_are_answered(port):
    head = HEAD.replace(b"192.0.2.2", b"127.0.0.1")
    large = b"a" * (LARGEST_REQUEST + 1)
    with begun(port, head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(large)) as browser:
        browser.sendall(large)
        assert browser.recv(65536).startswith(b"HTTP/1.1 4")
    with begun(port, head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n") as browser:
        browser.sendall(b"3\r\na=b\r\n0\r\n\r\n")
        assert browser.recv(65536).startswith(b"HTTP/1.1 400")


@posix
@pytest.mark.parametrize("host", ["127.0.0.1", NETWORK])
@pytest.mark.parametrize(
    "nonsense",
    [
        HEAD + b"Content-Length: " + b"1" * 5000 + b"\r\n\r\n",
        b"GET http://[::1/w HTTP/1.1\r\nHost: x\r\n\r\n",
        IN_PARTS + b"1" * (LARGEST_HEAD + 1),
        IN_PARTS + b"0\r\n" + b"1" * (LARGEST_HEAD + 1),
    ],
)
def test_a_request_that_cannot_be_read_is_answered_and_not_told_on_the_screen(port, host, nonsense):
    assert told(begun(port, nonsense, host)).startswith(b"HTTP/1.1 400 ")


@posix
def test_a_page_whose_head_alone_is_asked_for_comes_without_its_body(port):
    asked = b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    head, _, body = told(begun(port, asked)).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert body == b""


def test_there_is_a_connection_to_the_database_for_each_thread():
    assert THREADS_HERE + THREADS_FOR_PHONES == CONNECTIONS


# One request


def take(request: Request, data: bytes) -> None:
    """As the connection gives it: what was not taken at once is given again."""
    while data and not request.completed:
        data = data[request.received(data) :]


@given(st.integers(0, len(FORM) - 1))
def test_a_request_is_whole_when_its_last_byte_is_there(place):
    request = Request(Adjustments())
    take(request, FORM[:place])
    assert not request.completed
    take(request, FORM[place:] + FORM[:place])
    assert (request.completed, request.rest) == (True, FORM[:place]), "the next one may have begun"
    assert request.get_body_stream().read() == b"code=ABC"


# The server for phones, with a page that needs no database


class Site:
    """Has a page of ten bytes, a large one, and one that is never new."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def __call__(self, environ, start_response):
        self.asked[environ["REMOTE_PORT"]] += 1
        if environ["PATH_INFO"] == "/live":
            start_response("304 Not Modified", [("ETag", '"1"')])
            return []
        size = LARGE if environ["PATH_INFO"] == "/large" else 10
        start_response("200 OK", [("Content-Length", str(size))])
        return [b"x" * size]


@pytest.fixture
def site():
    return Site()


@contextmanager
def running(made: Server):
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield made
    finally:
        # Whoever else wakes the server up at this moment lets it end before we do.
        with suppress(OSError):
            made.trigger.pull_trigger(lambda: ended(made))
        thread.join()
        made.task_dispatcher.shutdown()


def ended(made: Server) -> None:
    for each in list(made.active_channels.values()):
        each.handle_close()
    close_all(made._map)


def for_phones(site) -> PhoneServer:
    return PhoneServer(site, socket.create_server((NETWORK, 0)))


@pytest.fixture
def phones(site, monkeypatch):
    """It has patience for one second."""
    monkeypatch.setattr(server, "PATIENCE", 1)
    with running(for_phones(site)) as served:
        yield served


def at(phones, data: bytes = b"", source: str = "") -> socket.socket:
    return begun(phones.effective_port, data, NETWORK, source)


def is_cut(connected: socket.socket, within: float = 4) -> bool:
    """Whether the other side hangs up."""
    connected.settimeout(within)
    try:
        return not any(iter(lambda: connected.recv(1), b""))
    except TimeoutError:
        return False
    except OSError:
        return True


def is_open(connected: socket.socket) -> bool:
    connected.sendall(PAGE)
    return is_page(connected)


def is_page(connected: socket.socket) -> bool:
    """Whether the page of ten bytes comes."""
    got = b""
    while not got.endswith(b"x" * 10):
        piece = connected.recv(65536)
        if not piece:
            return False
        got += piece
    return got.startswith(b"HTTP/1.1 200 OK")


def test_who_sends_a_byte_now_and_then_is_cut_all_the_same(phones):
    assert is_cut_while_it_drips(phones, at(phones, b"x"))


def is_cut_while_it_drips(made: Server, slow: socket.socket) -> bool:
    """Whether somebody who sends a byte ten times a second is cut before long."""
    assert become(made, 1)
    end = time.monotonic() + 5
    while made.active_channels and time.monotonic() < end:
        with suppress(OSError):
            slow.sendall(b"x")
        time.sleep(0.1)
    return not made.active_channels


def become(phones, connections: int) -> bool:
    """Whether there are so many connections before long."""
    end = time.monotonic() + 5
    while len(phones.active_channels) != connections and time.monotonic() < end:
        time.sleep(0.02)
    return len(phones.active_channels) == connections


def test_who_does_not_take_the_answer_is_cut(phones):
    with at(phones, PAGE.replace(b"page", b"large")) as silent:
        assert become(phones, 1)
        assert become(phones, 0)
        assert len(silent.recv(2**16)) > 0, "what the system had taken already"


def test_who_takes_the_answer_slowly_and_in_time_gets_all_of_it(phones):
    with at(phones, b"GET /large HTTP/1.1\r\nConnection: close\r\n\r\n") as slow:
        got = b""
        while piece := slow.recv(2**19):
            got += piece
            time.sleep(0.01)
    assert len(got.partition(b"\r\n\r\n")[2]) == LARGE


def test_an_answer_that_is_not_taken_holds_no_thread_and_no_second_answer(phones, site):
    """Whoever pipelines gets the next answer when the last one has been taken."""
    for _ in range(THREADS_FOR_PHONES + 8):
        at(phones, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n" * 40)
    assert is_open(at(phones))
    assert become(phones, 1)
    assert max(site.asked.values()) == 1


def test_the_oldest_of_too_many_unfinished_requests_of_a_device_is_cut(phones):
    half = [at(phones, b"GET /half HT") for _ in range(MOST_UNFINISHED)]
    assert become(phones, MOST_UNFINISHED)
    newest = at(phones, b"GET /ha")
    assert is_cut(half[0], 0.5)
    for each in [*half[1:], newest]:
        each.sendall(b" HTTP/1.1\r\n\r\n" if each is newest else b"TP/1.1\r\n\r\n")
        assert is_page(each)


def test_a_whole_room_behind_one_address_is_not_counted(phones):
    """Its requests are finished, and its connections are kept open."""
    room = [at(phones) for _ in range(60)]
    for _ in range(3):
        assert all(is_open(each) for each in room)


@pytest.mark.skipif(sys.platform != "linux", reason="one machine with many addresses")
def test_a_device_s_unfinished_requests_are_not_another_s(phones):
    other = [at(phones, b"GET /half HT", "127.0.0.4") for _ in range(MOST_UNFINISHED)]
    for _ in range(MOST_UNFINISHED + 5):
        at(phones, b"GET /half HT", "127.0.0.3")
    assert become(phones, 2 * MOST_UNFINISHED)
    for each in other:
        each.sendall(b"TP/1.1\r\n\r\n")
        assert is_page(each)


def test_who_is_silent_makes_room_for_who_comes(site, monkeypatch):
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 20)
    with running(for_phones(site)) as phones:
        silent = [at(phones) for _ in range(20)]
        assert become(phones, 20)
        alive = at(phones)
        assert is_open(alive)
        for _ in range(15):
            at(phones)
        assert is_open(alive), "it is not the most silent one"
        assert is_cut(silent[0], 0.5)
        assert become(phones, 20)


def test_who_asks_for_nothing_is_cut_after_a_while(site, monkeypatch):
    monkeypatch.setattr(server, "KEEP_ALIVE", 1)
    with running(for_phones(site)) as phones, at(phones) as silent, at(phones) as asking:
        for _ in range(8):
            assert is_open(asking)
            time.sleep(0.3)
        assert is_cut(silent, 0.5)


def test_a_phone_that_hears_of_nothing_new_asks_on_over_the_same_connection(phones, site):
    live = b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n"
    with at(phones) as phone:
        for _ in range(5):
            phone.sendall(live)
            answer = phone.recv(65536)
            assert answer.startswith(b"HTTP/1.1 304 ")
            assert b"close" not in answer.lower()
        phone.sendall(live.replace(b"Host: x", b"Connection: close"))
        assert b"connection: close" in told(phone).lower()
    assert list(site.asked.values()) == [6]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (HEAD + b"Content-Length: %d\r\n\r\n" % (LARGEST_REQUEST + 1), b"413"),
        (HEAD + b"Content-Length: 00000000%d\r\n\r\n" % (LARGEST_REQUEST + 1), b"413"),
        (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", b"400"),
        (HEAD + b"Content-Length: -1\r\n\r\n", b"400"),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
        (HEAD + b"Transfer-Encoding: gzip\r\n\r\n", b"501"),
        (HEAD + b"X: " + b"a" * (LARGEST_HEAD - len(HEAD) - 7) + b"\r\n\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"400"),
    ],
)
def test_what_no_phone_sends_is_refused_before_a_page_sees_it(phones, site, caplog, head, status):
    with caplog.at_level(logging.ERROR):
        assert told(at(phones, head)).split(b" ")[1] == status
    assert site.asked == {}
    assert caplog.records == []


# The server for this machine

UPLOADS = {"/backups": 5000}
"""Bytes that a page takes, and 1,000 elsewhere."""


@pytest.fixture
def here(site, monkeypatch):
    """It has patience for one second, and takes in a hundred bytes more than a page does."""
    monkeypatch.setattr(server, "PATIENCE_HERE", 1)
    monkeypatch.setattr(server, "TOLD", 100)
    with running(OwnServer(site, socket.create_server(("127.0.0.1", 0)), 1000, UPLOADS)) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/", 1050, b"200"), ("/", 1100, b"413"), ("/backups", 5050, b"200"), ("/backups?x", 5100, b"413")],
)
@pytest.mark.parametrize("is_told", [True, False], ids=["length", "chunks"])
def test_no_more_is_taken_in_than_a_page_needs_to_say_that_it_is_too_much(here, path, size, status, is_told):
    head = f"POST {path} HTTP/1.1\r\nConnection: close\r\n".encode()
    if is_told:
        request = head + b"Content-Length: %d\r\n\r\n" % size + b"x" * size
    else:
        request = head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % size + b"x" * size + b"\r\n0\r\n\r\n"
    connected = begun(here.effective_port, request)
    assert connected.recv(65536).split(b" ")[1] == status


def test_a_request_of_this_machine_that_never_ends_is_cut_too(here):
    assert is_cut_while_it_drips(here, begun(here.effective_port, b"x"))


def test_a_download_goes_on_for_as_long_as_some_of_it_is_taken(here):
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)  # what waits, waits with the server
        slow.connect(("127.0.0.1", int(here.effective_port)))
        slow.sendall(b"GET /large HTTP/1.1\r\nConnection: close\r\n\r\n")
        got = 0
        while piece := slow.recv(2**19):
            got += len(piece)
            time.sleep(0.2 * len(piece) / 2**19)
    assert got > LARGE
