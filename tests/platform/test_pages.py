"""What every page promises: for whom it is answered, and what it says when something is wrong."""

import json
import logging
import re
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from html5lib.html5parser import ParseError
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from app import create_app
from app.config import Config
from app.paths import APP, questionnaires_folder
from app.platform.database import close_database, db
from app.platform.other_sites import FILES
from app.platform.secret import UnusableKey, own_name, secret_key
from app.platform.solo import is_own_name
from app.printing.failure import PrintingFailed
from tests.web import Client, begin, begin_example, check_page, shown

ROUTES = Path(__file__).parent / "routes.json"


def test_no_address_disappears_unnoticed(app):
    """An address may stand in someone's notes: think of them before you change routes.json."""
    routes = sorted(
        f"{'|'.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule.rule}"
        for rule in app.url_map.iter_rules()
    )
    assert routes == json.loads(ROUTES.read_text(encoding="utf-8"))


# Solo mode


@pytest.mark.parametrize(
    "address", ["10.0.0.7", "192.168.1.2", "8.8.8.8", "::ffff:10.0.0.7", "2001:db8::1", "", "x"]
)
def test_another_machine_is_refused(client, address):
    page = client.get("/", 403, environ_base={"REMOTE_ADDR": address})
    assert "Kun fra denne maskine" in page.text


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(client, address):
    client.get("/", environ_base={"REMOTE_ADDR": address})


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.7",
        "evil.example:8000",
        "0.0.0.0",
    ],
)
def test_another_name_for_this_machine_is_refused(client, host):
    """A page elsewhere can point its own name at 127.0.0.1."""
    client.get("/", 403, headers={"Host": host})


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:5000", "[::1]", "[::1]:8000", "LOCALHOST"]
)
def test_this_machine_s_own_names_are_answered(client, host):
    client.get("/", headers={"Host": host})


@pytest.mark.parametrize(
    "host", ["", "localhost:x", "localhost:99999", "localhost/evil", "[::1", "a@evil", "localhost@evil"]
)
def test_a_name_that_cannot_be_read_is_not_ours(host):
    assert not is_own_name(host)


def test_a_post_from_elsewhere_is_refused_too(client):
    client.get("/")
    client.post("/example", status=403, headers={"Host": "evil.example"})
    assert "Fortsæt" not in client.get("/").text


# Forged and stale forms


@pytest.mark.parametrize("path", ["/example", "/import", "/language", "/assessments/new"])
def test_a_form_without_its_token_does_nothing(client, path):
    response = client.http.post(path, data={"partner": "A", "proposal": "B"})
    assert response.status_code == 400
    assert "Siden var for gammel" in response.text
    assert "Fortsæt" not in client.get("/").text


def test_a_page_may_stand_open_all_day(app):
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_the_key_is_made_once_and_is_its_owner_s_alone(tmp_path):
    key = secret_key(tmp_path / "new" / "folder")
    assert len(key) == 64
    assert secret_key(tmp_path / "new" / "folder") == key
    [file] = (tmp_path / "new" / "folder").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


# Files


def test_an_empty_key_is_made_again(tmp_path):
    (tmp_path / "secret-key").touch()
    assert len(secret_key(tmp_path)) == 64


@pytest.mark.parametrize("held", [b" ", b"\n", b"short", b" " * 64, b"\xff" * 64, b"a\x00" * 32])
def test_what_is_no_key_signs_nothing_and_is_not_replaced(tmp_path, held):
    (tmp_path / "secret-key").write_bytes(held)
    with pytest.raises(UnusableKey, match="secret-key"):
        secret_key(tmp_path)
    assert (tmp_path / "secret-key").read_bytes() == held


def test_cookies_of_other_programs_on_this_machine_change_nothing(client, tmp_path):
    """A browser keeps one set of cookies for 127.0.0.1, whatever the port."""
    other = create_app(Config(tmp_path / "other"))
    close_database(other)
    names = {"SESSION_COOKIE_NAME", "LANGUAGE_COOKIE"}
    assert {other.config[each] for each in names} & {client.app.config[each] for each in names} == set()
    address = begin(client)
    for name in ("session", "language", *(other.config[each] for each in names)):
        client.http.set_cookie(name, "en")
    client.post(f"{address}/subject", shown(client, f"{address}/subject"))


