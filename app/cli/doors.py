"""Where ``overvej serve`` listens: on this machine alone, or for a workshop in its network as well."""

from __future__ import annotations

import argparse
import errno
import socket
from dataclasses import dataclass
from gettext import gettext as _
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.cli.arguments import HIGHEST_PORT
from app.cli.problem import Problem
from app.platform.network import own_address
from app.platform.solo import OWN_NAMES

THIS_MACHINE = "127.0.0.1"
EVERYWHERE = {socket.AF_INET: "0.0.0.0", socket.AF_INET6: "::"}  # noqa: S104 - on purpose, see --workshop


@dataclass(frozen=True)
class Doors:
    """What is listened on. ``here``: on this machine. ``own``: what to write in a browser on it.

    ``network``: listens to others, who are let in for a workshop. ``phones``: the address that they are told;
    ``""`` where this machine is in no network.
    """

    here: socket.socket
    own: str
    network: socket.socket | None = None
    phones: str = ""


def opened(arguments: argparse.Namespace) -> Doors:
    """Return where to listen, as it was asked for. Raises :class:`Problem`."""
    if arguments.workshop:
        return _in_the_network(arguments)
    if arguments.address is not None:
        raise Problem(_("--address is what phones are told at a workshop; write --workshop too"))
    host = THIS_MACHINE if arguments.host is None else arguments.host
    listener = listening(host, arguments.port)
    return Doors(listener, address_of(host, port_of(listener)))


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on this machine alone. Raises :class:`Problem`."""
    if host not in OWN_NAMES:
        raise Problem(
            _(
                "nobody logs in to this Overvej, so it answers this machine alone: "
                "the host is {own}, not {host}"
            ).format(own=", ".join(sorted(OWN_NAMES)), host=host)
        )
    return _bound(host, port)


def _in_the_network(arguments: argparse.Namespace) -> Doors:
    """Return where phones reach this machine, and where its own browser does."""
    host = EVERYWHERE[socket.AF_INET] if arguments.host is None else arguments.host
    _must_be_in_the_network(host)
    if arguments.address and (urlsplit(arguments.address).hostname or "") in OWN_NAMES:
        raise Problem(
            _("phones cannot reach {address}: on a phone it is the phone itself").format(
                address=arguments.address
            )
        )
    network = _bound(host, arguments.port)
    port = port_of(network)
    shares = host == EVERYWHERE[socket.AF_INET]  # which is this machine's own address as well
    if shares:
        network.close()
        network = _bound(host, port, shares)
    here = _bound(THIS_MACHINE, port, shares)
    phones = arguments.address or _told_to_phones(host, port)
    return Doors(here, address_of(THIS_MACHINE, port), network, phones)


def _must_be_in_the_network(host: str) -> None:
    try:
        fits = not ip_address(host).is_loopback and "%" not in host
    except ValueError:
        fits = False
    if not fits:
        raise Problem(
            _(
                "phones cannot reach {host}; write this machine’s address in its network, "
                "192.168.1.20 for example, or leave --host out"
            ).format(host=host)
        )


def _told_to_phones(host: str, port: int) -> str:
    family = _family(host)
    reached = own_address(family) if host == EVERYWHERE[family] else host
    return address_of(reached, port) if reached else ""


def _bound(host: str, port: int, shares: bool = False) -> socket.socket:
    """Listen. ``shares``: beside another of our sockets; the one with the narrower address is asked first."""
    reuse = shares and hasattr(socket, "SO_REUSEPORT")
    try:
        return socket.create_server((host, port), family=_family(host), reuse_port=reuse)
    except OSError as error:
        raise Problem(_not_listening(error, host, port)) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _not_listening(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "port {port} is in use, perhaps by an Overvej that runs already; take another one: "
            "overvej serve --port {other}"
        ).format(port=port, other=port + 1 if port < HIGHEST_PORT else port - 1)
    if error.errno == errno.EACCES:
        return _("port {port} is kept for the system; take one above 1023").format(port=port)
    if error.errno == errno.EADDRNOTAVAIL:
        return _("{host} is no address of this machine").format(host=host)
    return _("port {port} cannot be used: {reason}").format(port=port, reason=error.strerror or error)


def port_of(listener: socket.socket) -> int:
    """Return the port that a socket listens on."""
    return int(listener.getsockname()[1])


def address_of(host: str, port: int) -> str:
    """Return what to write in a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
