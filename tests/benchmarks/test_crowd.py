"""Two hundred phones in one workshop for a minute, against the real server: polls, answers, memory.

The client is on the same machine and takes its share of it: what is measured is the worst of both.
"""

import asyncio
from pathlib import Path
from statistics import quantiles

import pytest

from tests.phones.crowd import crowd
from tests.phones.serving import serving

PHONES = 200
SECONDS = 60


def memory_of(process: int) -> int:
    """In MB, what the process holds itself."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


def percentile(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=20)
    return {"p50_ms": round(cuts[9] * 1000, 1), "p95_ms": round(cuts[18] * 1000, 1), "count": len(times)}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_hundred_phones(benchmark, database, tmp_path, request):
    if not benchmark.enabled:
        pytest.skip("it takes a minute: python3 dev bench")
    url = request.getfixturevalue("empty_database") if database == "postgresql" else ""
    with serving(tmp_path / "data", url) as served:
        room = (served.port, served.workshop.code, served.workshop.key)

        def one_minute():
            return asyncio.run(crowd("127.0.0.1", *room, PHONES, SECONDS))

        told = benchmark.pedantic(one_minute, rounds=1)
        benchmark.extra_info.update(
            poll=percentile(told.polls),
            answer=percentile(told.answers),
            errors=told.errors[:5],
            lost=told.lost,
            memory_mb=[memory_of(each) for each in served.serving_processes()],
        )
    assert told.errors == []
    assert told.lost == 0