def test_the_names_of_cookies_stay_and_tell_nothing_of_the_key(tmp_path):
    key = secret_key(tmp_path)
    assert own_name(key) == own_name(secret_key(tmp_path))
    assert own_name(key) not in key


# What other sites ask for

A_LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin-and-more"])
@pytest.mark.parametrize(
    "path", ["/form.pdf", "/sample.pdf", "/backups/overvej-backup.zip", "/workshops/guide.pdf"]
)
def test_another_site_makes_no_file_here(client, site, path):
    for asked in (A_LINK, {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}):
        page = client.get(path, 403, headers={**asked, "Sec-Fetch-Site": site})
        assert "En anden hjemmeside bad om dette" in page.text


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_pages_and_the_reader_get_files(client, site):
    headers = {**A_LINK, "Sec-Fetch-Site": site} if site else {}
    client.get("/backups/overvej-backup.zip", headers=headers)


def test_another_site_may_lead_the_reader_to_a_page_and_put_none_into_its_own(client):
    asked = {**A_LINK, "Sec-Fetch-Site": "cross-site"}
    client.get("/", headers=asked)
    for dest in ("iframe", "embed", "image", "empty"):
        client.get("/", 403, headers={**asked, "Sec-Fetch-Dest": dest})
    client.get("/", 403, headers={**asked, "Sec-Fetch-Mode": "no-cors"})


def test_every_address_that_ends_as_a_file_is_known_to_be_one(app):
    ends = [rule.rule for rule in app.url_map.iter_rules() if re.search(r"[.][a-z]+$|/file$", rule.rule)]
    assert len(ends) > 10
    assert [each for each in ends if not each.endswith(FILES) and each != "/favicon.ico"] == []


def test_a_file_may_be_kept_for_good_under_its_version(client, app):
    page = client.get("/").text
    address = re.search(r'href="(/static/[^"]+/site\.css)"', page)[1]
    response = client.get(address)
    assert "immutable" in response.headers["Cache-Control"]
    old = client.get(address.replace(app.config["ASSETS_VERSION"], "000000000000"))
    assert old.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["../config.py", "..%2fconfig.py", "nothing.css", "fonts/../../config.py"])
def test_only_files_of_ours_are_served(client, app, name):
    client.get(f"/static/{app.config['ASSETS_VERSION']}/{name}", 404)


def test_the_style_sheets_use_no_force_and_nothing_from_elsewhere():
    sheets = [*(APP / "static").rglob("*.css")]
    assert APP / "static" / "workshops" / "wall.css" in sheets
    for file in sheets:
        written = file.read_text(encoding="utf-8")
        assert "!important" not in written
        assert "http" not in written


def test_templates_have_nothing_inline_and_never_switch_escaping_off():
    templates = [*(APP / "templates").rglob("*.html")]
    assert APP / "templates" / "base.html" in templates
    for file in templates:
        written = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|\|\s*safe|autoescape|<style", written), file.name


# When something is wrong


@pytest.mark.parametrize("language", ["da", "en"])
def test_errors_are_said_plainly_in_both_languages(client, language):
    client.speak(language)
    client.get("/nothing", 404)
    client.post("/", status=405)
    client.get("/example", 405)


def test_a_full_disk_is_said_plainly(client, app, monkeypatch, caplog):
    def full(*_args, **_settings):
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    client.get("/")
    monkeypatch.setattr("app.assessments.operations.create", full)
    page = client.post("/example", status=503).text
    assert "Er disken fuld, eller må der ikke skrives" in page
    assert "disk is full" in caplog.text


@pytest.mark.parametrize(("language", "words"), [("da", "gem igen om lidt"), ("en", "save it again")])
def test_who_finds_others_writing_for_long_is_told_to_save_again(client, app, monkeypatch, language, words):
    def busy(*_args, **_settings):
        with closing(sqlite3.connect(database, timeout=0)) as waiting:
            try:
                waiting.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                raise OperationalError("BEGIN IMMEDIATE", {}, error) from error

    client.speak(language)
    monkeypatch.setattr("app.assessments.operations.create", busy)
    with app.app_context():
        database = db.engine.url.database
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert words in client.post("/example", status=503).text


