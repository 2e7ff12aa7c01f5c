"""Two hundred phones in one workshop for a minute, against the real server: polls, answers, memory.

The client is on the same machine and takes its share of it: what is measured is the worst of both.
"""

from pathlib import Path
from statistics import quantiles

import pytest

from tests.workshops.phones.crowd import Phone, Told, crowd, run
from tests.workshops.phones.serving import NETWORK, serving
from tests.workshops.ways import opened, room

PHONES, SECONDS = 200, 60
FEW, SHORTLY = 5, 3
"""What is done where nothing is measured, so that the benchmark itself is known to work."""

JOINS = 10_000
FIRST_JOINS = 2_000
IN_ONE_ROOM = 400


def memory_of(process: int) -> int:
    """In MB, what the process holds itself."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


def percentile(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=20)
    return {"p50_ms": round(cuts[9] * 1000, 1), "p95_ms": round(cuts[18] * 1000, 1), "count": len(times)}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_hundred_phones(benchmark, database, tmp_path, request):
    phones, seconds = (PHONES, SECONDS) if benchmark.enabled else (FEW, SHORTLY)
    url = request.getfixturevalue("empty_database") if database == "postgresql" else ""
    with serving(tmp_path / "data", url) as served:
        where = (served.port, served.workshop.code, served.workshop.key)

        def one_minute():
            return run(lambda: crowd(NETWORK, *where, phones, seconds))

        told = benchmark.pedantic(one_minute, rounds=1)
        benchmark.extra_info.update(
            phones=phones,
            poll=percentile(told.polls),
            answer=percentile(told.answers),
            errors=told.errors[:5],
            lost=told.lost,
            memory_mb=memory_of(served.process.pid),
        )
    assert told.errors == []
    assert told.lost == 0


def test_memory_over_ten_thousand_joins(benchmark, tmp_path):
    """The rooms are many: one holds no more than some hundreds."""
    joins, first = (JOINS, FIRST_JOINS) if benchmark.enabled else (20, 4)
    with serving(tmp_path / "data") as served:
        rooms = [room(served.app, opened(served.app)) for _ in range(-(-joins // IN_ONE_ROOM))]

        async def join(numbers: range) -> None:
            for number in numbers:
                workshop = rooms[number % len(rooms)]
                phone = Phone(number, NETWORK, served.port, Told())
                await phone.join(workshop.code, workshop.key, "library", "why")
                phone.close()

        run(lambda: join(range(first)))
        before = memory_of(served.process.pid)
        benchmark.pedantic(lambda: run(lambda: join(range(first, joins))), rounds=1)
        after = memory_of(served.process.pid)
        benchmark.extra_info.update(joins=joins, memory_mb_before_and_after=[before, after])
