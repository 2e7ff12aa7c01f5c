"""How phones reach this machine: the address that they are told, as words and as a picture to scan."""

from __future__ import annotations

import ipaddress
import socket

from flask import current_app
from markupsafe import Markup

SOMEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Addresses that are in no network at all: they are kept for examples."""

QUIET = 4
"""The empty edge of a QR code, in squares: with less, some phones do not find it."""


def join_base() -> str:
    """Return the address that phones reach, ``http://192.168.1.20:8000``; ``""`` where they cannot."""
    return str(current_app.config["WORKSHOP_ADDRESS"])


def qr(text: str) -> Markup:
    """Return a QR code as inline SVG, without a size of its own.

    It is dark on light whatever the page's colours are, since not every phone reads the reverse. A screen
    reader passes over it, so ``text`` must be beside it.
    """
    import segno  # noqa: PLC0415 - for workshops alone

    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        border=QUIET, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704 - drawn from squares alone


def own_address(family: socket.AddressFamily = socket.AF_INET) -> str:
    """Return this machine's address in its network, ``""`` where it is in none. Nothing is sent."""
    found = _leaving_from(family) or _said_by_the_name(family)
    return found if found and not ipaddress.ip_address(found).is_loopback else ""


def _leaving_from(family: socket.AddressFamily) -> str:
    """Return the address that a packet to the world would leave from."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((SOMEWHERE[family], 9))
            return _plain(asked.getsockname()[0])
    except OSError:
        return ""


def _said_by_the_name(family: socket.AddressFamily) -> str:
    """Return what this machine's name stands for: a network without a way out has that at least."""
    try:
        every = socket.getaddrinfo(socket.gethostname(), None, family, socket.SOCK_DGRAM)
    except OSError:
        return ""
    found = [_plain(str(each[4][0])) for each in every]
    return next((each for each in found if not ipaddress.ip_address(each).is_loopback), "")


def _plain(address: str) -> str:
    """Return an IPv6 address without the name of its network card."""
    return address.partition("%")[0]
