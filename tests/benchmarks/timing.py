"""What the benchmarks of pages tell beside what pytest-benchmark prints."""

from statistics import quantiles


def tell(benchmark) -> None:
    """Add p50 and p95, in milliseconds."""
    if benchmark.stats is None:
        return
    cuts = quantiles(benchmark.stats.stats.data, n=20)
    benchmark.extra_info.update(p50_ms=round(cuts[9] * 1000, 2), p95_ms=round(cuts[18] * 1000, 2))
