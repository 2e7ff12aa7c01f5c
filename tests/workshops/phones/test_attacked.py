"""One device in bad faith, behind the same address as the room: phones and leader are answered at once."""

import asyncio
import socket
import sys
import time
from contextlib import suppress
from itertools import cycle

import pytest

from app.platform.assets import asset
from tests.workshops.phones.crowd import crowd, run
from tests.workshops.phones.serving import NETWORK, serving

PHONES = 60
ATTACKERS = 60
SECONDS = 6
"""How long an attack lasts."""

ATTACKS = 3
"""At most. Where one answer of hundreds is slow it may be the machine, which does other things as well; a
server that can be stopped is stopped every time."""

AT_ONCE = 1.0
"""Seconds."""

HALF = b"POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 0000000001000\r\n\r\n"

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are for POSIX"),
]


async def drip(reader, writer, asked: bytes) -> None:
    """Send a byte now and then of what is never whole."""
    for byte in cycle(asked):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def pipeline(reader, writer, asked: bytes) -> None:
    """Ask for a file many times in one breath, and take it by a few bytes."""
    writer.write(asked * 200)
    while await reader.read(200):
        await asyncio.sleep(0.1)


async def never_read(reader, writer, asked: bytes) -> None:
    """Ask for a file, and take nothing of it."""
    writer.write(asked)
    await asyncio.sleep(SECONDS)


async def attack(how, asked: bytes, port: int) -> None:
    """Do it for as long as the attack lasts; whoever is cut off comes again."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with socket.socket() as narrow, suppress(OSError, TimeoutError):
            # A small window: what is not taken stays with the server.
            narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            narrow.setblocking(False)
            await asyncio.get_running_loop().sock_connect(narrow, (NETWORK, port))
            reader, writer = await asyncio.open_connection(sock=narrow, limit=200)
            try:
                await asyncio.wait_for(how(reader, writer, asked), end - time.monotonic())
            finally:
                writer.transport.abort()
        await asyncio.sleep(0.1)


async def lead(port: int, took: list[float], end: float) -> None:
    """Open a page on this machine, each time over a connection of its own."""
    while time.monotonic() < end:
        began = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        assert b" 200 OK" in answer.partition(b"\r\n")[0]
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.2)


def test_sixty_phones_and_the_leader_are_answered_at_once_beside_sixty_connections_in_bad_faith(tmp_path):
    with serving(tmp_path / "data") as served:
        with served.app.test_request_context():
            paths = (f"/w/{served.workshop.code}", asset("fonts/OvervejSans.woff2"))
        page, font = (f"GET {path} HTTP/1.1\r\nHost: {NETWORK}\r\n\r\n".encode() for path in paths)
        ways = ((drip, HALF), (pipeline, font), (pipeline, page), (never_read, page))
        began: list[tuple[int, int]] = []
        led: list[float] = []

        async def meanwhile(told):
            for _ in range(ATTACKS):
                began.append((len(told.polls), len(told.answers)))
                led.clear()
                attackers = [attack(*ways[number % 4], served.port) for number in range(ATTACKERS)]
                await asyncio.gather(lead(served.port, led, time.monotonic() + SECONDS), *attackers)
                if max(told.polls[began[-1][0] :] + told.answers[began[-1][1] :] + led) < AT_ONCE:
                    break
            told.until = time.monotonic()

        where = (served.port, served.workshop.code, served.workshop.key)
        told = run(lambda: crowd(NETWORK, *where, PHONES, 10 * SECONDS, meanwhile))
    assert (told.errors, told.lost) == ([], 0)
    polls, answers = told.polls[began[-1][0] :], told.answers[began[-1][1] :]
    assert min(len(polls), len(answers)) >= PHONES
    assert max(polls + answers + led) < AT_ONCE, f"at attack {len(began)}"
