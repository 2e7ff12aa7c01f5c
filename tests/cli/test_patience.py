"""A server that slow connections cannot stop: a request gets a thread when all of it has come."""

import re
import socket
import time
import urllib.request
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.serve import THREADS
from tests.cli.test_serve import Served, posix

patience = pytest.importorskip("app.cli.patience", exc_type=ImportError, reason="gunicorn is for POSIX")

HEAD = b"POST /w HTTP/1.1\r\nHost: 192.0.2.2\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ncode=ABC"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("patience"))
    yield int(re.search(r":(\d+)", served.address)[1])
    served.stop()


def begun(port: int, data: bytes) -> socket.socket:
    connected = socket.create_connection(("127.0.0.1", port), timeout=20)
    connected.sendall(data)
    return connected


@posix
@pytest.mark.parametrize("half", [b"", b"GET /w HT", HEAD + b"X-Slow: ", FORM[:-3], b"\r\n\r\n"])
def test_as_many_slow_connections_as_there_are_threads_stop_nobody(port, half):
    slow = [begun(port, half) for _ in range(THREADS + 16)]
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
        assert page.status == 200
    assert time.monotonic() - began < patience.PATIENCE / 2
    for each in slow:
        each.close()


@posix
def test_a_request_that_comes_in_pieces_is_answered_and_so_is_the_next(port):
    request = FORM.replace(b"192.0.2.2", b"127.0.0.1")
    with begun(port, b"") as phone:
        for place in range(0, len(request), 40):
            phone.sendall(request[place : place + 40])
            time.sleep(0.01)
        assert b" 400 " in phone.recv(65536).partition(b"\r\n")[0], "no page of ours posted it"
    two = b"GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with begun(port, two + two + two[:20]) as phone:
        time.sleep(0.2)
        phone.sendall(two[20:].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        told = b""
        while piece := phone.recv(65536):
            told += piece
        assert told.count(b"HTTP/1.1 200 OK") == 3


@posix
def test_a_large_form_and_one_without_a_length_are_answered(port):
    head = HEAD.replace(b"192.0.2.2", b"127.0.0.1")
    large = b"a" * (patience.LARGEST + 1)
    with begun(port, head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(large)) as browser:
        browser.sendall(large)
        assert browser.recv(65536).startswith(b"HTTP/1.1 4")
    with begun(port, head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n") as browser:
        browser.sendall(b"3\r\na=b\r\n0\r\n\r\n")
        assert browser.recv(65536).startswith(b"HTTP/1.1 400")


@given(st.integers(0, len(FORM) - 1))
def test_a_request_is_whole_when_its_last_byte_is_there(place):
    assert not patience.is_whole(FORM[:place])
    assert patience.is_whole(FORM)
    assert patience.is_whole(FORM + FORM[:place]), "the next one may have begun"


def test_what_is_large_or_of_unknown_length_is_read_piece_by_piece():
    assert not patience.is_for_a_thread(FORM)
    assert patience.is_for_a_thread(HEAD + b"Content-Length: 600000\r\n\r\n")
    assert patience.is_for_a_thread(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    assert patience.is_for_a_thread(HEAD + b"X: " + b"a" * patience.LARGEST)
    assert not patience.is_whole(HEAD + b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n")


@posix
def test_another_machine_gets_no_thread_for_what_no_phone_sends():
    worker = SimpleNamespace(nr_conns=1)
    here, there = socket.socketpair()
    closed = []
    conn = SimpleNamespace(sock=here, held=b"", client=("192.168.1.7", 5), close=lambda: closed.append(1))
    here.setblocking(False)
    there.sendall(HEAD + b"Content-Length: 600000\r\n\r\n")
    assert patience.PatientWorker._goes_on(worker, conn)
    assert (closed, worker.nr_conns) == ([1], 0)
    here.close()
    there.close()
