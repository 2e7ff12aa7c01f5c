"""A logo from outside is made harmless before it is kept."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.organisation import logo as cleaning
from app.organisation import reading
from app.organisation.logo import NoLogo, clean_logo

PLAIN = b"""<?xml version="1.0"?><!-- Generator: a drawing program -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><style>.a{fill:#17594a}</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
<rect class="a" width="10" height="10" fill="url(#g)"/></svg>"""


def drawing(inside: str, attributes: str = "") -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 9 9" {attributes}>{inside}<rect width="9" height="9"/></svg>'
    ).encode()


def picture(width: int = 40, height: int = 20, mode: str = "RGBA", **options) -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height)).save(written, "PNG", **options)
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 10000)) + chunk(b"IEND", b"")


def upload(client, data: bytes, name: str = "logo.png", status: int = 303):
    return client.post("/settings/logo", {"logo": (io.BytesIO(data), name)}, status)


@pytest.fixture
def in_danish(app):
    """What is refused is refused in words."""
    with app.test_request_context():
        yield


# Good ones


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "P", "1", "LA"])
@pytest.mark.usefixtures("in_danish")
def test_a_png_is_drawn_anew(mode):
    cleaned, kind = clean_logo(picture(mode=mode))
    assert kind == "image/png"
    assert Image.open(io.BytesIO(cleaned)).size == (40, 20)


@pytest.mark.usefixtures("in_danish")
def test_what_a_png_carries_beside_the_picture_stays_behind():
    info = PngInfo()
    info.add_text("Comment", "taken at home, 55.67 N 12.56 E")
    with_words = picture(pnginfo=info) + b"<script>alert(1)</script>"
    assert b"taken at home" in with_words
    cleaned, _kind = clean_logo(with_words)
    assert b"taken at home" not in cleaned
    assert b"script" not in cleaned


@pytest.mark.usefixtures("in_danish")
def test_a_large_picture_is_made_smaller():
    cleaned, _kind = clean_logo(picture(3000, 1500))
    assert Image.open(io.BytesIO(cleaned)).size == (1200, 600)


@pytest.mark.usefixtures("in_danish")
def test_a_plain_drawing_is_kept():
    cleaned, kind = clean_logo(PLAIN)
    assert kind == "image/svg+xml"
    assert b'fill="url(#g)"' in cleaned
    assert b".a{fill:#17594a}" in cleaned
    assert b"Generator" not in cleaned


# Hostile ones: either what is dangerous is gone, or the file is refused


@pytest.mark.parametrize(
    "data",
    [
        drawing("<script>alert(1)</script>"),
        drawing("", 'onload="alert(1)"'),
        drawing('<g onclick="alert(1)"/>'),
        drawing('<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">alert(1)</div></foreignObject>'),
        drawing('<a href="javascript:alert(1)"><text>x</text></a>'),
        drawing('<a xlink:href="https://evil.example/"><text>x</text></a>'),
        drawing('<image href="https://evil.example/x.png"/>'),
        drawing('<image href="data:image/svg+xml;base64,PHN2Zz4="/>'),
        drawing('<use href="https://evil.example/x.svg#a"/>'),
        drawing('<use href="#a"/><g id="a"/>'),
        drawing('<style>@import url("https://evil.example/x.css");</style>'),
        drawing("<style>@im\\70ort 'https://evil.example/x.css';</style>"),
        drawing("<style>rect{fill:url(https://evil.example/#a)}</style>"),
        drawing("<style>rect{background:u\\72l(https://evil.example/)}</style>"),
        drawing('<rect fill="url(https://evil.example/#a)"/>'),
        drawing('<rect style="background:url(//evil.example/)"/>'),
        drawing('<rect filter="url(/settings)"/>'),
        drawing('<animate attributeName="href" values="javascript:alert(1)"/>'),
        drawing('<set attributeName="href" to="https://evil.example/"/>'),
        drawing('<filter id="f"><feImage href="https://evil.example/"/></filter>'),
        drawing('<pattern id="p"><rect fill="url(#p)"/></pattern>'),
        drawing("", 'xml:base="https://evil.example/"'),
        b'<?xml-stylesheet href="https://evil.example/x.css"?>' + drawing(""),
    ],
)
@pytest.mark.usefixtures("in_danish")
def test_nothing_in_a_drawing_runs_or_reaches_out(data):
    try:
        cleaned, _kind = clean_logo(data)
    except NoLogo:
        return
    for trace in (
        b"alert",
        b"evil",
        b"script",
        b"http://",
        b"onload",
        b"/settings",
        b"<use",
        b"@im",
        b"<image",
    ):
        assert trace not in cleaned.replace(b'xmlns="http://www.w3.org/2000/svg"', b"")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"x" * 100, picture()[:45], b"GIF89a",
        b"\xff\xd8\xff", b"<html><body/></html>", b"<svg/>", b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        PLAIN[:-20], b"%PDF-1.7", drawing("<g>" * 5000 + "</g>" * 5000), drawing("<g/>" * 5000),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + drawing("<text>&b;</text>"),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing("<text>&a;</text>"),
        b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://evil.example/x"> %a;]>' + drawing(""),
        PLAIN.replace(b"0 0 10 10", b"a b c d"), PLAIN.replace(b"0 0 10 10", b"0 0 0 0"),
        PLAIN.replace(b"0 0 10 10", b"0 0 1e9"), PLAIN.replace(b"viewBox", b'width="xMin" viewBox'),
        PLAIN.replace(b"viewBox", b'width="5" height="0" id'),
        bomb(60_000, 60_000), bomb(2**31 - 1, 1), bomb(0, 0), bomb(5000, 4000),
        b" " * (600 * 1024), picture() + b"x" * (600 * 1024),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("in_danish")
def test_what_is_no_logo_is_refused_in_words(data):
    with pytest.raises(NoLogo) as refused:
        clean_logo(data)
    assert str(refused.value).endswith((".", "pixels."))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
@pytest.mark.usefixtures("in_danish")
def test_any_bytes_are_a_logo_or_none(data):
    for each in (
        data,
        cleaning.PNG_BEGINS + data,
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + data + b"</svg>",
    ):
        with suppress(NoLogo):
            clean_logo(each)


@pytest.mark.usefixtures("in_danish")
def test_a_drawing_in_another_alphabet_of_bytes_hides_nothing():
    hidden = drawing("<script>alert(1)</script>").decode().encode("utf-16")
    try:
        cleaned, _kind = clean_logo(hidden)
    except NoLogo:
        return
    assert b"alert" not in cleaned


# On the pages


@pytest.mark.parametrize(("data", "kind"), [(PLAIN, "image/svg+xml"), (picture(), "image/png")])
def test_a_logo_is_kept_shown_and_removed(stored_client, data, kind):
    upload(stored_client, data)
    assert "/settings/logo?v=" in stored_client.get("/settings").text
    shown = stored_client.get("/settings/logo")
    assert shown.mimetype == kind
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    with stored_client.app.app_context():
        assert reading.letterhead().logo.startswith(f"data:{kind};base64,")
    stored_client.post("/settings/logo/remove")
    stored_client.get("/settings/logo", 404)
    with stored_client.app.app_context():
        assert reading.letterhead().logo == ""


def test_a_refused_file_leaves_the_old_logo(client):
    upload(client, PLAIN)
    before = client.get("/settings/logo").data
    page = upload(client, b"MZ not a picture", "logo.png", 400).text
    assert "hverken en PNG eller en SVG" in page
    assert 'href="#logo"' in page
    assert client.get("/settings/logo").data == before
    assert "Vælg en fil først" in client.post("/settings/logo", {}, 400).text
    client.post("/settings/logo", {"logo": "text"}, 400)


def test_twenty_megabytes_are_refused_before_they_are_read(client):
    client.get("/settings/library")
    kind = "multipart/form-data; boundary=x"
    answer = client.http.post("/settings/logo", data=b"x" * 20_000_000, content_type=kind)
    assert answer.status_code == 413
    assert "Filen er for stor" in answer.text


def test_refusals_are_said_in_english_too(client):
    client.speak("en")
    assert "no PNG and no SVG" in upload(client, b"hello", status=400).text
