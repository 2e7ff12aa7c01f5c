"""The room talks: what it agrees on at each question, what settles a gate, and what is done next."""

from __future__ import annotations

from flask import Blueprint

agreeing = Blueprint("agreeing", __name__, url_prefix="/workshops")
