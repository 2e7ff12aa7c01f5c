"""Whatever is sent to any address or form: an answer or a plain message, never an error of ours."""

import io
from urllib.parse import quote

import pytest

from app.platform.database import db
from app.printing.printer import Printer
from tests.platform.crawling import Form, crawl, furnish, on_the_way
from tests.web import Client, everything_stored

MARKUP = "\"'><script>alert(1)</script>{{7*7}}%s"

JUNK = {
    "nul": "%00",
    "half a character": "%ED%A0%80",
    "no utf-8": "%FF",
    "long": "x" * 10_000,
    "a number without end": "1" * 5_000,
    "a large number": str(2**63),
    "less than nothing": "-1",
    "emoji": quote("😀" * 60),
    "one letter that becomes eighteen": quote("\ufdfa" * 200),
    "markup": quote(MARKUP),
    "another alphabet's digits": quote("²٣"),
    "pattern": quote("%_\\*"),
    "line end": "a%0D%0AX:b",
}
OF_DATABASES = ("nul", "half a character", "no utf-8", "a large number", "less than nothing")
"""What a database may take another way than its neighbour: PostgreSQL is sent all of it, SQLite these."""

NAMES = (
    *("page", "q", "state", "level", "sector", "owner", "sort", "goal", "since", "until"),
    *("a", "b", "other", "partner", "questionnaire", "back", "name"),
)
MEGABYTE = 1024 * 1024


@pytest.fixture
def reached(stored_client, tmp_path, monkeypatch):
    furnish(stored_client, tmp_path / "newer", monkeypatch)
    return crawl(stored_client, *on_the_way(stored_client))


def is_answered(response) -> bool:
    response.close()
    return response.status_code < 500


def endpoints(client: Client, method: str) -> set[str]:
    return {rule.endpoint for rule in client.app.url_map.iter_rules() if method in rule.methods}


def test_every_page_and_every_form_stands_whatever_is_sent(stored_client, reached):
    """One test, because finding them all takes its time; in this order, because what is sent may be stored.

    PostgreSQL, the stricter of the two, is sent everything; SQLite what it may take another way. Documents
    are printed last, with all that was stored in them, and once: paper knows nothing of databases.
    """
    printer = stored_client.app.extensions["printer"]
    stored_client.app.extensions["printer"] = NoPaper()
    everything = name_of_database(stored_client.app) == "postgresql"
    looking_changes_nothing(stored_client, reached)
    any_question_is_answered(stored_client, reached, list(JUNK) if everything else OF_DATABASES)
    any_form_is_answered(stored_client, reached, LIES if everything else LIES_TO_DATABASES)
    if everything:
        stored_client.app.extensions["printer"] = printer
    every_page_still_stands(stored_client, reached)


class NoPaper(Printer):
    """Takes every document there is to print, and prints none."""

    def _printed(self, message: bytes) -> bytes:
        return b"%PDF-1.7 " + message[:1]


def name_of_database(app) -> str:
    with app.app_context():
        return db.engine.dialect.name


def any_question_is_answered(stored_client, reached, names):
    """Each page with every name that any page reads, and one that none does, and arrays, and twice."""
    assert endpoints(stored_client, "GET") - {"asset"} - set(reached.addresses) == set(), "pages not reached"
    wrong = []
    for endpoint, addresses in reached.addresses.items():
        address = addresses[-1].partition("?")[0]
        if address.endswith((".pdf", ".zip")):
            continue
        for name in names:
            value = JUNK[name]
            query = "&".join(f"{each}={value}" for each in [*NAMES, "q[]", "unknown", value, "page"])
            if not is_answered(stored_client.http.get(f"{address}?{query}")):
                wrong.append(f"{endpoint} with {name}")
    assert wrong == []


def test_any_path_answers(stored_client):
    """Also where a number in it is longer than Python reads."""
    known = [rule for rule in stored_client.app.url_map.iter_rules() if rule.arguments]
    for rule in known:
        for value in JUNK.values():
            path = "".join(
                value if is_dynamic and converter != "public" else "x" * 22 if is_dynamic else part
                for is_dynamic, part, converter in parts_of(rule)
            )
            assert is_answered(stored_client.http.get(path)), path[:200]
            data = {"csrf_token": stored_client.token, "back": path}
            assert is_answered(stored_client.http.post("/language", data=data)), path[:200]


def parts_of(rule):
    converters = {name: type(each).__name__ for name, each in rule._converters.items()}
    return [
        (is_dynamic, part, "public" if converters.get(part) == "PublicId" else "")
        for is_dynamic, part in rule._trace
        if part != "|"
    ]


