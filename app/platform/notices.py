"""What the next page says of what was just done, with a way to undo it."""

from __future__ import annotations

from flask import flash


def offer_undo(text: str, address: str) -> None:
    """Say ``text`` on the next page, with a button that posts to ``address``, which undoes it."""
    flash({"text": text, "undo": address}, "undo")  # type: ignore[arg-type]