def test_who_waits_for_somebody_that_waits_for_them_is_told_to_save_again(client, monkeypatch):
    def stuck(*_args, **_settings):
        raise OperationalError("UPDATE", {}, DeadlockDetected())

    monkeypatch.setattr("app.assessments.operations.create", stuck)
    assert "Andre skrev i samme øjeblik" in client.post("/example", status=503).text


def test_our_own_fault_is_said_without_a_traceback(client, app, monkeypatch, caplog):
    def broken(*_args, **_settings):
        raise RuntimeError("secret detail")

    client.get("/")
    app.testing = False
    monkeypatch.setattr("app.site.front.views.shipped_case", broken)
    with caplog.at_level(logging.ERROR):
        page = client.post("/example", status=500).text
    assert "Noget gik galt" in page
    assert "secret detail" not in page
    assert "secret detail" in caplog.text


def test_missing_pango_says_what_to_install(client, monkeypatch):
    address = begin_example(client)
    client.post(f"{address}/review")

    def cannot(*_args):
        raise PrintingFailed("pango-missing")

    monkeypatch.setattr("app.printing.printer.Printer.print", cannot)
    for document in (
        f"{address}/decision.pdf",
        f"{address}/meeting.pdf",
        f"{address}/form.pdf",
        "/sample.pdf",
    ):
        page = client.get(document, 503).text
        assert "libpangoft2" in page
    client.get(f"{address}/result")


def test_documents_speak_the_language_that_was_asked_for(client, tmp_path):
    def words(path: str) -> str:
        file = tmp_path / "document.pdf"
        file.write_bytes(client.get(path).data)
        return subprocess.run(
            ["pdftotext", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout

    address = begin_example(client)
    client.post(f"{address}/review")
    assert "Anbefaling" in words(f"{address}/decision.pdf?language=da")
    assert "Recommendation" in words(f"{address}/decision.pdf?language=en")
    assert "Kort udgave" in words("/form.pdf?language=da&short=yes")
    assert "Recommendation" in words("/sample.pdf?language=en")


# The checks themselves


def page(body: str) -> str:
    head = '<html lang="da"><head><meta charset="utf-8"><title>Prøve – Overvej</title></head>'
    return f"<!doctype html>{head}<body><main><h1>Prøve</h1>{body}</main></body></html>"


def test_a_good_page_passes_the_checks():
    check_page(page("<p>Godt</p>"), "da")


@pytest.mark.parametrize(
    ("body", "found_by"),
    [
        ("<h1>Two</h1>", "assert 2 == 1"),
        ('<p id="a"></p><p id="a"></p>', "ids are unique"),
        ('<p style="color:red">x</p>', "nothing inline"),
        ("<script>1</script>", "script"),
        ('<img src="/static/v/parts/nothing.svg" alt="">', r"parts/nothing\.svg is not there"),
        ('<label for="nothing">x</label>', "for points at nothing"),
        ("<p>Save and continue</p>", r"\['Save and continue'\]"),
    ],
)
def test_a_bad_page_does_not(body, found_by):
    with pytest.raises(AssertionError, match=found_by):
        check_page(page(body), "da")


def test_a_page_that_is_no_html_does_not():
    with pytest.raises(ParseError):
        check_page(page("<p>open <b>tag</p>"), "da")


def test_an_english_page_does_not_pass_as_danish(client):
    client.speak("en")
    with pytest.raises(AssertionError):
        check_page(client.get("/").text, "da")


def test_the_client_begins_in_danish(client: Client):
    assert begin(client)


# The example


def test_the_example_goes_on_beside_a_newer_questionnaire(app, client, tmp_path, monkeypatch):
    """Its answers were given to one version, and that is the one it opens with."""
    newer = (questionnaires_folder() / "new-partner.json").read_text(encoding="utf-8")
    (tmp_path / "newer.json").write_text(
        newer.replace('"version": "1.0.0"', '"version": "9.0.0"', 1), "utf-8"
    )
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(tmp_path))
    address = begin_example(client)
    assert client.get(f"{address}/answers.json").get_json()["version"] == "1.0.0"
    client.get("/sample.pdf")


def test_what_may_be_larger_than_other_uploads_is_posted_to_a_page_of_ours(app):
    addresses = app.url_map.bind("localhost")
    assert all(addresses.test(each, "POST") for each in app.config["LARGER_UPLOADS"])
