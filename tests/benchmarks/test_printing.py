"""How long a document takes beside WeasyPrint alone, and what two hundred of them leave in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.engine import answers as engine_answers
from app.printing import documents
from app.printing.attachments import Attached
from app.printing.job import PrintJob, to_json
from app.printing.printer import Printer
from tests.benchmarks.timing import beside
from tests.printing import samples

ROUNDS = 15
RENDERS = 200
LONG_ENOUGH = 10
"""Seconds for a process to start and print one document, on a busy machine too."""
GROWTH_AT_MOST = 8 << 10
"""Kilobytes."""

BARE = """
import json, sys, time
from weasyprint import HTML, Attachment
from app.printing import press as presses
from app.printing.job import from_json

job = from_json(json.loads(sys.stdin.readline()))
press = presses.Press()
kind = press._kinds[job.kind]
content, _ = press._characters.printable_content(job.content)
context = {"doc": presses._named(content), "language": job.language, "lost": 0, "attached": True}
html = press.html(job.kind, job.language, {**context, "alone": False})

for _ in sys.stdin:
    began = time.perf_counter()
    pdf = HTML(string=html, base_url="packaged:", url_fetcher=press._fetcher).write_pdf(
        stylesheets=kind.styles,
        font_config=press._fonts,
        pdf_variant="pdf/a-3a",
        attachments=[Attachment(string=each.text, name=each.name) for each in job.attachments],
    )
    print(time.perf_counter() - began, len(pdf), flush=True)
"""
"""The same HTML, parsed CSS, fonts, variant and attachments, by WeasyPrint's own way in."""


@pytest.fixture(scope="module")
def job() -> PrintJob:
    answers = json.dumps(engine_answers.to_json(samples.case_answers("ekko-af-byen-after")))
    definition = json.dumps(samples.questionnaire().model_dump(mode="json", by_alias=True, exclude_none=True))
    return documents.decision(samples.case("ekko-af-byen-after", "da"), Attached(answers, definition))


@pytest.fixture(scope="module")
def warm(job: PrintJob) -> Iterator[Printer]:
    with Printer() as printer:
        printer.print(job)
        yield printer


@pytest.fixture
def bare(job: PrintJob) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(to_json(job)) + "\n")
        yield process


def test_a_decision_takes_little_longer_than_bare_weasyprint(
    benchmark: BenchmarkFixture, warm: Printer, bare: subprocess.Popen[str], job: PrintJob
) -> None:
    rounds = 1 if benchmark.disabled else ROUNDS
    ours, theirs = [], []
    for _ in range(rounds):
        # By turns, so that a busy machine is busy for both.
        began = time.perf_counter()
        pdf = warm.print(job)
        ours.append(time.perf_counter() - began)
        theirs.append(_bare_seconds(bare))
    benchmark(warm.print, job)
    benchmark.extra_info.update(ours=median(ours), bare=median(theirs), ratio=median(ours) / median(theirs))
    assert pdf.startswith(b"%PDF")


def _bare_seconds(process: subprocess.Popen[str]) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    seconds, size = process.stdout.readline().split()
    assert int(size) > 10_000
    return float(seconds)


def test_the_meeting_sheet(benchmark: BenchmarkFixture, warm: Printer) -> None:
    assert benchmark(warm.print, documents.meeting(samples.case("ekko-af-byen-after", "da")))


def test_the_meeting_sheet_where_one_document_was_printed_for_nobody(benchmark: BenchmarkFixture) -> None:
    """A process that the server began ahead, beside one that was asked as soon as it was begun."""
    sheet = documents.meeting(samples.case("ekko-af-byen-after", "da"))
    with Printer() as ahead, Printer() as asked:
        ahead.start()
        time.sleep(0 if benchmark.disabled else LONG_ENOUGH)
        asked.print(sheet)
        ratio = beside(benchmark, lambda: ahead.print(sheet), lambda: asked.print(sheet))
        benchmark.extra_info["times_asked"] = ratio
        assert benchmark(ahead.print, sheet)


def test_memory_does_not_grow(benchmark: BenchmarkFixture, warm: Printer) -> None:
    small = documents.meeting(samples.case("ekko-af-byen-after", "da"))
    renders = 20 if benchmark.disabled else RENDERS
    warm.print(small)
    before = _kilobytes(warm)
    benchmark.pedantic(warm.print, args=(small,), rounds=renders)
    benchmark.extra_info.update(renders=renders, grown_kilobytes=_kilobytes(warm) - before)
    assert _kilobytes(warm) - before < GROWTH_AT_MOST


def _kilobytes(printer: Printer) -> int:
    assert printer._worker is not None
    pid = str(printer._worker._process.pid)
    return int(subprocess.run(["ps", "-o", "rss=", "-p", pid], capture_output=True, check=True).stdout)
