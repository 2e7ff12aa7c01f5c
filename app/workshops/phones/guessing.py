"""Slows down whoever guesses codes, and nobody else.

A code is eight of thirty letters: one of 6.6e11. Whoever types codes that no workshop has is counted by
address, and after thirty in five minutes one try is taken every three seconds: at most 130 in five minutes.
At that pace it takes forty thousand years to meet one open workshop.

A library's guests often share one address, so a whole room stands behind it. Therefore only failures are
counted: whoever scans the QR code brings a key that cannot be guessed, and whoever has joined brings a token.
Neither is ever slowed down, and whoever types the code in such a room gets in by waiting some seconds, or by
scanning.
"""

from __future__ import annotations

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.platform.solo import network_of
from app.workshops.phones.errors import WAIT

FAILURES = RateLimitItemPerMinute(30, 5)
SLOWLY = RateLimitItemPerSecond(1, WAIT, namespace="slowly")

MOST_ADDRESSES = 5000
"""How many are remembered. With more, somebody owns a network, and counting by address is no use."""


class Guessing:
    """Who has typed codes that no workshop has, in the memory of one server."""

    def __init__(self) -> None:
        self._begin_anew()

    def may_try(self, address: str) -> bool:
        """Say whether a code that was typed at this address may be looked up now."""
        source = network_of(address)
        return self._limiter.test(FAILURES, source) or self._limiter.hit(SLOWLY, source)

    def failed(self, address: str) -> None:
        """Remember that no workshop has the code that was typed at this address."""
        if len(self._storage.events) >= MOST_ADDRESSES:
            self._begin_anew()
        self._limiter.hit(FAILURES, network_of(address))

    def _begin_anew(self) -> None:
        # Never emptied: a memory's own thread, and other requests, may be in the middle of it.
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
