"""The places that every page leads to: each is added when the application is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request


@dataclass(frozen=True)
class Place:
    """One entry of the navigation, in the reader's language. ``current``: the page belongs to it."""

    endpoint: str
    title: str
    current: bool


def add_place(app: Flask, endpoint: str, title: Callable[[], str], blueprints: tuple[str, ...]) -> None:
    """Add an entry that leads to ``endpoint``; pages of ``blueprints`` belong to it."""
    app.extensions.setdefault("places", []).append((endpoint, title, blueprints))


def navigation() -> list[Place]:
    """Return every entry, in the order they were added."""
    places = current_app.extensions.get("places", [])
    return [
        Place(endpoint, title(), request.blueprint in blueprints) for endpoint, title, blueprints in places
    ]
