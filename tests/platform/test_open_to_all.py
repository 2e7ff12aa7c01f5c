"""While a workshop is served to the network, others reach the participants' pages, and nothing else."""

import re
import socket
from ipaddress import IPv4Address, IPv6Address

import html5lib
import pytest
import segno
from hypothesis import assume, given
from hypothesis import strategies as st

from app.config import Config
from app.platform import network, solo
from app.platform.network import join_base, own_address, qr
from app.platform.solo import is_name_here, is_open_to_all, name_in
from tests.web import Client, begin, check_page, everything_stored, running
from tests.workshops import ways

ADDRESS = "http://192.168.1.20:8000"
PHONE = {"REMOTE_ADDR": "192.168.1.77", "HTTP_HOST": "192.168.1.20:8000"}
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
OPEN = {"asset", "favicon", "change_language"}
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "FOO")
VALUES = {
    "public_id": "x" * 22, "action_id": "y" * 22, "name": "z" * 22, "version": "v", "code": "ABCDEFGH",
}  # fmt: skip


@pytest.fixture
def app(tmp_path, printer):
    yield from running(Config(tmp_path / "data", workshop_address=ADDRESS), printer)


@pytest.fixture
def phone(app):
    """Another machine's browser."""
    return app.test_client()


def asked(browser, path: str, method: str = "GET", **environ):
    return browser.open(path, method=method, environ_overrides={**PHONE, **environ})


def path_of(app, rule) -> str:
    """An address that a rule answers, whatever stands in its place-holders."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        values = {}
        for name, converter in rule._converters.items():
            a_number = type(converter).__name__ == "IntegerConverter"
            some = sorted(getattr(converter, "items", []))
            values[name] = 1 if a_number else some[0] if some else VALUES.get(name, "x" * 22)
        return adapter.build(rule.endpoint, values, method=next(iter(rule.methods - {"OPTIONS"})))


def is_open(endpoint: str) -> bool:
    """What the issue says is open, said here once more."""
    return endpoint.startswith("phones.") or endpoint in OPEN


def test_every_route_but_the_participants_is_closed_to_others(app, phone):
    walked = 0
    for rule in app.url_map.iter_rules():
        if is_open(rule.endpoint):
            continue
        for method in METHODS:
            answer = asked(phone, path_of(app, rule), method)
            assert answer.status_code == 403, f"{method} {rule.rule}"
            answer.close()
            walked += 1
    assert walked > 500


def test_the_participants_pages_are_answered(app, phone):
    rules = [rule for rule in app.url_map.iter_rules() if is_open(rule.endpoint)]
    assert len(rules) > len(OPEN), "there are phones' pages"
    for rule in rules:
        for method in ("GET", "POST"):
            if method in rule.methods:
                answer = asked(phone, path_of(app, rule), method)
                assert answer.status_code != 403, rule.rule
                answer.close()
    assert asked(phone, "/w").status_code == 200


def test_nothing_is_written_by_what_is_closed(app, phone):
    ways.revealed(app)
    before = everything_stored(app)
    for rule in app.url_map.iter_rules():
        if not is_open(rule.endpoint):
            asked(phone, path_of(app, rule), "POST").close()
    assert everything_stored(app) == before


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/w/../partners", "/w/%2e%2e/partners", "//partners", "/w//partners", "/W", "/a/../x",
        "/static/v/../../../config.py", "/static/v/%2e%2e/%2e%2e/config.py", "/static/v//etc/passwd",
        "/backups/overvej-backup.zip", "/?next=/w", "/partners?/w", "/;/w",
    ],
)  # fmt: skip
def test_no_way_leads_round(phone, path):
    for method in ("GET", "POST"):
        answer = asked(phone, path, method)
        assert answer.status_code in (303, 308, 400, 403, 404)
        assert answer.headers.get("Location", "/w").startswith("/w")
        assert "Partnere" not in answer.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_that_says_no_tells_nothing_and_leads_to_the_workshop(app, phone, language):
    begin(Client(app))
    phone.set_cookie(app.config["LANGUAGE_COOKIE"], language, domain="192.168.1.20")
    page = asked(phone, "/partners/" + "x" * 22)
    assert page.status_code == 403
    check_page(page.text, language)
    links = re.findall(r'<a [^>]*href="([^"]+)"', page.text)
    assert links == ["/w"]
    said = "Her er kun workshoppen åben" if language == "da" else "Only the workshop is open here"
    assert said in page.text
    for secret in ("Teaterforeningen", "Mette Holm", "/partners", "/assessments", "127.0.0.1", "<form"):
        assert secret not in page.text


def test_the_session_of_a_phone_opens_nothing(app, phone):
    """Its cookie is signed with the same key as the facilitator's, and stands for nobody all the same."""
    with phone.session_transaction(base_url=ADDRESS) as session:
        session["name"] = "Mette Holm"
    assert asked(phone, "/partners").status_code == 403


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP", "X-Forwarded-Host"]
)
def test_where_a_request_says_it_comes_from_is_not_believed(phone, header):
    environ = {
        "HTTP_" + header.upper().replace("-", "_"): "for=127.0.0.1" if header == "Forwarded" else "127.0.0.1"
    }
    assert asked(phone, "/partners", **environ).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_a_phone_that_asks_for_localhost_is_still_a_phone(phone, host):
    assert asked(phone, "/partners", HTTP_HOST=host).status_code == 403


