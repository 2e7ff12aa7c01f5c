"""Solo mode: nobody logs in, so nobody but this very machine is answered.

The address alone is not enough: a page elsewhere can point its own name at 127.0.0.1 and have the
visitor's browser ask (DNS rebinding). So the name that was asked for must be this machine's too.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, request

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def refuse_other_machines(app: Flask) -> None:
    """Answer requests from this machine to this machine; refuse all others with 403."""

    @app.before_request
    def refuse() -> None:
        if not is_loopback(request.remote_addr) or not is_own_name(request.headers.get("Host", "")):
            abort(403)


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
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname in OWN_NAMES and not parts.path and (parts.port or 1) > 0
    except ValueError:
        return False
