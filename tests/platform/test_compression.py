"""Words travel compressed, and nothing else changes by it: who asks differently is given the same."""

import gzip

import pytest
from flask import Flask, Response, stream_with_context

from app.paths import APP
from app.platform.compression import MOST_PADDING, SMALLEST, compress_answers
from tests.web import begin
from tests.workshops.ways import answered

GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}
SHEET = "site.css"


def words(response) -> bytes:
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.content_length == len(response.data)
    return gzip.decompress(response.data)


def sheet(client, status=200, **headers):
    address = f"/static/{client.app.config['ASSETS_VERSION']}/{SHEET}"
    return client.get(address, status, headers=headers)


LONG = "æ" * SMALLEST


@pytest.fixture
def others():
    app = Flask("others")
    compress_answers(app)

    @app.get("/<path:kind>")
    def answer(kind):
        return Response(LONG, mimetype=kind)

    @app.get("/short")
    def short():
        return Response("æ" * (SMALLEST // 2 - 1))

    @app.get("/compressed")
    def compressed():
        return Response(gzip.compress(LONG.encode()), headers={"Content-Encoding": "gzip"})

    @app.get("/piece by piece")
    def streamed():
        return Response(stream_with_context(letter for letter in LONG))

    @app.get("/tagged")
    def tagged():
        response = Response(LONG)
        response.set_etag("tag")
        return response

    return app.test_client()


# Pages


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0"])
def test_who_does_not_take_it_is_not_given_it(others, accepted):
    response = others.get("/text/html", headers={"Accept-Encoding": accepted} if accepted else {})
    assert response.text == LONG
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.vary


@pytest.mark.parametrize("accepted", ["gzip", "br;q=1.0, gzip;q=0.5", "*"])
def test_who_takes_it_is_given_it(others, accepted):
    response = others.get("/text/html", headers={"Accept-Encoding": accepted})
    assert words(response).decode() == LONG
    assert "Accept-Encoding" in response.vary


def test_a_page_is_a_third_and_the_same_words(client):
    path = f"{begin(client)}/sections/why"
    plain, packed = client.get(path), client.http.get(path, headers=GZIP)
    assert words(packed) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert {"Accept-Encoding", "Cookie"} <= set(packed.vary)


def test_a_page_that_is_an_error_is_compressed_as_well(client):
    assert b"<h1" in words(client.http.get("/nowhere", headers=GZIP))


def test_the_length_tells_nothing_of_what_is_secret(others):
    """Letter by letter, a secret in a page could be guessed from how well the page is compressed."""
    names = [others.get("/text/html", headers=GZIP).data[10:].partition(b"\0")[0] for _ in range(60)]
    lengths = [len(name) for name in names if not name.strip(b"a")]
    assert len(set(lengths)) > 20
    assert max(lengths) <= MOST_PADDING


def test_the_head_of_a_page_says_what_the_page_would(client):
    head = client.http.head("/", headers=GZIP)
    assert head.data == b""
    assert head.headers["Content-Encoding"] == "gzip"
    assert 0 < head.content_length < client.get("/").content_length


# Anything else


@pytest.mark.parametrize("kind", ["application/pdf", "application/zip", "font/woff2", "image/png"])
def test_what_is_compressed_in_itself_is_left_alone(others, kind):
    response = others.get(f"/{kind}", headers=GZIP)
    assert response.text == LONG
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" not in response.vary


@pytest.mark.parametrize("kind", ["application/json", "text/csv; charset=utf-8", "image/svg+xml"])
def test_all_that_is_words_is_compressed(others, kind):
    assert words(others.get(f"/{kind}", headers=GZIP)).decode() == LONG


@pytest.mark.parametrize("path", ["/short", "/piece by piece"])
def test_what_gains_nothing_is_left_alone(others, path):
    response = others.get(path, headers=GZIP)
    assert "Content-Encoding" not in response.headers
    assert set(response.text) == {"æ"}


def test_nothing_is_compressed_twice(others):
    assert words(others.get("/compressed", headers=GZIP)).decode() == LONG


def test_a_tag_promises_the_words_and_not_the_bytes(others):
    assert others.get("/tagged").headers["ETag"] == '"tag"'
    assert others.get("/tagged", headers=GZIP).headers["ETag"] == 'W/"tag"'


# Our own files


def test_a_style_sheet_is_compressed_once_and_the_same_each_time(client):
    first, second = sheet(client, **GZIP), sheet(client, **GZIP)
    assert first.data == second.data
    assert words(first) == (APP / "static" / SHEET).read_bytes()
    assert "immutable" in first.headers["Cache-Control"]
    assert "Accept-Encoding" in first.vary


def test_a_style_sheet_that_the_browser_has_is_not_sent_again(client):
    tag = sheet(client, **GZIP).headers["ETag"]
    again = sheet(client, 304, **GZIP, **{"If-None-Match": tag})
    assert (again.data, again.headers["ETag"]) == (b"", tag)
    assert tag.startswith("W/")
    assert "Accept-Encoding" in again.vary


def test_a_part_of_a_style_sheet_is_a_part_of_it_as_it_is(client):
    part = sheet(client, 206, Range="bytes=10-19")
    assert part.data == (APP / "static" / SHEET).read_bytes()[10:20]


@pytest.mark.parametrize("asked", [{}, {"If-Range": True}])
def test_a_part_is_never_put_after_the_beginning_of_another_packing(client, asked):
    """Who was cut off in the compressed file and asks for its rest is given all of it again."""
    tag = sheet(client, **GZIP).headers["ETag"]
    whole = sheet(client, **GZIP, Range="bytes=10-", **dict.fromkeys(asked, tag))
    assert words(whole) == (APP / "static" / SHEET).read_bytes()
    assert "Content-Range" not in whole.headers
    assert "Accept-Ranges" not in whole.headers


def test_a_font_is_left_alone(client):
    font = client.get("/static/v/fonts/OvervejSans.woff2", headers=GZIP)
    assert font.data == (APP / "static" / "fonts" / "OvervejSans.woff2").read_bytes()


# What phones and wall ask every two seconds


def test_a_wall_that_has_it_already_is_told_so_in_whatever_packing(app, client):
    path = f"/workshops/{answered(app)}/wall/live?own=yes"
    plain, packed = client.http.get(path), client.http.get(path, headers=GZIP)
    assert words(packed) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]
    for headers in (GZIP, {}):
        again = client.http.get(path, headers={**headers, "If-None-Match": packed.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