# From this machine


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_has_everything_as_before(app, host, address):
    own = Client(app)
    own.get("/", environ_overrides={"REMOTE_ADDR": address, "HTTP_HOST": host})


@pytest.mark.parametrize("host", ["192.168.1.20:8000", "0.0.0.0:8000", "[fe80::1]:8000"])
def test_this_machine_by_its_name_in_the_network_has_the_participants_pages_alone(app, host):
    browser = app.test_client()
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": host}
    assert asked(browser, "/partners", **here).status_code == 403
    assert asked(browser, "/w", **here).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["10.0.0.7", "192.168.1.20", "::ffff:10.0.0.7", "2001:db8::1", "fe80::1%eth0", "", "x", "0.0.0.0"],
)
def test_every_other_address_is_another_machine(phone, address):
    assert asked(phone, "/partners", REMOTE_ADDR=address).status_code == 403
    assert asked(phone, "/w", REMOTE_ADDR=address).status_code == 200


# Names


@pytest.fixture
def called(monkeypatch):
    """This machine has a name in its network."""
    monkeypatch.setattr(socket, "gethostname", lambda: "Skranke-PC")
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "skranke-pc.bibliotek.lan")
    solo.machine_names.cache_clear()
    yield
    solo.machine_names.cache_clear()


@pytest.mark.parametrize(
    "host",
    [
        "192.168.1.20:8000", "10.1.2.3", "[2001:db8::5]:8000", "skranke-pc", "SKRANKE-PC:8000",
        "skranke-pc.local:8000", "skranke-pc.bibliotek.lan",
    ],
)  # fmt: skip
def test_a_phone_may_ask_by_address_or_by_this_machine_s_name(phone, called, host):
    assert asked(phone, "/w", HTTP_HOST=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8000", "skranke-pc.evil.example", "192.168.1.20.evil.example",
        "a@192.168.1.20", "192.168.1.20/x", "", "0x7f.1", "2130706433", "192.168.1", "[::1", "192.168.1.20:x",
        "skranke-pc:99999", "192.168.1.20#a", "192.168.1.20?a", "localhost",
    ],
)  # fmt: skip
def test_another_name_is_refused_also_on_the_participants_pages(phone, called, host):
    """A page elsewhere can point its own name at this machine and have a visitor's browser ask."""
    assert asked(phone, "/w", HTTP_HOST=host).status_code == 403


