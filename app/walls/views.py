"""The big screen for the wall: join code and counts, and after the reveal what the room answered."""

from __future__ import annotations

from flask import Blueprint

walls = Blueprint("walls", __name__, url_prefix="/workshops")