LIES = [
    "\x00\x01",
    "x" * 20_000,
    "\ufdfa" * 290,
    "ﬃ" * 300,
    "😀" * 200,
    "2026-99-99",
    "1" * 15,
    MARKUP,
]
LIES_TO_DATABASES = ["\x00\x01", "1" * 15]


CHOSEN = (
    *("version", "seen", "shown", "part", "asked", "level", "sector", "verdict", "went", "ask_again"),
    *("motion", "on", "kind", "language", "active", "outcome", "decisions"),
)


def bodies(form: Form, lies: list[str]):
    names = list(form.shown)
    yield {}
    yield {name: [value, value] for name, value in form.shown.items()}
    yield {f"{name}[]": value for name, value in form.shown.items()}
    for lie in lies:
        yield dict.fromkeys(names, lie)
        # The choices and the versions as they are, so that what is written comes to be stored.
        yield {name: value if is_chosen(name, value) else lie for name, value in form.shown.items()}
    yield {name: (io.BytesIO(b"\x00\xff" * 50), f"{name}\u202e.txt") for name in [*names, *form.files]}
    yield {**form.shown, **dict.fromkeys(form.files, "text")}


def is_chosen(name: str, value: str) -> bool:
    return value[:2] == "20" or name.endswith(CHOSEN)


def any_form_is_answered(stored_client, reached, lies):
    posted = {form.endpoint for form in reached.forms}
    # Whatever is sent below /w and is no address there is told so by the phones' own page.
    assert endpoints(stored_client, "POST") - posted == {"phones.nowhere"}, "forms not reached"
    wrong, taken = [], set()
    for form in sorted(reached.forms, key=lambda each: len(each.shown), reverse=True):
        for number, body in enumerate(bodies(form, lies)):
            sent = {**body, "csrf_token": stored_client.token}
            answer = stored_client.http.post(form.action, data=sent)
            taken |= {form.endpoint} if answer.status_code == 303 else set()
            if not is_answered(answer):
                wrong.append(f"{form.action} with body {number}: {answer.status}")
    assert wrong == []
    assert len(taken) > len(posted) / 2, "much of it was stored"


def every_page_still_stands(stored_client, reached):
    for address in [each for addresses in reached.addresses.values() for each in addresses]:
        answer = stored_client.http.get(address)
        assert is_answered(answer), f"{address} after all that"
        assert answer.mimetype != "text/html" or "<script>alert" not in answer.text, address


def test_a_text_that_is_too_long_is_shown_again_with_what_is_wrong(client):
    answer = client.post("/partners/new", {"name": "Lyset", "about": "x" * 2 * MEGABYTE}, 400)
    assert "Højst 3000 tegn" in answer.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", ("Teksten var for lang", "Intet er gemt")),
        ("en", ("The text was too long", "Nothing was saved")),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}], ids=["page", "by itself"])
def test_more_text_than_a_page_takes_is_told_as_such_and_not_as_an_old_page(client, language, said, headers):
    client.speak(language)
    before = everything_stored(client.app)
    answer = client.post("/partners/new", {"name": "x" * 9 * MEGABYTE}, 413, headers=headers)
    assert all(each in answer.text for each in said)
    assert everything_stored(client.app) == before


def test_of_a_file_that_is_too_large_it_is_said_that_it_is_a_file(client):
    client.app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = client.post("/import", {"file": (io.BytesIO(b"x" * 1000), "large.json")}, 413)
    assert "Filen er for stor" in answer.text


def test_no_form_is_taken_without_its_token(client):
    before = everything_stored(client.app)
    for rule in client.app.url_map.iter_rules():
        if "POST" in rule.methods:
            values = {each: 1 if is_number(rule, each) else "x" * 22 for each in rule.arguments}
            _, path = rule.build(values)
            answer = client.http.post(path, data={})
            assert answer.status_code == 400, path
            assert "Siden var for gammel" in answer.text, path
    assert everything_stored(client.app) == before


def is_number(rule, name: str) -> bool:
    return type(rule._converters[name]).__name__ == "IntegerConverter"


def looking_changes_nothing(stored_client, reached):
    """Every page, every file: what is stored afterwards is what was stored before."""
    before = everything_stored(stored_client.app)
    for addresses in reached.addresses.values():
        for address in addresses:
            stored_client.http.get(address).close()
    assert everything_stored(stored_client.app) == before
