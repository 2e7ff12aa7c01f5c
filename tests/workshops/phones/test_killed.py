"""The server is killed in the middle of a workshop: no confirmed answer is lost, and the phones go on."""

import asyncio
import math
import sys
import time

import pytest

from tests.workshops.phones.crowd import crowd, run
from tests.workshops.phones.serving import NETWORK, serving

PHONES = 12
SECONDS = 3
"""Before the server is killed, and as many after it has come back, however long that takes."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are for POSIX")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_confirmed_answer_is_lost_when_the_server_is_killed(database, tmp_path, request):
    url = request.getfixturevalue("empty_database") if database == "postgresql" else ""
    with serving(tmp_path / "data", url) as served:
        confirmed_before = []

        async def kill_and_start_again(told):
            await asyncio.sleep(SECONDS)
            served.kill()
            confirmed_before.append(sum(map(len, served.stored().values())))
            await asyncio.to_thread(served.start)
            told.until = time.monotonic() + SECONDS

        told = run(
            lambda: crowd(
                NETWORK,
                served.port,
                served.workshop.code,
                served.workshop.key,
                PHONES,
                math.inf,
                kill_and_start_again,
            )
        )
        stored = served.stored()
    assert told.errors == []
    assert told.lost > 0, "nobody noticed the kill"
    assert confirmed_before[0] > 0
    for number, answers in told.confirmed.items():
        kept = {question: stored[number].get(question) for question in answers}
        assert kept == answers
    assert sum(map(len, stored.values())) > confirmed_before[0], "the phones did not go on"