def test_the_name_that_phones_are_told_is_answered(tmp_path, printer):
    for app in running(Config(tmp_path / "b", workshop_address="http://workshop.bibliotek.lan"), printer):
        browser = app.test_client()
        assert asked(browser, "/w", HTTP_HOST="workshop.bibliotek.lan").status_code == 200
        assert asked(browser, "/partners", HTTP_HOST="workshop.bibliotek.lan").status_code == 403
        assert asked(browser, "/w", HTTP_HOST="other.bibliotek.lan").status_code == 403


@given(st.text(max_size=30))
def test_whatever_is_written_as_a_host_is_no_error(host):
    name_in(host)
    is_name_here(host, ADDRESS)


@given(st.ip_addresses())
def test_every_bare_address_is_answered(address: IPv4Address | IPv6Address):
    host = f"[{address}]:8000" if address.version == 6 else f"{address}:8000"
    assert is_name_here(host, ADDRESS)


@given(st.sampled_from([*OPEN, "phones.join"]), st.text(min_size=1, max_size=30))
def test_no_endpoint_is_open_because_it_is_called_alike(endpoint, more):
    assume(more.partition(".")[0] not in {*OPEN, "phones"})
    assert is_open_to_all(endpoint)
    room = endpoint.partition(".")[0]
    for alike in (f"{more}{endpoint}", f"{more}.{endpoint}", room.upper()):
        assert not is_open_to_all(alike)
    assert is_open_to_all(f"{room}{more}") == more.startswith(".")
    assert not is_open_to_all(None)


# Without a workshop


def test_without_a_workshop_s_address_the_participants_pages_are_closed_too(tmp_path, printer):
    for app in running(Config(tmp_path / "c"), printer):
        for path in ("/w", "/w/ABCDEFGH", "/favicon.ico", "/partners"):
            page = asked(app.test_client(), path)
            assert page.status_code == 403
            assert "Kun fra denne maskine" in page.text
        with app.app_context():
            assert join_base() == ""


# What phones are told


def test_the_address_for_phones_is_the_one_that_was_served(app):
    with app.app_context():
        assert join_base() == ADDRESS


def test_a_qr_code_can_stand_in_any_page():
    drawn = qr(f"{ADDRESS}/w/ABCDEFGH?key={'x' * 22}")
    tree = html5lib.parseFragment(str(drawn), namespaceHTMLElements=False)
    (svg,) = list(tree)
    assert svg.get("aria-hidden") == "true"
    assert re.fullmatch(r"0 0 \d+ \d+", svg.get("viewBox"))
    assert svg.get("width") is None
    assert "<?xml" not in drawn
    assert not any("style" in each.attrib for each in tree.iter())


def test_a_qr_code_is_dark_on_light_with_a_quiet_edge_and_says_what_it_should():
    text = f"{ADDRESS}/w/ABCDEFGH"
    drawn = str(qr(text))
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size(border=0)[0]
    assert f'viewBox="0 0 {size + 8} {size + 8}"' in drawn
    light, dark = re.findall(r"<path[^>]*>", drawn)
    assert 'fill="#fff"' in light
    assert f"M0 0h{size + 8}v{size + 8}" in light
    assert 'stroke="#000"' in dark
    assert re.search(r'd="M4 4\.5h7', dark), "the first corner begins after the edge"


@given(st.text(min_size=1, max_size=60))
def test_no_text_can_break_out_of_a_qr_code(text):
    assert str(qr(text)).count("<") == str(qr("a")).count("<")


def test_this_machine_s_address_is_the_one_that_it_would_leave_from(monkeypatch):
    monkeypatch.setattr(network, "_leaving_from", lambda family: "192.168.1.20")
    assert own_address() == "192.168.1.20"


def test_a_network_without_a_way_out_is_known_by_the_machine_s_name(monkeypatch):
    monkeypatch.setattr(network, "_leaving_from", lambda family: "")
    found = [(socket.AF_INET, 0, 0, "", (each, 0)) for each in ("127.0.1.1", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)
    assert own_address() == "10.0.0.5"


def test_a_machine_in_no_network_has_no_address(monkeypatch):
    def unknown(*_):
        raise socket.gaierror

    monkeypatch.setattr(network, "_leaving_from", lambda family: "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert own_address() == ""
