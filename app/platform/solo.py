"""Who is answered. Nobody logs in, so nobody but this very machine is: alone, or beside a workshop.

The address alone is not enough: a page elsewhere can point its own name at 127.0.0.1 and have the
visitor's browser ask (DNS rebinding). So the name that was asked for must be this machine's too.

While a workshop is served to the network, other machines are answered as well, but they get what is open to
all and nothing else. What a header says of where a request came from is not believed: anybody can write one.
"""

from __future__ import annotations

import socket
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import Flask, abort, g, request

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

OPEN_TO_ALL = frozenset({"phones", "asset", "favicon", "change_language"})
"""What other machines may ask for during a workshop: a room, or one endpoint outside the rooms."""


def refuse_other_machines(app: Flask) -> None:
    """Answer requests from this machine to this machine; refuse all others with 403.

    With a workshop's address others may ask for what is open to all, by a name that the network knows.
    """

    @app.before_request
    def refuse() -> None:
        host = request.headers.get("Host", "")
        if is_loopback(request.remote_addr) and is_own_name(host):
            return
        workshop = app.config["WORKSHOP_ADDRESS"]
        g.is_outside = bool(workshop)
        if not workshop or not is_open_to_all(request.endpoint) or not is_name_here(host, workshop):
            abort(403)


def is_outside() -> bool:
    """Say whether this request is one that may see no more than the participants' pages."""
    return bool(g.get("is_outside", False))


def is_open_to_all(endpoint: str | None) -> bool:
    """Say whether an endpoint may be reached from other machines. ``None``: an address without a page."""
    return (endpoint or "").partition(".")[0] in OPEN_TO_ALL


def is_loopback(address: str | None) -> bool:
    """Say whether a request from ``address`` came from this machine."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return ip.ipv4_mapped.is_loopback
    return ip.is_loopback


def is_own_name(host: str) -> bool:
    """Say whether a Host header (with or without a port) names this machine."""
    return name_in(host) in OWN_NAMES


def is_name_here(host: str, workshop: str) -> bool:
    """Say whether the network may ask for ``host``: a bare address, or a name that is this machine's.

    A bare address is nobody's to point elsewhere. ``workshop``: the address that phones are told.
    """
    name = name_in(host)
    return bool(name) and (is_bare(name) or name in {urlsplit(workshop).hostname, *machine_names()})


def is_bare(name: str) -> bool:
    """Say whether a name is an IP address and no name."""
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


@cache
def machine_names() -> frozenset[str]:
    """Return what this machine is called in its network. The network may be asked, so once is enough."""
    name = socket.gethostname().lower()
    names = {name, f"{name.partition('.')[0]}.local", socket.getfqdn().lower()}
    return frozenset(names - OWN_NAMES - {""})


def name_in(host: str) -> str:
    """Return the name in a Host header, in small letters; ``""`` where it cannot be read."""
    try:
        parts = urlsplit(f"//{host}")
        readable = not parts.path and not parts.query and not parts.fragment and (parts.port or 1) > 0
        return parts.hostname or "" if readable and "@" not in host else ""
    except ValueError:
        return ""


def network_of(address: str) -> str:
    """Return what one guest can have many of: of IPv6, a whole network is one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ip) if ip.version == 4 else str(ip_network((ip, 64), strict=False))
