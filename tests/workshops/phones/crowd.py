"""A room of phones against a real server: each joins, asks what is new, answers, and tries again if need be.

It is bounded: so many phones, so many seconds, one connection each, all in one thread.
"""

import asyncio
import json
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.assessments.fields.names import answer_name

TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
ASKED = re.compile(r'name="asked" value="answer\.([\w-]+):')
POLL = 2.0
ANSWER = 4.0
"""Seconds between two of each, give or take a tenth."""

AGAIN = 0.5
PATIENCE = 20.0
"""Seconds after which an answer that is not there is an error."""


@dataclass
class Told:
    """What the crowd met. Times in seconds; ``confirmed``: for each phone, what the server said it stored.

    ``until``: when the phones stop, by the clock of ``time.monotonic``; it may be moved meanwhile.
    """

    until: float = 0.0
    polls: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: int = 0
    confirmed: dict[int, dict[str, int]] = field(default_factory=dict)


class Phone:
    """One phone with its cookies and its connection."""

    def __init__(self, number: int, host: str, port: int, told: Told):
        self.number, self.host, self.port, self.told = number, host, port, told
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.etag = ""
        self.connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.random = random.Random(number)
        self.unsure: tuple[str, int] | None = None

    async def ask(self, method: str, path: str, body: dict | None = None, **headers: str):
        """Send one request and return status, headers and text. Raises ``OSError`` where nobody answers."""
        if self.connection and self.connection[0].at_eof():  # closed while it was idle, as a browser sees too
            self.close()
        if self.connection is None:
            self.connection = await asyncio.open_connection(self.host, self.port)
        reader, writer = self.connection
        data = urlencode(body, doseq=True).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(data)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + data)
            await writer.drain()
            return await asyncio.wait_for(self.answer(reader), PATIENCE)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            writer.close()
            self.connection = None
            raise OSError(str(error)) from error

    async def answer(self, reader: asyncio.StreamReader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
            headers[name.lower()] = value
        text = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
        if headers.get("connection", "").lower() == "close":
            self.connection[1].close()
            self.connection = None
        return int(first.split()[1]), headers, text

    async def join(self, code: str, key: str, side: str, section: str) -> None:
        self.base = f"/w/{code}"
        _, _, page = await self.ask("GET", f"{self.base}?key={key}")
        self.token = TOKEN.search(page)[1]
        joined = {"csrf_token": self.token, "side": side, "key": key, "name": f"Telefon {self.number}"}
        status, _, _ = await self.ask("POST", self.base, joined)
        assert status == 303, status
        self.section = f"{self.base}/part/{section}"
        status, _, page = await self.ask("GET", self.section)
        assert status == 200, status
        self.token = TOKEN.search(page)[1]
        fourth = 'name="{}" value="3"'
        self.questions = [each for each in ASKED.findall(page) if fourth.format(answer_name(each)) in page]
        self.marks = dict.fromkeys(self.questions, "")

    async def poll(self) -> None:
        asked = {"If_None_Match": self.etag} if self.etag else {}
        began = time.perf_counter()
        status, headers, _ = await self.ask("GET", f"{self.base}/live", **asked)
        self.told.polls.append(time.perf_counter() - began)
        self.etag = headers.get("etag", self.etag)
        if status not in (200, 304):
            self.told.errors.append(f"poll: {status}")

    async def say(self) -> None:
        # What nobody confirmed may be stored all the same, so it is said again before anything else.
        self.unsure = self.unsure or (self.random.choice(self.questions), self.random.randrange(4))
        question, point = self.unsure
        body = {
            "csrf_token": self.token,
            "asked": [f"{answer_name(question)}:{self.marks[question]}"],
            answer_name(question): str(point),
        }
        began = time.perf_counter()
        status, _, text = await self.ask("POST", self.section, body, Accept="application/json")
        self.unsure = None
        if status != 200:
            self.told.errors.append(f"answer: {status}")
            return
        self.told.answers.append(time.perf_counter() - began)
        self.marks[question] = json.loads(text)["asked"][answer_name(question)]
        self.told.confirmed.setdefault(self.number, {})[question] = point

    async def often(self, what, pause: float) -> None:
        await asyncio.sleep(self.random.random() * pause)
        while time.monotonic() < self.told.until:
            try:
                async with self.turn:
                    await what()
            except OSError:
                self.told.lost += 1
                await asyncio.sleep(AGAIN)
                continue
            await asyncio.sleep(pause * self.random.uniform(0.9, 1.1))

    async def live(self) -> None:
        self.turn = asyncio.Lock()  # one connection: one request at a time
        await asyncio.gather(self.often(self.poll, POLL), self.often(self.say, ANSWER))
        self.close()

    def close(self) -> None:
        if self.connection:
            self.connection[1].close()
            self.connection = None


def run(make):
    """Return what the coroutine that ``make`` returns comes to.

    In a thread of its own: the browser of other tests keeps a loop in this one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(make())).result()


async def crowd(  # noqa: PLR0917
    host: str, port: int, code: str, key: str, phones: int, seconds: float, meanwhile=None, section="why"
) -> Told:
    """Let so many phones join and answer for so long. ``meanwhile``: a coroutine that runs beside them.

    It is given what the crowd meets.
    """
    told = Told()
    room = [Phone(number, host, port, told) for number in range(1, phones + 1)]
    for phone in room:
        await phone.join(code, key, "library", section)
    told.until = time.monotonic() + seconds
    beside = [meanwhile(told)] if meanwhile else []
    await asyncio.gather(*(phone.live() for phone in room), *beside)
    return told
