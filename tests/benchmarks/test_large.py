"""How long each kind of page takes in a library of years: 5,000 partners and 20,000 assessments.

Run by ``python3 dev bench``. In the ordinary run the same addresses are asked of a small library, so that
they are known to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from app.config import Config
from tests.benchmarks.seeding import Seeded, seed
from tests.benchmarks.timing import tell
from tests.web import Client, running

LARGE, SMALL = (5_000, 20_000), (20, 40)
PAGES = {
    "front": "/",
    "partners": "/partners",
    "partners, last page": "/partners?page=99999",
    "partners, searched": "/partners?q=teatret",
    "partners, searched in vain": "/partners?q=findes-ikke",
    "partner with a long timeline": "/partners/{partner}",
    "assessments": "/assessments",
    "assessments, last page": "/assessments?page=99999",
    "assessments, searched": "/assessments?q=teatret",
    "bin": "/assessments/bin",
    "section": "/assessments/{one}/sections/why",
    "review": "/assessments/{one}/review",
    "result": "/assessments/{one}/result",
    "what if": "/assessments/{one}/what-if",
    "history": "/assessments/{one}/history",
    "after the meeting": "/assessments/{one}/after-meeting",
    "decision": "/assessments/{one}/decision",
    "compare": "/compare?a={one}&b={other}",
    "decisions": "/decisions",
    "follow-ups": "/decisions/follow-ups",
    "record": "/decisions/record",
    "overview": "/overview",
    "questionnaires": "/questionnaires",
    "questionnaire": "/questionnaires/new-partner/1.0.0",
    "backups": "/backups",
    "exports": "/exports",
    "settings": "/settings",
}


class Library(NamedTuple):
    client: Client
    seeded: Seeded

    def address(self, page: str) -> str:
        one, other = self.seeded.assessments
        return PAGES[page].format(partner=self.seeded.partner, one=one, other=other)


@pytest.fixture(scope="module")
def library(request, tmp_path_factory, printer) -> Iterator[Library]:
    """Seeded once for all of them; large only where the time is taken."""
    size = LARGE if request.config.getoption("benchmark_enable") else SMALL
    for app in running(Config(tmp_path_factory.mktemp("large")), printer):
        with app.app_context():
            seeded = seed(*size)
        client = Client(app)
        client.get("/")
        yield Library(client, seeded)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_large_library(benchmark, library, page):
    address = library.address(page)
    library.client.get(address)
    response = benchmark(library.client.http.get, address)
    benchmark.extra_info["bytes"] = len(response.data)
    tell(benchmark)
    assert response.status_code == 200
