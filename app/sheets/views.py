"""Paper: numbered sheets to print, and keying them in."""

from __future__ import annotations

from flask import Blueprint

sheets = Blueprint("sheets", __name__, url_prefix="/workshops")
