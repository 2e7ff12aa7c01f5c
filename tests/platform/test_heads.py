"""To ask for the head of a page is to look at it: nothing is written, whatever is sent along."""

import pytest

from tests.web import Client, begin, everything_stored
from tests.workshops.ways import prepared, revealed


@pytest.fixture
def library(app):
    client = Client(app)
    assessment, shown, coming = begin(client), revealed(app), prepared(app)
    return client, [
        *("/partners/new", "/assessments/new", "/workshops/new", "/w", "/name", "/settings/library"),
        *(f"{assessment}/why", f"{assessment}/subject", f"{assessment}/delete"),
        *(f"/workshops/{shown}/{page}" for page in ("actions", "agree/goal", "close", "sheets/key")),
        f"/workshops/{coming}/edit",
    ]


SENT = {"name": "Nyt navn", "partner": "Anden", "proposal": "Andet", "what": "Ring", "goal": "0"}


def test_the_head_of_a_page_is_that_of_the_page_and_nothing_is_written(app, library):
    client, pages = library
    before = everything_stored(app)
    for page in pages:
        asked, head = client.http.get(page), client.http.head(page, data={**SENT, "asked": "goal:"})
        assert (head.status_code, head.location) == (asked.status_code, asked.location), page
        assert head.data == b""
    assert everything_stored(app) == before
