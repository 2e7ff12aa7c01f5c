"""What the benchmarks of pages tell beside what pytest-benchmark prints."""

import time
from collections.abc import Callable
from statistics import median, quantiles


def tell(benchmark) -> None:
    """Add p50 and p95, in milliseconds."""
    if benchmark.stats is None:
        return
    cuts = quantiles(benchmark.stats.stats.data, n=20)
    benchmark.extra_info.update(p50_ms=round(cuts[9] * 1000, 2), p95_ms=round(cuts[18] * 1000, 2))


ROUNDS = 25


def beside(benchmark, one: Callable[[], object], other: Callable[[], object]) -> float:
    """Return how many times as long ``one`` takes as ``other``, the median of turns.

    Where nothing is measured, of one.
    """
    rounds = 1 if benchmark.disabled else ROUNDS
    # In turns, so that whatever else the machine does meets both alike.
    return round(median(_seconds(one) / _seconds(other) for _ in range(rounds)), 2)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
