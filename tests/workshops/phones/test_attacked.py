"""One device in bad faith, behind the same address as the room: phones and leader are answered at once."""

import asyncio
import sys
import time
from itertools import cycle

import pytest

from tests.workshops.phones.crowd import crowd, run
from tests.workshops.phones.serving import NETWORK, serving

PHONES = 60
ATTACKERS = 60
SECONDS = 6
"""Before the attack, and as many during it."""

AT_ONCE = 1.0
"""Seconds, beside what the slowest answer took when nobody attacked: that is the machine's doing."""

HALF = b"POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 0000000001000\r\n\r\n"

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are for POSIX"),
]


async def drip(reader, writer, page: bytes) -> None:
    """Send a byte now and then of what is never whole."""
    for byte in cycle(HALF):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def pipeline(reader, writer, page: bytes) -> None:
    """Ask for many pages in one breath, and take them by a few bytes."""
    writer.write(page * 200)
    while await reader.read(200):
        await asyncio.sleep(0.1)


async def never_read(reader, writer, page: bytes) -> None:
    """Ask for a page and take nothing of it."""
    writer.write(page)
    await asyncio.sleep(SECONDS)


async def attack(how, port: int, page: bytes) -> None:
    """Do it for as long as the attack lasts; whoever is cut off comes again."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            # A small window: what is not taken stays with the server.
            reader, writer = await asyncio.open_connection(NETWORK, port, limit=200)
            await asyncio.wait_for(how(reader, writer, page), end - time.monotonic())
        except (OSError, TimeoutError):
            await asyncio.sleep(0.1)
        finally:
            writer.close()


async def lead(port: int, slowest: list[float], end: float) -> None:
    """Open a page on this machine, each time over a connection of its own."""
    while time.monotonic() < end:
        began = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        assert b" 200 OK" in answer.partition(b"\r\n")[0]
        slowest.append(time.monotonic() - began)
        await asyncio.sleep(0.2)


def test_sixty_phones_and_the_leader_are_answered_beside_sixty_connections_in_bad_faith(tmp_path):
    with serving(tmp_path / "data") as served:
        page = f"GET /w/{served.workshop.code} HTTP/1.1\r\nHost: {NETWORK}\r\n\r\n".encode()
        quiet, attacked, met_before = [], [], []

        async def meanwhile(told):
            await lead(served.port, quiet, time.monotonic() + SECONDS)
            met_before.append((max(told.polls + told.answers), len(told.polls), len(told.answers)))
            ways = (drip, pipeline, never_read)
            attackers = [attack(ways[number % 3], served.port, page) for number in range(ATTACKERS)]
            await asyncio.gather(lead(served.port, attacked, time.monotonic() + SECONDS), *attackers)
            told.until = time.monotonic()

        where = (served.port, served.workshop.code, served.workshop.key)
        told = run(lambda: crowd(NETWORK, *where, PHONES, 10 * SECONDS, meanwhile))
    slowest, polls, answers = met_before[0]
    assert (told.errors, told.lost) == ([], 0)
    assert min(len(told.polls) - polls, len(told.answers) - answers) >= PHONES
    assert max(told.polls[polls:] + told.answers[answers:]) < slowest + AT_ONCE
    assert max(attacked) < max(quiet) + AT_ONCE
