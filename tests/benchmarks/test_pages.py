"""How long a section's page takes to show and to save, and how large it is.

The closest peer (ONS questionnaire runner) takes 4.9 ms for a page with one 7-option question, 9.3 ms for
14 answers, 2.1 ms for a POST without a database, and 100 KB a page. The promise: twice its speed, a quarter
of its size.
"""

import gzip
import itertools

import pytest

from app import charts
from app.assessments.changes import fingerprint_of
from app.engine.answers import Answer
from tests.benchmarks.timing import beside, tell
from tests.printing import samples
from tests.web import Client, begin, begin_example, reviewed_example

LARGEST_PAGE, LARGEST_SENT = 28 * 1024, 6 * 1024
"""Bytes of a section: as a browser reads it, and as it is sent, with the padding against who measures it."""

SECTIONS = ("why", "ready", "partner", "together", "in-place")


@pytest.mark.parametrize("section", SECTIONS)
def test_showing_a_section(benchmark, client, section):
    path = f"{begin(client)}/sections/{section}"
    response = benchmark(client.http.get, path)
    benchmark.extra_info["bytes"] = len(response.data)
    tell(benchmark)
    assert response.status_code == 200


def test_compressing_a_page_beside_making_it(benchmark, client):
    """What a browser is sent, beside the same page as it is: bytes, and how many times as long it takes."""
    path = f"{begin(client)}/sections/why"

    def shown(accepted):
        return client.http.get(path, headers={"Accept-Encoding": accepted})

    ratio = beside(benchmark, lambda: shown("gzip"), lambda: shown("identity"))
    packed, plain = benchmark(shown, "gzip"), shown("identity")
    benchmark.extra_info.update(bytes=len(packed.data), plain_bytes=len(plain.data), times_plain=ratio)
    tell(benchmark)
    assert packed.headers["Content-Encoding"] == "gzip"


def test_showing_one_question(benchmark, client):
    """As near as we have to the peer's page with a single question."""
    path = f"{begin(client, 'smallest', who='Teatret')}/sections/all"
    response = benchmark(client.http.get, path)
    tell(benchmark)
    assert response.status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_saving_an_answer(benchmark, client, accept):
    """One changed answer to SQLite, commit included, by the button and by autosave."""
    path = f"{begin(client)}/sections/why"
    points = itertools.cycle(range(5))
    shown = [""]

    def save():
        point = next(points)
        posted = {"csrf_token": client.token, "asked": f"answer.goal:{shown[0]}", "answer.goal": str(point)}
        response = client.http.post(path, data=posted, headers={"Accept": accept})
        shown[0] = fingerprint_of(Answer("known", point))
        return response

    response = benchmark(save)
    tell(benchmark)
    assert response.status_code == (303 if accept == "text/html" else 200)


def test_showing_the_result(benchmark, client):
    address = begin_example(client)
    client.post(f"{address}/review")
    response = benchmark(client.http.get, f"{address}/result")
    tell(benchmark)
    assert response.status_code == 200


def test_drawing_a_profile_beside_the_page_that_it_stands_on(benchmark, client):
    path = f"{reviewed_example(client)}/result"
    reading = samples.case("ekko-af-byen-after", "da")
    ratio = beside(benchmark, lambda: charts.profile(reading), lambda: client.http.get(path))
    assert benchmark(charts.profile, reading)
    benchmark.extra_info["of_the_page"] = ratio


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_a_quarter_of_the_peer_s_size(client: Client, section, language):
    address = begin(client)
    client.speak(language)
    page = client.get(f"{address}/sections/{section}").data
    assert len(page) <= LARGEST_PAGE
    assert len(gzip.compress(page)) < len(page) / 3
    sent = client.http.get(f"{address}/sections/{section}", headers={"Accept-Encoding": "gzip"})
    assert sent.content_length <= LARGEST_SENT
